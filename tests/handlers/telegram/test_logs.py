"""The log keeps the token to itself, however it comes back."""

import json
import logging
import sys
from html import escape
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from handlers.telegram.logs import LineFormatter

NUMBER, SECRET = "123456789", "AAE-a_secret_that_nobody_may_read_1"
TOKEN = f"{NUMBER}:{SECRET}"
AS_A_URL = quote(TOKEN, safe="")


def logged(text: str, token: str = TOKEN) -> str:
    record = logging.LogRecord("bot", logging.WARNING, __file__, 1, "%s", (text,), None)
    return LineFormatter(SecretStr(token)).format(record)


@pytest.mark.parametrize(
    "echo",
    [
        TOKEN,
        AS_A_URL,
        AS_A_URL.lower(),
        quote(AS_A_URL),
        TOKEN.replace(":", "&#58;"),
        TOKEN.replace(":", "&#x3A;"),
        TOKEN.replace(":", "\\u003a"),
        json.dumps(json.dumps(TOKEN.replace(":", "\\u003a"))),
        escape(TOKEN),
        AS_A_URL.replace("_", "%5F").replace("-", "%2d"),
        SECRET,
        TOKEN.upper(),
        f"https://api.telegram.org/file/bot{AS_A_URL}/photos/file_0.jpg",
    ],
)
def test_an_echo_of_the_token_is_hidden(echo: str) -> None:
    """A proxy, a page of HTML, a URL or half of it: none brings the secret out."""
    line = logged(f"the server said {echo}!")
    assert "secret" not in line.lower()
    assert "<token>" in line
    assert line.endswith("!") or "photos/file_0.jpg" in line


def test_a_traceback_hides_it_too() -> None:
    """The exception's own words are part of the line."""
    try:
        int(AS_A_URL)
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "", (), sys.exc_info())
    assert "secret" not in LineFormatter(SecretStr(TOKEN)).format(record)


def test_a_short_token_hides_no_words() -> None:
    """`1:a` is no secret, and the log stays readable."""
    assert logged("a bad day", "1:a").endswith("a bad day")
    assert logged("bot1%3Aa/getMe", "1:a").endswith("bot<token>/getMe")
