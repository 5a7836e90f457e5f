"""The files that people send."""

import asyncio
import re
from pathlib import Path

from telegram import File

from generation.errors import Refusal

A_PATH = re.compile(r"/|[A-Za-z]:[\\/]")
"""How a path begins: a Bot API server with `--local` names files so, of its own computer."""


class FileOutOfReach(Refusal):
    """The Bot API server names a file by a path that can't be read here.

    The cause is an OSError about the server's folder, for the owner.
    """


async def content(file: File) -> bytes:
    """Fetch what getFile has found. Raises FileOutOfReach."""
    path = _local_path(file)
    if path is None:
        return bytes(await file.download_as_bytearray())
    try:
        return await asyncio.to_thread(Path(path).read_bytes)
    except OSError as error:
        folder = _folder(path, file.get_bot().token)
        raise FileOutOfReach from OSError(error.errno, error.strerror, folder)


def _folder(path: str, token: str) -> str:
    """Give the server's folder: below it comes one that is named by the token, a secret."""
    before, bot_id, _ = path.partition(token.partition(":")[0])
    return (before if bot_id else re.sub(r"[^\\/]*$", "", path)).rstrip("\\/") or path[:1]


def _local_path(file: File) -> str | None:
    """Give the path, if the file was named by one. PTB takes one of no file for a web address."""
    address = file.file_path or ""
    path = address.removeprefix(f"{file.get_bot().base_file_url}/")
    return path if A_PATH.match(path) else None
