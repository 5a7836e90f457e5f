"""A file of weights is known for what it is before anything of it is read."""

import re
from pathlib import Path

import pytest

from generation.errors import Refusal
from generation.models.checkpoint import Kind, kind_of
from generation.models.header import CutShortError, Header, HeaderError
from generation.models.resolve import label, resolve
from generation.models.sources import (
    CheckpointCutShort,
    CheckpointUnfit,
    ModelUnknown,
    NoCheckpoint,
    OnlyPickles,
)
from handlers.texts import Texts
from handlers.texts.sentences import sentence
from tests.support.wrong_files import UNET, WRONG, Shapes, content, cut, lora, unet, without, write

KINDS: list[tuple[Kind, Shapes]] = [
    (Kind.SD15, unet()),
    (Kind.SD15_INPAINTING, unet(channels=9)),
    (Kind.PIX2PIX, unet(channels=8)),
    (Kind.SD15_V, unet() | {"v_pred": (0,)}),
    (Kind.SD2, unet(words=1024)),
    (Kind.SDXL, unet(words=2048)),
    (Kind.SDXL, unet() | {"conditioner.embedders.1.model.ln_final.weight": (1280,)}),
    (Kind.SD3, {f"{UNET}joint_blocks.0.context_block.adaLN_modulation.1.bias": (9216,)}),
    (Kind.FLUX, {"double_blocks.0.img_attn.norm.key_norm.scale": (128,)}),
    (Kind.UNKNOWN, without(unet(), f"{UNET}output_blocks.5")),
    (Kind.BARE, without(unet(), "cond_stage_model")),
    (Kind.LORA_SD15, lora(768)),
    (Kind.LORA_SD2, lora(1024)),
    (Kind.LORA_SDXL, lora(2048)),
    (Kind.LORA_SDXL, lora(640, "attn1_to_k", "transformer_blocks_1")),
    (Kind.LORA_SDXL, {"lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 1280)}),
    (Kind.LORA_SD15, {"lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 768)}),
    (
        Kind.LORA_SD15,
        {"unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight": (8, 768)},
    ),
    (
        Kind.LORA_SDXL,
        {"unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.lora.down.weight": (8, 2048)},
    ),
    (Kind.LORA_OTHER, {"transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight": (8, 99)}),
    (Kind.LORA_OTHER, {"lora_unet_double_blocks_0_img_attn_qkv.lora_down.weight": (8, 3072)}),
    (Kind.LYCORIS, {"lora_unet_mid_block_attentions_0_proj_in.hada_w1_a": (8, 8)}),
    (Kind.LYCORIS, {"lora_unet_mid_block_attentions_0_proj_in.lokr_w1": (8, 8)}),
    (Kind.VAE, {"first_stage_model.decoder.conv_in.weight": (512, 4, 3, 3)}),
    (Kind.VAE, {"decoder.conv_in.weight": (512, 4, 3, 3), "encoder.conv_in.weight": (1,)}),
    (Kind.CONTROLNET, {"control_model.input_blocks.0.0.weight": (320, 4, 3, 3)}),
    (Kind.CONTROLNET, {"controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3)}),
    (Kind.IP_ADAPTER, {"ip_adapter.1.to_k_ip.weight": (320, 768), "image_proj.latents": (1,)}),
    (Kind.MOTION, {"down_blocks.0.motion_modules.0.temporal_transformer.norm.bias": (320,)}),
    (Kind.EMBEDDING, {"emb_params": (4, 768)}),
    (Kind.EMBEDDING, {"clip_g": (4, 1280), "clip_l": (4, 768)}),
    (Kind.PART, {"down_blocks.0.resnets.0.conv1.weight": (320, 320, 3, 3)}),
    (Kind.PART, {"text_model.embeddings.position_embedding.weight": (77, 768)}),
    (Kind.UNKNOWN, {"encoder.layer.0.weight": (4, 4)}),
    (Kind.UNKNOWN, {}),
]


@pytest.mark.parametrize(("kind", "shapes"), KINDS)
def test_the_names_tell_what_a_file_is(kind: Kind, shapes: Shapes) -> None:
    """As people find them on Civitai and the hub, also when a trainer put a word before each."""
    assert kind_of(Header(shapes)) is kind
    assert kind_of(Header({f"state_dict.{name}": shape for name, shape in shapes.items()})) is kind


@pytest.mark.parametrize(("kind", "shapes"), KINDS)
def test_no_shape_is_trusted(kind: Kind, shapes: Shapes) -> None:
    """A strange file is told as one, and breaks nothing."""
    assert kind_of(Header(dict.fromkeys(shapes, ()))) in Kind
    assert kind_of(Header(shapes | {"": (), "v_pred.": (1,)})) is kind


def test_what_a_file_says_of_itself_counts() -> None:
    """Velocity is not in the shapes: the maker's word for it is."""
    said = {"modelspec.prediction_type": "v"}
    assert kind_of(Header(unet(), said)) is Kind.SD15_V
    assert kind_of(Header(unet(), {"modelspec.prediction_type": "epsilon"})) is Kind.SD15


EXPECTED: dict[str, tuple[type[Refusal], str, str, str]] = {
    "sdxl": (CheckpointUnfit, "sdxl", "SDXL", "SDXL"),
    "sd2": (CheckpointUnfit, "sd2", "Stable Diffusion 2", "Stable Diffusion 2"),
    "v-prediction": (CheckpointUnfit, "sd15-v", "v-prediction", "v-prediction"),
    "inpainting": (CheckpointUnfit, "sd15-inpainting", "fills holes", "закрашивает"),
    "pix2pix": (CheckpointUnfit, "pix2pix", "changes a picture", "меняет готовые"),
    "lora": (CheckpointUnfit, "lora-sd15", "folder that LORAS names", "указанную в LORAS"),
    "vae": (CheckpointUnfit, "vae", "autoencoder", "автокодировщик"),
    "controlnet": (CheckpointUnfit, "controlnet", "ControlNet", "ControlNet"),
    "only a UNet": (CheckpointUnfit, "bare", "no text encoder", "нет кодировщика текста"),
    "cut short": (CheckpointCutShort, "", "Wait for the download", "Дождитесь"),
    "begun only": (CheckpointCutShort, "", "Wait for the download", "Дождитесь"),
    "pickle": (OnlyPickles, "", "only as a pickle", "только в виде pickle"),
    "web page": (CheckpointUnfit, "page", "web page", "веб-страница"),
    "text": (CheckpointUnfit, "unknown", "no checkpoint", "не модель из тех"),
    "empty": (CheckpointUnfit, "unknown", "no checkpoint", "не модель из тех"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_gets_the_right_sentence(wrong: str, tmp_path: Path) -> None:
    """In the owner's language, and before anything is downloaded or loaded."""
    refused, kind, english, russian = EXPECTED[wrong]
    file = WRONG[wrong](tmp_path / "my model.safetensors")
    with pytest.raises(refused) as refusal:
        resolve(str(file))
    assert refusal.value.fields["model"] == file.name
    assert refusal.value.fields.get("kind", "") == kind
    for language, words in (("en", english), ("ru", russian)):
        said = sentence(Texts().say(language), refusal.value)
        assert words in said
        assert file.name in said


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.SD15, Kind.UNKNOWN}])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_kind_has_words_of_its_own(kind: Kind, language: str) -> None:
    """Nobody is told only that it doesn't fit."""
    say = Texts().say(language)
    own = sentence(say, CheckpointUnfit(model="m", kind=kind.value))
    assert own != sentence(say, CheckpointUnfit(model="m", kind="unknown"))


@pytest.mark.parametrize("suffix", [".ckpt", ".pt", ".CKPT"])
def test_a_pickle_is_refused_by_its_name(suffix: str, tmp_path: Path) -> None:
    """It could run anything when it is read."""
    with pytest.raises(OnlyPickles):
        resolve(str(content(tmp_path / f"old{suffix}", b"\x80\x02}q")))


def test_a_file_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """The path is told as it was written; no hub is asked for it."""
    for wanted in (str(tmp_path / "gone.safetensors"), r"C:\models\gone.safetensors"):
        with pytest.raises(ModelUnknown) as refusal:
            resolve(wanted)
        assert refusal.value.fields == {"model": wanted}


def test_a_file_is_found_however_its_path_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With spaces, as a terminal writes them; as Windows writes folders; as a link; after `~`."""
    file = write(tmp_path / "models" / "Realistic Vision V6.0 (B1).safetensors", unet())
    link = tmp_path / "link.safetensors"
    link.symlink_to(file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    escaped = str(file).replace(" ", r"\ ").replace("(", r"\(").replace(")", r"\)")
    for wanted in (str(file), escaped, rf"models\{file.name}", f"~/models/{file.name}"):
        assert resolve(wanted).name == label(wanted) == file.stem
    assert resolve(str(link)).name == "link"


def test_a_folder_of_files_gives_the_first_that_fits(tmp_path: Path) -> None:
    """In the order of their names; folders in it count, and what a Mac hides does not."""
    folder = tmp_path / "Stable diffusion"
    folder.mkdir()
    with pytest.raises(NoCheckpoint):
        resolve(str(folder))
    write(folder / "a.safetensors", unet(2048))
    content(folder / "._b.safetensors", b"\0")
    with pytest.raises(CheckpointUnfit):
        resolve(str(folder))
    write(folder / "people" / "Deliberate.SafeTensors", unet())
    write(folder / "epic.safetensors", unet())
    assert resolve(str(folder)).name == "Deliberate"


def header(said: bytes) -> bytes:
    return len(said).to_bytes(8, "little") + said


@pytest.mark.parametrize(
    "some",
    [
        b"",
        b"\0" * 100,
        b"12345678[]",
        header(b'{"a": 1}'),
        header(b'{"a": {"shape": ["x"]}}'),
        b"\2\0\0\0\0\0\0\0{]",
        b"abc",
    ],
)
def test_what_begins_otherwise_has_no_header(some: bytes, tmp_path: Path) -> None:
    """Whatever it is, it is not read on."""
    with pytest.raises(HeaderError):
        Header.of(content(tmp_path / "file", some))


def test_a_header_says_how_long_its_file_is(tmp_path: Path) -> None:
    """So a download that has stopped is told by how much is here."""
    whole = write(tmp_path / "file", unet()).stat().st_size
    with pytest.raises(CutShortError) as error:
        Header.of(cut(tmp_path / "file"))
    assert (error.value.have, error.value.whole) == (whole - 1, whole)


@pytest.mark.parametrize(
    ("lacks", "english", "russian"),
    [(1, "it lacks 1 bytes", "не хватает 1 байт"), (2_000_000, "it lacks 2 MB", "не хватает 2 МБ")],
)
def test_what_a_download_lacks_has_a_fitting_unit(
    lacks: int, english: str, russian: str, tmp_path: Path
) -> None:
    """No “0.08 of 0.08 GB”."""
    file = write(tmp_path / "half.safetensors", unet())
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - lacks)
    with pytest.raises(CheckpointCutShort) as refusal:
        resolve(str(file))
    for language, words in (("en", english), ("ru", russian)):
        assert words in re.sub(
            r"[\u2068\u2069]", "", sentence(Texts().say(language), refusal.value)
        )
