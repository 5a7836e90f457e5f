"""A model's and a LoRA's files may go, or be replaced, while they are drawn with."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from generation.character import Character
from generation.engine.generator import DiffusionGenerator
from generation.engine.tuning import Tuning
from generation.models.sources import ModelUnavailable, NoFewSteps
from generation.modes import Mode
from generation.request import GenerationRequest
from generation.words.lora import LoraUse
from tests.support.model_shapes import LORA, add_few_steps
from tests.support.photographs import encode
from tests.support.small_engine import CPU, FACE, QUICK, SIDE, Pixels

UNET = "unet/diffusion_pytorch_model.safetensors"
WORDS = "text_encoder/model.safetensors"
TURBO = Mode("TURBO", steps=2, guidance_scale=1.0, ip_adapter_scale=0.5, few_steps=True)
IN_FAST = GenerationRequest(
    Character("Ann", (encode(FACE),)), "a knight", replace(QUICK, steps=2), 11, 1
)
IN_TURBO = replace(IN_FAST, mode=TURBO)
WITH_FILM = replace(IN_TURBO, loras=(LoraUse("film"),))


@pytest.fixture(scope="module")
def whole(plus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = Path(shutil.copytree(plus, tmp_path_factory.mktemp("replaced") / "plus"))
    add_few_steps(directory)
    return directory


@pytest.fixture
def model(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "plus"))


@pytest.fixture
def film(whole: Path, tmp_path: Path) -> Path:
    file = tmp_path / "film.safetensors"
    change(Path(shutil.copy(whole / LORA, file)))
    return file


def reading(model: Path, film: Path, *, low_memory: bool = False) -> DiffusionGenerator:
    tuning = Tuning(size=SIDE, low_memory=low_memory)
    return DiffusionGenerator(str(model), CPU, tuning=tuning, loras={"film": film})


def drawn(generator: DiffusionGenerator, request: GenerationRequest) -> Pixels:
    (picture,) = generator.album(request, lambda _step: None)
    generator.forget()
    return np.asarray(picture.image, dtype=float)


def change(file: Path) -> None:
    """Put another file into its place, of the same size."""
    other = file.with_suffix(".part")
    save_file({name: tensor * 0.75 for name, tensor in load_file(file).items()}, other)
    other.replace(file)


@pytest.mark.parametrize(
    ("name", "request_then"), [(UNET, IN_FAST), (UNET, WITH_FILM), (LORA, IN_TURBO)]
)
def test_a_file_that_was_replaced_is_read_anew(
    model: Path, film: Path, name: str, request_then: GenerationRequest
) -> None:
    """Whatever was merged of the old one: nothing of it is mixed in."""
    generator = reading(model, film)
    drawn(generator, IN_TURBO)
    change(model / name)
    picture = drawn(generator, request_then)
    assert np.array_equal(picture, drawn(reading(model, film), request_then))


def test_words_are_read_by_the_same_model_that_draws(model: Path, film: Path) -> None:
    """Also where the text encoder is read for each album."""
    generator = reading(model, film, low_memory=True)
    drawn(generator, IN_TURBO)
    change(model / UNET)
    change(model / WORDS)
    assert np.array_equal(drawn(generator, IN_TURBO), drawn(reading(model, film), IN_TURBO))


@pytest.mark.parametrize("name", [UNET, "unet", ""])
def test_a_model_that_is_gone_is_a_sentence_until_it_is_back(
    model: Path, film: Path, tmp_path: Path, name: str
) -> None:
    """Each album gets it, and none is an accident."""
    generator = reading(model, film)
    before = drawn(generator, IN_FAST)
    drawn(generator, IN_TURBO)
    away = (model / name).rename(tmp_path / "away")
    for _ in range(2):
        with pytest.raises(ModelUnavailable):
            drawn(generator, IN_FAST)
    away.rename(model / name)
    assert np.array_equal(drawn(generator, IN_FAST), before)


def test_a_model_that_is_gone_draws_what_needs_no_file(model: Path, film: Path) -> None:
    """What is in memory is whole."""
    generator = reading(model, film)
    before = drawn(generator, IN_TURBO)
    (model / UNET).unlink()
    assert np.array_equal(drawn(generator, IN_TURBO), before)


def test_few_step_weights_that_are_gone_cost_turbo_only(model: Path, film: Path) -> None:
    """The other modes draw as before."""
    generator = reading(model, film)
    before = drawn(generator, IN_FAST)
    drawn(generator, IN_TURBO)
    (model / LORA).unlink()
    with pytest.raises(NoFewSteps):
        drawn(generator, IN_TURBO)
    assert np.array_equal(drawn(generator, IN_FAST), before)


@pytest.mark.parametrize("happens", [Path.unlink, change, lambda file: file.write_bytes(b"no")])
def test_a_lora_is_used_as_it_is_now(
    model: Path, film: Path, happens: Callable[[Path], None]
) -> None:
    """Gone, another or broken, while it was merged: no album is lost."""
    generator = reading(model, film)
    drawn(generator, WITH_FILM)
    happens(film)
    picture = drawn(generator, WITH_FILM)
    assert np.array_equal(picture, drawn(reading(model, film), WITH_FILM))
    (prompt,) = generator.prompts(WITH_FILM)
    assert prompt.missing == (() if happens is change else ("film",))
