"""The log, without the token, people's words and the libraries' chatter."""

import json
import logging
import re
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime

from pydantic import SecretStr

from generation.log_marks import JOB
from handlers.core.accidents import reference_of
from handlers.telegram.private_log import TELEGRAMS_FILE, message_of, trace

UPDATE: ContextVar[int | None] = ContextVar("update", default=None)
"""The id of the update that this task answers."""

SECRET_LENGTH = 16
"""Characters from which on what follows a token's colon is hidden wherever it stands. In a real
token they are 35; a short one, made up for a test, might be a word."""


class Redaction:
    """Hides a token in texts, also where somebody has encoded its signs, as with `%3A`."""

    def __init__(self, token: SecretStr) -> None:
        number, _, secret = token.get_secret_value().partition(":")
        begin = rf"{number}(?::|%(?:25)*3a|&#x?0*(?:58|3a);|&colon;|\\+u003a)"
        if len(secret) >= SECRET_LENGTH:
            begin = rf"(?:{begin})?"
        self._pattern = re.compile(begin + "".join(map(_encoded, secret)), re.IGNORECASE)

    def __call__(self, text: str) -> str:
        return self._pattern.sub("<token>", text)


def _encoded(sign: str) -> str:
    """Give a pattern of one sign of a token: only `-` and `_` are ever encoded."""
    return sign if sign.isalnum() else f"(?:{sign}|%(?:25)*{ord(sign):02x})"


class LineFormatter(logging.Formatter):
    """Writes a line for a person to read, and a traceback below it."""

    def __init__(self, token: SecretStr | None) -> None:
        super().__init__()
        self._redaction = Redaction(token) if token else str

    def format(self, record: logging.LogRecord) -> str:
        number = reference_of(record)
        message = message_of(record)
        if number and number not in message:
            message += f" (reference {number})"
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: {message}"
        return self._redaction(_without_files("\n".join([head, *_trace(record)])))


class JsonFormatter(logging.Formatter):
    """Writes an object in one line, for a program to read.

    Its fields are these and no others: what a library hangs onto a record may be anything.
    """

    def __init__(self, token: SecretStr | None) -> None:
        super().__init__()
        self._redaction = Redaction(token) if token else str

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {
            "time": time,
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            "reference": reference_of(record),
            "job": JOB.get(),
            "update": UPDATE.get(),
            "trace": [*_trace(record)] or None,
        }
        known = {name: value for name, value in fields.items() if value is not None}
        return self._redaction(_without_files(json.dumps(known, ensure_ascii=False)))


FORMATTERS: dict[str, type[LineFormatter | JsonFormatter]] = {
    "plain": LineFormatter,
    "json": JsonFormatter,
}
"""The possible values of LOG_FORMAT."""


def _trace(record: logging.LogRecord) -> Iterator[str]:
    error = record.exc_info[1] if record.exc_info else None
    return trace(error) if error else iter(())


def _without_files(text: str) -> str:
    return TELEGRAMS_FILE.sub("<file>", text)


CHATTY = (
    *(
        "httpx",
        "httpx2",
        "httpcore",
        "aiohttp.access",
        "alembic",
        "telegram.ext.Application",
        "pymorphy3",
    ),
)
"""Libraries that tell every step. What a person at the terminal wants to know we say ourselves."""


def keep_log(form: str, token: SecretStr | None = None) -> None:
    """Write the log to stderr, in a form that FORMATTERS has, from now on without the token."""
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATTERS[form](token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # They log a traceback for each failed request; whoever made it logs what matters.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    logging.getLogger("telegram.ext").addFilter(lambda r: "Retry Loop" not in r.getMessage())
