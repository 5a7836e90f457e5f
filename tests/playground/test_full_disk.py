"""A disk that takes nothing more: an answer in a sentence, and nothing half done."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from playground import NotSaved, Playground
from tests.support.bot_api import Api, picture, upload

PAGE = {"X-Playground": "1"}
Trouble = Callable[[Playground, Path], None]


def full_database(playground: Playground, _: Path) -> None:
    """SQLite's own limit: not a page more, as on a disk without a free block."""
    database = playground.world.store._database  # noqa: SLF001
    database.execute(
        f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}"
    )


def full_folder(_: Playground, store: Path) -> None:
    """The next files lie on /dev/full, where every write fails for want of space."""
    for number in range(1, 20):
        for kind in ("photos/file_{}.jpg", "documents/file_{}.bin", "thumbnails/file_{}.jpg"):
            path = store / "files" / kind.format(number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to("/dev/full")


def no_folder(_: Playground, store: Path) -> None:
    """Where the files' folder should be there is something else."""
    (store / "files").write_bytes(b"")


def no_store(_: Playground, store: Path) -> None:
    """Somebody has removed the whole folder."""
    shutil.rmtree(store)


def other_store(_: Playground, store: Path) -> None:
    """Another file has come into the database's place."""
    (store / "playground.sqlite3").unlink()
    (store / "playground.sqlite3").touch()


@pytest.mark.parametrize("trouble", [no_store, other_store])
async def test_what_was_removed_is_not_made_anew(
    tmp_path: Path, session: aiohttp.ClientSession, trouble: Trouble
) -> None:
    """What no database knows is not written: neither a photo, nor a file, nor a text."""
    store = tmp_path / "data" / "local_chat"
    async with Playground(port=0, store=store) as playground:
        await playground.send_text(101, 101, "hello")
        before = playground.world.messages(101)
        trouble(playground, store)
        with pytest.raises(NotSaved):
            await playground.send_photo(101, 101, picture())
        with pytest.raises(NotSaved):
            await playground.send_document(101, 101, "a.bin", b"data")
        with pytest.raises(NotSaved):
            await playground.send_text(101, 101, "hello")
        message = {"person": "101", "chat": "101", "text": "hello"}
        url = f"{playground.url}/app/send"
        async with session.post(url, data=aiohttp.FormData(message), headers=PAGE) as response:
            answer = await response.json()
        assert answer["description"] == "This chat's data is gone from the disk."
        assert playground.world.messages(101) == before
    assert not (store / "files").exists()


@pytest.mark.parametrize("trouble", [full_database, full_folder, no_folder])
async def test_what_can_not_be_saved_is_not_sent(
    tmp_path: Path,
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    trouble: Trouble,
) -> None:
    """507 for the bot, a sentence for the page, no event, no file; then all is as it was."""
    store = tmp_path / "store"
    async with Playground(port=0, store=store) as playground:
        await playground.send_text(101, 101, "hello")
        api = Api(session, playground)
        before = playground.world.messages(101)
        trouble(playground, store)
        with caplog.at_level(logging.WARNING), playground.world.feed.listen() as events:
            refusal = await api.refused("sendPhoto", chat_id=101, photo=upload(), caption="c" * 900)
            form = aiohttp.FormData({"person": "101", "chat": "101", "as": "photo"})
            form.add_field("file", picture(), filename="portrait.png")
            url = f"{playground.url}/app/send"
            async with session.post(url, data=form, headers=PAGE) as response:
                answer = await response.json()
            with pytest.raises(NotSaved):
                await playground.send_document(101, 101, "a.bin", b"data" * 9000, "c" * 900)
            assert events.empty()
        assert refusal.startswith("507 Insufficient Storage: ")
        assert response.status == 507
        assert answer["description"] == "The disk is full, or can't be written."
        assert playground.world.messages(101) == before
        assert caplog.records == []
    async with Playground(port=0, store=store) as again:
        assert again.world.messages(101) == before


async def test_once_there_is_room_it_goes_on(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    """A text that found no room is sent once more, and its number was given to nobody else."""
    async with Playground(port=0, store=tmp_path) as playground:
        first = await playground.send_text(101, 101, "hello")
        api = Api(session, playground)
        full_database(playground, tmp_path)
        long: dict[str, Any] = {"chat_id": 101, "text": "x" * 4000}
        refusals = [await api.refused("sendMessage", **long) for _ in range(2)]
        assert {refusal[:3] for refusal in refusals} == {"507"}
        assert await api.ok("getUpdates")  # the bot hears all the same
        playground.world.store._database.execute("PRAGMA max_page_count = 1073741823")  # noqa: SLF001
        sent = await api.ok("sendMessage", **long)
        assert sent["message_id"] == first["message_id"] + 1
