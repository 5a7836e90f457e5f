"""Parts of sentences that several messages share: durations, positions, an album's name."""

from handlers.core.lengths import shortened
from handlers.texts import Say

NAME_LENGTH = 100
"""Most characters of an album's name."""

SHORTEST_WAIT_S = 5.0
"""Seconds; no album is promised sooner."""


def album_name(words: str) -> str:
    """Name an album by the beginning of its words, to tell it from others."""
    return shortened(words, NAME_LENGTH)


def position_text(say: Say, ahead: int, seconds: float | None) -> str:
    """Say how many jobs come before this one, and when its album will be there."""
    where = say("queued", ahead=ahead)
    if seconds is None:
        return where
    return f"{where} {ready_text(say, seconds)}"


def ready_text(say: Say, seconds: float) -> str:
    """Say when an album will be there."""
    return say("about", duration=duration_text(say, max(SHORTEST_WAIT_S, seconds)))


def duration_text(say: Say, seconds: float) -> str:
    """Round as a person would: from 10 s on to 5 s, from a minute on to minutes."""
    few, minute = 10, 60
    if seconds < few:
        return say("duration-seconds", seconds=max(1, round(seconds)))
    if seconds < minute - 2.5:
        return say("duration-seconds", seconds=5 * round(seconds / 5))
    return say("duration-minutes", minutes=max(1, round(seconds / minute)))
