"""The log tells where something happened, and nothing that a person said."""

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import psycopg.errors
import pytest
from sqlalchemy.exc import DataError, OperationalError
from telegram.error import BadRequest, NetworkError

from db import NoCharacter
from generation.log_marks import JOB
from handlers.core.accidents import Accident, Accidents, reference_of
from handlers.telegram.logs import UPDATE, JsonFormatter, LineFormatter
from tests.support.running_bot import ANN, VERA, running_bot
from tests.support.scripted_generator import ScriptedGenerator

SECRET = "xylophone"  # noqa: S105
"""What no library and no line of ours would say by itself."""


def record_of(error: BaseException, message: str = "It failed", *args: object) -> logging.LogRecord:
    try:
        raise error  # noqa: TRY301 - it needs a traceback
    except BaseException as raised:  # noqa: BLE001 - whatever it is
        info = (type(raised), raised, raised.__traceback__)
    return logging.LogRecord("bot", logging.ERROR, __file__, 1, message, args, info)


def chained() -> Exception:
    error = RuntimeError("the device is gone")
    error.__cause__ = KeyError(SECRET)
    error.add_note(SECRET)
    return error


QUOTING = [
    KeyError(SECRET),
    ValueError(f"invalid literal: '{SECRET}'"),
    UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
    NoCharacter(words=SECRET),
    ExceptionGroup(SECRET, [ValueError(SECRET)]),
    DataError(f"INSERT '{SECRET}'", {"words": SECRET},
              psycopg.errors.InvalidTextRepresentation(SECRET)),
    chained(),
]  # fmt: skip


@pytest.mark.parametrize("form", [LineFormatter, JsonFormatter])
@pytest.mark.parametrize("error", QUOTING, ids=lambda error: type(error).__name__)
def test_an_error_that_quotes_is_named_and_not_quoted(
    error: Exception, form: type[LineFormatter | JsonFormatter]
) -> None:
    """As a traceback, and as an argument; its kind and its place are there."""
    line = form(None).format(record_of(error, "It failed: %s, %r", error, error))
    assert SECRET not in line
    assert "test_private_log.py" in line
    expected = "no-character" if isinstance(error, NoCharacter) else type(error).__name__
    assert expected in line


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (NetworkError("Bad Gateway"), "NetworkError: Bad Gateway"),
        (RuntimeError("CUDA out of memory"), "RuntimeError: CUDA out of memory"),
        (OperationalError("SELECT 1", {}, psycopg.OperationalError("connection refused")),
         "OperationalError: connection refused"),
    ],
    ids=str,
)  # fmt: skip
def test_what_speaks_of_the_machine_is_told(error: Exception, told: str) -> None:
    """Whoever looks for the cause needs it."""
    assert told in LineFormatter(None).format(record_of(error))


def test_where_a_file_lies_at_telegram_is_hidden() -> None:
    """With the token it could be fetched."""
    error = BadRequest("no file at https://api/file/bot1:a/photos/file_17.jpg")
    line = LineFormatter(None).format(record_of(error))
    assert "photos" not in line
    assert "file_17" not in line


def test_what_asyncio_says_of_a_lost_task_is_cut_short() -> None:
    """Below it stands what the task was given."""
    record = record_of(ValueError(SECRET), f"Task exception was never retrieved\n{SECRET}")
    record.name = "asyncio"
    line = LineFormatter(None).format(record)
    assert SECRET not in line
    assert "never retrieved" in line


def test_json_has_its_fields_and_no_others() -> None:
    """One line, an object; what somebody hangs onto the record is not in it."""
    record = record_of(ValueError("x"), "Two\nlines")
    record.words = SECRET
    marks = (JOB.set(7), UPDATE.set(9))
    line = JsonFormatter(None).format(record)
    JOB.reset(marks[0])
    UPDATE.reset(marks[1])
    assert len(line.splitlines()) == 1
    found = json.loads(line)
    assert (found["job"], found["update"], found["level"]) == (7, 9, "ERROR")
    assert found["reference"] == reference_of(record)
    assert set(found) == {
        *("time", "level", "logger", "message", "reference", "job", "update", "trace")
    }


@pytest.fixture
def accidents() -> Iterator[Accidents]:
    """What hears of everything that is logged."""
    handler = Accidents()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def test_an_accident_has_one_number_everywhere(accidents: Accidents) -> None:
    """In the log's line, and for the owner; with the line of ours that it came through."""
    record = record_of(ValueError(SECRET))
    accidents.handle(record)
    (accident,) = accidents.last
    assert accident.number in LineFormatter(None).format(record)
    assert accident.where.startswith("tests/handlers/telegram/test_private_log.py:")
    assert SECRET not in repr(accident)
    accidents.handle(logging.LogRecord("bot", logging.ERROR, "", 1, "no traceback", (), None))
    assert accidents.count == 1


NAME, WORDS, TRAIT = "Zebulonia", "a xylophonist of Quetzaltenango", "kumquat"
GROUP_TALK = "Brobdingnag"


@pytest.mark.parametrize("log_format", ["plain", "json"])
async def test_a_bots_log_has_no_words_and_no_names(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    log_format: str,
) -> None:
    """Through a registration, an album, one that fails, wrong commands and a group's talk."""
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator, log_format=log_format) as bot:
        monkeypatch.setitem(bot.playground.world.chats.person(ANN), "first_name", NAME)
        await bot.register()
        await bot.say(f"/traits {TRAIT}")
        await bot.answer()
        generator.error = KeyError(WORDS)
        await bot.say(f"/generate {WORDS}")
        await bot.answer("Something went wrong on my side")
        await bot.answer("⚠️ Something unexpected went wrong")
        await bot.say(f"/generate {WORDS}")
        await bot.album()
        await bot.say(f"/preset {TRAIT}")
        await bot.answer(TRAIT)
        await bot.say(WORDS, VERA)
        await bot.answer(chat=VERA)
        await bot.say(f"/generate {GROUP_TALK}", chat=bot.group)
        await bot.album(chat=bot.group)
    log = capfd.readouterr().err
    assert "Accident" in log
    for words in (NAME, TRAIT, GROUP_TALK, "xylo", "Quetz", bot.playground.token, "file_"):
        assert words not in log
    if log_format == "json":
        lines = [json.loads(line) for line in log.splitlines()]
        (accident,) = [line for line in lines if "Accident" in line["message"]]
        assert accident["job"] == 1


async def test_the_owner_hears_of_accidents_but_not_of_each(tmp_path: Path) -> None:
    """One message at once; what comes soon after is counted in the next one."""
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.allow(VERA)
        await bot.give_face(VERA)
        for number in range(3):
            generator.error = ValueError(WORDS)
            await bot.say(f"/generate {number}", VERA)
            await bot.answer("сообщите хозяину этот номер", VERA)
        alerts = [m for m in bot.playground.world.messages(ANN) if "unexpected" in m["text"]]
        (alert,) = alerts
        assert "ValueError at tests/support/scripted_generator.py" in alert["text"]
        assert "xylo" not in alert["text"]


def test_accidents_of_other_threads_count(accidents: Accidents) -> None:
    """Workers log theirs on their own."""

    async def fail() -> None:
        await asyncio.to_thread(accidents.handle, record_of(ValueError("x")))

    asyncio.run(fail())
    assert isinstance(accidents.last[0], Accident)
