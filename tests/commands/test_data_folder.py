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
from db import DataUnusable
from handlers.texts import Texts
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
