"""Data that is damaged when the bot starts: its owner reads what is wrong, and what to do."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from commands.doctor import storage
from commands.doctor.finding import Verdict
from db import Albums
from generation.request import Picture
from handlers.texts import Texts
from playground import Playground
from tests.support.ended_bot import bot, refused
from tests.support.records import put_database

say = Texts().say("en")


async def start(folder: Path) -> str:
    """Start the bot with the data there; give the sentence with which it refuses."""
    return refused(await bot(folder, DATA_DIR=str(folder), LOCAL_CHAT_PORT="0"))


def an_album(folder: Path) -> None:
    Albums(folder / "albums").save_picture(1, Picture(0, 7, Image.new("RGB", (8, 8))))


def a_log(folder: Path) -> None:
    (folder / "bot.db-wal").write_bytes(b"what was not yet in the database")


@pytest.mark.parametrize("beside", [an_album, a_log])
@pytest.mark.parametrize("content", [b"", b"\0", b"\0" * 4096], ids=len)
async def test_an_emptied_database_is_no_new_one(
    tmp_path: Path, beside: Callable[[Path], None], content: bytes
) -> None:
    """A full disk or a crash has cut it off: nothing starts afresh, and nothing is moved."""
    beside(tmp_path)
    (tmp_path / "bot.db").write_bytes(content)
    sentence = await start(tmp_path)
    assert str(tmp_path / "bot.db") in sentence
    assert "backup" in sentence
    assert (tmp_path / "bot.db").read_bytes() == content
    assert Albums(tmp_path / "albums").aside() == []
    *_, finding = storage.check(say, tmp_path, f"sqlite:///{tmp_path / 'bot.db'}")
    assert finding.verdict is Verdict.BAD
    assert "backup" in finding.advice


def break_a_page(file: Path, table: str) -> None:
    """Overwrite the page where the table begins."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = database.execute(query, (table,)).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as content:
        content.seek((page - 1) * size)
        content.write(b"\xff" * size)


def drop_a_table(file: Path, table: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(f"DROP TABLE {table}")
        database.commit()


@pytest.mark.parametrize("harm", [break_a_page, drop_a_table])
@pytest.mark.parametrize("table", ["users", "jobs", "erased_jobs"])
async def test_a_part_of_the_database_that_is_damaged(
    tmp_path: Path, harm: Callable[[Path, str], None], table: str
) -> None:
    """It shows only once the bot looks there: the owner is told what to do, not that they know."""
    file = put_database(tmp_path)
    harm(file, table)
    sentence = await start(tmp_path)
    assert f"The database {file} is damaged" in sentence
    assert "backup" in sentence
    *_, finding = storage.check(say, tmp_path, f"sqlite:///{file}")
    assert finding.verdict is Verdict.BAD
    assert "backup" in finding.advice


def garbage(file: Path) -> None:
    file.write_bytes(b"garbage " * 1000)


def half(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def another_program(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("DROP TABLE documents")
        database.execute("CREATE TABLE documents (mine)")
        database.commit()


def broken_document(file: Path) -> None:
    change_a_document(file, '{"half')


def odd_document(file: Path) -> None:
    change_a_document(file, "[1, 2]")


def change_a_document(file: Path, document: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE documents SET document = ? WHERE kind = 'settings'", (document,))
        database.commit()


@pytest.mark.parametrize("harm", [garbage, half, another_program, broken_document, odd_document])
async def test_a_local_chat_that_is_damaged(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    """Its file is named, and that nothing else is lost with it."""
    async with Playground(port=0, store=tmp_path / "local_chat"):
        pass
    put_database(tmp_path)
    file = tmp_path / "local_chat" / "playground.sqlite3"
    harm(file)
    sentence = await start(tmp_path)
    assert sentence.startswith(f"The local chat's file {file} can't be read")
    assert f'mv "{file}"*' in sentence
