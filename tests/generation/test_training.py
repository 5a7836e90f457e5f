"""The pocket model's training, a few steps of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PIL import Image

from generation import models
from generation.character import Character
from generation.device import Device
from generation.generator import DiffusionGenerator
from generation.model_files import locate
from generation.pocket import run as run_module
from generation.pocket.train import train
from generation.pocket.train_autoencoder import train_autoencoder
from generation.pocket.train_encoders import train_image_encoder, train_text_encoder
from generation.pocket.vocabulary import build_tokenizer
from generation.presets import Preset
from generation.request import GenerationRequest
from tests.generation.photos import astronaut, encode


class CutOffError(Exception):
    """Stands for a kill."""


PARTS: dict[str, Callable[[int, Path], torch.nn.Module]] = {
    "autoencoder": lambda steps, directory: train_autoencoder(steps, directory, batch=1),
    "text-encoder": lambda steps, directory: train_text_encoder(
        build_tokenizer(), steps, directory, batch=2
    ),
    "image-encoder": lambda steps, directory: train_image_encoder(steps, directory, batch=2),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds all that a run needs to go on; its loss is drawn as a curve."""
    monkeypatch.setattr(run_module, "SAVED_EVERY", 2)
    whole = PARTS[name](4, tmp_path / "whole")

    descend = run_module.Run.descend
    done: list[torch.Tensor] = []

    def cut_off(run: run_module.Run, loss: torch.Tensor) -> None:
        if len(done) == 3:
            raise CutOffError
        done.append(loss)
        descend(run, loss)

    with monkeypatch.context() as once:
        once.setattr(run_module.Run, "descend", cut_off)
        with pytest.raises(CutOffError):
            PARTS[name](4, tmp_path / "cut")
    again = PARTS[name](4, tmp_path / "cut")

    for one, other in zip(whole.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)
    with Image.open(tmp_path / "cut" / f"{name}-loss.png") as curve:
        assert curve.size == (640, 320)


def test_a_training_ends_with_a_model_that_the_bot_can_draw_with(tmp_path: Path) -> None:
    """However short it was: all files are there, listed with their sums, and are read."""
    weights = tmp_path / "weights"
    steps = {"autoencoder": 2, "text": 2, "image": 2, "unet": 2}
    train(tmp_path / "training", weights, steps, pool_size=32)
    locate(models.pocket(weights))
    preset = Preset("QUICK", steps=2, guidance_scale=2.0, ip_adapter_scale=0.5)
    ann = Character("Ann", encode(astronaut().crop((160, 40, 288, 168))))
    request = GenerationRequest(ann, "in space", preset, seed=1, count=1)
    generator = DiffusionGenerator(str(weights), Device("cpu", "float32"))
    (picture,) = generator.album(request, lambda step: None)
    assert picture.image.size == (512, 512)
