"""An album with LoRAs: of its words, of its style, and without those that can't be used."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generation.character import Character
from generation.engine.generator import DiffusionGenerator
from generation.engine.tuning import Tuning
from generation.request import GenerationRequest
from generation.words.lora import LoraUse
from generation.words.style import Style
from tests.support.lora_files import lora_file
from tests.support.model_shapes import LORA, add_few_steps
from tests.support.photographs import encode
from tests.support.small_engine import CPU, FACE, QUICK, SIDE, Pixels

PLAIN = GenerationRequest(
    Character("Ann", (encode(FACE),)), "a knight", replace(QUICK, steps=2), 11, 1
)
FILM = LoraUse("film", 0.8)


@pytest.fixture(scope="module")
def generator(plus: Path, tmp_path_factory: pytest.TempPathFactory) -> DiffusionGenerator:
    """One with a LoRA that fits its model, and one that doesn't."""
    folder = tmp_path_factory.mktemp("loras")
    model = Path(shutil.copytree(plus, folder / "model"))
    add_few_steps(model)
    film = Path(shutil.move(model / LORA, folder / "film.safetensors"))
    loras = {"film": film, "other": lora_file(folder, "other")}
    return DiffusionGenerator(str(plus), CPU, tuning=Tuning(size=SIDE), loras=loras)


def drawn(generator: DiffusionGenerator, request: GenerationRequest) -> Pixels:
    (picture,) = generator.album(request, lambda _step: None)
    generator.forget()
    return np.asarray(picture.image, dtype=float)


def test_an_album_has_its_loras_and_the_next_one_none(generator: DiffusionGenerator) -> None:
    """The words' and the style's are the same; afterwards no bit is left of them."""
    before = drawn(generator, PLAIN)
    assert np.abs(drawn(generator, replace(PLAIN, loras=(FILM,))) - before).max() > 10
    assert np.array_equal(drawn(generator, PLAIN), before)
    style = Style("film", "in the snow")
    named = drawn(generator, replace(PLAIN, style=style, loras=(FILM,)))
    styled = drawn(generator, replace(PLAIN, style=replace(style, lora="film:0.8")))
    assert np.array_equal(named, styled)


def test_what_can_not_be_used_is_left_out_and_told(generator: DiffusionGenerator) -> None:
    """A file that is gone, or that fits no layer, loses no album."""
    uses = (FILM, LoraUse("gone"), LoraUse("other"))
    request = replace(PLAIN, loras=uses)
    (prompt,) = generator.prompts(request)
    assert prompt.missing == ("gone", "other")
    with_film = drawn(generator, replace(PLAIN, loras=(FILM,)))
    assert np.array_equal(drawn(generator, request), with_film)


def test_a_face_that_is_drawn_once_more_has_them_too(generator: DiffusionGenerator) -> None:
    """It is a part of the same picture."""
    request = replace(PLAIN, loras=(FILM,))
    (prompt,) = generator.prompts(request)
    (picture,) = generator.album(request, lambda _step: None, [prompt])
    square = (8, 8, 32)

    def mended(request: GenerationRequest) -> Pixels:
        image = generator.mend(request, prompt, picture.image, square, 11, lambda _step: None)
        return np.asarray(image, dtype=float)

    assert np.abs(mended(request) - mended(PLAIN)).max() > 0
