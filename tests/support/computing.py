"""What each test computes: `make long`, on a quiet machine. It writes `tests/long.txt` anew.

docs/decisions/0053-long-tests.md
"""

import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

FILE = Path(__file__).parents[1] / "long.txt"

MOST_COMPUTED_S, MOST_S = 0.25, 2.0
"""Seconds of computing, and seconds in all, from which on a test is long."""

KEPT = "# kept: "
"""Before a test that takes longer and is run by `make test` all the same: a promise rests on it."""

FOLDER = "TESTS_COMPUTED"
"""Names the folder in which each worker writes down what its tests took."""


def long_tests() -> list[str]:
    """Give the ids of the long tests."""
    return [line for line in FILE.read_text().splitlines() if not line.startswith("#")]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the one that the workers are children of
        os.environ[FOLDER] = tempfile.mkdtemp()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note what a test takes, here and in the processes that it ended."""
    began, before = time.monotonic(), _computed()
    done = yield
    took, computed = time.monotonic() - began, _computed() - before
    with (Path(os.environ[FOLDER]) / str(os.getpid())).open("a") as file:
        # A process that others used before may end in this test; it takes no longer than the test.
        file.write(json.dumps([item.nodeid, min(computed, took), took]) + "\n")
    return done


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    kept = [line for line in FILE.read_text().splitlines() if line.startswith("#")]
    spared = {line.removeprefix(KEPT) for line in kept}
    lines = [line for file in Path(os.environ[FOLDER]).iterdir() for line in file.open()]
    taken = [json.loads(line) for line in lines]
    found = sorted(
        name
        for name, computed, took in taken
        if (computed > MOST_COMPUTED_S or took > MOST_S) and name.split("[")[0] not in spared
    )
    FILE.write_text("\n".join([*kept, *found]) + "\n")


def _computed() -> float:
    return sum(os.times()[:4])
