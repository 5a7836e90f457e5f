"""What tells different models of one name apart."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from generation.models.catalogue import pocket
from generation.models.fingerprint import Fingerprints
from generation.models.resolve import resolve
from tests.support.wrong_files import unet, write


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "data" / "fingerprints.json"


def test_other_files_of_one_name_are_told_apart(tmp_path: Path, memory: Path) -> None:
    """And the same file in two places is the same."""
    one, same, other = (tmp_path / name / "epic.safetensors" for name in "abc")
    write(one, unet())
    write(same, unet())
    write(other, unet())
    other.write_bytes(other.read_bytes()[:-1] + b"\1")
    prints = Fingerprints(memory)
    assert prints.of_file(one) == prints.of_file(same) != prints.of_file(other)


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path, memory: Path) -> None:
    file = tmp_path / "epic.safetensors"
    file.write_bytes(b"one")
    before = Fingerprints(memory).of_file(file)
    file.write_bytes(b"two")
    os.utime(file, (1, 1))
    assert Fingerprints(memory).of_file(file) != before


def test_what_was_read_once_is_remembered(tmp_path: Path, memory: Path) -> None:
    """Models have gigabytes. A memory that was damaged is made anew."""
    file = tmp_path / "epic.safetensors"
    file.write_bytes(b"one")
    Fingerprints(memory).of_file(file)
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps(dict.fromkeys(known, "remembered")))
    assert Fingerprints(memory).of_file(file) == "remembered"
    memory.write_text("{")
    assert Fingerprints(memory).of_file(file) in known.values()


def test_turbo_and_the_translator_do_not_change_a_model(memory: Path) -> None:
    """They are offered apart: who lacks them draws the other albums."""
    prints = Fingerprints(memory)
    whole = pocket()
    assert prints.of_model(whole)
    assert prints.of_model(whole) == prints.of_model(replace(whole, few_steps=None, tiny_vae=None))


def test_a_model_of_which_a_part_is_missing_has_none(
    memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "nothing here"))
    assert Fingerprints(memory).of_model(resolve("sd15", "none")) == ""
    halved = replace(pocket(), base=replace(pocket().base, root=tmp_path))
    assert Fingerprints(memory).of_model(halved) == ""


def test_a_file_that_is_gone_takes_no_other_along(tmp_path: Path) -> None:
    """A LoRA that was removed while the bot runs is not offered any more, and that is all."""
    here = tmp_path / "film.safetensors"
    here.write_bytes(b"weights")
    files = {"film": here, "ink": tmp_path / "ink.safetensors"}
    found = Fingerprints(tmp_path / "known.json").of_files(files)
    assert found.keys() == {"film"}
