"""Several workers that take from one queue, each with a generator and a thread of its own."""

import time
from collections.abc import Sequence

from generation.events import Listener
from generation.faces.sight import Sights
from generation.request import AlbumGenerator
from generation.work.budget import Budget
from generation.work.neighbour import Neighbour
from generation.work.queue import Queue
from generation.work.samples import Samples
from generation.work.worker import SILENCE_S, Worker


class Workers:
    """A worker per generator. `listeners` hear every worker's events, on its thread."""

    def __init__(
        self,
        queue: Queue,
        generators: Sequence[AlbumGenerator],
        listeners: Sequence[Listener],
        silence: float = SILENCE_S,
        sights: Sights | None = None,
        budget: Budget | None = None,
        samples: Samples | None = None,
        neighbour: Neighbour | None = None,
    ) -> None:
        """`sights`, `budget`, `neighbour`: see `Worker`. The first worker draws the samples.

        There may be none: then others draw.
        """
        self._neighbour = neighbour
        own = [samples, *[None] * len(generators)]
        self._workers = [
            Worker(queue, generator, listeners, silence, sights, budget, mine, neighbour)
            for generator, mine in zip(generators, own, strict=False)
        ]

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    @property
    def alive(self) -> bool:
        """Whether every worker's thread runs."""
        return all(worker.thread.is_alive() for worker in self._workers)

    def ring(self) -> None:
        """Say that there may be a job. Models that could not be loaded are tried again."""
        for worker in self._workers:
            worker.ring()

    def pause(self, *, paused: bool) -> None:
        """Begin no album from now on, or go on. The running ones are drawn to their end."""
        if self._neighbour:
            self._neighbour.paused = paused
        self.ring()

    def cancel(self) -> None:
        """Make running jobs check, at their next step, whether they were cancelled."""
        for worker in self._workers:
            worker.cancel()

    def stop(self, timeout: float) -> bool:
        """Put running jobs back and end the threads; False if one takes more than `timeout` s."""
        deadline = time.monotonic() + timeout
        for worker in self._workers:
            worker.stop(0)
        return all(worker.stop(max(0, deadline - time.monotonic())) for worker in self._workers)
