"""Errors, put into sentences."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Iterator

from generation.errors import Refusal
from handlers.texts import Say

log = logging.getLogger(__name__)


class Telling:
    """A sentence on its way to a person: an error's, as `sentence` gives it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done = False
        """Whether the person was told it."""


@contextlib.contextmanager
def telling(say: Say, error: Exception) -> Iterator[Telling]:
    """Give the sentence that is told in the block, which says at its end whether it was.

    The owner's alert of an accident waits for that.
    """
    told = asyncio.get_running_loop().create_future()
    it = Telling(sentence(say, error, told))
    try:
        yield it
    finally:
        told.set_result(it.done)


def sentence(say: Say, error: Exception, told: "asyncio.Future[bool] | None" = None) -> str:
    """Give a refusal's own sentence; for any other error, a number under which it is logged.

    `told`: will say whether a person was told it.
    """
    if isinstance(error, Refusal):
        # Another computer may have made it of words that are no text, or do not fit into one.
        with contextlib.suppress(LookupError, TypeError, ValueError):
            return say(type(error).text_id(), **error.fields)
    number = secrets.token_hex(3).upper()
    extra = {"reference": number, "told": told}
    log.error("Accident %s", number, exc_info=error, extra=extra)
    return say("accident", number=number)
