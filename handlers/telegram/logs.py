"""The log, without the token and the libraries' chatter."""

import logging
import re

from pydantic import SecretStr

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


class RedactingFormatter(logging.Formatter):
    """Hides the token in every line and traceback."""

    def __init__(self, token: SecretStr) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redaction = Redaction(token)

    def format(self, record: logging.LogRecord) -> str:
        return self._redaction(super().format(record))


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


def log_without(token: SecretStr) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # They log a traceback for each failed request; whoever made it logs what matters.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    logging.getLogger("telegram.ext").addFilter(lambda r: "Retry Loop" not in r.getMessage())
