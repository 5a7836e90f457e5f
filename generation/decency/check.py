"""What was found of a picture that was looked at."""

import hashlib
from dataclasses import dataclass

INDECENT_FROM = 0.5
"""Least score, 0 to 1, of a picture that is not shown as it is. What the network's authors call
safe ends at 0.2, and what they call indecent begins at 0.8; ordinary photographs score up to 0.18.
`python -m benchmarks.decency` prints what the pocket model's pictures score."""


@dataclass(frozen=True, slots=True)
class PictureCheck:
    """Picture `number` of an album, from 1, as the file with this `digest`, has this `score`."""

    number: int
    digest: str
    score: float

    @property
    def indecent(self) -> bool:
        return self.score >= INDECENT_FROM


def digest_of(picture: bytes) -> str:
    """Give the name of a picture's file: what was found holds for these bytes, and no others."""
    return hashlib.sha256(picture).hexdigest()
