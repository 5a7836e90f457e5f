"""`python bot.py` as its owner starts it: a process of its own."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from playground import Playground
from tests.support.running_bot import ANN

ROOT = Path(__file__).parents[2]


@contextlib.asynccontextmanager
async def bot_process(
    data: Path,
    playground: Playground | None = None,
    program: tuple[str, ...] = ("bot.py",),
    **environment: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot until the end of the block; SIGTERM must end it with 0, or it was killed."""
    settings = {"DATA_DIR": str(data), "MODEL": "pocket", "LC_ALL": "C.UTF-8"}
    if playground:
        settings |= {
            "TELEGRAM_BOT_TOKEN": playground.token,
            "TELEGRAM_API_URL": playground.url,
            "OWNER_ID": str(ANN),
        }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *program,
        cwd=ROOT,
        env=os.environ | settings | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode in (0, -signal.SIGKILL)
