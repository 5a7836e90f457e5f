"""How long a machine takes for a picture in each mode, by its own albums."""

from collections import defaultdict, deque
from collections.abc import Mapping
from statistics import median

from generation.request import GenerationRequest

LEARNED_FROM = 9
"""Newest albums of a mode whose median counts: a few slow ones do not spoil it."""


class Paces:
    """Several threads may look while one notes."""

    def __init__(self, measured: Mapping[str, float]) -> None:
        """`measured`: the seconds of one square picture by mode, as they were known before."""
        self._measured = dict(measured)
        self._albums: defaultdict[str, deque[float]] = defaultdict(
            lambda: deque(maxlen=LEARNED_FROM)
        )

    def note(self, request: GenerationRequest, seconds: float) -> None:
        """Learn from an album that took so many seconds."""
        albums = self._albums[request.mode.name]
        albums.append(seconds / (request.count * request.size.cost))
        self._measured = {**self._measured, request.mode.name: median(albums)}

    @property
    def seconds(self) -> Mapping[str, float]:
        """The seconds of one square picture by the name of the mode."""
        return self._measured
