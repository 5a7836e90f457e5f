"""`python bot.py backup FILE` and `restore FILE`."""

import asyncio
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr

from commands import backup, restore
from commands.backup import BackupOfServer, NothingToBackUp, RestoreUnfinished
from commands.data_folder import AlreadyRunning
from config import Settings
from db import Albums, Database
from db.backup import archive
from db.backup.archive import BackupDamaged, BackupExists, BackupNewer, BackupUnwritable
from db.backup.swap import NOTE, READY, finish_swap
from generation.request import Picture
from handlers.texts import Texts
from playground import Playground
from tests.support.records import put_database, records_of
from tests.support.running_bot import running_bot

say = Texts().say("en")


def settings_of(data: Path, **others: object) -> Settings:
    return Settings(telegram_bot_token=SecretStr("1:a"), data_dir=data, **others)  # type: ignore[arg-type]


def put_data(data: Path, face: bytes, words: str) -> None:
    """Put a bot's data into the folder: a person with a face, and an album of two pictures."""
    database = Database(f"sqlite:///{put_database(data)}")
    records = records_of(database, data)

    async def draw() -> None:
        await records.register(1, face)
        await records.enqueue(1, words)

    asyncio.run(draw())
    job = records.queue.claim()
    assert job
    for index in range(2):
        picture = Picture(index, 7 + index, Image.new("RGB", (8, 8), "teal"))
        records.queue.save_picture(job, picture, words)
    assert records.queue.finish(job.id, 1.0)
    database.close()
    (data / "styles.toml").write_text(f"# {words}")


def contents_of(data: Path) -> tuple[str, list[str], list[bytes], str]:
    """Give the words of the album, its files, the faces, and the owner's styles."""
    connection = sqlite3.connect(data / "bot.db")
    (words,) = connection.execute("SELECT words FROM jobs").fetchone()
    faces = [face for (face,) in connection.execute("SELECT image FROM faces")]
    connection.close()
    pictures = sorted(path.read_bytes() for path in (data / "albums").rglob("*.png"))
    drawn_for = sorted({"queen" if b"queen" in png else "knight" for png in pictures})
    return words, drawn_for, faces, (data / "styles.toml").read_text()


KNIGHT = ("a knight", ["knight"], [b"a face"], "# a knight")
QUEEN = ("a queen", ["queen"], [b"another face"], "# a queen")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A backup of the knight's data, made in another folder."""
    data = tmp_path / "knight"
    put_data(data, b"a face", "a knight")
    backup.run(settings_of(data), tmp_path / "saved.zip", say)
    return tmp_path / "saved.zip"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A bot that has drawn a queen."""
    put_data(tmp_path / "data", b"another face", "a queen")
    return tmp_path / "data"


async def test_it_is_made_while_the_bot_runs_and_brings_everything_back(tmp_path: Path) -> None:
    """Erased people, too: the old data are aside. A running bot's data are not replaced."""
    file, data = tmp_path / "saved.zip", tmp_path / "data"
    settings = settings_of(data)
    async with Playground(port=0) as telegram:
        async with running_bot(data, playground=telegram) as bot:
            await bot.give_face()
            await bot.say("/generate a knight")
            await bot.album()
            await bot.answer("Tap a number")
            await asyncio.to_thread(backup.run, settings, file, say)
            with pytest.raises(AlreadyRunning):
                await asyncio.to_thread(restore.run, settings, file, say)
            await bot.say("/forget")
            await bot.press(await bot.answer("🗑"), "forget:yes:")
            await bot.until(lambda: not list((data / "albums").rglob("*.png")), "no picture")
        await asyncio.to_thread(restore.run, settings, file, say)
        async with running_bot(data, playground=telegram) as bot:
            await bot.say("/again")
            await bot.album()
            assert len(list((data / "albums").rglob("*.png"))) == 12


def test_only_the_owner_reads_it(saved: Path, data: Path, tmp_path: Path) -> None:
    """Nor is what was restored, or put aside, open to others."""
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    restore.run(settings_of(data), saved, say)
    private = (path for path in data.rglob("*") if not path.name.startswith("styles"))
    assert not [path for path in private if path.stat().st_mode & 0o077]


def test_the_old_data_are_kept_aside(
    saved: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it is said where, and what came in their place."""
    restore.run(settings_of(data), saved, say)
    assert contents_of(data) == KNIGHT
    told = capsys.readouterr().out
    assert "1 person with their face, 1 album, 2 pictures" in told
    old = [path for path in data.iterdir() if ".before-restore-" in path.name]
    assert all(str(path) in told for path in old)
    aside = data.parent / "aside"
    aside.mkdir()
    for path in old:
        path.rename(aside / path.name.partition(".before-restore-")[0])
    assert contents_of(aside) == QUEEN


def test_it_restores_into_nothing_and_behind_a_link(saved: Path, tmp_path: Path) -> None:
    """On a new computer; albums that lie on a larger disk stay there."""
    data, disk = tmp_path / "new", tmp_path / "disk" / "albums"
    disk.mkdir(parents=True)
    data.mkdir()
    (data / "albums").symlink_to(disk)
    restore.run(settings_of(data), saved, say)
    assert contents_of(data) == KNIGHT
    assert (data / "albums").is_symlink()


def rewritten(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change a backup's parts, and write it anew with the right sums of zip's own."""
    with zipfile.ZipFile(file) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)


def listed(parts: dict[str, bytes], **changes: object) -> None:
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps(manifest | changes).encode()


def smuggled(name: str) -> Callable[[dict[str, bytes]], None]:
    """Add a part that the list names with the right sum."""

    def change(parts: dict[str, bytes]) -> None:
        parts[name] = b""
        sums = json.loads(parts["manifest.json"])["sums"]
        empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        listed(parts, sums=sums | {name: empty})

    return change


DAMAGE: dict[str, Callable[[dict[str, bytes]], None]] = {
    "a changed database": lambda parts: parts.update({"bot.db": parts["bot.db"][:-1] + b"?"}),
    "a changed picture": lambda parts: parts.update({"albums/1/2.png": b"?"}),
    "a lost picture": lambda parts: void(parts.pop("albums/1/2.png")),
    "no database": lambda parts: void(parts.pop("bot.db")),
    "no list": lambda parts: void(parts.pop("manifest.json")),
    "a list of nonsense": lambda parts: parts.update({"manifest.json": b"[[[]]]"}),
    "a list without sums": lambda parts: listed(parts, sums=None),
    "a part that is not listed": lambda parts: parts.update({"albums/1/3.png": b""}),
    "a way out": smuggled("../evil.png"),
    "a way out of the albums": smuggled("albums/1/../../evil.png"),
    "an absolute way": smuggled("/tmp/evil.png"),  # noqa: S108
    "another drive": smuggled("C:\\evil.png"),
    "a lock": smuggled("lock"),
}


def void(_: object) -> None:
    """Take what `pop` gives."""


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_changes_nothing(saved: Path, data: Path, damage: str) -> None:
    """Whatever is wrong with it; no file is written anywhere else either."""
    rewritten(saved, DAMAGE[damage])
    before = sorted(path.name for path in data.parent.rglob("*"))
    with pytest.raises((BackupDamaged, BackupNewer)) as refusal:
        restore.run(settings_of(data), saved, say)
    assert say(refusal.value.text_id(), **refusal.value.fields)
    assert contents_of(data) == QUEEN
    assert sorted(path.name for path in data.parent.rglob("*") if path.name != "lock") == before


@pytest.mark.parametrize("length", [0, 1, 500, -1, -200])
def test_a_backup_that_was_cut_off_changes_nothing(saved: Path, data: Path, length: int) -> None:
    """Nor does something else that is no backup."""
    saved.write_bytes(saved.read_bytes()[:length])
    with pytest.raises(BackupDamaged):
        restore.run(settings_of(data), saved, say)
    assert contents_of(data) == QUEEN


def test_what_a_backup_unpacks_to_is_no_larger_than_it_is(saved: Path, data: Path) -> None:
    """A small file that would fill the disk is refused before anything is unpacked."""
    with zipfile.ZipFile(saved) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    with pytest.raises(BackupDamaged, match="no backup has"):
        restore.run(settings_of(data), saved, say)


def test_a_newer_backup_is_refused(saved: Path, data: Path) -> None:
    """By its format, and by its database, whatever its list says."""
    shutil.copy(saved, data.parent / "copy.zip")
    rewritten(saved, lambda parts: listed(parts, format=archive.FORMAT + 1))
    with pytest.raises(BackupNewer):
        restore.run(settings_of(data), saved, say)
    newer = data.parent / "newer"
    put_data(newer, b"a face", "a knight")
    connection = sqlite3.connect(newer / "bot.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    backup.run(settings_of(newer), data.parent / "newer.zip", say)
    with pytest.raises(BackupNewer):
        restore.run(settings_of(data), data.parent / "newer.zip", say)
    assert contents_of(data) == QUEEN


class PowerCut(BaseException):
    """Ends the process where it stands."""


def test_a_kill_leaves_the_old_or_the_new(
    saved: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each step of the restore that moves a file: the next start finds no mix."""
    found = []
    for cut in range(100):
        copy = tmp_path / f"cut{cut}"
        shutil.copytree(data, copy)
        with monkeypatch.context() as patch:
            _cut_off_at(patch, cut)
            try:
                restore.run(settings_of(copy), saved, say)
            except PowerCut:
                pass
            else:
                break
        finish_swap(copy)
        assert not (copy / NOTE).exists()
        found.append(contents_of(copy))
        backup.run(settings_of(copy), tmp_path / f"after{cut}.zip", say)
    turned = found.index(KNIGHT)
    assert found == [QUEEN] * turned + [KNIGHT] * (len(found) - turned)
    assert turned >= 1
    assert len(found) - turned >= 6


def _cut_off_at(patch: pytest.MonkeyPatch, cut: int) -> None:
    """Cut the power before the system moves a file, or syncs, for the `cut`th time."""
    calls = iter(range(1000))
    for owner, name in ((Path, "rename"), (Path, "replace"), (os, "sync")):
        real = getattr(owner, name)

        def counted(*args: object, real: Callable[..., object] = real) -> object:
            if next(calls) == cut:
                raise PowerCut
            return real(*args)

        patch.setattr(owner, name, counted)


def test_a_backup_overwrites_nothing_and_leaves_nothing_half(data: Path, tmp_path: Path) -> None:
    """There was a file; there is no such folder; there is nothing to keep."""
    taken = tmp_path / "taken.zip"
    taken.write_bytes(b"precious")
    with pytest.raises(BackupExists):
        backup.run(settings_of(data), taken, say)
    assert taken.read_bytes() == b"precious"
    with pytest.raises(BackupUnwritable):
        backup.run(settings_of(data), tmp_path / "nowhere" / "saved.zip", say)
    with pytest.raises(NothingToBackUp):
        backup.run(settings_of(tmp_path / "empty"), tmp_path / "saved.zip", say)
    assert not list(data.glob("backup-*"))


def test_a_picture_that_is_erased_meanwhile_is_left_out(data: Path, tmp_path: Path) -> None:
    """The rest is kept."""
    Albums(data / "albums").drop([1])
    backup.run(settings_of(data), tmp_path / "saved.zip", say)
    with archive.reading(tmp_path / "saved.zip") as saved:
        assert (saved.contents.people, saved.contents.pictures) == (1, 0)


def test_half_a_restore_is_not_kept(data: Path, tmp_path: Path) -> None:
    """The next start finishes it first."""
    (data / NOTE).write_text(json.dumps({"targets": [], "suffix": ".before"}))
    with pytest.raises(RestoreUnfinished):
        backup.run(settings_of(data), tmp_path / "saved.zip", say)
    assert not list(data.glob(f"*{READY}"))


@pytest.mark.parametrize("command", [backup, restore])
def test_a_servers_database_has_its_own_way(command: object, tmp_path: Path) -> None:
    """It is named, and where the pictures are."""
    settings = settings_of(tmp_path, database_url="postgresql+psycopg://bot@localhost/bot")
    with pytest.raises(BackupOfServer) as refusal:
        command.run(settings, tmp_path / "saved.zip", say)  # type: ignore[attr-defined]
    told = say(refusal.value.text_id(), **refusal.value.fields)
    assert "pg_dump" in told
    assert str(tmp_path / "albums") in told
