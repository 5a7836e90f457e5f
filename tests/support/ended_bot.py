"""`python bot.py` that ends by itself, most often with a sentence about what is wrong."""

import asyncio
import os
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

from tests.support.python_process import ROOT, Start, fork

TOKEN = "123456789:AAE-a_secret_that_nobody_may_read"  # noqa: S105 - made up
PATIENCE_S = 300


@dataclass(frozen=True)
class Ended:
    """A process that has ended: its exit code, and what it printed."""

    code: int | None
    output: str
    errors: str


async def bot(folder: Path, start: Start = fork, /, **environment: str) -> Ended:
    """Run bot.py in a folder of its own until it ends."""
    inherited = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MODEL": "pocket"}
    process = await start(
        str(ROOT / "bot.py"), cwd=folder, env=inherited | environment, stderr=PIPE
    )
    try:
        output, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    finally:
        if process.returncode is None:
            process.kill()
    return Ended(process.returncode, output.decode(), errors.decode())


def refused(bot: Ended) -> str:
    """Give the one sentence with which the bot refused to start."""
    assert bot.code == 2, bot.errors
    assert "Traceback" not in bot.errors
    assert TOKEN not in bot.output + bot.errors
    (sentence,) = bot.errors.splitlines()
    return sentence
