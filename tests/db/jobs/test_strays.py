"""Pictures whose job the database does not have: only what was erased goes."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete

from db.jobs.strays import Settled, Strays
from db.tables import ErasedJobRow, JobRow
from generation.request import Picture
from playground import Playground
from tests.support.records import Records
from tests.support.running_bot import RunningBot, running_bot

NOTHING = Settled(None, 0)


def draw(records: Records, job_id: int, *, parameters: str = "Seed: {}", seed: int = 7) -> None:
    for index in range(6):
        picture = Picture(index, 0, Image.new("RGB", (8, 8), (job_id, index, 0)))
        records.albums.save_picture(job_id, picture, parameters.format(seed + index))


def strays(records: Records) -> Strays:
    return Strays(records.database, records.albums)


def lose_the_row(records: Records, job_id: int) -> None:
    with records.database.session() as session, session.begin():
        session.execute(delete(JobRow).where(JobRow.id == job_id))


async def test_what_the_database_does_not_know_is_set_aside(records: Records) -> None:
    """As after a lost or an older database: every picture is kept, and the ids are free again."""
    await records.register(1)
    kept, lost = await records.enqueue(), await records.enqueue()
    for job_id in (kept, lost, 77):
        draw(records, job_id)
    lose_the_row(records, lost)
    aside = (await strays(records).settle()).aside
    assert aside is not None
    assert sorted(folder.name for folder in aside.iterdir()) == sorted([str(lost), "77"])
    assert len(list(aside.rglob("*.png"))) == 12
    assert records.albums.job_ids() == [kept]
    assert len(records.albums.of(kept).pictures) == 6
    assert await strays(records).settle() == NOTHING


async def test_what_the_database_knows_again_comes_back(records: Records) -> None:
    """A backup is restored after a start without it; what the backup doesn't know stays aside."""
    await records.register(1)
    known = [await records.enqueue() for _ in range(2)]
    for job_id in (*known, 77):
        draw(records, job_id)
    aside = records.albums.set_aside([*known, 77])
    assert aside is not None
    assert await strays(records).settle() == Settled(None, 2)
    assert sorted(records.albums.job_ids()) == sorted(known)
    assert len(records.albums.of(known[0]).pictures) == 6
    assert [folder.name for folder in aside.iterdir()] == ["77"]
    records.albums.set_aside(known[1:])
    assert await strays(records).settle() == Settled(None, 1)
    assert len(list(aside.parent.glob("unknown-*"))) == 1


async def test_nobody_is_given_the_album_of_another(records: Records) -> None:
    """A fresh database gives the same ids again: the pictures themselves say whose they are."""
    await records.register(1)
    other, shorter, silent = [await records.enqueue() for _ in range(3)]
    draw(records, other, parameters="a cat, Seed: 7\nSeed: {}, Size: 8x8", seed=8)
    draw(records, shorter)
    records.albums.of(shorter).pictures[5].path.unlink()
    draw(records, silent, parameters="")
    aside = records.albums.set_aside([other, shorter, silent])
    assert await strays(records).settle() == Settled(None, 0)
    assert aside is not None
    assert len(list(aside.rglob("*.png"))) == 17


async def test_what_was_drawn_without_the_backup_makes_way(records: Records) -> None:
    """Its id is an older album's: each is where its person looks for it, or set aside."""
    await records.register(1)
    job_id = await records.enqueue()
    draw(records, job_id)
    (mine,) = {file.read_bytes() for file in records.albums.of(job_id).pictures[:1]}
    records.albums.set_aside([job_id])
    draw(records, job_id, parameters="Seed: 8")
    settled = await strays(records).settle()
    assert records.albums.of(job_id).pictures[0].read_bytes() == mine
    assert settled.put_back == 1
    assert settled.aside is not None
    assert len(list(settled.aside.rglob("*.png"))) == 6
    assert await strays(records).settle() == NOTHING


async def test_two_lost_databases_lose_nothing(records: Records) -> None:
    """The same id is set aside twice: both albums stay, also within one second."""
    folders = set()
    for _ in range(2):
        draw(records, 1)
        folders.add((await strays(records).settle()).aside)
    assert len(folders) == 2
    assert all(folder and len(list(folder.rglob("*.png"))) == 6 for folder in folders)


async def test_an_empty_folder_is_no_news(records: Records, tmp_path: Path) -> None:
    """A folder without pictures is removed, and what is no album's folder is left alone."""
    (tmp_path / "albums" / "9").mkdir(parents=True)
    (tmp_path / "albums" / "holiday").mkdir()
    (tmp_path / "albums" / "10").write_text("a note")
    assert await strays(records).settle() == NOTHING
    assert sorted(path.name for path in (tmp_path / "albums").iterdir()) == ["10", "holiday"]


async def _forget(records: Records, _: int) -> None:
    await records.users.forget(1)


async def _delete(records: Records, job_id: int) -> None:
    await records.jobs.erase(job_id)


@pytest.mark.parametrize("erase", [_forget, _delete])
async def test_what_was_erased_goes_after_a_crash(
    records: Records, erase: Callable[..., object]
) -> None:
    """A crash between the erasure and its last file leaves nothing for the next start."""
    await records.register(1)
    job_id = await records.enqueue()
    await erase(records, job_id)  # type: ignore[misc]
    draw(records, job_id)  # as if the crash had come before the files were removed
    assert await strays(records).settle() == NOTHING
    assert records.albums.job_ids() == []
    with records.database.reading() as session:
        assert session.get(ErasedJobRow, job_id) is None


async def test_what_is_erased_while_it_is_drawn_goes(records: Records) -> None:
    """The worker goes on for a step: its last picture is removed at the job's end."""
    for finish in (
        lambda job_id: records.queue.finish(job_id, 1.0),
        records.queue.cancelled,
        fail(records),
        records.queue.put_back,
    ):
        await records.register(1)
        job_id = await records.enqueue()
        assert records.queue.claim()
        await records.users.forget(1)
        draw(records, job_id)
        finish(job_id)
        assert records.albums.job_ids() == []


async def test_what_the_database_lost_while_it_is_drawn_stays(records: Records) -> None:
    """A job without a row that nobody erased keeps its pictures, whatever its end."""
    await records.register(1)
    job_id = await records.enqueue()
    draw(records, job_id)
    lose_the_row(records, job_id)
    for finish in (records.queue.cancelled, fail(records), records.queue.put_back):
        finish(job_id)
    assert len(records.albums.of(job_id).pictures) == 6


async def test_what_can_not_be_removed_is_tried_again(records: Records, tmp_path: Path) -> None:
    """Its erasure stays written down until it is gone."""
    await records.register(1)
    job_id = await records.enqueue()
    folder = tmp_path / "albums" / str(job_id)
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file, where a folder should be")
    assert await records.jobs.erase(job_id) == [job_id]
    assert await strays(records).settle() == NOTHING
    with records.database.reading() as session:
        assert session.get(ErasedJobRow, job_id) is not None
    folder.unlink()
    await strays(records).settle()
    with records.database.reading() as session:
        assert session.get(ErasedJobRow, job_id) is None


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    """A Telegram that outlives the bot's restarts."""
    async with Playground(port=0) as playground:
        yield playground


async def draw_an_album(bot: RunningBot, words: str) -> None:
    await bot.say(f"/generate {words}")
    await bot.album()
    await bot.answer("Tap a number")


def pictures_in(folder: Path) -> set[bytes]:
    return {file.read_bytes() for file in folder.rglob("*.png")}


def put_back(folder: Path, database: bytes | None) -> None:
    """Replace the database by an older one, or by none."""
    for file in folder.glob("bot.db*"):
        file.unlink()
    if database:
        (folder / "bot.db").write_bytes(database)


@pytest.mark.parametrize("older", [True, False])
async def test_a_restored_database_costs_no_album(
    tmp_path: Path,
    telegram: Playground,
    older: bool,  # noqa: FBT001 - a case of the test
) -> None:
    """The bot starts with an older bot.db or without one: the albums are set aside, and told."""
    async with running_bot(tmp_path, playground=telegram) as bot:
        await bot.give_face()
        await draw_an_album(bot, "a knight")
    database = (tmp_path / "bot.db").read_bytes()
    async with running_bot(tmp_path, playground=telegram) as bot:
        await draw_an_album(bot, "a king")
    pictures = pictures_in(tmp_path)
    put_back(tmp_path, database if older else None)
    async with running_bot(tmp_path, playground=telegram, first_start=True) as bot:
        assert "unknown-" in (await bot.answer("⚠️"))["text"]
        if not older:
            await bot.give_face()
        await draw_an_album(bot, "a wizard")
    kept = pictures_in(tmp_path)
    assert pictures <= kept
    assert len(kept) == len(pictures) + 6


@pytest.mark.parametrize("lose", [lambda file: file.unlink(), lambda file: file.rename(f"{file}~")])
async def test_a_backup_brings_its_albums_back(
    tmp_path: Path, telegram: Playground, lose: Callable[[Path], object]
) -> None:
    """After a start without it: /history lists the album, and sends it again from the disk."""
    async with running_bot(tmp_path, playground=telegram) as bot:
        await bot.give_face()
        await draw_an_album(bot, "a knight")
    database = (tmp_path / "bot.db").read_bytes()
    lose(tmp_path / "bot.db")
    async with running_bot(tmp_path, playground=telegram, first_start=True) as bot:
        await bot.answer("put back a backup of bot.db")
        await bot.give_face()
        await bot.say("/generate a king")
        await bot.answer("Tap a number")
    put_back(tmp_path, database)
    async with running_bot(tmp_path, playground=telegram) as bot:
        await bot.answer("back in its place")
        await bot.say("/history")
        await bot.press(await bot.answer("🗂"), "album:send:")
        await bot.album()
    assert len(list((tmp_path / "albums" / "1").glob("*.png"))) == 6


async def test_an_erased_album_is_not_told_as_lost(tmp_path: Path, telegram: Playground) -> None:
    """After /forget a start has nothing to set aside."""
    async with running_bot(tmp_path, playground=telegram) as bot:
        await bot.give_face()
        await draw_an_album(bot, "a knight")
        await bot.say("/forget")
        await bot.press(await bot.answer("🗑"), "forget:yes:")
        await bot.until(lambda: not (tmp_path / "albums" / "1").exists())
    async with running_bot(tmp_path, playground=telegram) as bot:
        await bot.say("/queue")
        assert "Nothing" in (await bot.answer())["text"]


def fail(records: Records) -> Callable[[int], None]:
    return lambda job_id: records.queue.fail(job_id, OSError())
