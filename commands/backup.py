"""`python bot.py backup FILE`: everything that the bot keeps, in one file, while it runs."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commands.data_folder import private
from config import Settings
from db import Albums, database_file
from db.backup import archive, snapshot
from db.backup.swap import NOTE
from generation.errors import Refusal
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


class BackupOfServer(Refusal):
    """The database is on a server, which has its own way. Fields: albums."""


COPIES = "backup-"
"""How the names of folders in DATA_DIR begin that hold a copy of the database for a while."""


class NothingToBackUp(Refusal):
    """There is no database yet. Fields: where."""


class RestoreUnfinished(Refusal):
    """A restore was cut off; the bot's next start finishes it."""


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    usage = say("usage-backup")
    parser = commands.add_parser("backup", help=usage, description=usage)
    parser.add_argument("file", metavar="FILE", type=Path, help=say("usage-backup-file"))


def run(settings: Settings, file: Path, say: Say) -> None:
    """Write the backup, and say what is in it. Raises Refusal. The bot may run meanwhile."""
    database = file_of(settings)
    if not database.is_file():
        raise NothingToBackUp(where=str(database))
    if (settings.data_dir / NOTE).exists():
        raise RestoreUnfinished
    with (
        private(settings.data_dir, database),
        tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=COPIES) as folder,
    ):
        copy = Path(folder, archive.DATABASE)
        taken = snapshot.take(database, copy)
        made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        contents = archive.Contents(taken.schema, made, taken.people, albums=0, pictures=0)
        parts = _parts(settings.data_dir, copy, taken.jobs)
        contents = archive.write(file.absolute(), contents, parts)
    print(say("backup-done", where=str(file), people=contents.people, albums=contents.albums,
              pictures=contents.pictures))  # fmt: skip


def remove_copies(data_dir: Path) -> None:
    """Remove what killed backups left: who is erased must not live on there."""
    for left in data_dir.glob(f"{COPIES}*"):
        shutil.rmtree(left, ignore_errors=True)


def file_of(settings: Settings) -> Path:
    """Give the database's file. Raises BackupOfServer where it is none."""
    database = database_file(settings.database)
    if database is None:
        raise BackupOfServer(albums=str(settings.data_dir / "albums"))
    return database


def _parts(data_dir: Path, database: Path, jobs: tuple[int, ...]) -> Iterator[tuple[str, Path]]:
    yield archive.DATABASE, database
    yield archive.STYLES, data_dir / archive.STYLES
    albums = Albums(data_dir / "albums")
    for job_id in jobs:
        for picture in albums.of(job_id).pictures:
            yield f"albums/{job_id}/{picture.path.name}", picture.path  # sealed, if it is
