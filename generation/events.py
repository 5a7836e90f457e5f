"""What a worker tells while it draws. Every listener hears every event."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Downloading:
    """The model is on its way, for the first time: jobs wait for it. In bytes."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """The model can't be had, for now. The next job is reason to try again."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Started:
    job_id: int


@dataclass(frozen=True, slots=True)
class WordsCut:
    job_id: int
    words: str
    """Of the person's; the model will not read them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The job's first picture is kept."""

    job_id: int


@dataclass(frozen=True, slots=True)
class Progress:
    job_id: int
    picture: int
    """Pictures that are done."""
    together: int
    """How many are being drawn at once."""
    pictures: int
    share: float
    """Of all steps, 0 to 1."""
    seconds_left: float | None
    """None: too early to tell."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The device has not made a step for so long; perhaps it never will."""

    job_id: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Generated:
    """The album is complete; `seconds` from the first step to the last picture."""

    job_id: int
    mode_name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Cancelled:
    job_id: int


@dataclass(frozen=True, slots=True)
class Failed:
    job_id: int
    error: Exception


@dataclass(frozen=True, slots=True)
class QueueBroken:
    """The queue can't be read or written: a full disk, say. Jobs wait until it can."""

    error: Exception


JobNews = Started | WordsCut | Progress | Drawn | Stuck | Cancelled | Failed
"""What the person of a job hears of it before an album, or instead of one."""

Event = JobNews | Generated | Downloading | NotLoaded | QueueBroken

Listener = Callable[[Event], None]
"""Hears events, on a worker's thread."""
