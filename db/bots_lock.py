"""One bot a database: a second one is refused, as the lock of DATA_DIR refuses it on one computer.

A server's lock lasts as long as the connection that holds it. When that is cut it is taken again,
and whoever finds that another bot was faster stops.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from db.address import address_of, conninfo, is_servers, place_of
from db.refusals import DatabaseUnreachable, DataUnusable, in_one_line, refusal_of
from generation.errors import Refusal

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

BOTS_LOCK = 0x706F7274
"""The number of the advisory lock, which nothing else uses."""

GRACE = "3s"
"""How long the lock is waited for: of a bot that was killed the server needs a moment to know."""

AGAIN_S = 1.0
"""Seconds until a server that is gone is called again, for the lock."""


class AnotherBot(Refusal):
    """Another bot works with this database. Fields: where."""


@contextlib.asynccontextmanager
async def only_bot(
    url: str,
    stop: asyncio.Event,
    *,
    tell: Callable[[DatabaseUnreachable], None] | None = None,
    grace: str = GRACE,
) -> AsyncIterator[None]:
    """Hold the database for this bot until the end of the block; SQLite has no such lock.

    With `tell` a server that does not answer is told once, and waited for until `stop`: after a
    power cut the bot may be up before it. Sets `stop` when another bot has taken the database while
    its server was gone, and raises AnotherBot at the end. Raises AnotherBot and DataUnusable at the
    beginning.
    """
    if not is_servers(url):
        yield
        return
    lock = _Lock(url, grace)
    await (lock.take_when_it_answers(tell, stop) if tell else lock.take())
    watching = asyncio.create_task(lock.watch())
    watching.add_done_callback(lambda ended: None if ended.cancelled() else stop.set())
    try:
        yield
    finally:
        watching.cancel()
        lost = await asyncio.gather(watching, return_exceptions=True)
        await lock.release()
    for error in lost:
        if isinstance(error, Exception):
            raise error


class _Lock:
    def __init__(self, url: str, grace: str) -> None:
        self._grace = grace
        self._conninfo = conninfo(url)
        self._where = place_of(address_of(url))
        self._connection: psycopg.AsyncConnection | None = None

    async def take(self) -> None:
        """Raise AnotherBot or DataUnusable."""
        import psycopg  # noqa: PLC0415 - only where a server is used

        try:
            connection = await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True)
            self._connection = connection
            await connection.execute(f"SET lock_timeout = '{self._grace}'")
            await connection.execute("SELECT pg_advisory_lock(%s)", [BOTS_LOCK])
        except psycopg.errors.LockNotAvailable as error:
            await self.release()
            raise AnotherBot(where=self._where) from error
        except psycopg.Error as error:
            await self.release()
            raise refusal_of(error, self._where) from error

    async def take_when_it_answers(
        self, tell: Callable[[DatabaseUnreachable], None], stop: asyncio.Event
    ) -> None:
        """Raise AnotherBot or DataUnusable."""
        is_told = False
        while True:
            try:
                return await self.take()
            except DatabaseUnreachable as refusal:
                if stop.is_set():
                    raise
                if not is_told:
                    tell(refusal)
                    is_told = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), AGAIN_S)

    async def watch(self) -> None:
        """Take it again whenever the connection is cut. Raises AnotherBot."""
        while True:
            await self._until_cut()
            while not await self._took_again():
                pass

    async def release(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _took_again(self) -> bool:
        try:
            await self.take()
        except DataUnusable as refusal:
            log.warning("The database is out of reach: %s", refusal.fields["reason"])
            await asyncio.sleep(AGAIN_S)
            return False
        return True

    async def _until_cut(self) -> None:
        import psycopg  # noqa: PLC0415 - as above

        try:
            if self._connection:
                async for _ in self._connection.notifies():
                    pass
        except psycopg.Error as error:
            log.warning("The database's connection was cut: %s", in_one_line(str(error)))
            await self.release()
