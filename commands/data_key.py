"""`python bot.py data-key`: faces and pictures are sealed with a key, with another one, or none."""

import asyncio
import signal
from typing import TYPE_CHECKING

from commands.data_folder import locked, private
from config import Settings
from db import Albums, Database, database_file, only_bot
from db.inspection import DatabaseState, inspect_database
from db.moving import NothingToMove
from db.rekeying import change_key
from db.sealing import new_key
from generation.errors import Refusal
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


class DataKeyMissing(Refusal):
    """DATA_KEY is not set: there is nothing to seal with."""


class DataKeyStopped(Refusal):
    """Ctrl-C stopped the change; the command goes on with it."""


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    usage = say("usage-data-key")
    parser = commands.add_parser("data-key", help=usage, description=usage)
    parser.add_argument("--new", action="store_true", help=say("usage-data-key-new"))
    parser.add_argument("--off", action="store_true", help=say("usage-data-key-off"))


def run(settings: Settings, say: Say, *, new: bool = False, off: bool = False) -> None:
    """Print a new key; or seal everything with the first of DATA_KEY, or with none.

    Raises Refusal.
    """
    if new:
        print(new_key(), flush=True)
        return
    if not settings.seal.ids:
        raise DataKeyMissing
    asyncio.run(_run(settings, say, off=off))


async def _run(settings: Settings, say: Say, *, off: bool) -> None:
    file = database_file(settings.database)
    with private(settings.data_dir, file), locked(settings.data_dir):
        database = Database(settings.database, seal=settings.seal)
        try:
            if inspect_database(settings.database) is DatabaseState.ABSENT:
                raise NothingToMove(where=database.where)
            async with only_bot(settings.database, asyncio.Event()):
                database.upgrade()
                _change(database, Albums(settings.data_dir / "albums"), say, off=off)
        finally:
            database.close()


def _change(database: Database, albums: Albums, say: Say, *, off: bool) -> None:
    """Change at once, not on a thread: so Ctrl-C reaches it."""

    def tell(what: str, count: int) -> None:
        print(say("data-key-counted", what=what, count=count), flush=True)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        change_key(database, albums, tell, off=off)
    except KeyboardInterrupt as stop:
        raise DataKeyStopped from stop
    finally:
        signal.signal(signal.SIGINT, before)
    print(say("data-key-off") if off else say("data-key-done", key=database.seal.id), flush=True)
