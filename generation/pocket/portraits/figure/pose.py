"""Where the head is in the drawing."""

from dataclasses import dataclass
from random import Random

from generation.pocket.sizes import DRAWING_SIDE


@dataclass(frozen=True, slots=True)
class Pose:
    """The middle of the head and half of its width, in pixels of the drawing.

    `turn` is how far the features are moved sideways, in the same pixels.
    """

    x: float
    y: float
    half: float
    turn: float


def random_pose(random: Random) -> Pose:
    return Pose(
        x=DRAWING_SIDE / 2 + random.uniform(-12, 12),
        y=124 + random.uniform(-8, 8),
        half=random.uniform(52, 62),
        turn=random.uniform(-7, 7),
    )
