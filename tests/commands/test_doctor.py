"""`python bot.py doctor` as its owner types it: what is right, what isn't, and what to do."""

import asyncio
import contextlib
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image

from commands.doctor import account, self_check, storage, versions, weights
from commands.doctor.finding import Verdict
from commands.doctor.self_check import is_flat
from db import Database, DatabaseState, DataUnusable, inspect_database
from generation.engine.memory import MemoryFull
from generation.engine.rescue import PictureBlack
from generation.errors import Refusal
from generation.faces.looks_file import SEEN_FILE
from generation.models import catalogue
from generation.models.sources import (
    HubUnreachable,
    LoraUnfit,
    ModelDamaged,
    ModelIncomplete,
    ModelUnknown,
    OnlyPickles,
    PocketDamaged,
)
from handlers.texts import Texts
from playground import Playground
from tests.support.bot_process import bot_process
from tests.support.hub import faces, lay, portraits
from tests.support.lora_files import lora_file
from tests.support.model_shapes import LORA, add_few_steps
from tests.support.python_process import Start, fork, fresh

PATIENCE_S = 300
WEIGHTS = catalogue.POCKET_WEIGHTS
UNET = "unet/diffusion_pytorch_model.safetensors"
NOT_HERE = "mps" if sys.platform == "linux" else "cuda"
"""A device that no machine of this kind has."""
TOKEN = "123456789:AAE-a_secret_that_nobody_may_read"  # noqa: S105 - made up

say = Texts().say("en")


async def doctor(start: Start = fork, /, **environment: str) -> tuple[int, str]:
    """Give the exit code, and everything that was printed."""
    settings = {
        "TELEGRAM_BOT_TOKEN": "",
        "MODEL": "pocket",
        "DEVICE": "cpu",
        "LC_ALL": "C.UTF-8",
    }
    process = await start("bot.py", "doctor", env=os.environ | settings | environment)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    assert process.returncode is not None
    assert b"Traceback" not in output
    return process.returncode, output.decode()


@contextlib.asynccontextmanager
async def telegram(**answers: object) -> AsyncIterator[str]:
    """Serve fixed results by method: what the playground's bot never is."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": answers[request.match_info["method"]]})

    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def after(output: str, words: str) -> str:
    """Give the line that stands below the one with these words."""
    lines = output.splitlines()
    return lines[next(k for k, line in enumerate(lines) if words in line) + 1]


async def test_all_is_well_beside_a_running_bot(tmp_path: Path) -> None:
    """Exit code 0, the account named, the bot undisturbed, the token nowhere."""
    async with Playground(port=0) as playground, bot_process(tmp_path, playground) as bot:
        assert bot.stdout
        assert b"Running as" in await asyncio.wait_for(bot.stdout.readline(), PATIENCE_S)
        code, output = await doctor(
            DATA_DIR=str(tmp_path),
            TELEGRAM_BOT_TOKEN=playground.token,
            TELEGRAM_API_URL=playground.url,
        )
        assert bot.returncode is None
    assert (code, output.count("❌")) == (0, 0)
    for words in ("a bot is running on", "whole and up to date", "@portrait_desk_bot"):
        assert words in output
    for words in ("privacy mode is on", "cpu in ", "pocket is here and intact", "in one step"):
        assert words in output
    assert playground.token not in output


async def test_the_doctor_speaks_russian_and_changes_nothing(tmp_path: Path) -> None:
    """On a machine where the bot never ran; afterwards it looks the same."""
    data = tmp_path / "data"
    code, output = await doctor(fresh, DATA_DIR=str(data), LC_ALL="ru_RU.UTF-8")
    assert (code, output.count("❌")) == (0, 0)
    for words in ("первый запуск", "токена нет", "Память: свободно", "рисунок в один шаг"):
        assert words in output
    assert not data.exists()


async def test_everything_is_wrong_at_once(tmp_path: Path) -> None:
    """Each fault has its line, and below it what to do; the exit code says that there are some."""
    file = tmp_path / "file"
    file.touch()
    async with Playground(port=0) as playground:
        code, output = await doctor(
            DATA_DIR=str(file / "data"),
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=playground.url,
            DEVICE=NOT_HERE,
            MODEL="sd15",
            HF_HOME=str(tmp_path / "hub"),
        )
    assert (code, output.count("❌ ")) == (1, 4)
    assert "DATA_DIR" in after(output, f"{file} can't be used")
    assert "@BotFather" in after(output, "TELEGRAM_BOT_TOKEN is not valid")
    assert "bot.py download" in after(output, "sd15 is not on this computer")
    assert "DEVICE=auto" in after(output, f"has no {NOT_HERE}")
    assert "no picture was drawn" in output
    assert "secret" not in output
    assert not (tmp_path / "hub").exists()


async def test_damaged_files_and_a_strange_account(tmp_path: Path) -> None:
    """A cut model, a broken database, another program's webhook, privacy mode off."""
    model, data = tmp_path / "model", tmp_path / "data"
    shutil.copytree(WEIGHTS, model)
    os.truncate(model / UNET, 1000)
    data.mkdir()
    (data / "bot.db").write_bytes(b"not a database at all")
    me = {"id": 7, "is_bot": True, "first_name": "Bot", "username": "strange_bot"}
    abilities = {"can_join_groups": False, "can_read_all_group_messages": True}
    webhook = {
        "url": f"https://other.example/{TOKEN}",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
    async with telegram(getMe=me | abilities, getWebhookInfo=webhook) as url:
        code, output = await doctor(
            DATA_DIR=str(data), MODEL=str(model), TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url
        )
    assert (code, output.count("❌ "), output.count("⚠️ ")) == (1, 3, 3)
    assert "MODEL=pocket" in after(output, f"{UNET} can't be read")
    assert "damaged/" in after(output, "file is not a database")
    assert "start this bot" in after(output, "at other.example")
    assert "/setprivacy" in after(output, "privacy mode is off")
    assert "/setjoingroups" in after(output, "can't be added to groups")
    assert "secret" not in output
    assert [file.name for file in data.iterdir()] == ["bot.db"]


async def test_the_picture_is_drawn_with_the_settings(tmp_path: Path) -> None:
    """Only the weights that TURBO names are there, and no tiny autoencoder but a useless one."""
    model = Path(shutil.copytree(WEIGHTS, tmp_path / "model"))
    add_few_steps(model)
    adapter = "models/ip-adapter-plus-face_sd15.safetensors"
    vae = {file.name: file.read_bytes() for file in (model / "vae").iterdir()}
    lay(tmp_path, "someone/portraits", portraits())
    lay(tmp_path, "h94/IP-Adapter", faces() | {adapter: faces()["models/face.safetensors"]})
    lay(tmp_path, "madebyollin/taesd", vae)
    lora = {"pytorch_lora_weights.safetensors": (model / LORA).read_bytes()}
    lay(tmp_path, "latent-consistency/lcm-lora-sdv1-5", lora)
    code, output = await doctor(
        DATA_DIR=str(tmp_path / "data"),
        HF_HOME=str(tmp_path),
        MODEL="someone/portraits",
        TURBO="lcm",
        TURBO_VAE="full",
    )
    assert "in one step" in output, output
    assert code == 0


async def test_turbo_without_its_weights(tmp_path: Path) -> None:
    """The model draws without them; as everybody's own mode they are missed."""
    lay(tmp_path, "someone/portraits", portraits())
    adapter = "models/ip-adapter-plus-face_sd15.safetensors"
    lay(tmp_path, "h94/IP-Adapter", faces() | {adapter: faces()["models/face.safetensors"]})
    where = {"DATA_DIR": str(tmp_path / "data"), "HF_HOME": str(tmp_path)}
    code, output = await doctor(**where, MODEL="someone/portraits")
    assert (code, output.count("❌ ")) == (0, 0), output
    assert "bot.py download" in after(output, "TURBO are not on this computer")
    assert "in one step" in output
    code, output = await doctor(**where, MODEL="someone/portraits", PRESET="TURBO")
    assert (code, output.count("❌ ")) == (1, 1)
    code, output = await doctor(DATA_DIR=str(tmp_path / "data"), PRESET="TURBO")
    assert (code, output.count("❌ ")) == (1, 1)
    assert "PRESET in .env" in after(output, "pocket has no weights for it")


@pytest.mark.parametrize("answer", [None, [], {}, "nginx"])
async def test_a_stranger_in_telegrams_place(answer: object) -> None:
    """Whatever answers, it is told as a finding, without the token."""
    async with telegram(getMe=answer) as url:
        (finding,) = await asyncio.to_thread(lambda: list(account.check(say, TOKEN, url)))
    assert finding.verdict is Verdict.BAD
    assert "127.0.0.1 gives no proper answer" in finding.words
    assert "TELEGRAM_API_URL" in finding.advice
    assert "secret" not in str(finding)


def test_telegram_out_of_reach() -> None:
    """The reason is told, without the token."""
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        (finding,) = account.check(say, TOKEN, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert finding.verdict is Verdict.BAD
    assert "ConnectError" in finding.words
    assert "secret" not in str(finding)


@pytest.mark.parametrize(
    ("model", "refusal", "advice"),
    [
        ("pocket", PocketDamaged(file="unet/config.json"), "git checkout"),
        ("sd15", ModelIncomplete(model="sd15", file="vae/config.json"), "bot.py download"),
        ("sd15", ModelDamaged(model="sd15", file="vae/config.json"), "bot.py download"),
        (".", ModelIncomplete(model="mine", file="vae/config.json"), "Copy the model"),
        (".", HubUnreachable(model="mine", host="hub"), "bot.py download"),
        ("sd16", ModelUnknown(model="sd16"), "Set MODEL"),
        ("a/b", OnlyPickles(model="a/b", file="unet/model.safetensors"), "Set MODEL"),
        ("a/b", LoraUnfit(model="a/b", file="lora.safetensors"), "Set TURBO"),
        (".", LoraUnfit(model="mine", file="lora.safetensors"), "few_steps/"),
        ("sd15", MemoryFull(), "IMAGE_SIZE"),
        ("sd15", PictureBlack(), "DEVICE=cpu"),
    ],
)
def test_every_fault_of_a_model_has_its_remedy(model: str, refusal: Refusal, advice: str) -> None:
    """What is shipped, downloaded and one's own comes back in different ways, or not at all."""
    finding = self_check.explain(say, model, refusal)
    assert finding.verdict is Verdict.BAD
    assert str(refusal.fields.get("file", refusal.fields.get("model", ""))) in finding.words
    assert advice in finding.advice
    downloads = isinstance(refusal, ModelDamaged | ModelIncomplete) and model != "."
    downloads |= isinstance(refusal, HubUnreachable)
    assert ("bot.py download" in finding.advice) == downloads


def test_loras_are_looked_at(tmp_path: Path) -> None:
    """Those that are used, each that isn't with the reason, and a folder that is not there."""
    lora_file(tmp_path, "film")
    lora_file(tmp_path, "pony", "sdxl")
    used, refused = weights.check_loras(say, tmp_path, catalogue.SD15)
    assert (used.verdict, used.words) == (Verdict.GOOD, "LoRAs: film.")
    assert refused.verdict is Verdict.WARNING
    assert "pony.safetensors is not used: it is for SDXL" in refused.words
    (pocket,) = weights.check_loras(say, tmp_path, catalogue.pocket())
    assert "the model pocket takes no LoRAs" in pocket.words
    (missing,) = weights.check_loras(say, tmp_path / "more", None)
    assert missing.verdict is Verdict.BAD
    (tmp_path / "bare").mkdir()
    (empty,) = weights.check_loras(say, tmp_path / "bare", None)
    assert empty.verdict is Verdict.WARNING
    assert list(weights.check_loras(say, None, None)) == []


@pytest.mark.parametrize(
    ("line", "verdict", "words"),
    [
        ("pillow>=1", Verdict.GOOD, "1 libraries"),
        ("pillow==1.0  # long ago", Verdict.WARNING, "pillow"),
        ("no-such-library[extra]==1", Verdict.BAD, "no-such-library"),
    ],
)
def test_libraries_are_compared_with_what_was_tested(
    tmp_path: Path, line: str, verdict: Verdict, words: str
) -> None:
    """Another version is worth a look, a missing one is a fault; pip mends both."""
    file = tmp_path / "requirements.txt"
    file.write_text(f"# What a user needs.\n\n{line}\n", "utf-8")
    finding = versions.check(say, file)
    assert finding.verdict is verdict
    assert words in finding.words
    assert ("pip install" in finding.advice) == (verdict is not Verdict.GOOD)


def test_an_older_and_a_newer_database(tmp_path: Path) -> None:
    """The first is brought up to date by the bot, the second needs a newer bot."""
    file = tmp_path / "bot.db"
    url = f"sqlite:///{file}"
    assert inspect_database(url) is DatabaseState.ABSENT
    file.touch()
    assert inspect_database(url) is DatabaseState.ABSENT
    database = Database(url)
    database.upgrade("0001")
    assert inspect_database(url) is DatabaseState.OLDER
    database.upgrade()
    assert inspect_database(url) is DatabaseState.CURRENT
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert inspect_database(url) is DatabaseState.FOREIGN
    database.close()
    assert [finding.verdict for finding in storage.check(say, tmp_path, url)][-1] is Verdict.BAD


def test_a_database_with_a_broken_page(tmp_path: Path) -> None:
    """It opens, and only reading it whole shows the damage."""
    file = tmp_path / "bot.db"
    database = Database(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    content = bytearray(file.read_bytes())
    content[4096 * 4 : 4096 * 5] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(DataUnusable):
        inspect_database(f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/name"])
def test_an_impossible_database_url(tmp_path: Path, url: str) -> None:
    """The setting is named, not what it holds: it may have a password in it."""
    *_, finding = storage.check(say, tmp_path, url)
    assert finding.verdict is Verdict.BAD
    assert "DATABASE_URL" in finding.advice
    assert "nonsense" not in str(finding)


def test_a_picture_of_one_colour_is_none() -> None:
    """What overflowing numbers leave is black; a photograph's values differ."""
    assert is_flat(Image.new("RGB", (64, 64)))
    assert is_flat(Image.new("RGB", (64, 64), (128, 90, 40)))
    assert not is_flat(Image.linear_gradient("L"))


def test_without_a_file_that_reads_traits_the_bot_works(tmp_path: Path) -> None:
    """It is a warning, with the command that brings the file back."""
    damaged = tmp_path / "looks.onnx"
    damaged.write_bytes(b"half of it")
    say = Texts().say("en")
    assert weights.check_faces(say).verdict is Verdict.GOOD
    for file in (damaged, tmp_path / "gone.onnx"):
        finding = weights.check_faces(say, (SEEN_FILE, file))
        assert finding.verdict is Verdict.WARNING
        assert "git checkout -- generation/faces/weights" in finding.advice


async def test_a_bot_that_draws_nothing_needs_no_model(tmp_path: Path) -> None:
    """With WORKERS=0 only the other computers' doctors look at weights and devices."""
    code, output = await doctor(WORKERS="0", MODEL="sd15", DATA_DIR=str(tmp_path / "data"))
    assert code == 0, output
    assert "sd15" not in output


async def test_its_own_webhook_is_no_strangers() -> None:
    """Where WEBHOOK_URL has Telegram bring updates, nothing is wrong with that."""
    me = {"id": 7, "is_bot": True, "first_name": "Bot", "username": "own_bot"}
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False}
    own = "https://bot.example.org/telegram"
    webhook = {"url": own, "has_custom_certificate": False, "pending_update_count": 0}
    say = Texts().say("en")
    async with telegram(getMe=me | abilities, getWebhookInfo=webhook) as url:
        for set_to, verdicts in ((own, {Verdict.GOOD}), (None, {Verdict.GOOD, Verdict.BAD})):
            found = await asyncio.to_thread(
                lambda to: list(account.check(say, TOKEN, url, to)), set_to
            )
            assert {finding.verdict for finding in found} == verdicts
