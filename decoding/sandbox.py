"""Runs a function on a stranger's bytes in a process of its own, which can be ended.

docs/decisions/0014-pictures-in-a-child-process.md
"""

import contextlib
import itertools
import logging
import threading
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from decoding.allowance import LEAST_S, Allowance
from decoding.child_process import ChildProcess, Ended
from decoding.unfit import Reason, Unfit

log = logging.getLogger(__name__)

PLACES = 2
"""Files that are read at once."""


@dataclass(frozen=True, eq=False, slots=True)
class Waiting:
    """A file that waits for its turn; of whom it is."""

    asker: Hashable


class Sandbox:
    """A few child processes, started when they are needed. Any thread may call it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._idle: list[ChildProcess] = []
        self._free = PLACES
        self._waiting: list[Waiting] = []
        self._served: set[Hashable] = set()
        self._turns: dict[Hashable, int] = {}
        """The number of the last turn that each asker had, while anybody waits."""
        self._numbers = itertools.count(1)

    def run(
        self,
        function: str,
        data: bytes,
        *arguments: object,
        asker: Hashable | None = None,
        allowance: Allowance | None = None,
    ) -> Any:  # noqa: ANN401 - what the function returns
        """Call `function` ("module:name") with the data, and with arguments that can be pickled.

        One `asker` is served one file at a time, and whose last turn is longest ago comes first, so
        that many files of one person keep nobody else waiting. Files with the same `allowance`
        share its time.

        Raises what the function raises, and Unfit with Reason.TOO_HARD if it took too much time or
        memory, or crashed.
        """
        allowance = allowance or Allowance()
        if allowance.next_share < LEAST_S:
            raise Unfit(Reason.TOO_HARD)
        asker = object() if asker is None else asker
        with self._place(asker), self._child() as child:
            try:
                return child.call(function, data, arguments, allowance)
            except Ended as ended:
                log.info("A picture was given up: %s", ended)
                raise Unfit(Reason.TOO_HARD) from ended

    def warm(self, function: str) -> None:
        """Have a child started that has imported the function, unless one is at work already."""
        if self._free < PLACES:
            return
        with self._place(object()), self._child() as child:
            child.bring(function)

    @contextlib.contextmanager
    def _place(self, asker: Hashable) -> Iterator[None]:
        waiting = Waiting(asker)
        with self._changed:
            self._waiting.append(waiting)
            self._changed.wait_for(lambda: self._next() is waiting)
            self._waiting.remove(waiting)
            self._free -= 1
            self._served.add(asker)
            self._turns[asker] = next(self._numbers)
            self._changed.notify_all()  # a second place may be free
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._served.discard(asker)
                if not self._waiting:
                    self._turns.clear()
                self._changed.notify_all()

    def _next(self) -> Waiting | None:
        """Give whose turn it is, if there is a place: of equals who came first."""
        fit = [one for one in self._waiting if one.asker not in self._served] if self._free else []
        return min(fit, key=lambda one: self._turns.get(one.asker, 0), default=None)

    @contextlib.contextmanager
    def _child(self) -> Iterator[ChildProcess]:
        """Take an idle child or a new one; afterwards keep one, if it is as small as before."""
        child = self._take()
        try:
            yield child
        finally:
            with self._changed:
                keep = not self._idle and child.is_fit()
                if keep:
                    self._idle.append(child)
            if not keep:
                child.end()

    def _take(self) -> ChildProcess:
        with self._changed:
            child = self._idle.pop() if self._idle else None
        if child and child.is_fit():  # the system may have ended it meanwhile
            return child
        if child:
            child.end()
        return ChildProcess()


SANDBOX = Sandbox()
"""The one of this process: idle children cost memory."""
