"""Several workers that take from one queue, each with a generator and a thread of its own."""

import time
from collections.abc import Sequence

from generation.events import Listener
from generation.request import AlbumGenerator
from generation.work.worker import SILENCE_S, Queue, Worker


class Workers:
    """What the handlers ring. `listeners` hear every worker's events, on its thread."""

    def __init__(
        self,
        queue: Queue,
        generators: Sequence[AlbumGenerator],
        listeners: Sequence[Listener],
        silence: float = SILENCE_S,
    ) -> None:
        self._workers = [Worker(queue, generator, listeners, silence) for generator in generators]

    def start(self) -> None:
        for worker in self._workers:
            worker.start()

    def ring(self) -> None:
        """Say that there may be a job. It is reason enough to try again for a missing model."""
        for worker in self._workers:
            worker.ring()

    def cancel(self) -> None:
        """Have running jobs look, at their next step, whether they were cancelled."""
        for worker in self._workers:
            worker.cancel()

    def stop(self, timeout: float) -> bool:
        """Put running jobs back and end the threads; False when one did not end in `timeout` s."""
        deadline = time.monotonic() + timeout
        for worker in self._workers:
            worker.stop(0)
        return all(worker.stop(max(0, deadline - time.monotonic())) for worker in self._workers)
