"""The states of a job, and the sets of them that have a name.

queued -> running -> generated -> delivering -> delivered. Instead of being delivered a job may
fail or be cancelled, or be in doubt: then only the person knows whether the album arrived.
"""

from enum import StrEnum


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    GENERATED = "generated"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    IN_DOUBT = "in doubt"
    FAILED = "failed"
    CANCELLED = "cancelled"


WAITING = (State.QUEUED,)
"""Nobody draws the album yet: such a job counts for the limits, and has a position."""

UNFINISHED = (*WAITING, State.RUNNING)
"""The album is still to be drawn: such a job can be cancelled."""

UNDELIVERED = (State.GENERATED, State.DELIVERING)
"""The album is drawn, and on its way to the chat."""

ENDED = (State.DELIVERED, State.FAILED, State.CANCELLED)
"""The job is over: what remains is to tell the person, if that is not done."""

AT_REST = (*ENDED, State.IN_DOUBT)
"""Nobody draws or sends the album: it may be deleted."""


class Canceller(StrEnum):
    """Who cancelled a job."""

    PERSON = "person"
    """The one who asked for it."""
    ADMIN = "admin"
    """An admin of its group, or the bot's owner."""
    BLOCK = "block"
    """The bot's owner, who shut the person out."""
