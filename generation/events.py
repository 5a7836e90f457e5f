"""What happens while a worker draws. Every listener hears every event."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from generation.download_news import DownloadNews
from generation.words.prompt import Prompt


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """The model could not be loaded. The next job makes the worker try again."""

    error: Exception


class Reason(StrEnum):
    """Why albums wait, or are drawn in a smaller mode: others use the machine, too."""

    BATTERY = "battery"
    MEMORY = "memory"
    QUIET_HOURS = "quiet-hours"
    PAUSED = "paused"
    """The owner lets no album be begun. Then no mode is small enough."""
    NO_MACHINE = "no-machine"
    """Only other computers draw, and none of them is there. Then no mode is small enough."""


@dataclass(frozen=True, slots=True)
class Resting:
    """No album is begun until `Resumed`; `until` is the end of quiet hours, by the local clock."""

    reason: Reason
    until: time | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """Albums are begun again."""


@dataclass(frozen=True, slots=True)
class Started:
    job_id: int


@dataclass(frozen=True, slots=True)
class PromptsWritten:
    """The model is about to read these prompts: one for all pictures, or one for each."""

    job_id: int
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The job's first picture is saved."""

    job_id: int


@dataclass(frozen=True, slots=True)
class Progress:
    job_id: int
    picture: int
    """Number of pictures that are done."""
    together: int
    """Number of pictures that are being drawn at once."""
    pictures: int
    """Number of pictures in the album."""
    share: float
    """Share of the album's steps that are done, 0 to 1."""
    seconds_left: float | None
    """None: it is too early to estimate them."""


@dataclass(frozen=True, slots=True)
class Redrawing:
    """All pictures are drawn; so many are drawn again, because they are not like the person."""

    job_id: int
    pictures: int
    seconds_left: float
    """What they will take, by what the others took."""


@dataclass(frozen=True, slots=True)
class Mending:
    """A small face in one of the pictures is drawn once more, larger."""

    job_id: int
    seconds_left: float
    """As in Redrawing."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """The device has made no step for so many seconds; perhaps it never will."""

    job_id: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Generated:
    """The album is complete. `seconds` passed from the first step to the last picture."""

    job_id: int
    mode_name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class HalfPrecisionGivenUp:
    """Half precision lost too many pictures: the device draws in full precision from now on."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """The job waits again: who drew it has stopped, or is gone."""

    job_id: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    job_id: int


@dataclass(frozen=True, slots=True)
class Failed:
    job_id: int
    error: Exception


@dataclass(frozen=True, slots=True)
class QueueBroken:
    """The queue can't be read or written, perhaps because the disk is full. Jobs wait."""

    error: Exception


JobNews = (
    Started | PromptsWritten | Progress | Drawn | Redrawing | Mending | Stuck | Cancelled | Failed
)
"""Events that a job's person hears of before the album, or instead of it."""

MachineNews = DownloadNews | NotLoaded | QueueBroken | Resting | Resumed | HalfPrecisionGivenUp
"""Events of the bot's machine, which concern whoever waits, or its owner."""

Event = JobNews | Generated | PutBack | MachineNews

Listener = Callable[[Event], None]
"""Hears events, on the threads of the workers and of their watchdogs: several may call at once."""
