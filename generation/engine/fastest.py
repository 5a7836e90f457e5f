"""A network's forward, called in the fastest way that is ready for the shapes of its input.

Imports torch.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from queue import Empty, SimpleQueue

import torch

from generation.engine import trial
from generation.engine.trial import Clock, Verdict

_log = logging.getLogger(__name__)

Call = Callable[..., torch.Tensor]
"""A forward: tensors in, one tensor out."""

Capture = Callable[[Call, tuple[torch.Tensor, ...]], Call | None]
"""Makes a call quicker for inputs of these shapes; None: not now, for want of memory, say."""

Shapes = tuple[tuple[tuple[int, ...], torch.dtype], ...]

MOST = 16
"""So many shapes are captured at a time; the least recently used one goes for a new one."""

MOST_FAILURES = 2
"""So many captures may fail: another thread's work on the card can spoil one."""


def shapes_of(given: tuple[torch.Tensor, ...]) -> Shapes:
    return tuple((tuple(one.shape), one.dtype) for one in given)


class Fastest:
    """Compiled code where there is some, captured where that is possible, and else as it is.

    `plain` is the forward itself, which takes any shapes. `capture` is tried when an album has
    shapes, in `dtype`, that an earlier one had: for a single album it doesn't pay. Nothing is ever
    compiled here: code that was compiled elsewhere is offered. Both are tried against what is used
    so far, and used only if they are right and faster.
    """

    def __init__(
        self,
        name: str,
        plain: Call,
        dtype: torch.dtype,
        capture: Capture | None = None,
        clock: Clock = time.perf_counter,
    ) -> None:
        self._name, self.plain, self._dtype = name, plain, dtype
        self._capture, self._clock = capture, clock
        self._failures = 0
        self._album = 0
        self._seen: dict[Shapes, int] = {}
        """The album of which shapes are known; they are captured in a later one."""
        self._captured: OrderedDict[Shapes, Call] = OrderedDict()
        """What is called for shapes that were captured: the capture, or what is as fast."""
        self._compiled: dict[Shapes, Call] = {}
        self._offered: SimpleQueue[tuple[Call, tuple[torch.Tensor, ...]]] = SimpleQueue()

    def __call__(self, *given: torch.Tensor) -> torch.Tensor:
        given = tuple(one.contiguous() for one in given)  # compiled code is for one layout only
        if self._dtype != given[0].dtype:
            return self.plain(*given)
        shapes = shapes_of(given)
        if self._capture and self._is_to_be_captured(shapes):
            self._try_capture(self._capture, shapes, given)
        if shapes in self._captured:
            self._captured.move_to_end(shapes)
            return self._captured[shapes](*given)
        return self._usual(shapes)(*given)

    def begin_album(self) -> None:
        """Count an album."""
        self._album += 1

    def offer(self, compiled: Call, given: tuple[torch.Tensor, ...]) -> None:
        """Offer compiled code for inputs like these. Any thread may."""
        self._offered.put((compiled, given))

    @torch.no_grad()  # code is compiled without gradients: with them torch would not use it
    def adopt(self) -> None:
        """Try what was offered; what fails costs a line in the log. Only the drawing thread may."""
        while True:
            try:
                compiled, given = self._offered.get_nowait()
            except Empty:
                return
            shapes = shapes_of(given)
            try:
                if self._try("Compiled code", shapes, self.plain, compiled, given).better:
                    self._compiled[shapes] = compiled
                    self._captured.pop(shapes, None)
            except Exception as error:  # noqa: BLE001 - whatever it is, there is a way without
                _log.warning(
                    "Compiled code of the %s fails, going on without: %s", self._name, error
                )

    def forget(self, *, compiled: bool = False) -> None:
        """Forget what was captured, for the weights lie elsewhere now.

        With `compiled` forget compiled code, too, for the network is another.
        """
        self._captured.clear()
        if compiled:
            self._compiled.clear()

    def stop_capturing(self) -> None:
        """Capture no more: the memory is full."""
        self.forget()
        self._capture = None

    def _usual(self, shapes: Shapes) -> Call:
        return self._compiled.get(shapes, self.plain)

    def _is_to_be_captured(self, shapes: Shapes) -> bool:
        seen = self._seen.setdefault(shapes, self._album)
        return shapes not in self._captured and seen < self._album

    @torch.no_grad()
    def _try_capture(
        self, capture: Capture, shapes: Shapes, given: tuple[torch.Tensor, ...]
    ) -> None:
        """Capture a call; if that is not possible now, the next album asks again."""
        usual = self._usual(shapes)
        try:
            captured = capture(usual, given)
            if captured is None:
                self._seen[shapes] = self._album
                return
            verdict = self._try("A graph", shapes, usual, captured, given)
        except Exception as error:  # noqa: BLE001 - whatever it is, there is a way without
            self._seen[shapes] = self._album
            self._failures += 1
            if self._failures == MOST_FAILURES:
                self._give_up_capturing(error)
            return
        if not verdict.right:
            self._give_up_capturing("it gave something else")
            return
        self._captured[shapes] = captured if verdict.better else usual
        if len(self._captured) > MOST:
            oldest, _ = self._captured.popitem(last=False)
            del self._seen[oldest]

    def _give_up_capturing(self, problem: object) -> None:
        self._capture = None
        _log.warning("The %s can't be captured here, drawing without: %s", self._name, problem)

    def _try(
        self, what: str, shapes: Shapes, known: Call, other: Call, given: tuple[torch.Tensor, ...]
    ) -> Verdict:
        verdict = trial.compare(lambda: known(*given), lambda: other(*given), self._clock)
        _log.info(
            "%s of the %s for %s: %s, %.0f ms instead of %.0f: %s",
            what,
            self._name,
            " x ".join(map(str, shapes[0][0])),
            "right" if verdict.right else "wrong",
            verdict.other * 1000,
            verdict.known * 1000,
            "used from now on" if verdict.better else "not used",
        )
        return verdict
