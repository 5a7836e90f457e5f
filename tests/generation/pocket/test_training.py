"""The pocket model's training, a few steps of it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import torch
from PIL import Image

from generation.character import Character, Glasses
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.models import catalogue
from generation.models.catalogue import POCKET_WEIGHTS
from generation.models.files import locate
from generation.modes import Mode
from generation.pocket.portraits.attributes import Portrait, random_person, random_scene
from generation.pocket.train import train
from generation.pocket.training import parts as parts_module
from generation.pocket.training import trainer as trainer_module
from generation.pocket.training.dataset import another_day, build_dataset
from generation.pocket.training.machine import CPU, Machine
from generation.pocket.training.parts import Parts, trained
from generation.pocket.training.sampler import Sampler
from generation.pocket.training.schedule import FROM_SCRATCH, Schedule
from generation.pocket.training.train_autoencoder import train_autoencoder
from generation.pocket.training.train_encoders import (
    train_image_encoder,
    train_text_encoder,
)
from generation.pocket.training.train_unet import train_unet
from generation.prompt import NEGATIVE_PROMPT
from generation.request import GenerationRequest
from tests.support.photographs import astronaut, encode


class CutOffError(Exception):
    """Stands for a kill."""


FEW = Schedule(steps=4, rate=1e-3, batch_size=2)
DATASET_SIZE = 8
"""Portraits that the UNet is taught with."""


@cache
def _untaught() -> Parts:
    return parts_module.fresh()


def fresh() -> Parts:
    """Copy what the training begins with: to build its tokenizer takes longer than a few steps."""
    return deepcopy(_untaught())


def _unet(parts: Parts, schedule: Schedule, directory: Path, machine: Machine) -> None:
    train_unet(
        parts, build_dataset(parts, DATASET_SIZE, directory, machine), schedule, directory, machine
    )


PARTS: dict[str, Callable[[Parts, Schedule, Path, Machine], None]] = {
    "autoencoder": train_autoencoder,
    "text-encoder": train_text_encoder,
    "image-encoder": train_image_encoder,
    "unet": _unet,
}


@cache
def taught(name: str) -> Parts:
    """Teach a part in one go, by one process."""
    parts = fresh()
    with TemporaryDirectory() as directory:
        PARTS[name](parts, FEW, Path(directory), CPU)
    return parts


@pytest.mark.parametrize("name", PARTS)
def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds all that a run needs to go on; its loss is drawn as a curve."""
    whole, again = taught(name), fresh()
    monkeypatch.setattr(trainer_module, "SAVED_EVERY", 2)
    descend = trainer_module.Trainer.descend
    done: list[torch.Tensor] = []

    def cut_off(run: trainer_module.Trainer, loss: torch.Tensor) -> None:
        if len(done) == 3:
            raise CutOffError
        done.append(loss)
        descend(run, loss)

    with monkeypatch.context() as once:
        once.setattr(trainer_module.Trainer, "descend", cut_off)
        with pytest.raises(CutOffError):
            PARTS[name](fresh(), FEW, tmp_path, CPU)
    PARTS[name](again, FEW, tmp_path, CPU)

    assert _same(whole, again)
    assert not _same(whole, fresh())
    with Image.open(tmp_path / f"{name}-loss.png") as curve:
        assert curve.size == (640, 320)


@pytest.mark.parametrize("name", PARTS)
def test_workers_make_the_same_batches(name: str, tmp_path: Path) -> None:
    """Processes that draw ahead, in the order of the steps; none, where nothing is left to do."""
    helped, again = fresh(), fresh()
    two = replace(CPU, workers=2)
    PARTS[name](helped, FEW, tmp_path, two)
    PARTS[name](again, FEW, tmp_path, two)
    assert _same(taught(name), helped)
    assert _same(taught(name), again)


def test_another_schedule_begins_at_its_beginning(tmp_path: Path) -> None:
    """A checkpoint of shorter or larger lessons is none of its own."""
    train_text_encoder(fresh(), FEW, tmp_path, CPU)
    alone, beside = fresh(), fresh()
    longer = replace(FEW, steps=6)
    train_text_encoder(beside, longer, tmp_path, CPU)
    train_text_encoder(alone, longer, tmp_path / "alone", CPU)
    assert _same(alone, beside)


def test_a_training_ends_with_a_model_that_the_bot_can_draw_with(tmp_path: Path) -> None:
    """However short it was: all files are there, listed with their sums, and are read."""
    weights = tmp_path / "weights"
    train(
        fresh(),
        dict.fromkeys(FROM_SCRATCH["cpu"], FEW),
        DATASET_SIZE,
        tmp_path / "training",
        weights,
        CPU,
    )
    locate(catalogue.pocket(weights))
    mode = Mode("QUICK", steps=2, guidance_scale=2.0, ip_adapter_scale=0.5)
    ann = Character("Ann", encode(astronaut().crop((160, 40, 288, 168))))
    request = GenerationRequest(ann, "in space", mode, seed=1, count=1)
    generator = DiffusionGenerator(str(weights), Device("cpu", "float32"))
    (picture,) = generator.album(request, lambda step: None)
    assert picture.image.size == (512, 512)


def test_a_trained_model_is_taught_further(tmp_path: Path) -> None:
    """It begins with what it knows: after steps of no length it is the same model as before."""
    still = dict.fromkeys(FROM_SCRATCH["cpu"], replace(FEW, rate=0.0))
    train(
        trained(POCKET_WEIGHTS),
        still,
        DATASET_SIZE,
        tmp_path / "training",
        tmp_path / "weights",
        CPU,
    )
    assert _same(trained(POCKET_WEIGHTS), trained(tmp_path / "weights"))
    assert not _same(trained(POCKET_WEIGHTS), fresh())
    configs = [file.read_text() for file in (tmp_path / "weights").glob("*/config.json")]
    assert len(configs) == 4
    assert not any(str(POCKET_WEIGHTS) in config for config in configs)


def test_what_has_no_schedule_stays_as_it_is(tmp_path: Path) -> None:
    """A model that knows the words is not taught them again."""
    schedules, weights = {"unet": FEW}, tmp_path / "weights"
    train(trained(POCKET_WEIGHTS), schedules, DATASET_SIZE, tmp_path / "training", weights, CPU)
    before, after = trained(POCKET_WEIGHTS), trained(weights)
    for network in ("autoencoder", "text_encoder", "image_encoder"):
        pairs = zip(
            getattr(before, network).parameters(), getattr(after, network).parameters(), strict=True
        )
        assert all(torch.equal(one, other) for one, other in pairs)
    assert not _same(before, after)


def test_the_higher_the_scale_the_more_a_face_is_to_be_believed() -> None:
    """Faces with other glasses than their portrait are shown less often."""
    random = Random(1)  # noqa: S311 - nothing secret
    sampler = _sampler(random, changed=0.3)
    shown = []
    for scale in (0.4, 0.5, 0.75, 1.0):
        rows = [sampler.row(scale, random) for _ in range(3000)]
        own = [row.portrait for row in rows if row.face == row.portrait]
        shown.append(sum(int(sampler.changed[k]) for k in own) / len(own))
    assert shown[:2] == pytest.approx([0.3, 0.3], abs=0.05)
    assert shown[2] == pytest.approx(0.15 / 0.85, abs=0.05)
    assert shown[3] < 0.01  # somebody else's face may be one's own by chance


def test_what_has_no_face_is_drawn_alike_at_every_scale() -> None:
    """Only a face is doubted; else a high scale itself would come to mean glasses."""
    random = Random(4)  # noqa: S311 - nothing secret
    sampler = _sampler(random, changed=0.3)
    rows = [row for _ in range(3000) if (row := sampler.row(1.0, random)).face is None]
    assert sum(int(sampler.changed[row.portrait]) for row in rows) / len(rows) == pytest.approx(
        0.3, abs=0.05
    )


def test_guidance_leads_away_from_words_and_no_face() -> None:
    """Negative words stand beside no face where pictures are drawn: so they do where it learns."""
    random = Random(2)  # noqa: S311 - nothing secret
    sampler = _sampler(random, changed=0.0)
    rows = [sampler.row(0.5, random) for _ in range(1000)]
    negative = [row.face for row in rows if NEGATIVE_PROMPT in row.text]
    assert len(negative) > 100
    assert all(face is None for face in negative)
    assert sum(row.face is not None for row in rows) > 500


def test_glasses_are_put_on_for_a_photo_more_often_than_taken_off() -> None:
    """A face with glasses is no proof of them: else no negative word could outweigh it."""
    random = Random(3)  # noqa: S311 - nothing secret
    people = [random_person(random) for _ in range(1000)]
    other = [(person, another_day(person, random)) for person in people]
    worn, bare = (
        [now for person, now in other if (person.glasses is Glasses.NONE) is none]
        for none in (False, True)
    )
    taken_off = sum(now.glasses is Glasses.NONE for now in worn) / len(worn)
    put_on = sum(now.glasses is not Glasses.NONE for now in bare) / len(bare)
    dark = sum(now.glasses is Glasses.SUNGLASSES for now in bare) / len(bare)
    assert 0.05 < taken_off < 0.25 < dark < put_on < 0.6


def _sampler(random: Random, changed: float) -> Sampler:
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(100)]
    return Sampler(portraits, torch.arange(100) < 100 * changed)


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
