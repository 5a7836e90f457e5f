"""One step of drawing, as the bot draws: the proof that everything works together."""

import time
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageStat

from commands.doctor import weights
from commands.doctor.finding import Finding, bad, good
from generation.character import Character
from generation.engine.generator import DiffusionGenerator
from generation.errors import Refusal
from generation.modes import Mode
from generation.request import GenerationRequest
from handlers.texts import Say

FLAT = 8
"""Levels of 255 between a colour's lowest and highest value: a picture has more."""

LONGEST_REASON = 160
"""Characters of an error's first line that are shown: a finding is a line or two."""

FACE = Path(__file__).with_name("face.png")
"""A drawn face: nobody's photograph."""


def check(say: Say, wanted: str, generator: DiffusionGenerator, mode: Mode) -> Finding:
    """Draw with a mode's numbers, but in one step; `wanted` is what `models.resolve` took."""
    try:
        loading, drawing, image = _draw(generator, replace(mode, steps=1))
    except Refusal as refusal:
        return explain(say, wanted, refusal)
    except Exception as error:  # noqa: BLE001 - whatever torch and its drivers raise
        reason = f"{type(error).__name__}: {error}".partition("\n")[0][:LONGEST_REASON]
        return bad(say("doctor-picture-failed", reason=reason), say("doctor-picture-advice"))
    if is_flat(image):
        return bad(say("doctor-picture-flat"), say("doctor-picture-advice"))
    return good(say("doctor-picture", loading=round(loading, 1), drawing=round(drawing, 2)))


def explain(say: Say, wanted: str, refusal: Refusal) -> Finding:
    """Put into words what loading the model refuses, or drawing with it."""
    from generation.engine.memory import MemoryFull  # noqa: PLC0415 - imports torch
    from generation.engine.rescue import PictureBlack  # noqa: PLC0415 - the same

    match refusal:
        case MemoryFull():
            return bad(say("doctor-memory-full"), say("doctor-memory-full-advice"))
        case PictureBlack():
            return bad(say("doctor-picture-flat"), say("doctor-picture-advice"))
        case _:
            return weights.explain(say, wanted, refusal)


def is_flat(image: Image.Image) -> bool:
    """Whether it shows nothing: what a device draws whose numbers overflowed is all black."""
    extrema = ImageStat.Stat(image.convert("RGB")).extrema
    return all(highest - lowest < FLAT for lowest, highest in extrema)


def _draw(generator: DiffusionGenerator, mode: Mode) -> tuple[float, float, Image.Image]:
    """Give the seconds of loading and of drawing, and the picture."""
    somebody = Character(name="", faces=(FACE.read_bytes(),))
    request = GenerationRequest(somebody, "an astronaut on the moon", mode, seed=1, count=1)
    start = time.monotonic()
    generator.load()
    loaded = time.monotonic()
    (picture,) = generator.album(request, lambda _: None)
    return loaded - start, time.monotonic() - loaded, picture.image
