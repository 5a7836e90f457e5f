"""Machines of the tests: their rows, and what they would write."""

import json
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from PIL import Image
from sqlalchemy import text

from db import Database, png
from db.machines.machine import Machine, MachineState, Offers
from db.machines.news import News, encode
from db.machines.tables import MachineRow
from db.tables import now

AHEAD = timedelta(days=1)
"""How far ahead signs of life of the tests' machines lie: no test is too slow for them."""


@cache
def png_of(number: int) -> bytes:
    """Give the file of a picture."""
    return png.encode(Image.new("RGB", (64, 64), (40 * number, 0, 0)), f"Seed: {number}")


def machine(
    name: str = "mac",
    *,
    model: str = "pocket",
    print_: str = "aa",
    **fields: Any,  # noqa: ANN401 - fields of Machine
) -> Machine:
    """Give a machine that offers a model."""
    usual: dict[str, Any] = {
        "name": name, "device": "cuda", "version": "0016", "seconds": {}, "started": now(),
        "offers": Offers(models={model: print_}), "state": MachineState.READY, "trouble": None,
        "paused": False, "draining": False, "seen_ago": 0.0,
    }  # fmt: skip
    return Machine(**(usual | fields))


def channel_of(name: str) -> str:
    """Give the channel of its news."""
    return sha256(name.encode()).hexdigest()[:32]


def put_machine(database: Database, name: str = "mac", **columns: object) -> None:
    """Let a machine register, or change its row."""
    usual: dict[str, object] = {
        "role": "", "channel": channel_of(name), "device": "cuda", "version": "0016",
        "offers": {"models": {"pocket": "aa"}, "meets": ["album"]}, "seconds": {},
        "state": "ready", "trouble": None, "paused": False, "draining": False,
        "started": now(), "seen": now() + AHEAD,
    }  # fmt: skip
    with database.session() as session, session.begin():
        session.merge(MachineRow(name=name, **(usual | columns)))


class HandDriven:
    """A machine whose every step the test does."""

    def __init__(self, database: Database, name: str = "mac", **columns: object) -> None:
        self._database = database
        self.name = name
        put_machine(database, name, **columns)
        (self.worker,) = self._row("SELECT worker_id FROM procrastinate_register_worker_v1()")
        self.fall_silent(-AHEAD.total_seconds())  # it lives until the test says otherwise

    def fetch(self) -> int | None:
        """Take the engine's next job, and give its job here."""
        row = self._row(
            "SELECT id, args FROM procrastinate_fetch_job_v2(NULL, :worker)", worker=self.worker
        )
        return row[1]["job_id"] if row and row[0] is not None else None

    def begin(self) -> int | None:
        """Take the next job and begin to draw."""
        job_id = self.fetch()
        if job_id is not None:
            self._do(
                "UPDATE jobs SET state = 'running', machine = :name, claimed = now() "
                "WHERE id = :job AND state = 'queued'",
                name=self.name, job=job_id,
            )  # fmt: skip
        return job_id

    def draw(self, job_id: int, *numbers: int) -> None:
        """Keep pictures in the database."""
        for number in numbers:
            self._do(
                "INSERT INTO drawn_pictures VALUES (:job, :number, :png)",
                job=job_id, number=number, png=png_of(number),
            )  # fmt: skip

    def tell(self, news: News) -> None:
        """Tell news."""
        self.ring(encode(news))

    def ring(self, words: str) -> None:
        """Say anything at all where its news are told."""
        self._do("SELECT pg_notify(:channel, :news)", channel=channel_of(self.name), news=words)

    def put_back(self, job_id: int) -> None:
        """Stop in order: the job goes back into the line."""
        self._do("UPDATE jobs SET state = 'queued' WHERE id = :job", job=job_id)
        self._do(
            "SELECT procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL) "
            "FROM procrastinate_jobs WHERE worker_id = :worker AND status = 'doing'",
            worker=self.worker,
        )

    def end(self, job_id: int, state: str = "generated", failure: object = None) -> None:
        """Write down how the job ended, and write it off in the engine."""
        self._do(
            "UPDATE jobs SET state = :state, seconds = 2.0, failure = :failure WHERE id = :job",
            state=state, job=job_id, failure=json.dumps(failure),
        )  # fmt: skip
        self._do("DELETE FROM procrastinate_jobs WHERE worker_id = :worker", worker=self.worker)

    def fall_silent(self, seconds: float = 3600) -> None:
        """Have given the last sign of life so long ago."""
        self._do(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => :ago) "
            "WHERE id = :worker",
            ago=seconds, worker=self.worker,
        )  # fmt: skip

    def _do(self, statement: str, **values: object) -> None:
        with self._database.session() as session, session.begin():
            session.execute(text(statement), values)

    def _row(self, statement: str, **values: object) -> Any:  # noqa: ANN401
        with self._database.session() as session, session.begin():
            return session.execute(text(statement), values).one_or_none()
