"""How long strangers' files may be read."""

TIME_S = 7.0
"""Most seconds of computing for one file. With its way to us and our answer a person waits ten."""

LEAST_S = 0.2
"""Seconds in which an ordinary photo is read: with less left, none is begun."""

BUSY = 4
"""So many times as long as it computes a file may take in all: where the machine is busy, reading
waits for its turn to compute. It is no limit for a photo, but for what hangs."""


class Allowance:
    """The seconds that are left for the files of one message, which are read one after another."""

    def __init__(self, files: int = 1, seconds: float | None = None) -> None:
        """Allow the `seconds` of one file, TIME_S where None, to so many `files` together."""
        self._files = files
        self._left = TIME_S if seconds is None else seconds

    @property
    def next_share(self) -> float:
        """The seconds that the next file may compute; while others follow, half of what is left."""
        return self._left / 2 if self._files > 1 else self._left

    def spend(self, seconds: float) -> None:
        """Note that a file was read, and how long it computed."""
        self._left -= seconds
        self._files -= 1
