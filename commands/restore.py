"""`python bot.py restore FILE`: a backup takes the place of what the bot has."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commands.backup import file_of
from commands.data_folder import locked, private
from config import Settings
from db import DatabaseState, DataForeign, DataUnusable, inspect_database
from db.backup import archive
from db.backup.swap import Swap, finish_swap, movable
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    usage = say("usage-restore")
    parser = commands.add_parser("restore", help=usage, description=usage)
    parser.add_argument("file", metavar="FILE", type=Path, help=say("usage-backup-file"))


def run(settings: Settings, file: Path, say: Say) -> None:
    """Check the whole backup, put it in place, and say what became of the old data.

    Raises Refusal. The bot must not run meanwhile.
    """
    database, folder = file_of(settings), settings.data_dir.absolute()
    with private(folder, database), locked(folder):
        finish_swap(folder)
        with archive.reading(file) as backup:
            swap = _swap(folder, database, backup)
            try:
                _make_ready(swap, backup, file)
                old = swap.commit()
            except OSError as error:
                reason = error.strerror or str(error)
                raise DataUnusable(where=str(folder), reason=reason) from error
            contents = backup.contents
    print(say("restore-done", made=contents.made, people=contents.people, albums=contents.albums,
              pictures=contents.pictures))  # fmt: skip
    if old:
        print(say("restore-old", where="\n".join(map(str, old))))


def _swap(folder: Path, database: Path, backup: archive.Archive) -> Swap:
    """Say what is replaced. The albums may lie on a larger disk, behind a link."""
    targets = [database, (folder / "albums").resolve()]
    if backup.has(archive.STYLES):
        targets.append(folder / archive.STYLES)
    if not movable(targets):
        raise DataUnusable(where=str(targets[1]), reason="a disk is mounted there")
    return Swap(folder, tuple(targets), f".before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")


def _make_ready(swap: Swap, backup: archive.Archive, file: Path) -> None:
    """Unpack everything beside the old data, and look at it there; if it is unfit, it goes."""
    swap.begin()
    try:
        database, albums, *styles = swap.targets
        backup.unpack(archive.DATABASE, swap.ready(database))
        _check_database(swap.ready(database), file)
        swap.ready(albums).mkdir(parents=True)
        for name in backup.albums():
            backup.unpack(name, swap.ready(albums) / name.removeprefix("albums/"))
        for target in styles:
            backup.unpack(archive.STYLES, swap.ready(target))
    except BaseException:
        swap.begin()
        raise


def _check_database(database: Path, file: Path) -> None:
    """Raise BackupNewer or BackupDamaged, whatever the backup says of itself."""
    try:
        state = inspect_database(f"sqlite:///{database}")
    except DataForeign as error:
        raise archive.BackupNewer(where=str(file)) from error
    except DataUnusable as error:
        raise archive.BackupDamaged(where=str(file), reason=archive.DATABASE) from error
    if state is DatabaseState.FOREIGN:
        raise archive.BackupNewer(where=str(file))
    if state is DatabaseState.ABSENT:
        raise archive.BackupDamaged(where=str(file), reason=archive.DATABASE)
