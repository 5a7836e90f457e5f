"""The settings: each wrong one is a clear sentence for who can mend it, never a traceback."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from commands.complaints import complaints
from config import Settings
from db import Database
from generation.modes import Mode
from playground import Playground
from tests.support.ended_bot import PATIENCE_S, TOKEN, bot, refused
from tests.support.python_process import Start, fork, fresh


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRESET", "TURBOO"),
        ("LOCAL_CHAT_PORT", "abc"),
        ("OWNER_ID", "-1"),
        ("ALBUM_SIZE", "0"),
        ("TELEGRAM_API_URL", "nonsense"),
        ("TELEGRAM_API_URL", "http://"),
        ("DEVICE", "tpu"),
        ("GUIDANCE_SCALE", "much"),
        ("IMAGE_SIZE", "500"),
        ("IMAGE_SIZE", "32"),
        ("ENABLE_CHANNELS_LAST", "perhaps"),
        ("GUIDANCE_UNTIL", "0"),
        ("TURBO", "hyper-3"),
        ("ON_BATTERY", "sleep"),
        ("QUIET_HOURS", "8-8"),
    ],
)
async def test_a_wrong_setting_is_named_with_its_value(
    tmp_path: Path, name: str, value: str
) -> None:
    """The sentence says which setting, and what it holds."""
    sentence = refused(await bot(tmp_path, **{name: value}))
    assert sentence.startswith(f"Setting {name}: “{value}”")


async def test_what_is_possible_is_said(tmp_path: Path) -> None:
    """Where there is a choice, the sentence lists it."""
    assert "ULTRA_FAST" in refused(await bot(tmp_path, PRESET="TURBOO"))
    assert "'auto', 'mps', 'cuda' or 'cpu'" in refused(await bot(tmp_path, DEVICE="tpu"))
    assert "1 to 10" in refused(await bot(tmp_path, ALBUM_SIZE="11"))
    assert "multiples of 8 from 64 to 1024" in refused(await bot(tmp_path, IMAGE_SIZE="500"))
    assert "'draw', 'smaller' or 'wait'" in refused(await bot(tmp_path, IN_QUIET_HOURS="quiet"))
    assert "such as 23-8 or 22:30-7:15" in refused(await bot(tmp_path, QUIET_HOURS="0-24"))
    assert "1 and more" in refused(await bot(tmp_path, ALBUMS_A_DAY="0"))


@pytest.mark.parametrize(
    ("variable", "start"), [("LC_ALL", fresh), ("LC_MESSAGES", fork), ("LANG", fork)]
)
async def test_a_russian_terminal_is_answered_in_russian(
    tmp_path: Path, variable: str, start: Start
) -> None:
    """Even where that locale is not installed."""
    russian = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""} | {variable: "ru_RU.UTF-8"}
    sentence = refused(await bot(tmp_path, start, PRESET="TURBOO", PYTHONUTF8="1", **russian))
    assert sentence.startswith("Настройка PRESET: «TURBOO»")


@pytest.mark.parametrize("token", [TOKEN.replace("_", " "), "nonsense", TOKEN.replace(":", "")])
async def test_a_broken_token_is_not_repeated(tmp_path: Path, token: str) -> None:
    """A slip of the clipboard is told at once, and the secret stays one."""
    sentence = refused(await bot(tmp_path, TELEGRAM_BOT_TOKEN=token))
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert "@BotFather" in sentence
    assert token not in sentence


async def test_a_file_in_the_datas_place(tmp_path: Path) -> None:
    """DATA_DIR that can't be a folder is named with the reason."""
    file = tmp_path / "data"
    file.write_text("")
    assert str(file) in refused(await bot(tmp_path, DATA_DIR=str(file)))
    assert str(file) in refused(await bot(tmp_path, DATA_DIR=str(file / "deeper")))


@pytest.mark.parametrize("damaged", ["bot.db", "local_chat/playground.sqlite3"])
async def test_a_damaged_database(tmp_path: Path, damaged: str) -> None:
    """A file that is no database is named, and not overwritten."""
    file = tmp_path / "data" / damaged
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a database " * 1000)
    assert damaged.partition("/")[0] in refused(await bot(tmp_path, LOCAL_CHAT_PORT="0"))
    assert file.read_bytes() == b"not a database " * 1000


@pytest.mark.parametrize("name", ["what?", "a%20b", "?mode=memory&x#1", "данные"])
def test_the_data_lies_where_it_should(tmp_path: Path, name: str) -> None:
    """DATA_DIR is a folder's name as it is, whatever its letters mean in an address."""
    settings = Settings(data_dir=tmp_path / name)
    settings.data_dir.mkdir()
    database = Database(settings.database)
    database.upgrade()
    database.close()
    assert (tmp_path / name / "bot.db").is_file()


async def test_a_database_address_with_a_password(tmp_path: Path) -> None:
    """DATABASE_URL is named and not repeated."""
    sentence = refused(await bot(tmp_path, DATABASE_URL="nosuch://me:hunter2@host/bot"))
    assert "DATABASE_URL" in sentence
    assert "hunter2" not in sentence


async def test_a_taken_port(tmp_path: Path) -> None:
    """The sentence says which setting chooses another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        sentence = refused(await bot(tmp_path, LOCAL_CHAT_PORT=port))
    assert port in sentence
    assert "LOCAL_CHAT_PORT" in sentence


async def test_a_token_that_telegram_refuses(tmp_path: Path) -> None:
    """401 sends the owner back to BotFather."""
    async with Playground(port=0) as playground:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": playground.url}
        ended = await bot(tmp_path, **settings)
    assert "TELEGRAM_BOT_TOKEN" in refused(ended)


async def test_an_address_at_which_nobody_knows_the_bot(tmp_path: Path) -> None:
    """404 is no word about the token alone: most often the address is not a Bot API server's."""
    async with Playground(port=0) as playground:
        for path in ("/elsewhere", "/bots"):
            settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": playground.url + path}
            assert "TELEGRAM_API_URL" in refused(await bot(tmp_path, **settings))
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"{playground.url}/bot"}
        assert "TELEGRAM_API_URL" not in refused(await bot(tmp_path, **settings))


async def test_a_misspelt_name_opens_no_local_chat(tmp_path: Path) -> None:
    """The owner of a token is not sent to a page without a word."""
    (tmp_path / ".env").write_text(f"TELEGRAM_TOKEN={TOKEN}\n", encoding="utf-8")
    assert "TELEGRAM_BOT_TOKEN" in refused(await bot(tmp_path))


async def test_nothing_heavy_is_imported_before_the_settings(tmp_path: Path) -> None:
    """Libraries read the environment when they are imported: `.env` must be in it by then."""
    early = (
        "import bot, sys; print({'torch', 'cv2', 'numpy', 'huggingface_hub'} & set(sys.modules))"
    )
    process = await fresh("-c", early, env={"PATH": os.environ["PATH"]})
    output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert output == b"set()\n"


async def test_the_env_file_is_read(tmp_path: Path) -> None:
    """`.env` in the working folder counts, and the environment counts more."""
    (tmp_path / ".env").write_text("PRESET=TURBOO\nALBUM_SIZE=\n", encoding="utf-8")
    assert "TURBOO" in refused(await bot(tmp_path))
    assert "NITRO" in refused(await bot(tmp_path, PRESET="NITRO"))


async def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    """Two wrong settings are two sentences."""
    ended = await bot(tmp_path, fresh, PRESET="TURBOO", ALBUM_SIZE="0")
    assert [line.split(":")[0] for line in ended.errors.splitlines()] == [
        "Setting PRESET",
        "Setting ALBUM_SIZE",
    ]


def test_the_four_modes_and_their_override(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of the README; the environment overrides the numbers of FAST, and only those."""
    modes = {
        m.name: (m.steps, m.guidance_scale, m.ip_adapter_scale) for m in read().modes(None).values()
    }
    assert modes == {
        "ULTRA_FAST": (10, 6.0, 0.40),
        "FAST": (12, 6.5, 0.50),
        "BALANCED": (15, 7.0, 0.65),
        "QUALITY": (20, 7.5, 0.80),
    }
    for name, value in {
        "NUM_INFERENCE_STEPS": "8",
        "GUIDANCE_SCALE": "5.5",
        "IP_ADAPTER_SCALE": "0.9",
    }.items():
        monkeypatch.setenv(name, value)
    changed = read().modes(None)
    assert changed["FAST"] == Mode("FAST", 8, 5.5, 0.9)
    assert changed["QUALITY"] == Mode("QUALITY", 20, 7.5, 0.80)


def test_a_mac_has_one_graphics_chip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers would hold two models in one memory, and wait for each other."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("WORKERS", "2")
    with pytest.raises(ValidationError) as refused:
        read()
    ((text_id, fields),) = complaints(refused.value)
    assert (text_id, fields["hint"]) == ("setting-wrong", "setting-hint-one-mac")
    monkeypatch.setenv("DEVICE", "cpu")
    assert read().workers == 2


def read() -> Settings:
    return Settings()


@pytest.mark.parametrize("model", ["sd16", "no/such/model", "/no/such/folder"])
async def test_a_model_that_there_is_not(tmp_path: Path, model: str) -> None:
    """A misspelt MODEL is told at the start, not to whoever asks for the first album."""
    assert f"“{model}”" in refused(await bot(tmp_path, MODEL=model))


async def test_turbo_needs_weights_for_it(tmp_path: Path) -> None:
    """The pocket model has none: it can't be the default there."""
    assert "TURBO" in refused(await bot(tmp_path, PRESET="TURBO"))


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("on_battery", "Wait", "wait"),
        ("under_memory_pressure", "SMALLER", "smaller"),
        ("in_quiet_hours", " Draw", "draw"),
        ("preset", "fast", "FAST"),
        ("device", "CPU", "cpu"),
        ("turbo", "None", "none"),
        ("turbo_vae", "Full", "full"),
    ],
)
def test_case_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str, meant: str
) -> None:
    """In any setting that is one word of several."""
    monkeypatch.setenv(name.upper(), written)
    assert getattr(Settings(), name) == meant


def test_an_address_of_a_file_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies on Civitai is downloaded by hand; the hub's address holds a name."""
    for address, hint in (
        ("https://civitai.com/models/4201/realistic-vision", "setting-hint-download"),
        ("https://huggingface.co/owner/name", "setting-hint-path"),
    ):
        monkeypatch.setenv("MODEL", address)
        with pytest.raises(ValidationError) as error:
            Settings()
        ((_, fields),) = complaints(error.value)
        assert fields["hint"] == hint
