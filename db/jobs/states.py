"""The states of a job, and the sets of them that have a name.

queued -> running -> generated -> delivering -> delivered, or failed, cancelled; in doubt when
nobody knows whether the album arrived, until the person says so.
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


UNFINISHED = (State.QUEUED, State.RUNNING)
"""Something is still to be drawn: such a job can be cancelled."""

UNDELIVERED = (State.GENERATED, State.DELIVERING)
"""The album is complete and on its way to the chat."""

ENDED = (State.DELIVERED, State.FAILED, State.CANCELLED)
"""Nothing more happens, once the person has been told."""

AT_REST = (*ENDED, State.IN_DOUBT)
"""Nobody draws or sends it: it may be deleted."""
