"""What import-linter does not hold: what is loaded when the bot starts."""

import subprocess
import sys
from functools import cache

import pytest

from tests.support.python_process import ROOT

SLOW = {"torch", "diffusers", "transformers", "accelerate"}


@cache
def loaded_by(module: str) -> frozenset[str]:
    """Give what a new interpreter has loaded when it has imported a module."""
    code = f"import sys, {module}; print(*sys.modules)"
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return frozenset(process.stdout.split())


@pytest.mark.parametrize("module", ["bot", "playground"])
def test_the_models_libraries_are_not_loaded_at_the_start(module: str) -> None:
    """They take seconds, and /start is answered before they are in."""
    assert SLOW.isdisjoint(loaded_by(module))


def test_a_bot_on_sqlite_loads_no_server() -> None:
    """Psycopg and the engine come in where a Postgres is used: they cost half a second."""
    assert {"psycopg", "procrastinate"}.isdisjoint(loaded_by("bot"))
