"""How long strangers' files may be read."""

TIME_S = 1.8
"""Most seconds of computing for one file: a phone's photo takes 0.6, the largest 1.5. Where the
computer is slower they are more: see decoding.pace."""

MESSAGE_S = 7.0
"""The same for all files of a message. With their way to us and our answer a person waits ten."""

LEAST_S = 0.2
"""Seconds in which an ordinary photo is read: with less left, none is begun."""

BUSY = 4
"""So many times as long as it computes a file may take in all: where the machine is busy, reading
waits for its turn to compute. It is no limit for a photo, but for what hangs."""


class Allowance:
    """The seconds that are left for the files of one message, which are read one after another."""

    def __init__(self, files: int = 1, seconds: float | None = None) -> None:
        """Allow so many `files` these `seconds` together; None: MESSAGE_S."""
        self._files = files
        self._left = MESSAGE_S if seconds is None else seconds

    @property
    def next_share(self) -> float:
        """The seconds that the next file may compute; while others follow, half of what is left."""
        return min(self._left / 2 if self._files > 1 else self._left, TIME_S)

    def spend(self, seconds: float) -> None:
        """Note that a file was read, and how long it computed."""
        self._left -= seconds
        self._files -= 1
