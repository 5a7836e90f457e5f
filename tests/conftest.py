"""The order of the tests."""

import pytest

LONGEST = ("test_bad_luck.py", "test_kills.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that wait longest: at the end they would wait alone."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
