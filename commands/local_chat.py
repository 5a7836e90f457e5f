"""The local chat, which stands in for Telegram where there is no token."""

import contextlib
import sqlite3

from config import Settings
from db import DataUnusable
from generation.errors import Refusal
from playground import NotSaved, Playground


class PortTaken(Refusal):
    """The local chat's port is in use."""


async def open_local_chat(settings: Settings, stack: contextlib.AsyncExitStack) -> Playground:
    """Serve the local chat until the stack is closed. Raises DataUnusable or PortTaken."""
    folder = settings.data_dir / "local_chat"
    try:
        playground = Playground(port=settings.local_chat_port, store=folder)
    except (OSError, sqlite3.Error, NotSaved) as error:
        raise DataUnusable(where=str(folder), reason=str(error)) from error
    try:
        return await stack.enter_async_context(playground)
    except OSError as error:
        raise PortTaken(port=str(settings.local_chat_port)) from error
