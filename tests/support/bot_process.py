"""`python bot.py` as its owner starts it: a process of its own."""

import contextlib
import os
import signal
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

from playground import Playground
from tests.support.python_process import PythonProcess, Start, fork
from tests.support.running_bot import ANN


@contextlib.asynccontextmanager
async def bot_process(
    data: Path,
    playground: Playground,
    program: tuple[str, ...] = ("bot.py",),
    start: Start = fork,
    /,
    **environment: str,
) -> AsyncIterator[PythonProcess]:
    """Run the bot until the end of the block; SIGTERM must end it with 0, or it was killed."""
    settings = {
        "DATA_DIR": str(data),
        "MODEL": "pocket",
        "LC_ALL": "C.UTF-8",
        "TELEGRAM_BOT_TOKEN": playground.token,
        "TELEGRAM_API_URL": playground.url,
        "OWNER_ID": str(ANN),
        "STYLE_PICTURES": "false",
    }
    env = os.environ | settings | environment
    process = await start(*program, env=env, stderr=PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), errors.decode()
