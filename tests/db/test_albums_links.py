"""Links in the place of pictures lead nowhere: neither read, nor written through."""

from pathlib import Path

import pytest
from PIL import Image

from db import Albums
from generation.request import Picture


def picture() -> Picture:
    return Picture(0, 7, Image.new("RGB", (8, 8)))


def test_a_picture_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    """Somebody's file would go into a chat."""
    (tmp_path / "secret").write_bytes(b"a password")
    (tmp_path / "albums" / "1").mkdir(parents=True)
    (tmp_path / "albums" / "1" / "1.png").symlink_to(tmp_path / "secret")
    (kept,) = Albums(tmp_path / "albums").of(1).pictures
    with pytest.raises(OSError, match="symbolic links"):
        kept.read_bytes()


@pytest.mark.parametrize("place", ["1.png", "1.part"])
def test_what_a_link_leads_to_is_not_overwritten(tmp_path: Path, place: str) -> None:
    """The link goes, its file stays; the picture is a file that only the bot's user reads."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"a password")
    (tmp_path / "albums" / "1").mkdir(parents=True)
    (tmp_path / "albums" / "1" / place).symlink_to(secret)
    albums = Albums(tmp_path / "albums")
    albums.save_picture(1, picture())
    assert secret.read_bytes() == b"a password"
    (kept,) = albums.of(1).pictures
    assert kept.read_bytes().startswith(b"\x89PNG")
    assert kept.path.lstat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_a_link_is_not_used(tmp_path: Path) -> None:
    """An album must not be drawn into another folder, nor another folder be erased."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "thesis.txt").write_text("years")
    (tmp_path / "albums").mkdir()
    (tmp_path / "albums" / "1").symlink_to(tmp_path / "elsewhere")
    albums = Albums(tmp_path / "albums")
    with pytest.raises(NotADirectoryError):
        albums.save_picture(1, picture())
    assert albums.drop([1]) == [1]
    assert [file.name for file in (tmp_path / "elsewhere").iterdir()] == ["thesis.txt"]


def test_albums_may_lie_on_another_disk(tmp_path: Path) -> None:
    """A link that the owner made in place of the whole folder is followed."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "albums").symlink_to(tmp_path / "disk")
    albums = Albums(tmp_path / "albums")
    albums.save_picture(1, picture())
    assert len(albums.of(1).pictures) == 1
