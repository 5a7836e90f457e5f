"""A copy of a database as it is at one moment, while others go on writing."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from db.jobs.states import State
from db.refusals import DataUnusable
from db.sqlite import BUSY_TIMEOUT_MS

DRAWN = (State.GENERATED, State.DELIVERING, State.DELIVERED, State.IN_DOUBT, State.CANCELLED)
"""Jobs whose pictures are kept. Those of others may change yet, and are drawn anew."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is in a copy."""

    schema: str
    """The newest migration that its tables went through."""
    people: int
    """Those who have sent a photo."""
    jobs: tuple[int, ...]
    """Jobs that may have pictures."""


def take(source: Path, target: Path) -> Snapshot:
    """Copy a database into a new file; what was erased in it is nowhere in the copy.

    Raises DataUnusable.
    """
    try:
        uri = f"{source.resolve().as_uri()}?mode=rw"  # it makes no new, empty database
        timeout = BUSY_TIMEOUT_MS / 1000
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=timeout)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        return _read(target)
    except sqlite3.Error as error:
        raise DataUnusable(where=str(source), reason=str(error)) from error


def _read(file: Path) -> Snapshot:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (people,) = connection.execute("SELECT count(*) FROM characters").fetchone()
        marks = ", ".join("?" * len(DRAWN))
        jobs = connection.execute(
            f"SELECT id FROM jobs WHERE state IN ({marks}) ORDER BY id",  # noqa: S608 - marks only
            DRAWN,
        ).fetchall()
    return Snapshot(schema, people, tuple(job_id for (job_id,) in jobs))
