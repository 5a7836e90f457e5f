"""A computer that draws for the bot, as the bot and the computer itself see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from db.jobs.needs import Needs

HEARTBEAT_S = 2.0
"""Seconds between a machine's signs of life."""

LOST_S = 15.0
"""Seconds without one after which its job is given to another. A model that is read from a disk
keeps all of Python waiting for some seconds, and a short cut of the network is no reason either."""


class MachineState(StrEnum):
    """What a machine is doing, as it says itself."""

    LOADING = "loading"
    READY = "ready"
    DRAWING = "drawing"
    RESTING = "resting"
    """Its owner needs it, as its own settings say."""
    TROUBLE = "trouble"
    """It can draw nothing, and says why."""
    GONE = "gone"
    """It was stopped in order."""

    @classmethod
    def stored(cls, value: object) -> "MachineState":
        """Read what was stored; what another version wrote is no state in which it draws."""
        return next((state for state in cls if state == value), cls.TROUBLE)


@dataclass(frozen=True, slots=True)
class Offers:
    """What a machine has: names, and what tells apart different files of one name."""

    models: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of a model's files, by the model's name."""
    turbo: str = ""
    """The name of its weights for few steps; empty: none are there."""
    loras: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of a LoRA's file, by its name."""
    meets: tuple[Needs, ...] = (Needs.ALBUM,)
    """The queues that it takes jobs from, by what the bot wants now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the bot draws with now: a machine that has something else under that name waits."""

    model: str
    fingerprint: str = ""
    """Of the model; empty: the bot has no files of it, and no machine has offered any yet."""
    turbo: str = ""
    loras: Mapping[str, str] = field(default_factory=dict)
    image_size: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    name: str
    device: str
    version: str
    offers: Offers
    seconds: Mapping[str, float]
    """The seconds of one square picture by the name of the mode; what was not measured is missing.
    """
    state: MachineState
    trouble: tuple[str, Mapping[str, str]] | None
    """Why it draws nothing: the id of a text, and its fields."""
    paused: bool
    draining: bool
    started: datetime
    seen_ago: float
    """Seconds since its last sign of life, by the database's clock."""

    @property
    def there(self) -> bool:
        """Whether it lives, as far as the bot knows."""
        return self.state is not MachineState.GONE and self.seen_ago < LOST_S
