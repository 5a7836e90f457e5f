"""A person who sits for a portrait: head, hair, face and clothes, drawn with one pen.

Features are coarse on purpose: the autoencoder has one latent for 8 x 8 pixels.
"""

from dataclasses import dataclass
from random import Random

from generation.character import Age, FacialHair, Gender, Glasses
from generation.pocket.portraits.attributes import Cut, Expression, Hat, Portrait
from generation.pocket.portraits.palette import (
    CAPS,
    CLOTHES,
    EYES,
    HAIR,
    HATS,
    INK,
    SKIN,
)
from generation.pocket.portraits.places import SIDE, Colour, Pen


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the head is: its middle and half its width, in pixels of the 256.

    `turn` is how far the features are moved sideways, in the same pixels.
    """

    x: float
    y: float
    half: float
    turn: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How a face is drawn: as in a portrait, or nearer to photographs, which show no portraits.

    `eyes` is their size, of a portrait's; `lens` and `frame` the size of glasses and the width of
    their frames, in halves of the head's width. A `browline` leaves the frame's lower half thin.
    `sockets` is how dark the skin is about the eyes, 0 to 1: on a photo it is no glasses.
    A `cap` is a uniform's, dark and low: on a photo it must not be taken for hair.
    """

    eyes: float = 1.0
    lens: float = 0.38
    frame: float = 0.1
    frame_colour: Colour = INK
    browline: bool = False
    sockets: float = 0.0
    cap: bool = False


PORTRAIT = Manner()


def random_pose(random: Random) -> Pose:
    return Pose(
        x=SIDE / 2 + random.uniform(-12, 12),
        y=124 + random.uniform(-8, 8),
        half=random.uniform(52, 62),
        turn=random.uniform(-7, 7),
    )


class Sitter:
    """Draws one person with one pen; lengths are in `u`, half of the head's width."""

    def __init__(
        self, pen: Pen, portrait: Portrait, pose: Pose, manner: Manner, random: Random
    ) -> None:
        person, scene = portrait.person, portrait.scene
        self._pen, self._person, self._scene, self._pose = pen, person, scene, pose
        self._manner, self._random = manner, random
        self._child = person.age is Age.CHILD
        self._skin = self._jitter(SKIN[person.skin], 5)
        self._hair = self._jitter(HAIR[person.hair_color], 8)
        self._shade = _darker(self._skin, 0.86)

    def draw(self) -> None:
        self._hair_behind()
        self._body()
        self._head()
        if self._person.age is Age.OLD:
            self._wrinkles()
        self._facial_hair()
        self._mouth()
        self._nose()
        self._eyes()
        self._hair_above()
        if self._manner.cap:
            self._cap()
        elif self._scene.hat is Hat.HAT:
            self._hat()
        self._glasses()

    def _jitter(self, colour: Colour, spread: int) -> Colour:
        shift = self._random.randint(-spread, spread)
        red, green, blue = (min(max(part + shift, 0), 255) for part in colour)
        return red, green, blue

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._pose.x + x * self._pose.half, self._pose.y + y * self._pose.half

    def _box(self, x: float, y: float, rx: float, ry: float) -> tuple[float, float, float, float]:
        (left, top), (right, bottom) = self._at(x - rx, y - ry), self._at(x + rx, y + ry)
        return left, top, right, bottom

    def _oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self._pen.ellipse(self._box(x, y, rx, ry), fill=colour)

    def _polygon(self, points: list[tuple[float, float]], colour: Colour) -> None:
        self._pen.polygon([self._at(x, y) for x, y in points], fill=colour)

    def _arc(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        start: int,
        end: int,
        c: Colour,
        width: float,
    ) -> None:
        box = self._box(x, y, rx, ry)
        self._pen.arc(box, start, end, fill=c, width=max(round(width * self._pose.half), 1))

    @property
    def _turn(self) -> float:
        return self._pose.turn / self._pose.half

    @property
    def _chin(self) -> float:
        return 1.12 if self._child else 1.3

    def _body(self) -> None:
        colour = self._jitter(CLOTHES[self._scene.clothes], 8)
        neck = 0.36 if self._person.gender is Gender.WOMAN or self._child else 0.46
        width = 1.35 if self._child else 1.6 if self._person.gender is Gender.WOMAN else 1.85
        self._pen.rounded_rectangle(
            (*self._at(-width, 1.62), *self._at(width, 5)),
            radius=0.6 * self._pose.half,
            fill=colour,
        )
        self._polygon([(-neck, 0.9), (neck, 0.9), (neck, 1.75), (-neck, 1.75)], self._shade)
        self._oval(0, 1.75, neck, 0.2, self._shade)
        self._arc(0, 1.7, neck + 0.08, 0.32, 0, 180, _darker(colour, 0.75), 0.1)
        self._arc(0, 3.3, width * 0.55, 1.6, 180, 360, _darker(colour, 0.88), 0.05)

    def _head(self) -> None:
        for x in (-1.0, 1.0):
            self._oval(x, 0.1, 0.17, 0.26, self._shade)
        jaw = {Gender.MAN: 0.92, Gender.PERSON: 0.84, Gender.WOMAN: 0.76}[self._person.gender]
        self._oval(0, -0.1, 1.0, 1.05, self._skin)
        self._pen.rounded_rectangle(
            (*self._at(-jaw, 0), *self._at(jaw, self._chin)),
            radius=0.68 * self._pose.half * jaw,
            fill=self._skin,
        )
        self._oval(0, 0.15, 0.985, 0.8, self._skin)
        if self._child:
            for x in (-0.62, 0.62):
                self._oval(x + self._turn, 0.5, 0.17, 0.12, _blend(self._skin, (255, 90, 90), 0.3))

    def _wrinkles(self) -> None:
        line = _darker(self._skin, 0.72)
        for y in (-0.62, -0.46):
            self._arc(self._turn, y + 0.35, 0.5, 0.4, 235, 305, line, 0.05)
        for side in (-1, 1):
            self._arc(side * 0.42 + self._turn, 0.34, 0.22, 0.14, 30, 150, line, 0.05)
            x = side * 0.55 + self._turn
            self._pen.line(
                (*self._at(x - side * 0.12, 0.45), *self._at(x, 0.78)),
                fill=line,
                width=round(0.06 * self._pose.half),
            )

    def _facial_hair(self) -> None:
        kind, hair = self._person.facial_hair, self._hair
        x = self._turn * 0.6
        if kind is FacialHair.STUBBLE:
            soft = _blend(self._skin, _darker(hair, 0.6), 0.35)
            self._pen.chord(self._box(x, 0.62, 0.86, self._chin - 0.64), 8, 172, fill=soft)
        elif kind is FacialHair.BEARD:
            self._pen.chord(self._box(x, 0.5, 0.98, self._chin - 0.28), -4, 184, fill=hair)
            self._oval(x, 0.42, 0.6, 0.22, self._skin)
            self._oval(x, 0.58, 0.5, 0.17, hair)
        elif kind is FacialHair.MOUSTACHE:
            for side in (-1, 1):
                self._polygon(
                    [
                        (x, 0.5),
                        (x + side * 0.3, 0.5),
                        (x + side * 0.58, 0.72),
                        (x + side * 0.28, 0.7),
                        (x, 0.66),
                    ],
                    hair,
                )

    def _mouth(self) -> None:
        woman = self._person.gender is Gender.WOMAN
        lips = (190, 40, 62) if woman else _blend(self._skin, (120, 30, 30), 0.6)
        x, y = self._turn, 0.78
        match self._scene.expression:
            case Expression.SMILING:
                self._pen.chord(self._box(x, y - 0.06, 0.36, 0.26), 0, 180, fill=lips)
                self._pen.chord(self._box(x, y - 0.05, 0.27, 0.11), 0, 180, fill=(255, 255, 255))
            case Expression.SERIOUS:
                self._pen.rounded_rectangle(
                    self._box(x, y + 0.02, 0.27, 0.055), radius=3, fill=lips
                )
            case Expression.SURPRISED:
                self._oval(x, y + 0.06, 0.17, 0.2, lips)
                self._oval(x, y + 0.06, 0.09, 0.12, (70, 16, 24))

    def _nose(self) -> None:
        x = self._turn * 1.3
        self._arc(x, 0.3, 0.13, 0.13, 10, 170, _darker(self._skin, 0.7), 0.07)

    def _eyes(self) -> None:
        size = self._manner.eyes * (1.2 if self._child else 1.0)
        surprised = self._scene.expression is Expression.SURPRISED
        iris = self._jitter(EYES[self._person.eyes], 8)
        brow = _darker(self._hair, 0.75)
        raised = 0.1 if surprised else 0.0
        heavy = 0.1 if self._person.gender is Gender.MAN else 0.06
        for side in (-1, 1):
            x, y = side * 0.42 + self._turn, 0.02
            for reach, depth in ((0.38, 0.25), (0.3, 0.45)) if self._manner.sockets else ():
                dark = _darker(self._skin, 1 - depth * self._manner.sockets)
                self._oval(x, y, reach, reach * 0.7, dark)
            self._oval(x, y, 0.25 * size, (0.2 if surprised else 0.165) * size, (255, 255, 255))
            self._oval(x, y, 0.15 * size, 0.155 * size, iris)
            self._oval(x, y, 0.065 * size, 0.065 * size, (10, 10, 12))
            self._oval(x + 0.05, y - 0.06, 0.035, 0.035, (255, 255, 255))
            if self._person.gender is Gender.WOMAN:
                self._arc(x, y, 0.29 * size, 0.22 * size, 190, 350, INK, 0.07)
            self._arc(x, y - 0.14 - raised, 0.28, 0.2, 205, 335, brow, heavy)

    def _hair_behind(self) -> None:
        cut, hair = self._person.cut, self._hair
        if cut is Cut.LONG:
            self._pen.rounded_rectangle(
                (*self._at(-1.24, -0.6), *self._at(1.24, 2.5)),
                radius=0.5 * self._pose.half,
                fill=_darker(hair, 0.86),
            )
        elif cut is Cut.MEDIUM:
            self._pen.rounded_rectangle(
                (*self._at(-1.26, -0.6), *self._at(1.26, 1.25)),
                radius=0.4 * self._pose.half,
                fill=_darker(hair, 0.86),
            )
        elif cut is Cut.CURLY:
            for x, y in (
                (-1.1, -0.1),
                (1.1, -0.1),
                (-1.2, 0.45),
                (1.2, 0.45),
                (-1.05, 0.9),
                (1.05, 0.9),
            ):
                self._oval(x, y, 0.4, 0.4, _darker(hair, 0.86))
        elif cut is Cut.BUN:
            self._oval(0, -1.5, 0.45, 0.42, _darker(hair, 0.9))

    def _hair_above(self) -> None:
        cut, hair = self._person.cut, self._hair
        if cut is Cut.BALD:
            self._arc(
                -0.35, -0.65, 0.25, 0.18, 180, 300, _blend(self._skin, (255, 255, 255), 0.5), 0.07
            )
            return
        self._pen.chord(self._box(0, -0.12, 1.1, 1.14), 197, 343, fill=hair)
        for side in (-1, 1):
            length = {Cut.SHORT: 0.02, Cut.BUN: 0.1}.get(cut, 0.55)
            self._polygon(
                [
                    (side * 0.9, -0.62),
                    (side * 1.12, -0.5),
                    (side * 1.12, length),
                    (side * 0.93, length),
                ],
                hair,
            )
        if cut is Cut.CURLY:
            for x, y in (
                (-0.85, -0.72),
                (-0.45, -1.0),
                (0, -1.1),
                (0.45, -1.0),
                (0.85, -0.72),
                (-1.1, -0.3),
                (1.1, -0.3),
            ):
                self._oval(x, y, 0.34, 0.34, hair)
        elif cut is not Cut.BUN:
            tip = -0.38 if self._person.gender is Gender.MAN else -0.28
            part = self._random.choice((-0.3, 0.3))
            self._polygon(
                [
                    (part, -0.95),
                    (0.98, -0.6),
                    (0.95, tip),
                    (part * 0.5, -0.62),
                    (-0.95, tip),
                    (-0.98, -0.6),
                ],
                hair,
            )

    def _hat(self) -> None:
        colour = self._random.choice(HATS)
        self._pen.rounded_rectangle(
            (*self._at(-0.98, -1.75), *self._at(0.98, -0.6)),
            radius=0.4 * self._pose.half,
            fill=colour,
        )
        self._pen.rounded_rectangle(
            (*self._at(-1.45, -0.8), *self._at(1.45, -0.55)),
            radius=0.12 * self._pose.half,
            fill=_darker(colour, 0.8),
        )
        self._polygon([(-0.98, -0.98), (0.98, -0.98), (0.98, -0.8), (-0.98, -0.8)], (232, 216, 170))

    def _cap(self) -> None:
        """Put on a cap: a band, straight or round as a head of hair is, under a crown."""
        random, gold = self._random, (224, 200, 120)
        colour = self._jitter(random.choice(CAPS), 8)
        top, rim = random.uniform(-1.5, -1.2), random.uniform(-0.62, -0.35)
        if random.choice((True, False)):  # a crown of another colour
            crown = self._jitter(random.choice(CAPS), 8)
            self._oval(0, top + 0.1, random.uniform(0.8, 1.15), random.uniform(0.35, 0.6), crown)
            top += 0.25
        wide = random.uniform(1.0, 1.25)
        if random.choice((True, False)):
            band = (*self._at(-wide, top), *self._at(wide, rim))
            self._pen.rounded_rectangle(band, radius=0.3 * self._pose.half, fill=colour)
        else:
            self._pen.chord(self._box(0, rim + 0.25, wide, rim + 0.25 - top), 190, 350, fill=colour)
        if random.choice((True, False)):  # a badge
            for _ in range(random.choice((1, 1, 5))):
                x, y = self._turn + random.uniform(-0.2, 0.2), top + random.uniform(0.15, 0.4)
                badge = random.choice((gold, (240, 240, 240), gold))
                self._oval(x, y, random.uniform(0.1, 0.4), random.uniform(0.08, 0.22), badge)
        if random.choice((True, False)):  # a peak
            dark = _darker(colour, 0.7)
            self._pen.chord(self._box(self._turn, rim - 0.1, 0.95, 0.3), 0, 180, fill=dark)

    def _glasses(self) -> None:
        if self._person.glasses is Glasses.NONE:
            return
        manner, half = self._manner, self._pose.half
        colour, width = manner.frame_colour, max(round(manner.frame * half), 1)
        for side in (-1, 1):
            box = self._box(side * 0.44 + self._turn, 0.04, manner.lens, manner.lens * 0.82)
            dark = self._person.glasses is Glasses.SUNGLASSES
            self._pen.rounded_rectangle(
                box,
                radius=0.22 * half,
                fill=(24, 22, 30) if dark else None,
                outline=colour,
                width=max(width // 3, 1) if manner.browline else width,
            )
            left, top, right, _ = box
            if manner.browline:
                self._pen.line((left, top + width, right, top + width / 2), colour, 2 * width)
            if dark:
                self._pen.line(
                    (left + 12, top + 16, left + 20, top + 8), fill=(130, 130, 150), width=4
                )
            edge = side * (0.44 + manner.lens) + self._turn
            self._pen.line((*self._at(edge, 0.0), *self._at(side * 1.02, -0.04)), colour, width)
        self._pen.line(
            (*self._at(self._turn - 0.1, 0), *self._at(self._turn + 0.1, 0)), colour, width
        )


def _darker(colour: Colour, factor: float) -> Colour:
    return _blend((0, 0, 0), colour, factor)


def _blend(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
