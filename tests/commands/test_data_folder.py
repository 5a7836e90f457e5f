"""DATA_DIR: one process at a time, and no other user of the computer reads it."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.data_folder import AlreadyRunning, DataNotLockable, locked, private
from commands.doctor import storage
from commands.doctor.finding import Verdict
from db import DataUnusable, database_file
from handlers.texts import Texts
from tests.support.records import put_database
from tests.support.running_bot import RunningBot, running_bot

say = Texts().say("en")


@pytest.fixture(params=[0o022, 0o000, 0o077, 0o027])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def readable_by_others(folder: Path) -> list[str]:
    paths = [folder, *folder.rglob("*")]
    return [f"{mode(path):o} {path}" for path in paths if mode(path) & 0o077]


async def draw_an_album(bot: RunningBot) -> None:
    await bot.register()
    await bot.say("/generate a knight")
    await bot.album()
    await bot.answer("Tap a number")


async def test_nobody_else_reads_faces(tmp_path: Path, umask: int) -> None:
    """Folders 700 and files 600 whatever the umask, which is the old one after the bot."""
    async with running_bot(tmp_path / "data") as bot:
        await draw_an_album(bot)
        assert not readable_by_others(tmp_path / "data")
    assert not readable_by_others(tmp_path / "data")
    assert os.umask(umask) == umask


def test_what_was_open_is_mended(tmp_path: Path) -> None:
    """Today's data are closed at the next start: database, its log, pictures, the local chat."""
    files = ("bot.db", "bot.db-wal", "lock", "albums/1/1.png", "local_chat/files/a", "local_chat/x")
    for name in files:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        file.chmod(0o644)
    for folder in (tmp_path, tmp_path / "albums", tmp_path / "local_chat"):
        folder.chmod(0o755)
    with private(tmp_path):
        assert not readable_by_others(tmp_path)


def test_what_is_not_the_bots_is_left_alone(tmp_path: Path) -> None:
    """A folder of the person's own, a link's target and a folder like /tmp keep their rights."""
    own, elsewhere = tmp_path / "holiday.jpg", tmp_path.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    target = elsewhere / "target"
    for file in (own, target):
        file.touch()
        file.chmod(0o644)
    (tmp_path / "albums").mkdir()
    (tmp_path / "albums" / "link").symlink_to(target)
    tmp_path.chmod(0o1777)
    with private(tmp_path):
        assert (mode(own), mode(target), mode(elsewhere)) == (0o644, 0o644, 0o755)
        assert mode(tmp_path) == 0o1777


def test_albums_on_another_disk_are_closed_too(tmp_path: Path) -> None:
    """The room may be a link to a folder elsewhere: its pictures are as private."""
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o755)
    (disk / "1.png").touch(mode=0o644)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "albums").symlink_to(disk)
    with private(tmp_path / "data"):
        assert not readable_by_others(disk)


def open_files(folder: Path) -> None:
    """Put a database and its log there, which everybody may read, into a folder that is open."""
    folder.mkdir(mode=0o755)
    for name in ("bot.db", "bot.db-wal", "bot.db-shm"):
        (folder / name).touch()
        (folder / name).chmod(0o644)


async def test_a_database_elsewhere_is_closed_too(tmp_path: Path) -> None:
    """DATABASE_URL names another folder: the files are closed, the folder is somebody's own."""
    open_files(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "mine").touch(mode=0o644)
    (tmp_path / "elsewhere" / "mine").chmod(0o644)
    put_database(tmp_path / "there")
    file = (tmp_path / "there" / "bot.db").rename(tmp_path / "elsewhere" / "bot.db")
    file.chmod(0o644)
    for name in ("bot.db-wal", "bot.db-shm"):
        (tmp_path / "elsewhere" / name).unlink()
    url = f"sqlite:///{file}"
    async with running_bot(tmp_path / "data", database_url=url) as bot:
        await bot.say("/queue")
        await bot.answer("Nothing")
        open_to_others = readable_by_others(tmp_path / "elsewhere")
    assert [words.rpartition("/")[2] for words in open_to_others] == ["elsewhere", "mine"]


@pytest.mark.parametrize("log", ["bot.db-wal", "bot.db-shm"])
def test_a_database_behind_a_link_is_closed_too(tmp_path: Path, log: str) -> None:
    """DATA_DIR's own bot.db may lie on another disk, where SQLite makes its log as well."""
    open_files(tmp_path / "disk")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").symlink_to(tmp_path / "disk" / "bot.db")
    with private(tmp_path / "data", tmp_path / "data" / "bot.db"):
        assert mode(tmp_path / "disk" / "bot.db") == 0o600
        assert mode(tmp_path / "disk" / log) == 0o600
        assert mode(tmp_path / "disk") == 0o755


def test_a_folder_behind_a_link_is_closed_too(tmp_path: Path) -> None:
    """DATA_DIR is a link: the folder that it leads to is DATA_DIR."""
    open_files(tmp_path / "disk")
    (tmp_path / "data").symlink_to(tmp_path / "disk")
    with private(tmp_path / "data"):
        assert not readable_by_others(tmp_path / "disk")


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////elsewhere/bot.db", "/elsewhere/bot.db"),
        ("sqlite+pysqlite:////elsewhere/a%20b.db", "/elsewhere/a b.db"),
        ("sqlite:///file:/elsewhere/bot.db?mode=rwc&uri=true", "/elsewhere/bot.db"),
        ("sqlite://", None),
        ("sqlite:///:memory:", None),
        ("postgresql://me:hunter2@host/bot", None),
    ],
)
def test_a_database_has_its_file(url: str, file: str | None) -> None:
    """An SQLAlchemy URL says which, if there is one."""
    assert database_file(url) == (file and Path(file))


def test_the_lock_is_no_link(tmp_path: Path) -> None:
    """A link in the lock's place is refused, and what it leads to is not touched."""
    target = tmp_path / "worth something"
    target.write_text("words")
    for leads_to in (target, tmp_path / "not there", tmp_path / "lock"):
        (tmp_path / "lock").symlink_to(leads_to)
        with pytest.raises(DataUnusable), locked(tmp_path):
            pass
        (tmp_path / "lock").unlink()
    assert target.read_text() == "words"
    assert not (tmp_path / "not there").exists()


def refuse_locks(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the system refuse every lock with this errno."""

    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)


def test_a_second_bot_is_told_of_the_first(tmp_path: Path) -> None:
    """The folder is locked until the block ends."""
    with locked(tmp_path), pytest.raises(AlreadyRunning), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


@pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES])
def test_would_block_means_another_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """However the disk's driver puts it."""
    refuse_locks(monkeypatch, number)
    with pytest.raises(AlreadyRunning), locked(tmp_path):
        pass


@pytest.mark.parametrize(
    "number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EIO, errno.ESTALE]
)
def test_a_disk_that_locks_nothing_names_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """No other bot is blamed; the system's own reason is told, by the doctor too."""
    (tmp_path / "lock").touch()
    refuse_locks(monkeypatch, number)
    with pytest.raises(DataNotLockable) as refused, locked(tmp_path):
        pass
    sentence = say(refused.value.text_id(), **refused.value.fields)
    assert os.strerror(number) in sentence
    assert str(tmp_path) in sentence
    finding, *_ = storage.check(say, tmp_path, f"sqlite:///{tmp_path / 'bot.db'}")
    assert finding.verdict is Verdict.BAD
    assert os.strerror(number) in finding.words
    assert "DATA_DIR" in finding.advice
