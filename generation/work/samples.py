"""Pictures of the styles: drawn once by the model at hand, while nobody waits for an album."""

import io
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generation.character import Age, Character, Gender, Glasses, HairColor, HairLength, Traits
from generation.decency.blur import blurred
from generation.decency.check import INDECENT_FROM
from generation.decency.eye import Eye
from generation.modes import Mode
from generation.request import AlbumGenerator, GenerationRequest
from generation.words.style import Style
from generation.work.drawing import Interrupted

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

NOBODY = Character(
    "",
    (),
    Traits(
        gender=Gender.WOMAN,
        age=Age.YOUNG,
        hair_color=HairColor.BROWN,
        hair_length=HairLength.LONG,
        glasses=Glasses.NONE,
    ),
)
"""Without these traits a small model draws another woman in each style."""

WORDS = "in a garden"

SEED = 7
SIDE = 384
"""Pixels: they are looked at as tiles of a sheet."""

QUALITY = 90
"""Of the JPEG."""


class Samples:
    """A picture for each of the styles, in files; None stands for no style.

    A file's name has a digest of all that it is drawn from, so what has changed is drawn anew.
    One thread draws, and others may look.
    """

    def __init__(
        self,
        folder: Path,
        model: Callable[[], str],
        mode: Mode,
        styles: Sequence[Style | None],
        *,
        on: bool = True,
        eye: Eye | None = None,
    ) -> None:
        """`model` names the model of now, and its pictures' size if that was set.

        Unless it is `on` those that are missing are not drawn. With an `eye` those that nobody has
        looked at are missing, too.
        """
        self._folder = folder
        self._model = model
        self._mode = replace(mode, ip_adapter_scale=0.0)
        self._styles = styles
        self._on = on
        self._eye = eye

    @property
    def wanted(self) -> bool:
        """Whether there are styles without a picture, which will have one."""
        return self._on and bool(self._missing())

    def read(self, style: Style | None) -> bytes | None:
        """Give a style's picture, if it is drawn. It was looked at when it was."""
        try:
            return self._file(style).read_bytes()
        except OSError:
            return None

    def draw(self, generator: AlbumGenerator, interrupt: Callable[[], None]) -> None:
        """Draw those that are missing, one after another.

        `interrupt` is called at each step, and may raise Interrupted. After any other error they
        stay as they are until the next start: no album is to suffer.
        """
        try:
            for style in self._missing():
                interrupt()
                self._save(style, self._drawn(style, generator, interrupt))
        except Interrupted:
            raise
        except Exception:
            self._on = False
            log.exception("The pictures of the styles are not drawn")
        finally:
            generator.forget()

    def _drawn(
        self, style: Style | None, generator: AlbumGenerator, interrupt: Callable[[], None]
    ) -> "Image":
        request = GenerationRequest(NOBODY, WORDS, self._mode, SEED, 1, style=style)
        (picture,) = generator.album(request, lambda _step: interrupt())
        return picture.image

    def _save(self, style: Style | None, image: "Image") -> None:
        """Save it at once or not at all, and remove what was drawn of this style before."""
        file = self._file(style)
        folder = self._file(style).parent
        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(self._presentable(image))
        for old in folder.glob(f"{_name(style)}.*.jpg"):
            old.unlink(missing_ok=True)
        part.replace(file)

    def _presentable(self, image: "Image") -> bytes:
        """Give the small picture's file: blurred where it is indecent, for groups see it too."""
        image.thumbnail((SIDE, SIDE))
        content = io.BytesIO()
        image.convert("RGB").save(content, "JPEG", quality=QUALITY)
        picture = content.getvalue()
        if self._eye and self._eye.look(picture).result() >= INDECENT_FROM:
            return blurred(picture)
        return picture

    def _missing(self) -> list[Style | None]:
        return [style for style in self._styles if not self._file(style).exists()]

    def _file(self, style: Style | None) -> Path:
        model = self._model()
        drawn_from = repr((model, self._mode, NOBODY, WORDS, SEED, style, self._eye is not None))
        digest = sha256(drawn_from.encode()).hexdigest()[:16]
        return self._folder / re.sub(r"[^\w.-]+", "-", model) / f"{_name(style)}.{digest}.jpg"


def _name(style: Style | None) -> str:
    return style.name if style else "-"
