"""Where the head is in the drawing."""

from dataclasses import dataclass
from random import Random

from generation.pocket.sizes import DRAWING_SIDE


@dataclass(frozen=True, slots=True)
class Pose:
    """The middle of the head and half of its width, in pixels of the drawing.

    `turn` is how far the features are moved sideways, in the same pixels. `lit` is the side that
    the light comes from: -1 is the left of the picture, 1 the right.
    """

    x: float
    y: float
    half: float
    turn: float
    lit: int = -1


def random_pose(random: Random) -> Pose:
    return Pose(
        x=DRAWING_SIDE * (0.5 + random.uniform(-0.03, 0.03)),
        y=DRAWING_SIDE * (0.475 + random.uniform(-0.02, 0.02)),
        half=DRAWING_SIDE * random.uniform(0.184, 0.206),
        turn=DRAWING_SIDE * random.uniform(-0.024, 0.024),
        lit=random.choice((-1, 1)),
    )
