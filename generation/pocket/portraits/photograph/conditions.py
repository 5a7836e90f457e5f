"""Under what people are photographed: how lamps stand, what cameras meter, how far heads turn."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Conditions:
    """What chances are drawn by.

    - lamps: how frequent soft ones are, those from the side, flashes, those from behind and above
    - shade: least and most light that is left in the shade of a lamp from the side
    - coloured: share of the lamps with twice as much colour as others
    - glaring: share of the backdrops whose light is others', up to four times as bright
    - by_whole: share of the cameras that meter the whole picture, and not the face
    - turn, most_turned: deviation and limit of how far a head is turned aside, radians
    """

    lamps: tuple[float, ...] = (5, 3, 1.5, 1, 1.5)
    shade: tuple[float, float] = (0.15, 0.55)
    coloured: float = 0.0
    glaring: float = 0.0
    by_whole: float = 0.0
    turn: float = 0.28
    most_turned: float = 0.75


USUAL = Conditions()

HARSH = Conditions(
    lamps=(4, 3.5, 1.5, 2, 1.5),
    shade=(0.08, 0.5),
    coloured=1 / 3,
    glaring=0.4,
    by_whole=0.45,
)
"""Half a face in the sun, a window behind it, a lamp in the evening: fair people looked brown."""

TURNED = replace(HARSH, turn=0.55, most_turned=1.1)
"""The same of people who look aside, as speakers do."""
