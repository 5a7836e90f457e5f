"""A child process, seen by its parent: asked, watched and ended."""

import contextlib
import pickle
import time
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import psutil

from decoding.allowance import BUSY, Allowance
from decoding.inheritance import start
from decoding.pace import slowness

ROOT = Path(__file__).parent.parent

MEMORY = 255_000_000
"""Most bytes that a child may grow by for one file."""

KEPT = 45_000_000
"""Most bytes that a child may have grown by afterwards, all files together."""

RESULT = 64_000_000
"""Most bytes of an answer."""

START_S = 60.0
"""Most seconds for a child's start and its imports, on a slow disk."""

LOOK_S = 0.02
"""Seconds between two looks at a working child."""

SMALL = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Keeps the memory of a child's threads small."""


class Ended(Exception):  # noqa: N818 - it was ended on purpose, as a rule
    """The child died, or took too much and was ended."""


class ChildProcess:
    """Runs `decoding.child`. Of one thread at a time."""

    def __init__(self) -> None:
        """Start it. Raises RuntimeError if it doesn't begin."""
        self._pipe, theirs = Pipe()
        with theirs:
            # Ctrl-C is for the bot, which lets a photo be finished.
            self._process = start(["decoding.child"], theirs, ROOT, SMALL)
        self._seen = psutil.Process(self._process.pid)
        self._known: set[str] = set()
        self._own = 0
        """Bytes of memory that it needs itself, for what it has imported."""
        self._wait_until_ready()

    def bring(self, function: str) -> None:
        """Let it import the function. Raises RuntimeError if it can't."""
        if function in self._known:
            return
        before = self._memory() if self._known else 0
        self._pipe.send_bytes(pickle.dumps((function, None, None)))
        self._wait_until_ready()
        self._known.add(function)
        self._own += self._memory() - before

    def call(
        self,
        function: str,
        data: bytes,
        arguments: tuple[object, ...],
        allowance: Allowance,
    ) -> Any:  # noqa: ANN401 - what the function returns
        """Call the function. Raises Ended, and what the function raises."""
        self.bring(function)
        slow = slowness()
        seconds = allowance.next_share * slow
        try:
            limits = (seconds, seconds * BUSY, MEMORY)
            self._pipe.send_bytes(pickle.dumps((function, arguments, limits)))
            self._pipe.send_bytes(data)
            self._watch(seconds, slow, allowance)
            good, result = pickle.loads(self._pipe.recv_bytes(RESULT))  # noqa: S301 - our own code's
        except (EOFError, OSError, psutil.Error) as error:
            self.end()
            raise Ended(f"the child died ({self._process.returncode})") from error
        except BaseException:
            self.end()
            raise
        if not good:
            raise result
        return result

    def is_fit(self) -> bool:
        """Whether it is there, and has not kept much memory."""
        try:
            return self._process.poll() is None and self._memory() - self._own <= KEPT
        except psutil.Error:
            return False

    def end(self) -> None:
        """Kill it, if it is there."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()

    def _watch(self, seconds: float, slow: float, allowance: Allowance) -> None:
        """Wait for the answer. Raises Ended when the child took too much."""
        began, before, spent = time.monotonic(), self._computed(), 0.0
        try:
            while not self._pipe.poll(LOOK_S):
                spent = max(self._computed() - before, (time.monotonic() - began) / BUSY)
                if spent > seconds:
                    raise Ended(f"more than {seconds:.1f} s")
                if self._memory() - self._own > MEMORY + KEPT:
                    raise Ended(f"more than {MEMORY} bytes")
        finally:
            allowance.spend(spent / slow)

    def _wait_until_ready(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            if self._pipe.poll(START_S):
                self._pipe.recv_bytes()
                return
        self.end()
        raise RuntimeError("the process that reads pictures doesn't start")

    def _memory(self) -> int:
        return int(self._seen.memory_info().rss)

    def _computed(self) -> float:
        times = self._seen.cpu_times()
        return float(times.user + times.system)
