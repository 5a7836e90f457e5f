"""The pocket model's training, a few steps of it."""

from collections.abc import Callable
from dataclasses import fields
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
from generation.pocket.parts import Parts, fresh, trained
from generation.pocket.train import WEIGHTS, train
from generation.pocket.train_autoencoder import train_autoencoder
from generation.pocket.train_encoders import train_image_encoder, train_text_encoder
from generation.presets import Preset
from generation.request import GenerationRequest
from tests.generation.photos import astronaut, encode


class CutOffError(Exception):
    """Stands for a kill."""


PARTS: dict[str, Callable[[Parts, int, Path], None]] = {
    "autoencoder": lambda parts, steps, to: train_autoencoder(parts, steps, to, 1e-3, batch=1),
    "text-encoder": lambda parts, steps, to: train_text_encoder(parts, steps, to, 1e-3, batch=2),
    "image-encoder": lambda parts, steps, to: train_image_encoder(parts, steps, to, 1e-3, batch=2),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds all that a run needs to go on; its loss is drawn as a curve."""
    monkeypatch.setattr(run_module, "SAVED_EVERY", 2)
    whole, again = fresh(), fresh()
    PARTS[name](whole, 4, tmp_path / "whole")

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
            PARTS[name](fresh(), 4, tmp_path / "cut")
    PARTS[name](again, 4, tmp_path / "cut")

    assert _same(whole, again)
    assert not _same(whole, fresh())
    with Image.open(tmp_path / "cut" / f"{name}-loss.png") as curve:
        assert curve.size == (640, 320)


def test_a_training_ends_with_a_model_that_the_bot_can_draw_with(tmp_path: Path) -> None:
    """However short it was: all files are there, listed with their sums, and are read."""
    weights = tmp_path / "weights"
    steps = {"autoencoder": 2, "text": 2, "image": 2, "unet": 2}
    train(fresh(), tmp_path / "training", weights, steps, pool_size=32)
    locate(models.pocket(weights))
    preset = Preset("QUICK", steps=2, guidance_scale=2.0, ip_adapter_scale=0.5)
    ann = Character("Ann", encode(astronaut().crop((160, 40, 288, 168))))
    request = GenerationRequest(ann, "in space", preset, seed=1, count=1)
    generator = DiffusionGenerator(str(weights), Device("cpu", "float32"))
    (picture,) = generator.album(request, lambda step: None)
    assert picture.image.size == (512, 512)


def test_a_trained_model_is_taught_further(tmp_path: Path) -> None:
    """It begins with what it knows: after steps of no length it is the same model as before."""
    still = {"autoencoder": 1, "text": 1, "image": 1, "unet": 1}
    train(trained(WEIGHTS), tmp_path / "training", tmp_path / "weights", still, 32, rate=0.0)
    assert _same(trained(WEIGHTS), trained(tmp_path / "weights"))
    assert not _same(trained(WEIGHTS), fresh())
    configs = [file.read_text() for file in (tmp_path / "weights").glob("*/config.json")]
    assert len(configs) == 4
    assert not any(str(WEIGHTS) in config for config in configs)


def _same(one: Parts, other: Parts) -> bool:
    return all(
        torch.equal(mine, yours)
        for network, rival in zip(_networks(one), _networks(other), strict=True)
        for mine, yours in zip(network.parameters(), rival.parameters(), strict=True)
    )


def _networks(parts: Parts) -> list[torch.nn.Module]:
    return [
        part
        for part in (getattr(parts, field.name) for field in fields(parts))
        if isinstance(part, torch.nn.Module)
    ]
