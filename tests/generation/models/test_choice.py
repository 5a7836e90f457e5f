"""A folder of checkpoints, of which the owner chooses one."""

from dataclasses import replace
from pathlib import Path

import pytest

from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.models.catalogue import pocket
from generation.models.choice import ModelChoice
from generation.models.sources import CheckpointUnfit, ModelUnknown
from tests.support.wrong_files import unet, write

CPU = Device("cpu", "float32")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("epic", "Deliberate"):
        write(tmp_path / "models" / f"{name}.safetensors", unet())
    write(tmp_path / "models" / "pony.safetensors", unet(2048))
    return tmp_path / "models"


def test_a_folder_offers_what_can_be_drawn_with(folder: Path) -> None:
    """In the order of their names, and says why a file is none."""
    choice = ModelChoice(str(folder))
    offer = choice.offer()
    assert list(offer.models) == ["Deliberate", "epic"]
    assert [type(refusal) for refusal in offer.refusals] == [CheckpointUnfit]
    assert choice.current == offer.models["Deliberate"]


def test_another_file_is_chosen(folder: Path) -> None:
    """Also one that has come since the start; what is not there leaves everything as it is."""
    choice = ModelChoice(str(folder), "none")
    write(folder / "late.safetensors", unet())
    choice.choose("late")
    assert (choice.current.name, choice.current.few_steps) == ("late", None)
    with pytest.raises(ModelUnknown):
        choice.choose("pony")
    assert choice.current.name == "late"


@pytest.mark.parametrize("wanted", ["pocket", "sd15", "someone/portraits"])
def test_what_is_no_folder_offers_itself(wanted: str) -> None:
    """Then there is nothing to choose."""
    choice = ModelChoice(wanted)
    assert choice.offer().models == {wanted: choice.current}


def test_a_generator_changes_over_when_it_is_told_to_load() -> None:
    """That is between two albums: within one, every picture is of the same model."""
    choice = ModelChoice("pocket")
    generator = DiffusionGenerator(choice, CPU)
    generator.load()
    choice.current = replace(pocket(), name="another")
    assert generator.model_name == "pocket"
    generator.load()
    assert generator.model_name == "another"
