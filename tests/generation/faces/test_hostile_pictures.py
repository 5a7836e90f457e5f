"""Small files that cost much: within limits each gets an answer."""

import contextlib
import threading
from typing import Self

import psutil
import pytest

from generation.errors import Refusal
from generation.faces.finder import FaceFinder
from tests.support.hostile_pictures import COSTLY, many_tags

MOST_MORE = 300_000_000
"""Bytes that one picture may take, in all processes."""


class Watch:
    """Looks at the memory of the processes under this one while a block runs."""

    def __enter__(self) -> Self:
        self.peak, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.01):
            self.peak = max(self.peak, memory())


def memory() -> int:
    """Give the bytes of this process and of its decoders; other tests' processes don't count."""
    total = int(psutil.Process().memory_info().rss)
    for process in psutil.Process().children(recursive=True):
        try:
            if "decoding.child" in process.cmdline():
                total += process.memory_info().rss
        except psutil.Error:  # it ended meanwhile
            continue
    return total


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_file_is_answered_within_limits(name: str) -> None:
    """Seconds are the child's limit; memory is measured here."""
    finder, data = FaceFinder(), COSTLY[name]()
    finder.warm()
    before = memory()
    with Watch() as watch, contextlib.suppress(Refusal):
        finder.find(data)
    assert watch.peak - before < MOST_MORE
    finder.warm()
    assert memory() - before < 50_000_000


def test_a_photos_odd_tags_write_no_lines(capfd: pytest.CaptureFixture[str]) -> None:
    """Ten thousand tags of no sense were ten thousand lines in the owner's terminal."""
    assert FaceFinder().find(many_tags(10_000))
    assert capfd.readouterr() == ("", "")
