"""A machine's own row: what it tells of itself, and what the bot and its owner want of it."""

import contextlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from db import versions
from db.choices import PAUSED
from db.clock import UTC_NOW
from db.engine import Database
from db.machines.machine import HEARTBEAT_S, MachineState, Offers, Wanted
from db.machines.tables import MachineRow
from db.machines.wanted import WANTED
from db.refusals import refusal_of
from db.tables import ChoiceRow
from generation.errors import Refusal

RING = "portrait_machines"
"""The channel on which a machine rings the bot when it is new, or comes back."""

HOLD = text("SELECT pg_try_advisory_lock(hashtext('portrait machine ' || :name))")

NOTICED = text(
    "SELECT set_config('tcp_keepalives_idle', '5', false),"
    " set_config('tcp_keepalives_interval', '3', false),"
    " set_config('tcp_keepalives_count', '3', false)"
)
"""Has the server notice within 15 s that a machine was cut off, and let its name go: by itself it
would wait for two hours."""

NAME_WAIT_S = 30.0
"""Seconds for which a machine waits for its name, which a run that was cut off may have yet."""


class MachineNameTaken(Refusal):
    """Another role of the database has registered a machine of this name. Fields: name."""


class MachineTwice(Refusal):
    """A process of this name is running already. Fields: name."""


class NoTablesYet(Refusal):
    """No bot has made its tables in this database. Fields: where."""


class OtherVersion(Refusal):
    """The database is of another version than this machine's code. Fields: database, code."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a machine tells of itself."""

    state: MachineState
    offers: Offers
    trouble: Mapping[str, Any] | None = None
    """Why it draws nothing: the `id` of a text, and its `fields`."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """The seconds of one square picture by the name of the mode."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What the bot and its owner want of a machine."""

    paused: bool
    draining: bool
    wanted: Wanted | None
    """What the bot draws with; None: it has not said so yet."""


class Registry:
    """It blocks: for threads only. Every method raises what the database says."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self.channel = secrets.token_hex(16)
        """Of this run's news: nobody else knows it but the bot."""
        self.where = database.where
        """The database, in words for its owner."""
        self._device = ""
        self._held: Connection | None = None
        """The connection that holds the name: the database lets it go with the process."""

    def register(self, device: str, report: Report) -> dict[str, float]:
        """Write the row anew, and ring the bot; give the seconds that an earlier run measured.

        Raises OtherVersion, MachineTwice and MachineNameTaken.
        """
        self._device = device
        self.check_version()
        if self._held is None:
            self._hold_name()
        values = {
            "channel": self.channel,
            "device": device,
            "version": code_version(),
            "started": UTC_NOW,
            "draining": False,  # who starts it again wants it to draw
            **self._told(report),
        }
        with self._database.session() as session, session.begin():
            role = session.scalar(text("SELECT session_user"))
            measured: dict[str, float] = (
                session.scalar(select(MachineRow.seconds).where(MachineRow.name == self._name))
                or {}
            )
            values["seconds"] = measured | dict(report.seconds)
            found = session.scalar(
                update(MachineRow)
                .where(MachineRow.name == self._name)
                .values(**values)
                .returning(MachineRow.name)
            )
            if found is None:
                session.add(MachineRow(name=self._name, role=role, **values))
                try:
                    session.flush()
                except IntegrityError as error:
                    raise MachineNameTaken(name=self._name) from error
            session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": RING})
        return measured

    def begin(self, device: str, report: Report) -> dict[str, float]:
        """Do the same for the first time. Raises DataUnusable, too."""
        try:
            return self.register(device, report)
        except SQLAlchemyError as error:
            raise refusal_of(error, self._database.where) from error

    def beat(self, report: Report) -> Orders:
        """Give a sign of life, and read the orders. Raises OtherVersion and MachineTwice."""
        if self._held is None or self._held.invalidated:
            self._hold_name()
        else:
            self._held.execute(text("SELECT"))  # it raises when the name went with the connection
        self.check_version()
        with self._database.session() as session, session.begin():
            row = session.execute(
                update(MachineRow)
                .where(MachineRow.name == self._name)
                .values(**self._told(report))
                .returning(MachineRow.paused, MachineRow.draining)
            ).one_or_none()
            wanted = session.scalar(select(ChoiceRow.value).where(ChoiceRow.name == WANTED))
            all_paused = session.scalar(select(ChoiceRow.name).where(ChoiceRow.name == PAUSED))
        if row is None:  # its owner removed it while it gave no signs
            self.register(self._device, report)
        paused, draining = row or (False, False)
        return Orders(paused or all_paused is not None, draining, _wanted(wanted))

    def tell(self, news: str) -> None:
        """Let the bot hear news of the job."""
        with self._database.engine.begin() as connection:
            connection.execute(
                text("SELECT pg_notify(:channel, :news)"), {"channel": self.channel, "news": news}
            )

    def check_version(self) -> None:
        """Raise OtherVersion when the database's tables are not those that this code knows."""
        with self._database.reading() as session:
            found = ""
            if session.scalar(text("SELECT to_regclass('alembic_version')")):
                found = session.scalar(text("SELECT version_num FROM alembic_version")) or ""
        if not found:
            raise NoTablesYet(where=self._database.where)
        if found != code_version():
            raise OtherVersion(database=str(found), code=code_version())

    def close(self) -> None:
        """Let the name go."""
        held, self._held = self._held, None
        if held is not None:
            with contextlib.suppress(SQLAlchemyError):  # its connection was cut
                held.close()

    def _hold_name(self) -> None:
        """Raise MachineTwice while another process has the name.

        One that was killed lets it go at once, and one that was cut off when the server notices.
        """
        self.close()
        held = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        held.execute(NOTICED)
        until = time.monotonic() + NAME_WAIT_S
        while not held.scalar(HOLD, {"name": self._name}):
            if time.monotonic() > until:
                held.close()
                raise MachineTwice(name=self._name)
            time.sleep(HEARTBEAT_S)
        self._held = held

    def _told(self, report: Report) -> dict[str, Any]:
        return {
            "state": report.state,
            "offers": asdict(report.offers),
            "trouble": dict(report.trouble) if report.trouble else None,
            "seconds": dict(report.seconds),
            "seen": UTC_NOW,
        }


def _wanted(value: str | None) -> Wanted | None:
    """Read what the bot wrote; None: nothing yet, or in words of another version."""
    try:
        return Wanted(**json.loads(value)) if value else None
    except (TypeError, ValueError):
        return None


def code_version() -> str:
    """Give the newest migration that this code knows."""
    return str(versions.newest())
