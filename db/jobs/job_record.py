"""One job, as those outside of `db` see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, and_

from db.jobs.states import Canceller, State
from db.tables import JobRow
from generation.decency.check import PictureCheck
from generation.events import Reason
from generation.modes import Likeness
from generation.request import PictureNote
from generation.sizes import Size
from generation.words.lora import LoraUse
from generation.words.prompt import Prompt
from generation.words.reading import Remark
from generation.words.style import Style

T = TypeVar("T")

SMALLER = "smaller-mode"
"""The kind under which `JobRow.remarks` has why a job is drawn in a smaller mode than was ordered.
"""

UNTAKEN = and_(JobRow.machine.is_not(None), JobRow.engine_id.is_not(None))
"""A machine draws the job, or has drawn it, and `db.machines.collector` has not taken it over yet:
its pictures are still in the database."""


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
    """The mode in which it is drawn."""
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
    style: Style | None = None
    size: Size = Size.SQUARE
    scenes: tuple[str, ...] = ()
    """A story's scenes, one a picture."""
    english: str = ""
    """The words in English as their person put them right."""
    loras: tuple[LoraUse, ...] = ()
    """The LoRAs that the words name."""
    remarks: tuple[Remark, ...] = ()
    """What of the request was not taken as it stood."""
    prompts: tuple[Prompt, ...] = ()
    """What the model reads; empty until the worker has written it."""
    ordered_mode: str = ""
    """The name of the mode that its person ordered."""
    smaller_because: Reason | None = None
    """Why it is drawn in a smaller one, if it is."""
    model: str | None = None
    """The name of the model that draws it, once it has begun."""
    checks: tuple[PictureCheck, ...] = ()
    """What was found of its pictures, as far as somebody looked."""
    failure: dict[str, Any] | None = None
    """Why it failed, as a machine has written it down: see `db.machines.news`."""

    expired: bool = False
    """Its words and pictures are erased, for it is old."""

    @property
    def missing_loras(self) -> tuple[str, ...]:
        """Name the LoRAs that were asked for, and that it was drawn without."""
        return tuple(dict.fromkeys(name for prompt in self.prompts for name in prompt.missing))

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
    remarks = _read_all(Remark, row.remarks)
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
        notes=_read_all(PictureNote, row.pictures),
        likeness=Likeness.stored((row.mode or {}).get("likeness")),
        file_ids=tuple(row.file_ids or ()),
        created=row.created,
        cancelled_by=_canceller(row.cancelled_by),
        status_digest=row.status_digest,
        style=style_of(row),
        size=Size.stored(row.size),
        scenes=tuple(row.scenes or ()),
        english=row.english,
        loras=loras_of(row),
        remarks=tuple(remark for remark in remarks if remark.kind != SMALLER),
        prompts=_read_all(Prompt, row.prompts),
        ordered_mode=(row.mode or {}).get("name", row.mode_name),
        smaller_because=_smaller_because(remarks),
        model=row.model,
        checks=_read_all(PictureCheck, row.checks),
        failure=row.failure,
        expired=row.expired,
    )


def _smaller_because(remarks: Iterable[Remark]) -> Reason | None:
    given = {remark.given for remark in remarks if remark.kind == SMALLER}
    return next((reason for reason in Reason if reason in given), None)


def _canceller(stored: str | None) -> Canceller | None:
    return Canceller(stored) if stored in set(Canceller) else None


def style_of(row: JobRow | Row[Any]) -> Style | None:
    """Read a job's style; a damaged one counts as none."""
    return next(iter(_read_all(Style, [row.style] if row.style else [])), None)


def loras_of(row: JobRow | Row[Any]) -> tuple[LoraUse, ...]:
    """Read the LoRAs that a job's words name."""
    return _read_all(LoraUse, row.loras)


def _read_all(kind: type[T], stored: list[dict[str, Any]] | None) -> tuple[T, ...]:
    """Read what was stored of a kind; damaged ones count as none, for the job is there without."""
    try:
        return tuple(kind(**_tuples(one)) for one in stored or ())
    except TypeError:
        return ()


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """JSON has no tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
