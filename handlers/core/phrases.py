"""Parts of sentences that several messages share: durations, positions, an album's name."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from db import JobRecord, Position
from generation.byte_units import in_unit
from generation.download_news import DownloadWaits
from generation.events import Resting
from generation.modes import Likeness
from generation.words.lora import LoraUse
from generation.words.story import caption_of, joined
from generation.words.style import Style
from generation.words.styles import StyleEntry
from handlers.core.lengths import shortened
from handlers.texts import Say

NAME_LENGTH = 100
"""Most characters of an album's name."""

SHORTEST_WAIT_S = 5.0
"""Seconds; no album is promised sooner."""

NEAR, FAR_STEP = 10, 5
"""Jobs ahead. Up to NEAR each is counted, and beyond that they are rounded to FAR_STEP: an edit
of everybody's message after each album would keep the next one from being sent."""


def album_name(job: JobRecord) -> str:
    """Name an album by the beginning of its words, to tell it from others."""
    if job.scenes:
        return f"📖 {story_name(job)}"
    return shortened(job.words, NAME_LENGTH)


def story_name(job: JobRecord) -> str:
    """Name a story by its first scenes."""
    return shortened(joined(map(caption_of, job.scenes)), NAME_LENGTH)


def position_text(say: Say, position: Position) -> str:
    """Say how many jobs come before this one, and when its album will be there.

    One that nobody can draw who draws at the moment is told that instead.
    """
    if position.nobody:
        return say("queued-for-nobody")
    far = "-far" if position.ahead > NEAR else ""
    where = say(f"queued{far}", ahead=shown_ahead(position.ahead))
    if position.seconds is None:
        return where
    return f"{where} {ready_text(say, position.seconds)}"


def resting_text(say: Say, resting: Resting) -> str:
    """Say why no album is begun now, and till when, if that is known."""
    return say(f"resting-{resting.reason}", until=f"{resting.until:%H:%M}" if resting.until else "")


def shown_ahead(ahead: int) -> int:
    """Round how many jobs are ahead as people are told it."""
    return ahead if ahead <= NEAR else ahead // FAR_STEP * FAR_STEP


def likeness_name(say: Say, level: Likeness) -> str:
    return say(f"likeness-{level}")


def mode_name(say: Say, mode: str) -> str:
    """Give a mode's plain name; one that has none goes by its constant."""
    try:
        return say(f"mode-name-{mode}")
    except LookupError:
        return mode


def loras_text(job: JobRecord, uses: Iterable[LoraUse]) -> str:
    """Name LoRAs and how much of each; those that an album was drawn without are left out."""
    there = (use for use in uses if use.scale and use.name not in job.missing_loras)
    return ", ".join(f"{use.name} {use.scale:g}" for use in there)


def style_name(styles: Mapping[str, StyleEntry], style: Style, language: str) -> str:
    """Give a style's title; one that is no longer there goes by its name."""
    entry = styles.get(style.name)
    return entry.title(language) if entry else style.name


def date_text(say: Say, moment: datetime | None) -> str:
    """Say on which day a moment in UTC was here; a damaged row says none."""
    return say("date", date=moment.replace(tzinfo=UTC).astimezone().date()) if moment else "—"


def ready_text(say: Say, seconds: float) -> str:
    """Say when an album will be there."""
    return say("about", duration=duration_text(say, max(SHORTEST_WAIT_S, seconds)))


def wait_text(say: Say, wait: DownloadWaits) -> str:
    """Say why a download waits, and how long."""
    duration = duration_text(say, wait.seconds)
    return say("download-waits", why=wait.why.text_id(), duration=duration)


def duration_text(say: Say, seconds: float) -> str:
    """Round as a person would: from 10 s on to 5 s, from a minute on to minutes."""
    few, minute = 10, 60
    if seconds < few:
        return say("duration-seconds", seconds=max(1, round(seconds)))
    if seconds < minute - 2.5:
        return say("duration-seconds", seconds=5 * round(seconds / 5))
    return say("duration-minutes", minutes=max(1, round(seconds / minute)))


def size_text(say: Say, size: int) -> str:
    """Give bytes in the unit that fits: what is small must not look like nothing."""
    number, unit = in_unit(size)
    return say("size-in-bytes", number=number, unit=unit)
