"""What it means when Telegram rejects a message: its answers are prose, and this is their table."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from socksio import SOCKSError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


class Right(StrEnum):
    """What a chat has to grant. Each has its sentence, `right-<name>`."""

    PHOTOS = "photos"
    FILES = "files"
    MESSAGES = "messages"
    TOPIC = "topic"
    ALBUMS = "albums"


@dataclass(frozen=True, slots=True)
class Passes:
    """Nothing arrived, and trying again helps; Telegram may say after how many seconds."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing arrived: the chat does not grant the bot this right."""

    right: Right


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has another id now."""

    chat_id: int


class Closed:
    """Nothing can be sent to this chat: the bot was blocked or removed, or the chat is gone."""


class TooLarge:
    """Nothing arrived: something on the way takes no request of this size."""


class Doubtful:
    """Nobody knows whether it arrived."""


class Final:
    """It was refused, and trying again would change nothing that is known here."""


Meaning = Passes | Missing | Moved | Closed | TooLarge | Doubtful | Final

REFUSED: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (
        Passes(),
        ("too many requests", "retry after", "flood", "slowmode_wait", "slow mode is", "a wait of"),
    ),
    (Missing(Right.ALBUMS), ("slowmode_multi",)),
    (Missing(Right.TOPIC), ("topic_?closed", "topic is closed")),
    (Missing(Right.PHOTOS), ("send_(photos|media)_forbidden", "rights to send (photos|media)")),
    (Missing(Right.FILES), ("send_docs_forbidden", "rights to send (documents|files)")),
    (TooLarge(), ("request entity too large", "file is too big", "file_parts_invalid")),
    (
        Closed(),
        (
            "not a member", "not a participant", "kicked", "blocked", "deactivated",
            "(chat|group|user) (was|is) deleted", "(chat|user) not found", "can't initiate",
            "(peer|chat)_id_invalid", "channel_(private|invalid)", "chat_forbidden",
        ),
    ),
    (
        Missing(Right.MESSAGES),
        (
            "_forbidden", "restricted", "(not enough|no) rights", "rights to", "admin_required",
            "administrator rights", "write access", "banned_in_channel",
        ),
    ),
    (
        Passes(),
        (
            "group send failed", "internal", "timed? ?out", "try again", "_retry", "worker_busy",
            "unavailable", "bad gateway", r"file_part_\w*missing", "can't connect",
        ),
    ),
)  # fmt: skip
"""What Telegram's refusals mean, by a part of their description in small letters, as a pattern.

The first that is found counts: a refusal of an album quotes that of one of its messages.
"""

SECONDS = re.compile(r"(?:retry after|wait(?: of)?|_wait_)\D{0,3}(\d+)")
"""The seconds that a refusal asks to wait."""

TOPIC_GONE = re.compile(r"thread not found|topic_(deleted|id_invalid)|topic_not_found")
"""Telegram's answer to a message for a deleted topic."""

UNCONNECTED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # it has led nowhere
    SOCKSError,
)
"""What a request ends with that has never left for Telegram."""

NOT_TELEGRAMS = "parsing the server response"
"""What the library adds to an answer that is not Telegram's: a proxy's page, say."""

MOST_DIGITS = 6
"""Most digits of seconds that are believed."""


def meaning_of(error: Exception) -> Meaning:
    """Say what an error of a sending means."""
    match error:
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case RetryAfter():
            return Passes(_as_seconds(error.retry_after))
        case InvalidToken() | Conflict():
            return Passes()
        case Forbidden() | BadRequest():
            return _refused(error)
        case NetworkError():
            return _broken(error)
        case _:
            return Doubtful() if isinstance(error, TelegramError) else Final()


def topic_is_gone(error: BadRequest) -> bool:
    return bool(TOPIC_GONE.search(error.message.lower()))


def never_left(error: NetworkError) -> bool:
    """Say whether no connection was made: then nothing can have arrived."""
    return isinstance(error.__cause__, UNCONNECTED)


def _refused(error: Forbidden | BadRequest) -> Meaning:
    said = error.message.lower()
    if NOT_TELEGRAMS in said:
        return Passes()
    for meaning, patterns in REFUSED:
        if any(re.search(pattern, said) for pattern in patterns):
            return Passes(_seconds(said)) if isinstance(meaning, Passes) else meaning
    return Closed() if isinstance(error, Forbidden) else Final()


def _broken(error: NetworkError) -> Meaning:
    said = error.message.lower()
    if "too large" in said:
        return TooLarge()
    if "too many requests" in said or never_left(error):
        return Passes(_seconds(said))
    return Doubtful()


def _as_seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def _seconds(said: str) -> float | None:
    found = SECONDS.search(said)
    return float(found[1][:MOST_DIGITS]) if found else None
