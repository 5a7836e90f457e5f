"""What Telegram's refusals mean: its own words, as they were seen."""

from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.core.rejections import (
    Closed,
    Doubtful,
    Final,
    Meaning,
    Missing,
    Moved,
    Passes,
    Right,
    TooLarge,
    meaning_of,
    topic_is_gone,
)

PHOTOS, FILES, MESSAGES = (Missing(r) for r in (Right.PHOTOS, Right.FILES, Right.MESSAGES))

REFUSALS: dict[str, Meaning] = {
    "Too Many Requests: retry after 5": Passes(5),
    'Failed to send message #1: "Too Many Requests: retry after 7"': Passes(7),
    "FLOOD_WAIT_30": Passes(30),
    "FLOOD_PREMIUM_WAIT_3": Passes(3),
    "A wait of 25 seconds is required": Passes(25),
    "SLOWMODE_WAIT_10": Passes(10),
    "group send failed": Passes(),
    "Internal error": Passes(),
    "Request timed out": Passes(),
    "WORKER_BUSY_TOO_LONG_RETRY": Passes(),
    "not enough rights to send photos to the chat": PHOTOS,
    "not enough rights to send media messages to the chat": PHOTOS,
    "CHAT_SEND_PHOTOS_FORBIDDEN": PHOTOS,
    "CHAT_SEND_MEDIA_FORBIDDEN": PHOTOS,
    'Failed to send message #2 with the error message "CHAT_SEND_PHOTOS_FORBIDDEN"': PHOTOS,
    "not enough rights to send documents to the chat": FILES,
    "CHAT_SEND_DOCS_FORBIDDEN": FILES,
    "not enough rights to send text messages to the chat": MESSAGES,
    "have no rights to send a message": MESSAGES,
    "CHAT_WRITE_FORBIDDEN": MESSAGES,
    "CHAT_SEND_PLAIN_FORBIDDEN": MESSAGES,
    "CHAT_RESTRICTED": MESSAGES,
    "USER_RESTRICTED": MESSAGES,
    "need administrator rights in the channel chat": MESSAGES,
    "CHAT_ADMIN_REQUIRED": MESSAGES,
    "TOPIC_CLOSED": Missing(Right.TOPIC),
    "SLOWMODE_MULTI_MSGS_DISABLED": Missing(Right.ALBUMS),
}  # fmt: skip

CLOSED = (
    "chat not found",
    "PEER_ID_INVALID",
    "user not found",
    "USER_DEACTIVATED",
    "INPUT_USER_DEACTIVATED",
    "CHANNEL_PRIVATE",
    "group chat was deactivated",
    "USER_IS_BLOCKED",
)

FORBIDDEN = (
    "bot was blocked by the user",
    "bot was kicked from the supergroup chat",
    "bot is not a member of the channel chat",
    "bot can't initiate conversation with a user",
    "user is deactivated",
    "the group chat was deleted",
    "something that nobody has seen yet",
)

FINAL = ("wrong file identifier/HTTP URL specified", "IMAGE_PROCESS_FAILED", "MEDIA_INVALID")


@pytest.mark.parametrize(("said", "meaning"), REFUSALS.items())
@pytest.mark.parametrize("prefix", ["", "Bad Request: "])
def test_a_refusal_is_understood(said: str, meaning: Meaning, prefix: str) -> None:
    """However the library capitalises it, and also where another code is put on it."""
    for error in (BadRequest(prefix + said), Forbidden(f"Forbidden: {said}")):
        assert meaning_of(error) == meaning


@pytest.mark.parametrize("said", CLOSED)
def test_a_chat_that_is_gone_is_closed(said: str) -> None:
    assert isinstance(meaning_of(BadRequest(f"Bad Request: {said}")), Closed)


@pytest.mark.parametrize("said", FORBIDDEN)
def test_what_is_forbidden_is_closed(said: str) -> None:
    assert isinstance(meaning_of(Forbidden(f"Forbidden: {said}")), Closed)


@pytest.mark.parametrize("said", FINAL)
def test_what_is_unknown_is_final(said: str) -> None:
    assert isinstance(meaning_of(BadRequest(said)), Final)


@pytest.mark.parametrize(
    "said", ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID", "Topic_deleted"]
)
def test_a_deleted_topic_is_known(said: str) -> None:
    assert topic_is_gone(BadRequest(f"Bad Request: {said}"))
    assert not topic_is_gone(BadRequest("TOPIC_CLOSED"))


@pytest.mark.parametrize(
    "status", ["Internal Server Error", "Bad Gateway", "Gateway Timeout (504)"]
)
def test_a_broken_connection_is_doubtful(status: str) -> None:
    """The album may have arrived; without a connection it can't have."""
    assert isinstance(meaning_of(NetworkError(status)), Doubtful)
    assert isinstance(meaning_of(TimedOut()), Doubtful)
    assert isinstance(meaning_of(TelegramError("Invalid server response")), Doubtful)
    unconnected = NetworkError("connection refused")
    unconnected.__cause__ = httpx.ConnectError("refused")
    assert meaning_of(unconnected) == Passes()


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden (403). Parsing the server response b'<html>' failed"),
        BadRequest("Bad Request (400). Parsing the server response b'<html>' failed"),
        InvalidToken("Unauthorized"),
        Conflict("another bot"),
    ],
)
def test_what_is_not_telegrams_answer_passes(error: TelegramError) -> None:
    """A proxy's page, or a token that is being changed: the chat itself said nothing."""
    assert meaning_of(error) == Passes()


def test_other_codes_are_understood() -> None:
    assert meaning_of(RetryAfter(7)) == Passes(7)
    assert meaning_of(RetryAfter(timedelta(seconds=7))) == Passes(7)
    assert meaning_of(NetworkError("Too Many Requests: retry after 9")) == Passes(9)
    assert meaning_of(ChatMigrated(-100)) == Moved(-100)
    assert isinstance(meaning_of(NetworkError("Request Entity Too Large (413)")), TooLarge)
    assert isinstance(meaning_of(FileNotFoundError("1.png")), Final)
