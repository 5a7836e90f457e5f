"""A folder of weights is looked through safely: one bad file never takes others with it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generation.models.choice import ModelChoice
from generation.models.folder import DEEPEST, files_of_weights
from generation.models.loras import look_into
from generation.models.resolve import find_path, resolve
from generation.models.sources import (
    CheckpointTwice,
    CheckpointUnfit,
    ModelUnknown,
    NameUnusable,
    NoLorasFolder,
)
from tests.support.lora_files import lora_file
from tests.support.wrong_files import BROKEN, content, unet, write

NAMES = [os.fsdecode(b"caf\xe9"), "two\nlines", "a\u2028b", "bell\a"]


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _dangling(file: Path) -> None:
    file.symlink_to(file.parent / "nowhere")


def _loop(file: Path) -> None:
    file.symlink_to(file)


ODD: list[Callable[[Path], object]] = [_pipe, _dangling, _loop, Path.mkdir]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_told_and_the_others_are_used(broken: str, tmp_path: Path) -> None:
    """Among models, and among LoRAs."""
    write(tmp_path / "models" / "good.safetensors", unet())
    content(tmp_path / "models" / "bad.safetensors", BROKEN[broken])
    offer = ModelChoice(str(tmp_path / "models")).offer()
    assert list(offer.models) == ["good"]
    assert [(type(one), one.fields["kind"]) for one in offer.refusals] == [
        (CheckpointUnfit, "damaged")
    ]
    lora_file(tmp_path / "loras", "film")
    content(tmp_path / "loras" / "bad.safetensors", BROKEN[broken])
    loras = look_into(tmp_path / "loras")
    assert list(loras.usable) == ["film"]
    assert [one.fields["kind"] for one in loras.refused] == ["damaged"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    """No chat could show it, and lists have a line for each; it is asked to be renamed."""
    try:
        write(tmp_path / "models" / f"{name}.safetensors", unet())
    except OSError:
        pytest.skip("this file system has no such names")
    write(tmp_path / "models" / "good.safetensors", unet())
    offer = ModelChoice(str(tmp_path / "models")).offer()
    assert list(offer.models) == ["good"]
    assert [type(one) for one in offer.refusals] == [NameUnusable]
    shown = str(offer.refusals[0].fields["model"])
    assert shown.encode()
    assert "\n" not in shown
    with pytest.raises(NameUnusable):
        resolve(str(tmp_path / "models" / f"{name}.safetensors"))
    lora_file(tmp_path / "loras", "film")
    lora_file(tmp_path / "loras", name)
    loras = look_into(tmp_path / "loras")
    assert list(loras.usable) == ["film"]
    assert [one.fields for one in loras.refused] == [{"file": shown, "kind": "name"}]


@pytest.mark.parametrize("make", ODD)
def test_what_is_no_file_is_passed_by(make: Callable[[Path], object], tmp_path: Path) -> None:
    """A pipe would be waited for without end."""
    make(tmp_path / "a.safetensors")
    write(tmp_path / "b.safetensors", unet())
    assert [file.name for file in files_of_weights(tmp_path)] == ["b.safetensors"]
    assert resolve(str(tmp_path)).name == "b"


def test_a_pipe_is_no_model(tmp_path: Path) -> None:
    """Nor is anything else that is neither a file nor a folder."""
    _pipe(tmp_path / "pipe.safetensors")
    for odd in (str(tmp_path / "pipe.safetensors"), os.devnull):
        with pytest.raises(CheckpointUnfit):
            resolve(odd)


def test_a_name_too_long_for_a_disk_is_nowhere() -> None:
    """So it is told as any path that doesn't exist."""
    for wanted in ("a" * 300, "/" + "a" * 300, "/" + "a/" * 5000, "a\0b"):
        assert find_path(wanted) is None
        with pytest.raises(ModelUnknown):
            resolve(wanted)
        with pytest.raises(NoLorasFolder):
            look_into(Path(wanted))


def test_a_folder_is_not_searched_without_end(tmp_path: Path) -> None:
    """Somebody may name the whole disk, by a slip."""
    folder = tmp_path.joinpath(*"abcdefg"[:DEEPEST])
    write(folder / "in.safetensors", unet())
    write(folder / "h" / "out.safetensors", unet())
    write(tmp_path / ".trash" / "hidden.safetensors", unet())
    assert [file.name for file in files_of_weights(tmp_path)] == ["in.safetensors"]
    assert len(list(files_of_weights(tmp_path, most=0))) == 0


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    """Only one of them can be chosen by it."""
    for place in ("good", "more/good"):
        write(tmp_path / f"{place}.safetensors", unet())
    offer = ModelChoice(str(tmp_path)).offer()
    assert list(offer.models) == ["good"]
    assert [(type(one), one.fields) for one in offer.refusals] == [
        (CheckpointTwice, {"model": "more/good.safetensors"})
    ]


def test_a_suffix_counts_in_any_case(tmp_path: Path) -> None:
    """Windows and cameras write it in capitals."""
    lora_file(tmp_path, "film").rename(tmp_path / "film.SAFETENSORS")
    assert list(look_into(tmp_path).usable) == ["film"]
