"""Errors, put into sentences."""

import contextlib
import logging
import secrets

from generation.errors import Refusal
from handlers.texts import Say

log = logging.getLogger(__name__)


def sentence(say: Say, error: Exception) -> str:
    """Give a refusal's own sentence; for any other error, a number under which it is logged."""
    if isinstance(error, Refusal):
        # Another computer may have made it of words that are no text, or do not fit into one.
        with contextlib.suppress(LookupError, TypeError, ValueError):
            return say(type(error).text_id(), **error.fields)
    number = secrets.token_hex(3).upper()
    log.error("Accident %s", number, exc_info=error, extra={"reference": number})
    return say("accident", number=number)
