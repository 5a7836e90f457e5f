"""One bot works on a folder: who else holds it, and what a disk says that can't lock."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from commands.data_folder import AlreadyRunning, DataNotLockable, locked
from commands.doctor import storage
from commands.doctor.finding import Verdict
from handlers.texts import Texts

say = Texts().say("en")


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
