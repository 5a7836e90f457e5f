"""What happens while a model comes to this machine: events that the generator tells."""

from dataclasses import dataclass

from generation.errors import Refusal

NOTABLE_S = 5
"""Seconds of a wait that people notice."""


@dataclass(frozen=True, slots=True)
class Downloading:
    """The model is being downloaded, and jobs wait for it. Both numbers are bytes."""

    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class DownloadWaits:
    """The download is tried again in `left` of `seconds` s; it is told every second.

    `why` is what would be said if it were given up now.
    """

    why: Refusal
    seconds: int
    left: int

    @property
    def notable(self) -> bool:
        """Whether people are to hear of it: it has just begun, and is long enough to be noticed."""
        return self.left == self.seconds >= NOTABLE_S


@dataclass(frozen=True, slots=True)
class TokenIgnored:
    """The hub does not take the owner's token. The download goes on without one."""


DownloadNews = Downloading | DownloadWaits | TokenIgnored
