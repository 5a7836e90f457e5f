"""A port of the bot's own, at which anybody may say whatever they like."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable

from aiohttp import web
from aiohttp.http import HttpProcessingError

from generation.errors import Refusal

log = logging.getLogger(__name__)

NOT_OURS = (HttpProcessingError, web.RequestPayloadError, ConnectionError)
"""What others do wrong: what is no HTTP, a body that is not what it was said to be, a connection
that is broken off. aiohttp logs all of them as errors of the server, and an accident it is not."""


@contextlib.asynccontextmanager
async def listening(
    server: web.Application, host: str, port: int, taken: Callable[[str], Refusal]
) -> AsyncIterator[None]:
    """Serve until the block ends. Raises `taken` of the reason where nothing can listen."""
    runner = web.AppRunner(server, access_log=None, logger=log, shutdown_timeout=2)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise taken(error.strerror or str(error)) from error
        yield
    finally:
        await runner.cleanup()


def _is_ours(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if record.levelno >= logging.ERROR and isinstance(error, NOT_OURS):
        log.info("A request to a port came to nothing: %s", type(error).__name__)
        return False
    return True


log.addFilter(_is_ours)
