"""A server that refuses, or is gone, is named so."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db import (
    DatabaseForbidden,
    DatabaseHostUnknown,
    DatabaseIncomplete,
    DatabaseMissing,
    DatabaseUnreachable,
    DatabaseUntrusted,
    DatabaseWithoutTls,
    DataDamaged,
    DataOutOfReach,
    DataUnusable,
    FaceTokens,
    is_out_of_reach,
    refusal_at_start,
)
from db.engine import Database
from db.refusals import is_trouble, refusal_of
from generation.work.queue import QueueUnwritable
from tests.support.postgres import WITH_PASSWORD, Postgres, postgres, shared
from tests.support.records import records_of

ON_A_SERVER = pytest.mark.parametrize("server", ["postgres"])


def refusal(url: str) -> DataUnusable:
    database = Database(url)
    with pytest.raises(DataUnusable) as refused:
        database.upgrade()
    database.close()
    assert "hunter2" not in str(refused.value.fields)
    assert "\n" not in str(refused.value.fields["reason"])
    return refused.value


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://me:hunter2@nosuch.invalid/bot", DatabaseHostUnknown),
        ("postgresql://me:hunter2@/bot?host=/nosuch", DatabaseUnreachable),
        ("postgresql://me:hunter2@127.0.0.1:1/bot", DatabaseUnreachable),
    ],
)
def test_no_server_there(url: str, kind: type[DataUnusable]) -> None:
    """A computer that nobody knows is not one that does not answer."""
    assert type(refusal(url)) is kind


def test_no_such_database() -> None:
    """The name is wrong, not the server."""
    assert type(refusal(shared().url_of("nosuch"))) is DatabaseMissing


def test_a_wrong_password() -> None:
    """Nor one that is missing, nor a name that the server doesn't know."""
    server = shared()
    with psycopg.connect(server.address("postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {WITH_PASSWORD} LOGIN PASSWORD 'right'")
    for role in (f"{WITH_PASSWORD}:hunter2", WITH_PASSWORD, "nobody"):
        assert type(refusal(server.url_of("postgres", role))) is DatabaseForbidden
    with psycopg.connect(server.address("postgres"), autocommit=True) as owner:
        owner.execute(f"DROP ROLE {WITH_PASSWORD}")


AT = 'connection to server at "10.0.0.7", port 5432 failed: '


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("SSL error: certificate verify failed", DatabaseUntrusted),
        ('server certificate for "a" does not match host name "b"', DatabaseUntrusted),
        ('root certificate file "/root/.postgresql/root.crt" does not exist', DatabaseUntrusted),
        (('FATAL: no pg_hba.conf entry for host "10.0.0.8", user "me", database "bot", SSL'
         " encryption"), DatabaseForbidden),
        (('FATAL: no pg_hba.conf entry for host "127.0.0.1", user "me", database "bot", no'
         " encryption"), DatabaseForbidden),
        ("fe_sendauth: no password supplied", DatabaseForbidden),
        ('FATAL: role "me" is not permitted to log in', DatabaseForbidden),
        ('FATAL: permission denied for database "bot"', DatabaseForbidden),
        ("Connection timed out", DatabaseUnreachable),
        ("FATAL: the database system is starting up", DatabaseUnreachable),
        ("FATAL: sorry, too many clients already", DatabaseUnreachable),
        ('ВАЖНО: пользователь "me" не прошёл проверку подлинности', DatabaseUnreachable),
    ],
)  # fmt: skip
def test_what_a_server_says_is_understood(words: str, kind: type[DataUnusable]) -> None:
    """A connection that failed has no code; what is not understood is told as it is."""
    told = refusal_of(psycopg.OperationalError(f"{AT}{words}\n\tIs that so?\n"), "here")
    assert type(told) is kind
    assert told.fields == {"where": "here", "reason": f"{AT}{words}"}


@contextlib.asynccontextmanager
async def without_tls() -> AsyncIterator[int]:
    """Answer as a server that does not encrypt; give its port."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"N")
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1")
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_server_that_does_not_encrypt() -> None:
    """The password is not sent."""
    async with without_tls() as port:
        url = f"postgresql://me:hunter2@127.0.0.1:{port}/bot?sslmode=require"
        assert type(await asyncio.to_thread(refusal, url)) is DatabaseWithoutTls


@ON_A_SERVER
async def test_a_part_is_missing(own_database: Database, tmp_path: Path) -> None:
    """A table that every database of this bot has: it is damaged, at the start and later."""
    records = records_of(own_database, tmp_path)
    with own_database.session() as session, session.begin():
        session.execute(text("DROP TABLE drawn_pictures, job_faces, jobs CASCADE"))
    with pytest.raises(DataDamaged) as refused:
        await records.jobs.last(1)
    assert isinstance(refused.value.__cause__, Exception)
    assert type(refusal_at_start(refused.value, "here")) is DatabaseIncomplete


@pytest.fixture
def own() -> Iterator[Postgres]:
    """A server of this test alone, which it may stop."""
    with postgres() as server:
        yield server


async def test_a_server_that_is_gone_comes_back(own: Postgres, tmp_path: Path) -> None:
    """People read that it is out of reach, workers wait, and everything goes on by itself."""
    database = Database(own.url())
    records = records_of(database, tmp_path)
    await records.register(1)
    job_id = await records.enqueue(1)
    own.stop()
    for _ in range(2):  # on a connection that was open, and on a new one
        with pytest.raises(DataOutOfReach):
            await records.jobs.get(job_id)
        with pytest.raises(DataOutOfReach):
            await records.users.choose_mode(1, "FAST")
        with pytest.raises(QueueUnwritable):
            records.queue.claim()
    tokens = FaceTokens(database)
    tokens.save(b"a face", "pocket", b"tokens")
    assert tokens.get(b"a face", "pocket") is None
    own.start()
    job = records.queue.claim()
    assert job
    assert job.id == job_id
    database.close()


async def test_what_is_cut_off_in_the_middle_is_undone(own: Postgres, tmp_path: Path) -> None:
    """A server that crashes while something is written has none of it, and says so."""
    database = Database(own.url())
    records = records_of(database, tmp_path)
    await records.register(1)

    def write() -> None:
        with database.session() as session, session.begin():
            session.execute(text("UPDATE characters SET name = 'Vera'"))
            own.stop()
            session.execute(text("UPDATE characters SET name = 'Zoe'"))

    with pytest.raises(OperationalError) as cut:
        write()
    assert is_trouble(cut.value)
    assert is_out_of_reach(cut.value)
    own.start()
    assert (await records.characters.active(1)).name == "Ann"
    database.close()
