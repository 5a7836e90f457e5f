"""`python bot.py move-database URL`: the bot's data go to another database."""

import asyncio
import signal
from typing import TYPE_CHECKING

from commands.data_folder import locked, private
from config import Settings
from db import Albums, Database, database_file, key_mark, only_bot
from db.inspection import DatabaseState, inspect_database
from db.machines.collector import Collector
from db.moving import NothingToMove, check_target, move
from generation.errors import Refusal
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


class MoveStopped(Refusal):
    """Ctrl-C stopped the move; nothing was moved."""


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "move-database", help=say("usage-move-database"), description=say("usage-move-database")
    )
    parser.add_argument("url", metavar="URL", help=say("usage-move-where"))


def run(settings: Settings, url: str, say: Say) -> None:
    """Copy everything from the settings' database to that of `url`. Raises Refusal.

    The bot must not run meanwhile. What it has on its disk stays there, and so does the old
    database.
    """
    asyncio.run(_run(settings, url, say))


async def _run(settings: Settings, url: str, say: Say) -> None:
    stop = asyncio.Event()
    with private(settings.data_dir, database_file(url)), locked(settings.data_dir):
        source = Database(settings.database, seal=settings.seal)
        target = Database(url, seal=settings.seal)
        try:
            if inspect_database(settings.database) is DatabaseState.ABSENT:
                raise NothingToMove(where=source.where)
            check_target(url)
            async with only_bot(settings.database, stop), only_bot(url, stop):
                source.upgrade()
                target.upgrade()
                albums = Albums(settings.data_dir / "albums", settings.seal)
                key_mark.check(source, albums)
                await _collect(source, albums)
                _move(source, target, say)
        finally:
            source.close()
            target.close()


async def _collect(source: Database, albums: Albums) -> None:
    """Bring the pictures of other machines to this disk: they wait in the old database."""
    collector = Collector(source, albums)
    for job_id in await collector.endings():
        await collector.take(job_id)


def _move(source: Database, target: Database, say: Say) -> None:
    """Move at once, not on a thread: so Ctrl-C reaches it, and undoes it."""

    def tell(table: str, rows: int) -> None:
        print(say("move-counted", table=table, rows=rows), flush=True)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        anew = move(source, target, tell)
    except KeyboardInterrupt as stop:
        raise MoveStopped from stop
    finally:
        signal.signal(signal.SIGINT, before)
    if anew:
        print(say("move-drawn-anew", count=anew))
    print(say("move-done", where=target.where, old=source.where))
