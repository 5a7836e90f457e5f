"""A download: what comes, what does not, and what is said when something goes wrong."""

import asyncio
import contextlib
import errno
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import AsyncIterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.support.hub import (
    LISTING,
    MAIN,
    UNET,
    WEIGHTS,
    Files,
    Hub,
    environment,
    faces,
    lay,
    portraits,
    python,
    shape_of_sd15,
)
from tests.support.hub_faults import breaks_after, falls_silent_after, says, sends_zeros
from tests.support.python_process import ROOT, PythonProcess, fork, fresh
from tests.support.small_model import BASE, FACES

LOST = "0" * 40
NOBODY = "http://127.0.0.1:9"
SHORTLY = ("-c", "from tests.support.short_waits import run; run()")
"""`bot.py`, with short waits."""

BRING = """
import sys
from commands.download import fetch_model
from generation.errors import Refusal
from handlers.texts import Texts
from tests.support.short_waits import shorten
from tests.support.small_model import SMALL_MODEL, at
shorten()
try:
    fetch_model(SMALL_MODEL, Texts().say("en"))
except Refusal as refusal:
    print(refusal.text_id(), refusal.fields)
"""

BRING_STOPPED = """
from commands.download import fetch_model
from handlers.texts import Texts
from tests.support.small_model import SMALL_MODEL
try:
    fetch_model(SMALL_MODEL, Texts().say("en"))
except KeyboardInterrupt:
    print("stopped")
"""

TURBO_LATER = """
import sys
from dataclasses import replace
from pathlib import Path
from generation.character import Character
from generation.engine.devices import Device
from generation.errors import Refusal
from generation.engine.generator import DiffusionGenerator
from generation.models.model import FewSteps
from generation.modes import MODES
from generation.request import GenerationRequest
from generation.models.sources import Source
from tests.support.model_shapes import LORA, add_few_steps
from tests.support.hub import WEIGHTS, lay
from tests.support.photographs import astronaut, encode
from tests.support.short_waits import shorten
from tests.support.small_model import SMALL_MODEL
import shutil
shorten()
home = Path(sys.argv[1])
lora = FewSteps(Source("someone/lora", "lora.safetensors"), 4)
generator = DiffusionGenerator(replace(SMALL_MODEL, few_steps=lora), Device("cpu", "float32"))
face = encode(astronaut())
def draw(name):
    mode = replace(MODES[name], steps=2)
    request = GenerationRequest(Character("Ann", (face,)), "a knight", mode, seed=1, count=1)
    try:
        print(name, len(list(generator.album(request, lambda step: None))))
    except Refusal as refusal:
        print(name, refusal.text_id())
draw("FAST")
draw("TURBO")
whole = Path(shutil.copytree(WEIGHTS, home / "whole"))
add_few_steps(whole)
lay(home, "someone/lora", {"lora.safetensors": (whole / LORA).read_bytes()})
draw("TURBO")
"""

NEEDED = {
    "model_index.json",
    "scheduler/scheduler_config.json",
    "tokenizer/tokenizer_config.json",
    "tokenizer/vocab.json",
    "tokenizer/merges.txt",
    "text_encoder/config.json",
    "text_encoder/model.fp16.safetensors",
    "unet/config.json",
    UNET,
    "vae/config.json",
    "vae/diffusion_pytorch_model.safetensors",
    "models/image_encoder/config.json",
    "models/image_encoder/model.safetensors",
    "models/face.safetensors",
}


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    async with Hub({BASE: portraits(), FACES: faces()}) as hub:
        yield hub


async def bring(home: Path, url: str) -> str:
    """Run the download of the stand-in; a traceback fails the test."""
    code, said = await python("-c", BRING, home=home, url=url)
    assert code == 0, said
    return said


def kept(home: Path, hub_id: str, name: str) -> Path:
    folder = home / "hub" / f"models--{hub_id.replace('/', '--')}"
    return folder / "snapshots" / MAIN / name


async def test_only_what_is_needed_comes(hub: Hub, tmp_path: Path) -> None:
    """The halves where they are published, and never a pickle; each licence is named."""
    said = await bring(tmp_path, hub.url)
    assert hub.fetched() == NEEDED
    assert len(hub.requests) == len(NEEDED)
    assert said.splitlines() == [
        f"https://huggingface.co/{BASE} (MIT)",
        f"https://huggingface.co/{FACES} (see its licence there)",
        "✅ The model stand-in is here, whole and checked.",
    ]


async def test_afterwards_no_network_is_needed(hub: Hub, tmp_path: Path) -> None:
    """With the hub gone the model is found, and so it is with the hub there: it is not asked."""
    await bring(tmp_path, hub.url)
    assert "✅" in await bring(tmp_path, NOBODY)
    find = (
        "from generation.models.files import locate\n"
        "from tests.support.small_model import SMALL_MODEL\n"
        "files = locate(SMALL_MODEL)\n"
        "print(sorted(files.variants.items()), (files.base / 'unet').is_dir(), files.adapter.name)"
    )
    code, said = await python("-c", find, home=tmp_path, url=NOBODY)
    assert code == 0, said
    assert said == "[('text_encoder', 'fp16'), ('unet', 'fp16')] True face.safetensors\n"


async def test_the_hubs_other_programs_find_the_files(hub: Hub, tmp_path: Path) -> None:
    """The cache is as the hub's own client would have left it, and it asks for nothing more."""
    await bring(tmp_path, hub.url)
    find = (
        "from huggingface_hub import hf_hub_download, snapshot_download\n"
        f"folder = snapshot_download({BASE!r}, local_files_only=True)\n"
        f"file = hf_hub_download({BASE!r}, {UNET!r}, local_files_only=True)\n"
        "print(file.removeprefix(folder))"
    )
    code, said = await python("-c", find, home=tmp_path, url=NOBODY)
    assert code == 0, said
    assert said == f"/{UNET}\n"


async def test_a_commit_that_is_there_no_more(hub: Hub, tmp_path: Path) -> None:
    """A history may be squashed: the branch is taken, and then no network is needed either."""
    hub.gone.add(LOST)
    pinned = BRING.replace("fetch_model(SMALL_MODEL,", f"fetch_model(at(SMALL_MODEL, {LOST!r}),")
    assert pinned != BRING
    for url in (hub.url, NOBODY):
        code, said = await python("-c", pinned, home=tmp_path, url=url)
        assert code == 0, said
        assert "✅" in said


async def test_an_interrupted_download_goes_on(hub: Hub, tmp_path: Path) -> None:
    """What came before the connection broke is not fetched again."""
    size = len(hub.repositories[BASE][UNET])
    hub.faults[UNET] = chain([breaks_after(size // 2)], repeat(breaks_after(0)))
    assert (await bring_fails(tmp_path, hub.url)).startswith("hub-breaks-off")
    assert not kept(tmp_path, BASE, UNET).exists()
    hub.faults.clear()
    hub.requests.clear()
    assert "✅" in await bring(tmp_path, hub.url)
    (again,) = [request for request in hub.requests if request.file == UNET]
    assert size // 4 < again.begin <= size // 2
    assert kept(tmp_path, BASE, UNET).read_bytes() == hub.repositories[BASE][UNET]


async def test_a_connection_that_breaks_once_is_taken_up_again(hub: Hub, tmp_path: Path) -> None:
    """One run is enough when the hub is there again at once."""
    hub.faults[UNET] = iter([breaks_after(3 * 2**20)])
    assert "✅" in await bring(tmp_path, hub.url)
    first, second = [request.begin for request in hub.requests if request.file == UNET]
    assert first == 0 < second


async def test_a_part_that_is_not_of_this_file_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    """Its checksum tells; the file is fetched once more, from its first byte."""
    part = await break_off(hub, tmp_path)
    part.write_bytes(bytes(part.stat().st_size))
    hub.requests.clear()
    assert "✅" in await bring(tmp_path, hub.url)
    assert [request.begin == 0 for request in hub.requests if request.file == UNET] == [False, True]
    assert kept(tmp_path, BASE, UNET).read_bytes() == hub.repositories[BASE][UNET]


async def test_a_file_that_is_not_what_was_announced(hub: Hub, tmp_path: Path) -> None:
    """It is refused, not fetched for ever; nothing of it is kept."""
    hub.faults[UNET] = repeat(sends_zeros)
    assert (await bring_fails(tmp_path, hub.url)).startswith("model-damaged")
    assert len([request for request in hub.requests if request.file == UNET]) == 1
    assert not kept(tmp_path, BASE, UNET).exists()
    assert not broken_off(tmp_path).stat().st_size


@pytest.mark.parametrize("name", [UNET, "tokenizer/vocab.json"])
async def test_a_damaged_file_is_fetched_again(hub: Hub, tmp_path: Path, name: str) -> None:
    """One wrong bit in a large file or a small one, and only that file comes."""
    await bring(tmp_path, hub.url)
    hub.requests.clear()
    file = kept(tmp_path, BASE, name)
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    said = await bring(tmp_path, hub.url)
    assert f"{file.name} is damaged and is fetched again." in said.splitlines()
    assert hub.fetched() == {name}
    assert file.read_bytes() == hub.repositories[BASE][name]


async def test_few_step_weights_that_are_gone_cost_only_turbo(hub: Hub, tmp_path: Path) -> None:
    """The other modes draw without them; who asks for the whole model is told."""
    code = (
        "from dataclasses import replace\n"
        "from commands.download import fetch_model\n"
        "from generation.errors import Refusal\n"
        "from generation.models.files import locate\n"
        "from generation.models.model import FewSteps\n"
        "from generation.models.sources import Source\n"
        "from handlers.texts import Texts\n"
        "from tests.support.small_model import SMALL_MODEL\n"
        "gone = FewSteps(Source('someone/gone', 'lora.safetensors'), 4)\n"
        "model = replace(SMALL_MODEL, few_steps=gone)\n"
        "files = locate(model)\n"
        "print((files.base / 'unet').is_dir(), files.few_steps)\n"
        "try: fetch_model(model, Texts().say('en'))\n"
        "except Refusal as refusal: print(refusal.text_id())\n"
    )
    _, said = await python("-c", code, home=tmp_path, url=hub.url)
    lines = said.splitlines()
    assert "True None" in lines
    assert lines[-1] == "hub-lacks"


async def test_turbo_is_tried_again_by_who_asks_for_it(tmp_path: Path) -> None:
    """Its weights could not be had at the start: the others draw, and it draws once they came."""
    lay(tmp_path, BASE, portraits())
    lay(tmp_path, FACES, faces())
    code, said = await python("-c", TURBO_LATER, str(tmp_path), home=tmp_path, url=NOBODY)
    assert code == 0, said
    assert said.splitlines()[-3:] == ["FAST 1", "TURBO hub-unreachable", "TURBO 1"], said


async def test_too_small_a_disk_is_told_before(hub: Hub, tmp_path: Path) -> None:
    """Nothing is fetched that can't all be kept."""
    code = (
        "from generation.models.download import DiskTooSmall, fetch\n"
        "from generation.models.hub.hub import Hub\n"
        "from tests.support.small_model import SMALL_MODEL\n"
        "try: fetch(Hub('stand-in'), SMALL_MODEL.sources.values(), lambda folder: 400_000_000)\n"
        "except DiskTooSmall as refusal: print(refusal.fields)"
    )
    _, said = await python("-c", code, home=tmp_path, url=hub.url)
    assert said == "{'model': 'stand-in', 'needed': '0.5', 'free': '0.4'}\n"
    assert not hub.requests


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
async def test_a_disk_that_fills_in_the_middle(hub: Hub, tmp_path: Path) -> None:
    """The owner is told, and nothing half stands in the file's place."""
    part = await break_off(hub, tmp_path)
    part.unlink()
    part.symlink_to("/dev/full")
    assert await bring_fails(tmp_path, hub.url) == "disk-filled {'model': 'stand-in'}"
    assert not kept(tmp_path, BASE, UNET).exists()


async def test_a_cache_that_can_not_be_written(hub: Hub, tmp_path: Path) -> None:
    """A file where the folder should be is told with the reason."""
    (tmp_path / "hub").write_text("")
    said = await bring_fails(tmp_path, hub.url)
    assert said.startswith("model-unwritable")
    assert os.strerror(errno.ENOTDIR) in said


async def break_off(hub: Hub, home: Path) -> Path:
    """Break a download off in the middle of its largest file; give what came of that."""
    hub.faults[UNET] = chain([breaks_after(3 * 2**20)], repeat(breaks_after(0)))
    await bring_fails(home, hub.url)
    hub.faults.clear()
    return broken_off(home)


def broken_off(home: Path) -> Path:
    (part,) = parts(home)
    return part


def parts(home: Path) -> list[Path]:
    return list(home.rglob("*.incomplete"))


async def bring_fails(home: Path, url: str) -> str:
    """Run the download; give the refusal."""
    *_, refusal = (await bring(home, url)).splitlines()
    assert refusal.endswith("}")
    return refusal


def pickled() -> Files:
    """Give a checkpoint that was never converted."""
    whole = portraits()
    return {name: content for name, content in whole.items() if not name.endswith(".safetensors")}


async def download(*arguments: str, home: Path, url: str) -> tuple[int, str]:
    return await python(*SHORTLY, "download", *arguments, home=home, url=url)


@pytest.mark.parametrize("files", [pickled(), {"all.ckpt": b"a pickle"}])
async def test_a_pickled_checkpoint_is_refused(tmp_path: Path, files: Files) -> None:
    """Its repository is looked at; nothing of it is fetched."""
    async with Hub({"someone/pickled": files}) as hub:
        code, said = await download("someone/pickled", home=tmp_path, url=hub.url)
    assert (code, hub.requests) == (2, [])
    assert "someone/pickled has its weights only as a pickle" in said


async def test_an_unknown_model(hub: Hub, tmp_path: Path) -> None:
    """A misspelt hub id is told as it was written."""
    code, said = await download("someone/nobody", home=tmp_path, url=hub.url)
    assert code == 2
    assert "There is no model “someone/nobody”." in said


async def test_a_model_with_terms(hub: Hub, tmp_path: Path) -> None:
    """It is not called unknown: its owner learns how to get it."""
    hub.gated = {BASE}
    code, said = await download(BASE, home=tmp_path, url=hub.url)
    assert code == 2
    assert "hf auth login" in said


async def test_a_download_is_stopped(hub: Hub, tmp_path: Path) -> None:
    """Ctrl-C is answered with a sentence, not with a traceback."""
    # A shell that runs the suite in the background has it ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hub.faults[LISTING] = repeat(falls_silent_after(0))
    process = await fresh("bot.py", "download", BASE, env=environment(tmp_path, hub.url))
    await hub.asked.wait()
    process.send_signal(signal.SIGINT)
    said, _ = await process.communicate()
    assert process.returncode == 2
    assert said.decode().splitlines()[-1].startswith(f"Stopped. What has come of {BASE} stays")
    assert b"Traceback" not in said


async def wait_for(words: str, process: PythonProcess) -> None:
    """Read what the process says until it says these words."""
    said = ""
    assert process.stdout
    while words not in said:
        line = await process.stdout.readline()
        assert line, said
        said += line.decode()


async def test_a_wait_is_stopped(hub: Hub, tmp_path: Path) -> None:
    """Ctrl-C does not wait for what the hub asks; the same command goes on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hub.faults[UNET] = iter([breaks_after(3 * 2**20), says(429, Retry_After="300")])
    process = await fork("-c", BRING_STOPPED, env=environment(tmp_path, hub.url))
    await wait_for("The hub that the model comes from asks me to wait", process)
    process.send_signal(signal.SIGINT)
    said, _ = await process.communicate()
    assert said.decode().splitlines()[-1] == "stopped"
    await goes_on(hub, tmp_path)


async def test_a_wait_is_killed(hub: Hub, tmp_path: Path) -> None:
    """Twice, without a chance to tidy up."""
    for begin in (3 * 2**20, 0):
        hub.faults[UNET] = iter([breaks_after(begin), says(429, Retry_After="300")])
        process = await fork("-c", BRING_STOPPED, env=environment(tmp_path, hub.url))
        await wait_for("The hub that the model comes from asks me to wait", process)
        process.kill()
        await process.communicate()
    await goes_on(hub, tmp_path)


async def goes_on(hub: Hub, home: Path) -> None:
    hub.faults.clear()
    hub.requests.clear()
    assert "✅" in await bring(home, hub.url)
    (again,) = [request for request in hub.requests if request.file == UNET]
    assert again.begin > 2**20
    assert kept(home, BASE, UNET).read_bytes() == hub.repositories[BASE][UNET]


@pytest.mark.parametrize(
    ("language", "waits", "refused"),
    [
        ("en_GB.UTF-8", "has trouble of its own. I go on in", "(error 503). Ask again later"),
        ("ru_RU.UTF-8", "свои неполадки. Продолжу через", "(ошибка 503). Попросите ещё раз"),
    ],
)
async def test_the_terminal_is_told_what_is_waited_for(
    hub: Hub, tmp_path: Path, language: str, waits: str, refused: str
) -> None:
    """In the owner's language, and in the end why it was given up."""
    hub.faults[LISTING] = repeat(says(503))
    code, said = await python(
        *SHORTLY, "download", BASE, home=tmp_path, url=hub.url, LC_ALL=language
    )
    assert code == 2
    assert waits in said
    assert refused in said.splitlines()[-1]


async def test_a_stale_token_is_told_in_the_terminal(hub: Hub, tmp_path: Path) -> None:
    """And the model comes."""
    hub.tokens = set()
    code, said = await python("-c", BRING, home=tmp_path, url=hub.url, HF_TOKEN="stale")
    assert code == 0
    assert said.count("The hub does not accept the token") == 1
    assert "✅" in said


async def test_two_downloads_at_once(hub: Hub, tmp_path: Path) -> None:
    """One waits for the other's file: no byte comes twice, and both have the model."""
    said = await asyncio.gather(bring(tmp_path, hub.url), bring(tmp_path, hub.url))
    assert all("✅" in one for one in said)
    assert [r.begin for r in hub.requests if r.file == UNET] == [0]
    assert kept(tmp_path, BASE, UNET).read_bytes() == hub.repositories[BASE][UNET]
    assert not parts(tmp_path)


@pytest.mark.parametrize("model", ["sd15", "someone/portraits"])
async def test_a_hub_that_can_not_be_reached(tmp_path: Path, model: str) -> None:
    """It is said, pocket is offered, and that asking again is enough."""
    code, said = await download(model, home=tmp_path, url=NOBODY)
    sentence = said.splitlines()[-1]
    assert code == 2
    assert "can't be reached" in sentence
    assert "MODEL=pocket" in sentence
    assert "tries anew" in sentence


async def test_somebody_else_answers(tmp_path: Path) -> None:
    """A hotel's login page is no hub, whatever the status says."""

    async def log_in(request: web.Request) -> web.Response:
        return web.Response(text="<html>Welcome</html>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/{anything:.*}", log_in)
    async with TestServer(app) as hotel:
        code, said = await download("sd15", home=tmp_path, url=str(hotel.make_url("")).rstrip("/"))
    assert code == 2
    assert "something else answers than the hub" in said.splitlines()[-1]


async def test_a_mirror_with_other_files_is_refused(tmp_path: Path) -> None:
    """The checksums that are known here count for more than what a hub says."""
    ids = ("h94/IP-Adapter", "madebyollin/taesd", "ByteDance/Hyper-SD")
    others = {
        "models/ip-adapter-plus-face_sd15.safetensors": b"other",
        "Hyper-SD15-4steps-lora.safetensors": b"other",
        "config.json": b"{}",
        "diffusion_pytorch_model.safetensors": b"other",
    }
    base = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    mirror = {hub_id: faces() | others for hub_id in ids} | {base: portraits() | shape_of_sd15()}
    async with Hub(mirror) as hub:
        code, said = await download("sd15", home=tmp_path, url=hub.url)
    assert code == 2
    assert not any(file.endswith(".safetensors") for file in hub.fetched())
    assert "The hub offers another" in said


async def test_the_licence_of_opt_in_weights(tmp_path: Path) -> None:
    """FaceID is refused with its notice; and with consent for as long as it is a pickle."""
    published = {
        "ip-adapter-faceid-plusv2_sd15.bin": b"a pickle",
        "ip-adapter-faceid-plusv2_sd15_lora.safetensors": b"no pickle",
    }
    async with Hub({"h94/IP-Adapter-FaceID": published}) as hub:
        code, said = await download("faceid", home=tmp_path, url=hub.url)
        assert code == 2
        assert "for research only" in said
        assert "--accept-licence" in said
        code, said = await download("faceid", "--accept-licence", home=tmp_path, url=hub.url)
    assert (code, hub.requests) == (2, [])
    assert "only as a pickle" in said


async def test_a_directory_is_checked(tmp_path: Path) -> None:
    """A model of one's own is not fetched, but looked at."""
    copy = shutil.copytree(WEIGHTS, tmp_path / "mine")
    assert await download(str(copy), home=tmp_path, url=NOBODY) == (
        0,
        "✅ The model mine is here, whole and checked.\n",
    )
    unet = copy / "unet" / "diffusion_pytorch_model.safetensors"
    unet.write_bytes(unet.read_bytes()[:-1])
    code, said = await download(str(copy), home=tmp_path, url=NOBODY)
    assert code == 2
    assert "unet/diffusion_pytorch_model.safetensors can't be read" in said


async def test_the_model_of_the_settings_is_meant(tmp_path: Path) -> None:
    """Without a name it is what the bot would draw with: pocket in the local chat."""
    code, said = await download(home=tmp_path, url=NOBODY)
    assert (code, said) == (0, "✅ The model pocket is here, whole and checked.\n")


@pytest.mark.parametrize(
    ("asked", "weights"),
    [
        ((), "latent-consistency/lcm-lora-sdv1-5"),
        (("--few-steps", "hyper-8"), "ByteDance/Hyper-SD"),
    ],
)
async def test_the_few_step_weights_of_the_settings_are_meant(
    tmp_path: Path, asked: tuple[str, ...], weights: str
) -> None:
    """TURBO names them, unless the command line does."""
    start = f"import os; os.environ['TURBO'] = 'lcm'; {SHORTLY[1]}"
    _, said = await python("-c", start, "download", "sd15", *asked, home=tmp_path, url=NOBODY)
    of_few_steps = [line for line in said.splitlines() if "OpenRAIL++" in line]
    assert of_few_steps == [f"https://huggingface.co/{weights} (OpenRAIL++)"]


async def test_a_terminal_sees_how_far_it_is(hub: Hub, tmp_path: Path) -> None:
    """A bar of bytes that ends at all of them; in a log there is none."""
    terminal, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 80))
    environment = {"PATH": os.environ["PATH"], "HF_HOME": str(tmp_path), "HF_ENDPOINT": hub.url}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BRING,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=end,
    )
    os.close(end)
    await process.communicate()
    with os.fdopen(terminal, "rb") as screen:
        shown = b""
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while block := screen.read1():
                shown += block
    assert b"stand-in: 100%" in shown
