"""What import-linter does not hold: what is loaded when the bot starts."""

import subprocess
import sys

import pytest

from tests.support.python_process import ROOT

SLOW = {"torch", "diffusers", "transformers", "accelerate"}


@pytest.mark.parametrize("module", ["bot", "playground"])
def test_the_models_libraries_are_not_loaded_at_the_start(module: str) -> None:
    """They take seconds, and /start is answered before they are in."""
    code = f"import sys, {module}; print(*sys.modules)"
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert SLOW.isdisjoint(process.stdout.split())


def test_a_bot_on_sqlite_loads_no_server() -> None:
    """Psycopg and the engine come in where a Postgres is used: they cost half a second."""
    program = "import bot, sys; print({'psycopg', 'procrastinate'} & sys.modules.keys())"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert run.stdout.strip() == b"set()"
