"""The tables of machines that draw elsewhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import ReadableJSON, ReadableTime, Sealed
from db.tables import Base


class MachineRow(Base):
    """A computer that draws for this bot. It writes its own row; the owner pauses it."""

    __tablename__ = "machines"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(63))
    """The role of Postgres as which it connects."""
    channel: Mapped[str] = mapped_column(String(63))
    """The channel of its news: a secret, so that nobody else tells news in its name."""
    device: Mapped[str]
    version: Mapped[str]
    """The newest migration that its code knows."""
    offers: Mapped[dict[str, Any]] = mapped_column(ReadableJSON(dict))
    """What it can draw with: `Offers` of db.machines.machine."""
    seconds: Mapped[dict[str, Any]] = mapped_column(ReadableJSON(dict))
    """The seconds of one square picture by mode, as its speed test or its albums say."""
    state: Mapped[str] = mapped_column(String(16))
    """A `db.machines.machine.MachineState`."""
    trouble: Mapped[dict[str, Any] | None] = mapped_column(ReadableJSON(dict))
    """Why it draws nothing: the id of a text, and its fields."""
    paused: Mapped[bool] = mapped_column(default=False)
    """The owner wants it to begin no job."""
    draining: Mapped[bool] = mapped_column(default=False)
    """The owner wants it to end after its job."""
    started: Mapped[datetime] = mapped_column(ReadableTime)
    seen: Mapped[datetime] = mapped_column(ReadableTime)
    """Its last sign of life, by the database's clock: machines' own may be wrong."""


class DrawnPictureRow(Base):
    """A picture that a machine has drawn, until the bot has copied it to its disk."""

    __tablename__ = "drawn_pictures"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """From 1, in the order of their showing."""
    png: Mapped[bytes] = mapped_column(Sealed("drawn_pictures.png"))
