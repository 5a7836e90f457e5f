import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import CLIPImageProcessor

from generation.character import Character
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.engine.networks import Networks
from generation.face_frame import PLUS_FACE, PORTRAIT
from generation.models import catalogue
from generation.models.catalogue import CATALOGUE, REALISTIC_VISION, SD15
from generation.models.files import locate
from generation.models.resolve import label, resolve
from generation.models.sources import (
    HubUnreachable,
    ModelChanged,
    ModelDamaged,
    ModelIncomplete,
    ModelUnknown,
    OnlyPickles,
    PocketDamaged,
)
from generation.modes import MODES, Mode
from generation.pocket.sizes import FACE_SIDE, PORTRAIT_SIDE
from generation.request import GenerationRequest
from tests.support.model_shapes import LORA, add_few_steps, with_adapter
from tests.support.photographs import astronaut, encode

WEIGHTS = catalogue.POCKET_WEIGHTS
UNET = "unet/diffusion_pytorch_model.safetensors"
ADAPTER = "ip_adapter/ip-adapter-plus-face.safetensors"
CPU = Device("cpu", "float32")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A directory with a model that may be damaged."""
    return Path(shutil.copytree(WEIGHTS, tmp_path / "model"))


def test_a_model_is_found_by_its_name(copy: Path) -> None:
    """MODEL takes a name of ours, a directory, or the hub id of another SD 1.5 checkpoint."""
    assert resolve("pocket").base.root == WEIGHTS
    assert resolve("sd15") == SD15
    for known in CATALOGUE:
        assert resolve(known.name) == known
    assert resolve(str(copy)).adapter.root == copy
    assert resolve("SG161222/Realistic_Vision_V5.1_noVAE") == REALISTIC_VISION
    other = resolve("Lykon/dreamshaper-8")
    assert (other.base.root, other.adapter) == ("Lykon/dreamshaper-8", SD15.adapter)


def test_a_model_says_what_it_draws_and_what_it_wants_to_see_of_a_face(copy: Path) -> None:
    """Checkpoints draw photographs, of faces as plus-face knows them; a directory may differ."""
    drawer = resolve("pocket")
    assert (drawer.frame, drawer.photographs) == (PORTRAIT, False)
    for wanted in ("sd15", "Lykon/dreamshaper-8"):
        assert (resolve(wanted).frame, resolve(wanted).photographs) == (PLUS_FACE, True)
    same = resolve(str(copy))
    assert (same.frame, same.photographs, locate(same).frame) == (PORTRAIT, False, PORTRAIT)
    (copy / "about.json").write_text('{"frame": "plus-face"}')
    assert (resolve(str(copy)).frame, resolve(str(copy)).photographs) == (PLUS_FACE, True)
    (copy / "about.json").unlink()
    assert (resolve(str(copy)).frame, resolve(str(copy)).photographs) == (PLUS_FACE, True)


@pytest.mark.parametrize(
    "said", ["", "{", "[]", '{"frame": "full"}', '{"frame": []}', '{"photographs": "no"}', "\xff"]
)
def test_what_a_directory_says_and_nobody_can_read_is_damage(copy: Path, said: str) -> None:
    """A misspelt frame would otherwise cost the likeness in silence."""
    (copy / "about.json").write_text(said, encoding="latin-1")
    with pytest.raises(ModelDamaged) as refusal:
        resolve(str(copy))
    assert refusal.value.fields == {"model": "model", "file": "about.json"}


def test_few_step_weights_are_chosen(tmp_path: Path) -> None:
    """By name, or none at all; a directory's own are of the kind that its owner names."""
    assert resolve("sd15", "lcm").few_steps == catalogue.FEW_STEPS["lcm"]
    none = resolve("sd15", "none")
    assert (none.few_steps, none.tiny_vae) == (None, None)
    directory = with_adapter(tmp_path, "plus")
    add_few_steps(directory)
    few = resolve(str(directory), "hyper-8").few_steps
    assert few
    assert (few.steps, few.sampler, few.lora.root) == (8, "ddim", directory)
    assert resolve(str(directory), "none").few_steps is None
    shutil.copy(directory / LORA, directory / "few_steps/other.safetensors")
    with pytest.raises(ModelIncomplete):
        resolve(str(directory))


@pytest.mark.parametrize("wanted", ["", "sd16", "/no/such/directory", "./here", "a/b/c", "a/"])
def test_what_is_no_model_is_refused_by_name(wanted: str) -> None:
    """A misspelt MODEL is told as it was written."""
    with pytest.raises(ModelUnknown) as refusal:
        resolve(wanted)
    assert refusal.value.fields == {"model": wanted}


def test_any_directory_of_that_shape_can_be_drawn_with(copy: Path) -> None:
    """A person's own model needs no name of ours."""
    DiffusionGenerator(str(copy), CPU).load()


@pytest.mark.parametrize(
    "part",
    [
        "model_index.json",
        UNET,
        "vae/diffusion_pytorch_model.safetensors",
        "text_encoder/config.json",
        "tokenizer/merges.txt",
        "image_encoder/model.safetensors",
    ],
)
def test_a_missing_file_is_named(copy: Path, part: str) -> None:
    """The owner learns which file to get back."""
    (copy / part).unlink()
    model = resolve(str(copy))
    with pytest.raises(ModelIncomplete) as refusal:
        locate(model)
    assert refusal.value.fields == {"model": model.name, "file": part}


def test_a_directory_needs_one_face_adapter(copy: Path) -> None:
    """Two would leave open which one draws."""
    shutil.copy(copy / ADAPTER, copy / "ip_adapter" / "other.safetensors")
    with pytest.raises(ModelIncomplete) as refusal:
        resolve(str(copy))
    assert refusal.value.fields["file"] == "ip_adapter/*.safetensors"


def test_weights_that_could_carry_code_are_not_read(copy: Path) -> None:
    """A pickle beside the place of the safetensors is as good as nothing."""
    (copy / UNET).rename((copy / UNET).with_suffix(".bin"))
    model = resolve(str(copy))
    with pytest.raises(OnlyPickles) as refusal:
        locate(model)
    assert refusal.value.fields == {"model": model.name, "file": UNET}


def test_a_pickled_checkpoint_is_no_model(tmp_path: Path) -> None:
    """MODEL=somebodys.ckpt is told why, not that there is no such model."""
    (tmp_path / "somebodys.ckpt").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(OnlyPickles) as refusal:
        resolve(str(tmp_path / "somebodys.ckpt"))
    assert refusal.value.fields["model"] == "somebodys.ckpt"


def test_a_network_may_be_there_in_half_precision(copy: Path) -> None:
    """A directory copied from the hub has the halves only; the loader is told of which."""
    whole = locate(resolve(str(copy)))
    for folder in ("unet", "image_encoder"):
        (weights,) = (copy / folder).glob("*.safetensors")
        weights.rename(weights.with_suffix(".fp16.safetensors"))
    assert whole.variants == {}
    assert locate(resolve(str(copy))).variants == {
        "unet": "fp16",
        "image_encoder": "fp16",
    }


@pytest.mark.parametrize(
    ("few_steps", "steps", "sampler"),
    [("hyper-4", 4, "ddim"), ("hyper-8", 8, "ddim"), ("lcm", 4, "lcm")],
)
def test_the_owner_chooses_the_few_step_weights(
    few_steps: catalogue.FewStepsName, steps: int, sampler: str
) -> None:
    """Each with the sampler that it was made for; hub checkpoints get them too."""
    for wanted in (*(known.name for known in CATALOGUE), "Lykon/dreamshaper-8"):
        chosen = resolve(wanted, few_steps).few_steps
        assert chosen
        assert (chosen.steps, chosen.sampler) == (steps, sampler)


def test_the_catalogue_says_what_each_part_is() -> None:
    """A pinned commit, a licence and a size of everything that a name of ours brings."""
    for model in CATALOGUE:
        hubs = {part: one for part, one in model.sources.items() if one.hub_id}
        for part, source in hubs.items():
            assert re.fullmatch(r"[0-9a-f]{40}", source.revision), part
            assert source.licence, part
            counted_in_base = part == "vae" and not model.vae
            assert source.size > 0 or counted_in_base, part
            assert all(re.fullmatch(r"[0-9a-f]{64}", known) for known in source.sha256.values())
    assert 4e9 < sum(source.size for source in SD15.sources.values()) < 6e9


@pytest.mark.parametrize("part", [UNET, ADAPTER, "image_encoder/model.safetensors"])
@pytest.mark.parametrize("size", [0, 5, 1000, -1])
def test_weights_cut_short_are_named(copy: Path, part: str, size: int) -> None:
    """An interrupted copy is found before it is drawn with."""
    content = (copy / part).read_bytes()
    (copy / part).write_bytes(content[:size])
    model = resolve(str(copy))
    with pytest.raises(ModelDamaged) as refusal:
        locate(model)
    assert refusal.value.fields == {"model": model.name, "file": part}


def test_a_broken_config_is_named(copy: Path) -> None:
    """The same for what is no weights."""
    (copy / "vae/config.json").write_text('{"half": ')
    with pytest.raises(ModelDamaged) as refusal:
        locate(resolve(str(copy)))
    assert refusal.value.fields["file"] == "vae/config.json"


SETTINGS = "feature_extractor/preprocessor_config.json"


def faces_read_by(model: Path) -> Any:  # noqa: ANN401 - transformers'
    return Networks(locate(resolve(str(model))), torch.float32).pipeline().feature_extractor


def test_a_models_own_way_to_crop_a_face_is_kept(copy: Path) -> None:
    """The pocket model's encoder reads the middle of a portrait."""
    assert faces_read_by(copy).size == {"shortest_edge": PORTRAIT_SIDE}


@pytest.mark.parametrize(
    "settings", [{"size": 224, "crop_size": 224}, {"size": 224, "do_center_crop": False}]
)
def test_settings_for_another_encoder_are_not_used(copy: Path, settings: dict[str, Any]) -> None:
    """Stable Diffusion's are its safety checker's; the face encoder may want another size."""
    CLIPImageProcessor(**settings).save_pretrained(copy / "feature_extractor")
    processor = faces_read_by(copy)
    assert processor.size == {"shortest_edge": FACE_SIDE}
    assert processor.crop_size == {"height": FACE_SIDE, "width": FACE_SIDE}


@pytest.mark.parametrize("content", ["", "[]", '{"crop_size": '])
def test_settings_that_can_not_be_read_are_named(copy: Path, content: str) -> None:
    (copy / SETTINGS).write_text(content)
    with pytest.raises(ModelDamaged) as refusal:
        faces_read_by(copy)
    assert refusal.value.fields["file"] == SETTINGS


def drop_tensor(weights: Path) -> None:
    tensors = load_file(weights)
    del tensors[min(tensors)]
    save_file(tensors, weights, metadata={"format": "pt"})


def shrink_tensor(weights: Path) -> None:
    tensors = load_file(weights)
    name = min(tensors)
    save_file({**tensors, name: tensors[name][:0].clone()}, weights, metadata={"format": "pt"})


@pytest.mark.parametrize("damage", [drop_tensor, shrink_tensor])
@pytest.mark.parametrize(
    ("part", "named"),
    [
        (UNET, "unet"),
        ("vae/diffusion_pytorch_model.safetensors", "vae"),
        ("text_encoder/model.safetensors", "text_encoder"),
        ("image_encoder/model.safetensors", "image_encoder"),
        (ADAPTER, "ip_adapter"),
    ],
)
def test_weights_of_another_shape_are_refused(
    copy: Path, damage: Callable[[Path], None], part: str, named: str
) -> None:
    """The libraries would fill a gap with noise; a face drawn from noise is nobody's."""
    damage(copy / part)
    face = encode(astronaut().crop((160, 40, 288, 168)))
    request = GenerationRequest(Character("Ann", (face,)), "a knight", Mode("FAST", 1, 6.5, 0.5), 1)
    with pytest.raises(ModelDamaged) as refusal:
        next(DiffusionGenerator(str(copy), CPU).album(request, lambda step: None))
    model = resolve(str(copy))
    assert refusal.value.fields == {"model": model.name, "file": named}


def test_a_garbled_tokenizer_is_refused(copy: Path) -> None:
    """A tokenizer that can't be read is damage too."""
    (copy / "tokenizer/merges.txt").write_text("#version: 0.2\nno such\nmerges at all\n")
    with pytest.raises(ModelDamaged) as refusal:
        DiffusionGenerator(str(copy), CPU).load()
    assert refusal.value.fields["file"] == "tokenizer"


@pytest.mark.parametrize("part", ["SHA256SUMS", "vae/config.json", ADAPTER, UNET])
def test_a_shipped_file_that_is_missing_is_named(copy: Path, part: str) -> None:
    """The owner learns which file of the pocket model to get back."""
    (copy / part).unlink()
    with pytest.raises(PocketDamaged) as refusal:
        locate(catalogue.pocket(copy))
    assert refusal.value.fields == {"file": part}


@pytest.mark.parametrize("part", ["tokenizer/merges.txt", ADAPTER, UNET])
def test_a_shipped_file_with_one_wrong_bit_is_named(copy: Path, part: str) -> None:
    """Damage that can be read, and drawn with, is found by the checksum."""
    content = bytearray((copy / part).read_bytes())
    content[-1] ^= 1
    (copy / part).write_bytes(content)
    with pytest.raises(PocketDamaged) as refusal:
        locate(catalogue.pocket(copy))
    assert refusal.value.fields == {"file": part}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no sum\n", b"half a line"])
def test_a_damaged_list_of_checksums_is_named(copy: Path, content: bytes) -> None:
    """Nothing is taken for whole because the list that would say otherwise is broken."""
    (copy / "SHA256SUMS").write_bytes(content)
    with pytest.raises(PocketDamaged) as refusal:
        locate(catalogue.pocket(copy))
    assert refusal.value.fields == {"file": "SHA256SUMS"}


def test_a_list_of_checksums_that_was_cut_is_damaged(copy: Path) -> None:
    """A file that the list lacks could be anything, whole lines or not."""
    lines = (copy / "SHA256SUMS").read_text().splitlines(keepends=True)
    (copy / "SHA256SUMS").write_text("".join(lines[:5]))
    with pytest.raises(PocketDamaged) as refusal:
        locate(catalogue.pocket(copy))
    assert refusal.value.fields == {"file": "SHA256SUMS"}


def test_every_shipped_file_has_its_checksum() -> None:
    """But the card and the list itself."""
    listed = {line.split()[1] for line in (WEIGHTS / "SHA256SUMS").read_text().splitlines()}
    shipped = {str(p.relative_to(WEIGHTS)) for p in WEIGHTS.rglob("*") if p.is_file()}
    assert shipped - listed <= {"SHA256SUMS", "README.md"}
    assert listed <= shipped


def test_the_shipped_model_is_small() -> None:
    """No file over 16 MB, 40 MB in all."""
    sizes = [p.stat().st_size for p in WEIGHTS.rglob("*") if p.is_file()]
    assert max(sizes) <= 16 * 2**20
    assert sum(sizes) <= 40 * 2**20


def test_every_refusal_is_its_own_sentence() -> None:
    """What is mended differently is told differently."""
    refusals = (
        ModelUnknown,
        HubUnreachable,
        ModelIncomplete,
        ModelDamaged,
        ModelChanged,
        OnlyPickles,
        PocketDamaged,
    )
    assert len({refusal.text_id() for refusal in refusals}) == len(refusals)


def run_python(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment, timeout=120
    )
    assert not result.stderr
    return result.stdout


def test_a_hub_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """Without a network sd15 is refused with the reason, not with a traceback."""
    code = (
        "from generation.models import catalogue, sources\n"
        "from generation.models.files import locate\n"
        "from tests.support.short_waits import shorten\n"
        "shorten()\n"
        "try: locate(catalogue.SD15)\n"
        "except sources.HubUnreachable as refusal: print(refusal.fields)"
    )
    nobody = "http://127.0.0.1:9"
    told = run_python(code, HF_HOME=str(tmp_path), HF_ENDPOINT=nobody, HF_HUB_DISABLE_XET="1")
    assert told == "{'model': 'sd15', 'host': '127.0.0.1'}\n"


class Loaded(NamedTuple):
    """What a process has imported with a generator, and with its model in memory; what it said."""

    made: set[str]
    loaded: set[str]
    said: str


@pytest.fixture(scope="module")
def fresh() -> Loaded:
    """A process that loads the pocket model, with the hub's address pointing nowhere."""
    code = (
        "import json, sys\n"
        "from generation.words import writer\n"
        "from generation.engine import devices, generator\n"
        "from generation.models import files\n"
        "from generation.models.resolve import resolve\n"
        "files.locate(resolve('pocket'))\n"
        "pocket = generator.DiffusionGenerator('pocket')\n"
        "made = list(sys.modules)\n"
        "pocket.load()\n"
        "print()\n"
        "print(json.dumps([made, list(sys.modules)]), end='')"
    )
    said, _, imported = run_python(code, HF_ENDPOINT="http://127.0.0.1:9").rpartition("\n")
    made, loaded = json.loads(imported)
    return Loaded(set(made), set(loaded), said)


def test_a_model_of_this_machine_is_found_without_the_hub(fresh: Loaded) -> None:
    """The hub's client is not even imported, nor torch, until something is drawn."""
    assert "generation.engine.generator" in fresh.made
    assert not fresh.made & {"torch", "diffusers", "transformers", "huggingface_hub"}


def test_only_a_model_that_wants_a_frame_takes_opencv_in(fresh: Loaded) -> None:
    """The bot answers before it is imported, and the pocket model never needs it."""
    assert "torch" in fresh.loaded
    assert "cv2" not in fresh.made | fresh.loaded


def test_loading_says_nothing_and_asks_no_hub(fresh: Loaded) -> None:
    """The terminal is the owner's; a local model loads though nobody answers."""
    assert not fresh.said


def test_people_see_a_models_name_not_the_owners_folders(tmp_path: Path) -> None:
    """Under an album stands the directory's own name; a hub id stays whole."""
    directory = tmp_path / "mine"
    directory.mkdir()
    assert label(str(directory)) == "mine"
    assert label("owner/model") == "owner/model"


def test_the_photo_checkpoint_is_guided_as_its_card_says() -> None:
    """Between 3.5 and 7 in every mode that is guided; and no more is downloaded than for sd15."""
    early, late = REALISTIC_VISION.guidance
    for mode in MODES.values():
        if mode.guidance_scale > 1:
            for factor in (early, late):
                assert 3.5 <= 1 + (mode.guidance_scale - 1) * factor <= 7
    sizes = [sum(source.size for source in model.sources.values()) for model in CATALOGUE]
    assert all(size < 5.7e9 for size in sizes)
