"""The place where the engine's loop hands a job to the thread that draws, and hears its end."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Lease:
    """The engine's job that this machine has, as the engine wrote it down."""

    job_id: int
    engine_id: int
    worker_id: int
    attempts: int


def still_mine(place: str) -> str:
    """Give SQL's condition that the engine's row is the lease's still.

    One machine that slept, or was cut off, may find that another draws its job by now; the engine
    itself does not look. `place` is how the driver writes a value's place, as `:{}`.
    """
    fields = ("engine_id", "worker_id", "attempts")
    engine_id, worker_id, attempts = map(place.format, fields)
    return (
        f"id = {engine_id} AND status = 'doing' AND worker_id = {worker_id}"
        f" AND attempts = {attempts}"
    )


class Verdict(Enum):
    """What became of a job that was handed over."""

    ENDED = auto()
    PUT_BACK = auto()


class Handover:
    """One lease at a time. `ready` says whether the thread would take one now.

    The loop calls `give`, `withdraw` and waits; the thread calls the others.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, on_ready: Callable[[], None]) -> None:
        """`on_ready` is called on the loop when the thread wants a job."""
        self._loop = loop
        self._on_ready = on_ready
        self._lock = threading.Lock()
        self._given: Lease | None = None
        self._verdict: asyncio.Future[Verdict] | None = None
        self._refusing = False
        """Whether the thread can draw nothing: it has no model."""
        self.lease: Lease | None = None
        """What the thread has taken, and not yet ended."""

    def give(self, lease: Lease) -> "asyncio.Future[Verdict]":
        """Offer a lease to the thread; give what will become of it."""
        with self._lock:
            self._verdict = given = self._loop.create_future()
            if not self._refusing:
                self._given = lease
                return given
        self.settle(Verdict.PUT_BACK)
        return given

    def refuse(self) -> None:
        """Take no lease until `accept`: a job is not to fail because there is no model."""
        with self._lock:
            self._refusing = True
        self.withdraw()

    def accept(self) -> None:
        """Take leases again: there is a model, or it is tried once more."""
        with self._lock:
            self._refusing = False

    def withdraw(self) -> None:
        """Take back a lease that the thread has not taken: it can't draw now."""
        with self._lock:
            if self._given is None:
                return
            self._given = None
        self.settle(Verdict.PUT_BACK)

    def take(self) -> Lease | None:
        """Take the lease that was given; None, where there is none, means that one is wanted."""
        with self._lock:
            self.lease, self._given = self._given or self.lease, None
            taken = self.lease
        if taken is None:
            self._loop.call_soon_threadsafe(self._on_ready)
        return taken

    def settle(self, verdict: Verdict) -> None:
        """Say what became of the lease."""
        with self._lock:
            self.lease = None
            settled, self._verdict = self._verdict, None
        if settled is not None:
            self._loop.call_soon_threadsafe(_set, settled, verdict)


def _set(future: "asyncio.Future[Verdict]", verdict: Verdict) -> None:
    if not future.done():
        future.set_result(verdict)
