"""What a model's directory says about the model: `about.json`, if there is one.

    {"frame": "portrait", "photographs": false, "recipe": "pocket", "squares_only": true}

Each may be left out. Without them the model is like Stable Diffusion 1.5 with its plus-face
adapter, which most directories are.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from generation.face_frame import FRAMES, PLUS_FACE, FaceFrame
from generation.models.sources import ModelDamaged
from generation.words.recipes import PHOTOGRAPH, RECIPES, Recipe

FILE = "about.json"
"""Name of the file in a model's directory."""


@dataclass(frozen=True, slots=True)
class About:
    """See `models.model.Model`."""

    frame: FaceFrame = PLUS_FACE
    photographs: bool = True
    recipe: Recipe = PHOTOGRAPH
    squares_only: bool = False

    @classmethod
    def of(cls, model: str, directory: Path) -> "About":
        """Read a model directory's file. Raises ModelDamaged if it says what can't be read."""
        file = directory / FILE
        if not file.is_file():
            return cls()
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            frame = FRAMES[said.get("frame", PLUS_FACE.name)]
            photographs = said.get("photographs", True)
            squares_only = said.get("squares_only", False)
            recipe = RECIPES[said.get("recipe", PHOTOGRAPH.name)]
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise ModelDamaged(model=model, file=FILE) from error
        if not (isinstance(photographs, bool) and isinstance(squares_only, bool)):
            raise ModelDamaged(model=model, file=FILE)
        return cls(frame, photographs, recipe, squares_only)
