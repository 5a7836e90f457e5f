"""Whoever has a machine's password: its role, used by hand."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import psycopg
from sqlalchemy import make_url

from db.address import conninfo
from db.machines.rights import give, take

OFFERS = {"models": {"pocket": "aa"}, "turbo": "", "loras": {}, "meets": ["album"]}


def connected(url: str) -> psycopg.Connection:
    """Connect as the URL says."""
    return psycopg.connect(conninfo(url), autocommit=True)


class Thief:
    """A connection by the role of a machine."""

    def __init__(self, url: str, role: str) -> None:
        """Make the role and connect by its password."""
        with connected(url) as owner:
            self.password = give(owner, role)
        self.role = role
        self.url = make_url(url).set(username=role, password=self.password)
        self.connect()

    def connect(self) -> None:
        self.connection = connected(self.url.render_as_string(hide_password=False))

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(question.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def changed(self, statement: str, *values: object) -> int:
        """Give how many rows a statement changed."""
        return self.connection.execute(statement.encode(), values or None).rowcount

    def is_refused(self, statement: str, *values: object) -> bool:
        try:
            self.connection.execute(statement.encode(), values or None)
        except psycopg.errors.InsufficientPrivilege:
            return True
        return False

    def register(self, name: str = "") -> None:
        """Write the machine's row, as the machine does at its start."""
        self.ask(
            "INSERT INTO machines (name, role, channel, device, version, offers, seconds, state,"
            " paused, draining, started, seen) VALUES (%s, session_user, %s, 'cuda', '0016', %s,"
            " '{}', 'ready', false, false, timezone('UTC', now()), timezone('UTC', now()))",
            name or self.role,
            "0123456789abcdef" * 2,
            json.dumps(OFFERS),
        )

    def join(self) -> int:
        """Come to the engine as a worker; give its number there."""
        return int(self.ask("SELECT worker_id FROM procrastinate_register_worker_v1()")[0][0])

    def fetch(self, worker: int) -> tuple[int, int] | None:
        """Take the next job of the line; give its place and its number."""
        ((place, args),) = self.ask(
            "SELECT id, args FROM procrastinate_fetch_job_v2(NULL, %s)", worker
        )
        return (place, args["job_id"]) if place is not None else None

    def take(self) -> int:
        """Register, take the next job and begin to draw it; give its number."""
        self.register()
        fetched = self.fetch(self.join())
        assert fetched is not None
        assert self.changed(
            "UPDATE jobs SET state = 'running', machine = %s WHERE id = %s", self.role, fetched[1]
        )
        return fetched[1]


@contextlib.contextmanager
def thieves(url: str, *roles: str) -> Iterator[list[Thief]]:
    """Make roles, and a connection by each; remove the roles at the end."""
    all_ = [Thief(url, role) for role in roles]
    try:
        yield all_
    finally:
        for one in all_:
            one.connection.close()
        with connected(url) as owner:
            for role in roles:
                take(owner, role)
