"""A tiny model and its pictures, made once for all tests of the engine."""

from pathlib import Path

import pytest

from tests.support.model_shapes import with_adapter
from tests.support.small_engine import QUICK, SEEDS, Pixels, built, draw


@pytest.fixture(scope="session")
def plus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model without few-step weights, which is read in half the time."""
    return with_adapter(tmp_path_factory.mktemp("plus"), "plus")


@pytest.fixture(scope="session")
def drawn(plus: Path) -> list[Pixels]:
    """Six pictures of that model."""
    return draw(built(plus), QUICK, SEEDS)
