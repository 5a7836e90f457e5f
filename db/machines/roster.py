"""The machines that draw for the bot, as its owner sees them."""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from math import inf
from statistics import median

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.clock import time_of
from db.engine import Database, off_loop
from db.jobs.kind import Kind
from db.jobs.needs import Needs
from db.jobs.schedule import Hand
from db.jobs.states import State
from db.machines.machine import Machine, MachineState, Offers
from db.machines.tables import MachineRow
from db.tables import JobRow
from generation.modes import MODES

DRAWING = (MachineState.READY, MachineState.DRAWING)
"""A machine in one of these takes jobs."""

CHANNEL = re.compile(r"[0-9a-f]{32}")
"""What a machine may call the channel of its news: nobody guesses it."""


class Machines:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def all(self) -> list[Machine]:
        """Give the machines, in the order of their names."""
        with self._database.reading() as session:
            return read(session)

    @off_loop
    def channels(self) -> dict[str, str]:
        """Give the names of the machines by the channels of their news."""
        with self._database.reading() as session:
            rows = session.execute(select(MachineRow.channel, MachineRow.name))
            return {channel: name for channel, name in rows if CHANNEL.fullmatch(channel)}

    @off_loop
    def drawing(self) -> dict[int, str]:
        """Give the jobs that machines are drawing, and the name of each one's machine."""
        running = (JobRow.state == State.RUNNING, JobRow.machine.is_not(None))
        with self._database.reading() as session:
            rows = session.execute(select(JobRow.id, JobRow.machine).where(*running))
            return {job_id: name for job_id, name in rows if name}

    @off_loop
    def waiting_again(self, job_ids: Iterable[int]) -> list[int]:
        """Give those of the jobs that wait in the queue."""
        queued = (JobRow.id.in_(list(job_ids)), JobRow.state == State.QUEUED)
        with self._database.reading() as session:
            return list(session.scalars(select(JobRow.id).where(*queued)))

    @off_loop
    def pause(self, name: str, *, paused: bool) -> bool:
        """Let a machine begin no more jobs, or let it begin some again; False: there is none."""
        return self._set(name, paused=paused)

    @off_loop
    def drain(self, name: str) -> bool:
        """Let a machine end after its job; False: there is none."""
        return self._set(name, draining=True)

    @off_loop
    def remove(self, name: str) -> bool:
        """Forget a machine that is not there any more; False: there is none, or it is there."""
        with self._database.session() as session, session.begin():
            if any(machine.name == name and machine.there for machine in read(session)):
                return False
            removed = delete(MachineRow).where(MachineRow.name == name).returning(MachineRow.name)
            return session.scalar(removed) is not None

    def hands(self, session: Session) -> list[Hand]:
        """Give those that draw at the moment, and how long they take."""
        return [
            Hand(
                partial(seconds_of, machine.seconds),
                frozenset(machine.offers.meets),
                machine.name,
            )
            for machine in read(session)
            if draws(machine)
        ]

    def _set(self, name: str, **values: bool) -> bool:
        with self._database.session() as session, session.begin():
            changed = session.scalar(
                update(MachineRow)
                .where(MachineRow.name == name)
                .values(**values)
                .returning(MachineRow.name)
            )
            return changed is not None


def draws(machine: Machine) -> bool:
    """Say whether a machine takes jobs at the moment."""
    return (
        machine.there and machine.state in DRAWING and not machine.paused and not machine.draining
    )


def read(session: Session) -> list[Machine]:
    clock = time_of(session)
    rows = session.scalars(select(MachineRow).order_by(MachineRow.name))
    return [_machine(row, (clock - row.seen).total_seconds() if row.seen else 0.0) for row in rows]


def seconds_of(measured: Mapping[str, float], kind: Kind) -> float | None:
    """Give the seconds of an album, by the machine's seconds of one square in each mode.

    A mode that it has never drawn is estimated from the others, by its steps.
    """
    if own := measured.get(kind.mode_name):
        return own * kind.count * kind.size.cost
    by_step = [took / MODES[name].steps for name, took in measured.items() if name in MODES]
    return median(by_step) * kind.work if by_step else None


def _machine(row: MachineRow, seen_ago: float) -> Machine:
    """Read a row. A machine may write what it likes into it: nobody else may suffer from that."""
    offers, trouble = row.offers or {}, row.trouble or {}
    meets = offers.get("meets")
    return Machine(
        name=row.name,
        device=row.device,
        version=row.version,
        offers=Offers(
            models=_words(offers.get("models")),
            turbo=str(offers.get("turbo") or ""),
            loras=_words(offers.get("loras")),
            meets=tuple(map(Needs.stored, meets if isinstance(meets, list) else ())),
        ),
        seconds={
            name: float(seconds)
            for name, seconds in _plain(row.seconds).items()
            if isinstance(seconds, int | float) and 0 < seconds < inf
        },
        state=MachineState.stored(row.state),
        trouble=(str(trouble.get("id")), _words(trouble.get("fields"))) if trouble else None,
        paused=row.paused,
        draining=row.draining,
        started=row.started,
        seen_ago=seen_ago,
    )


def _plain(stored: object) -> dict[str, str | float]:
    """Give the values that are words or numbers."""
    found = stored if isinstance(stored, dict) else {}
    return {name: value for name, value in found.items() if isinstance(value, str | int | float)}


def _words(stored: object) -> dict[str, str]:
    return {name: str(value) for name, value in _plain(stored).items()}
