"""One job, as those outside of `db` see it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from db.jobs.states import Canceller, State
from db.tables import JobRow
from generation.modes import Likeness
from generation.request import PictureNote


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose job it is, and where the answer goes.

    `message_id` is the id of the command's message, 0 to reply to none; `update_id` that of
    Telegram's update with it, None when there was no update; `button` is the data of the button
    that was pressed, if one was.
    """

    person_id: int
    chat_id: int
    thread_id: int | None
    message_id: int
    language: str
    update_id: int | None = None
    button: str | None = None

    def alone(self) -> "Ticket":
        """Give the ticket with the answer going to the person's private chat."""
        return replace(self, chat_id=self.person_id, thread_id=None, message_id=0)


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job, as its users outside of `db` see it."""

    id: int
    state: State
    ticket: Ticket
    status_message_id: int | None
    words: str
    mode_name: str
    seed: int
    near: tuple[int, ...]
    count: int
    seconds: float | None
    sent: tuple[int, ...]
    """The ids of the album's messages."""
    notes: tuple[PictureNote, ...] = ()
    """What each picture is, in the order in which they are shown; empty where nobody looked."""
    likeness: Likeness = Likeness.NORMAL
    """How much like its person it was meant to be."""
    file_ids: tuple[str, ...] = ()
    """Telegram's ids of the album's photos, once they were sent."""
    created: datetime | None = None
    """When it was accepted, in UTC; None when the row does not say."""
    cancelled_by: Canceller | None = None
    status_digest: str | None = None
    """What the status message says, for `StatusMessage`; None when nobody knows."""

    @property
    def seeds(self) -> tuple[int, ...]:
        """Give the seed of each picture, in the order in which they are shown."""
        return tuple(note.seed for note in self.notes) or tuple(
            range(self.seed, self.seed + self.count)
        )


def record_of(row: JobRow) -> JobRecord:
    ticket = Ticket(
        row.person_id,
        row.chat_id,
        row.thread_id,
        row.message_id,
        row.language,
        row.update_id,
        row.button,
    )
    return JobRecord(
        id=row.id,
        state=State(row.state),
        ticket=ticket,
        status_message_id=row.status_message_id,
        words=row.words,
        mode_name=row.mode_name,
        seed=row.seed,
        near=tuple(row.near or ()),
        count=row.count,
        seconds=row.seconds,
        sent=tuple(row.sent or ()),
        notes=_notes(row.pictures),
        likeness=Likeness.stored((row.mode or {}).get("likeness")),
        file_ids=tuple(row.file_ids or ()),
        created=row.created,
        cancelled_by=_canceller(row.cancelled_by),
        status_digest=row.status_digest,
    )


def _canceller(stored: str | None) -> Canceller | None:
    return Canceller(stored) if stored in set(Canceller) else None


def _notes(stored: list[dict[str, Any]] | None) -> tuple[PictureNote, ...]:
    """Read the notes; damaged ones count as none, for the album is there without them."""
    try:
        return tuple(PictureNote(**note) for note in stored or ())
    except TypeError:
        return ()
