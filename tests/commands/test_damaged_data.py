"""Data that is damaged when the bot starts: its owner reads what is wrong, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from commands.doctor import storage
from commands.doctor.finding import Verdict
from db import Albums
from generation.request import Picture
from handlers.texts import Texts
from tests.support.ended_bot import bot, refused

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
