"""The folder LORAS: what lies in it is looked at, and only what the model takes is used."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from generation.models.catalogue import SD15, pocket
from generation.models.loras import look_into
from generation.models.sources import NoLorasFolder
from tests.support.lora_files import loha_file, lora_file, trained_on


def test_loras_are_found_in_a_folder_and_its_folders(tmp_path: Path) -> None:
    """By their files' names; previews, notes and hidden files beside them are nothing."""
    lora_file(tmp_path, "film_grain")
    lora_file(tmp_path / "looks", "Ink v2")
    for name in ("film_grain.preview.png", "film_grain.civitai.info", "._film_grain.safetensors"):
        (tmp_path / name).write_bytes(b"x")
    loras = look_into(tmp_path)
    assert sorted(loras.files) == ["Ink v2", "film_grain"]
    assert loras.refused == ()


def test_what_is_no_lora_for_the_model_is_refused_by_its_kind(tmp_path: Path) -> None:
    """Each has a reason of its own, and the others are used."""
    film = lora_file(tmp_path, "film")
    lora_file(tmp_path, "pony", "sdxl")
    lora_file(tmp_path, "old", "sd2")
    loha_file(tmp_path, "loha")
    lora_file(tmp_path / "more", "Film")
    (tmp_path / "ink.pt").write_bytes(b"x")
    (tmp_path / "half.safetensors").write_bytes(film.read_bytes()[:-1])
    (tmp_path / "page.safetensors").write_text("<!doctype html><title>Sign in</title>")
    weights = {"first_stage_model.decoder.conv_in.weight": np.zeros((4, 4, 3, 3), np.float16)}
    save_file(weights, tmp_path / "vae.safetensors")
    loras = look_into(tmp_path)
    assert loras.files == {"film": film}
    assert {str(one.fields["file"]): one.fields["kind"] for one in loras.refused} == {
        "pony.safetensors": "lora-sdxl",
        "old.safetensors": "lora-sd2",
        "loha.safetensors": "lycoris",
        "Film.safetensors": "twice",
        "ink.pt": "pickle",
        "half.safetensors": "cut-short",
        "page.safetensors": "damaged",
        "vae.safetensors": "other",
    }


def test_a_lora_that_no_request_can_name_is_refused(tmp_path: Path) -> None:
    """By its name, which its owner can change."""
    film = lora_file(tmp_path, "film")
    for name in ("_", "🙂", "a:0.5", "x>y"):
        lora_file(tmp_path, name)
    loras = look_into(tmp_path)
    assert loras.files == {"film": film}
    assert [one.fields["kind"] for one in loras.refused] == ["name"] * 4


@pytest.mark.parametrize(
    ("said", "trigger"),
    [
        ({}, ""),
        ({"modelspec.trigger_phrase": "film_grain, faded"}, "film grain, faded"),
        ({"modelspec.trigger_phrase": "x" * 500}, ""),
        (trained_on(20, inkwash=20, hat=7), "inkwash"),
        (trained_on(20, _1girl=20, solo=20, ink_wash=20), "ink wash"),
        (trained_on(20, _1girl=20, solo=20), ""),
        (trained_on(20, hat=20, coat=20), ""),
        ({"ss_tag_frequency": "[]", "ss_dataset_dirs": "{"}, ""),
        ({"ss_tag_frequency": '{"a": 1}', "ss_dataset_dirs": '{"a": 2}'}, ""),
    ],
    ids=str,
)
def test_a_loras_own_word_is_read_from_its_file(
    tmp_path: Path, said: dict[str, str], trigger: str
) -> None:
    """Not who is on its pictures, and nothing where it isn't clear."""
    lora_file(tmp_path, "ink", said=said)
    assert look_into(tmp_path).triggers == {"ink": trigger}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A slip in its path is told at the start."""
    with pytest.raises(NoLorasFolder) as refusal:
        look_into(tmp_path / "lroas")
    assert refusal.value.fields == {"folder": str(tmp_path / "lroas")}


def test_which_models_take_loras() -> None:
    """Stable Diffusion does; the pocket model is another architecture."""
    assert SD15.takes_loras
    assert not pocket().takes_loras
