"""The local chat, which stands in for Telegram where there is no token."""

import contextlib
import sqlite3

from config import Settings
from db import DataUnusable
from generation.errors import Refusal
from playground import NotSaved, Playground, StoreDamaged


class PortTaken(Refusal):
    """The local chat's port is in use."""


class LocalChatDamaged(Refusal):
    """What was written in the local chat can't be read. Fields: where, and SQLite's own reason."""


async def open_local_chat(settings: Settings, stack: contextlib.AsyncExitStack) -> Playground:
    """Serve the local chat until the stack is closed.

    Raises DataUnusable, LocalChatDamaged or PortTaken.
    """
    folder = settings.data_dir / "local_chat"
    try:
        playground = Playground(port=settings.local_chat_port, store=folder)
    except StoreDamaged as error:
        raise LocalChatDamaged(where=str(error.path), reason=error.reason) from error
    except (OSError, sqlite3.Error, NotSaved) as error:
        raise DataUnusable(where=str(folder), reason=str(error)) from error
    try:
        return await stack.enter_async_context(playground)
    except OSError as error:
        raise PortTaken(port=str(settings.local_chat_port)) from error
