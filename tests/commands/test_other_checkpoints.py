"""A checkpoint that the bot can't draw with, at the download, the start and the doctor."""

import json
from pathlib import Path

import pytest

from tests.commands.test_doctor import doctor
from tests.support.hub import UNET, Files, Hub, python, shape_of_sd15
from tests.support.wrong_files import WRONG

INDEX, UNET_SHAPE = "model_index.json", "unet/config.json"
SCHEDULER = "scheduler/scheduler_config.json"
SHAPE = shape_of_sd15()


def changed(name: str, **values: object) -> bytes:
    return json.dumps(json.loads(SHAPE[name]) | values).encode()


MISFITS: dict[str, tuple[Files, str]] = {
    "inpainting": (SHAPE | {UNET_SHAPE: changed(UNET_SHAPE, in_channels=9)}, "inpainting"),
    "pix2pix": (SHAPE | {UNET_SHAPE: changed(UNET_SHAPE, in_channels=8)}, "InstructPix2Pix"),
    "sd2": (SHAPE | {UNET_SHAPE: changed(UNET_SHAPE, cross_attention_dim=1024)}, "Diffusion 2"),
    "velocity": (
        SHAPE | {SCHEDULER: changed(SCHEDULER, prediction_type="v_prediction")},
        "v-prediction",
    ),
    "sdxl": ({INDEX: changed(INDEX, _class_name="StableDiffusionXLPipeline")}, "SDXL"),
    "flux": ({INDEX: changed(INDEX, _class_name="FluxPipeline")}, "Flux"),
    "other": ({INDEX: changed(INDEX, _class_name="KandinskyPipeline")}, "no checkpoint"),
}


@pytest.mark.parametrize("kind", MISFITS)
async def test_a_checkpoint_of_another_kind_is_refused_before_its_gigabytes(
    tmp_path: Path, kind: str
) -> None:
    """Its small files say what it is."""
    files, words = MISFITS[kind]
    async with Hub({"someone/other": files | {UNET: b"many gigabytes"}}) as hub:
        code, said = await python("bot.py", "download", "someone/other", home=tmp_path, url=hub.url)
    assert code == 2
    assert words in said.splitlines()[-1]
    assert hub.fetched() <= {INDEX, UNET_SHAPE, SCHEDULER}


async def test_the_start_and_the_doctor_tell_a_wrong_file(tmp_path: Path) -> None:
    """Exit code and sentence, and no picture is tried."""
    file = WRONG["sdxl"](tmp_path / "pony diffusion.safetensors")
    code, output = await doctor(MODEL=str(file), DATA_DIR=str(tmp_path / "data"))
    assert code == 1
    assert "pony diffusion.safetensors" in output
    assert "SDXL" in output
    code, said = await python(
        "bot.py", "download", str(file), home=tmp_path, url="http://127.0.0.1:9"
    )
    assert code == 2
    assert "SDXL" in said.splitlines()[-1]
