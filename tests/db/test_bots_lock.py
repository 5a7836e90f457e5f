"""One bot a database, also on a server."""

import asyncio

import psycopg
import pytest

from db import AnotherBot, DatabaseUnreachable, only_bot
from db.address import conninfo
from db.bots_lock import BOTS_LOCK
from tests.db.test_postgres import until_somebody_waits
from tests.support import postgres

ON_A_SERVER = pytest.mark.parametrize("server", ["postgres"])
HELD = """
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = %s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


async def holder(connection: psycopg.AsyncConnection, but: int = 0) -> int:
    """Wait until somebody else than `but` holds the database; give their process."""
    while True:
        found = await (await connection.execute(HELD, [BOTS_LOCK])).fetchone()
        if found and found[0] != but:
            return int(found[0])
        await asyncio.sleep(0)


@ON_A_SERVER
async def test_a_second_bot_is_refused(url: str) -> None:
    """While the first one runs; another database is free, and so is this one afterwards."""
    stop = asyncio.Event()
    async with only_bot(url, stop):
        with pytest.raises(AnotherBot) as refused:
            await only_bot(url, stop, grace="10ms").__aenter__()
        assert ":" not in str(refused.value.fields["where"])
        other = postgres.shared().empty_url()
        async with only_bot(other, stop):
            pass
        postgres.shared().drop(other)
    assert not stop.is_set()
    async with only_bot(url, asyncio.Event()):
        pass


@ON_A_SERVER
async def test_a_lock_that_was_cut_is_taken_again(url: str) -> None:
    """As after a server's restart; the bot runs on."""
    stop = asyncio.Event()
    async with (
        await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as owner,
        only_bot(url, stop),
    ):
        first = await holder(owner)
        await owner.execute("SELECT pg_terminate_backend(%s)", [first])
        assert await holder(owner, but=first)
        assert not stop.is_set()


@ON_A_SERVER
async def test_who_comes_too_late_stops(url: str) -> None:
    """Another bot took the database while it was gone: two would draw and send everything twice."""
    stop = asyncio.Event()
    bot = only_bot(url, stop, grace="10ms")
    await bot.__aenter__()
    async with (
        await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as other,
        await psycopg.AsyncConnection.connect(conninfo(url), autocommit=True) as owner,
    ):
        first = await holder(other)
        taking = asyncio.create_task(other.execute("SELECT pg_advisory_lock(%s)", [BOTS_LOCK]))
        await until_somebody_waits(url)
        await owner.execute("SELECT pg_terminate_backend(%s)", [first])
        await taking
        await stop.wait()
        with pytest.raises(AnotherBot):
            await bot.__aexit__(None, None, None)


async def test_a_server_that_is_not_there_is_named() -> None:
    """At the start it is the first that is asked."""
    with pytest.raises(DatabaseUnreachable):
        await only_bot("postgresql://me@/bot?host=/nosuch", asyncio.Event()).__aenter__()


@pytest.mark.parametrize("server", ["sqlite"])
async def test_a_file_is_held_by_its_folder(url: str) -> None:
    """SQLite has no such lock: DATA_DIR's is enough."""
    async with only_bot(url, asyncio.Event()), only_bot(url, asyncio.Event()):
        pass
