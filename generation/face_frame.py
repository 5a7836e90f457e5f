"""How much around a face a model's face adapter wants to see."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """`name` is kept beside what was made of a face, so that another frame makes it anew.

    `eye_distance` is the distance of the eyes as a share of the picture's side; None: the adapter
    gets the portrait as it is stored, head and hair, with its border continued.
    """

    name: str
    eye_distance: float | None = None


PORTRAIT = FaceFrame("portrait")
"""What the pocket model was trained on."""

PLUS_FACE = FaceFrame("plus-face", eye_distance=0.335)
"""What Stable Diffusion's plus-face adapter was trained on: faces as ArcFace aligns them. Its
authors' crops had 0.33 to 0.35, the example that they publish 0.31."""

FRAMES: Mapping[str, FaceFrame] = {frame.name: frame for frame in (PORTRAIT, PLUS_FACE)}
"""The frames by the names that a model's directory may give."""
