"""The log, without the token and the libraries' chatter."""

import logging

from pydantic import SecretStr


class RedactingFormatter(logging.Formatter):
    """Hides the token in every line and traceback."""

    def __init__(self, token: SecretStr) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = token.get_secret_value()

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._secret, "<token>")


def log_without(token: SecretStr) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "aiohttp.access", "apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # They log a traceback for each failed request; whoever made it logs what matters.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    logging.getLogger("telegram.ext").addFilter(lambda r: "Retry Loop" not in r.getMessage())
