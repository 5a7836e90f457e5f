"""What holds for all tests: which are long, their order, what the garbage collector passes over."""

import gc
import sys
from collections.abc import Iterator

import pytest

from tests.support.computing import long_tests

LONGEST = (
    "test_bad_luck_loses_nothing",
    "test_twenty_kills_lose_nothing",
    "test_a_stop_in_the_middle_of_a_job",
    "test_a_photo_goes_in_and_an_album_of_six_comes_out",
    "test_forty_bad_photos_get_their_advice",
    "test_pictures_show_what_was_asked_for",
    "test_a_newcomer_gets_an_album_by_clicking",
    "test_the_doctor_speaks_russian_and_changes_nothing",
)
"""Those that take longest, the longest first."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the long ones, and begin with the longest: at the end one would run alone."""
    long = set(long_tests())
    for item in items:
        if item.nodeid in long:
            item.add_marker("long")
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.name, len(ranks)))


def pytest_collection_finish() -> None:
    """Leave what was imported out of each garbage collection: it is most of all objects."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_server_is_left() -> Iterator[None]:
    """End the Postgres that tests of this process shared, if one of them asked for it."""
    yield
    if postgres := sys.modules.get("tests.support.postgres"):
        postgres.close()
