"""The shape of somebody's head: gender, age, descent, features and expression, by targets."""

from dataclasses import dataclass
from random import Random

import numpy as np

from generation.character import Age, Gender, Skin
from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.heads.makehuman import Floats, MakeHuman
from generation.pocket.portraits.photograph.head import EYES

DESCENT: dict[Skin, dict[str, float]] = {
    Skin.PALE: {"caucasian": 1},
    Skin.FAIR: {"caucasian": 5, "asian": 1},
    Skin.TAN: {"caucasian": 3, "asian": 2, "african": 1},
    Skin.OLIVE: {"caucasian": 2, "asian": 1},
    Skin.BROWN: {"african": 3, "caucasian": 1.5, "asian": 0.7},
    Skin.DARK: {"african": 1},
}
"""How frequent MakeHuman's three kinds of faces are with each skin."""

_FEATURES = ("head", "nose", "mouth", "chin", "cheek", "eyes", "forehead")
_CHANGED = 12
"""Number of features in which somebody differs from the mean face."""

UPRIGHT = np.array([1, -1, 1], np.float32)
"""MakeHuman's axes in those of a picture: down instead of up."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Vertices (n, 3) in halves of the face's width, and the scale that they were multiplied by.

    `male` is how much of a man's face it is, 0 to 1; `descent` is one of MakeHuman's.
    """

    vertices: Floats
    scale: Floats
    male: float
    descent: str


def random_shape(person: Person, data: MakeHuman, random: Random) -> Shape:
    """Choose somebody's face and expression."""
    kinds = DESCENT[person.skin]
    (descent,) = random.choices(list(kinds), list(kinds.values()))
    vertices = data.vertices.copy()
    male = {
        Gender.MAN: 1 - random.uniform(0, 0.25),
        Gender.WOMAN: random.uniform(0, 0.25),
        Gender.PERSON: random.uniform(0.3, 0.7),
    }[person.gender]
    moves = [
        *_build(person, descent, male, random),
        *_features(data, random),
        *_expression(descent, random),
    ]
    for name, share in moves:
        vertices += data.target(name) * np.float32(share)
    return Shape(*_in_widths(vertices, data, random), male, descent)


def neutral(data: MakeHuman) -> Floats:
    """Give the neutral head's vertices as a shape has them: by these parts of it are told."""
    return _scaled(data.vertices, data)[0]


Moves = list[tuple[str, float]]
"""Names of targets, and how far each is gone."""


def _build(person: Person, descent: str, male: float, random: Random) -> Moves:
    ages = {
        Age.CHILD: {"child": random.uniform(0.6, 1)},
        Age.OLD: {"old": random.uniform(0.6, 1)},
    }.get(person.age, {"old": random.uniform(0, 0.35)})
    ages["young"] = 1 - sum(ages.values())
    weight = random.choice(("averageweight", "averageweight", "minweight", "maxweight"))
    heavy = random.uniform(0.2, 0.8)
    moves: Moves = []
    for gender, part in (("male", male), ("female", 1 - male)):
        for age, share in ages.items():
            of, kind = part * share, f"macrodetails/universal-{gender}-{age}-averagemuscle"
            moves += [
                (f"macrodetails/{descent}-{gender}-{age}", of),
                (f"{kind}-averageweight", of * (1 - heavy)),
                (f"{kind}-{weight}", of * heavy),
            ]
    return moves


def _features(data: MakeHuman, random: Random) -> Moves:
    known = [
        name
        for name in data.targets
        if name.split("/")[0] in _FEATURES
        and not any(part in name for part in ("/r-", "age", "bag"))
    ]
    moves: Moves = []
    for name in random.sample(known, min(_CHANGED, len(known))):
        share = random.uniform(0.1, 0.7) * (0.4 if name.startswith("eyes") else 1)
        moves.append((name, share))
        if "/l-" in name:
            moves.append((name.replace("/l-", "/r-"), share))
    return moves


def _expression(descent: str, random: Random) -> Moves:
    """Choose a face that people make before a camera: most smile, many show their teeth."""
    smile = random.choice((0, 0, 0.4, 0.7, 0.9, 1))
    moves: Moves = [(f"eye-{side}-slit", 0.2 * smile) for side in ("left", "right")]
    if smile:
        moves.append(("mouth-corner-puller", smile))
        if random.random() < 0.75:
            shown = random.uniform(0.3, 1) * smile
            moves.append(("mouth-part-later", shown * random.choice((0, 0.5, 1))))
            moves.append(("mouth-upward-retraction", 0.6 * shown))
    elif random.random() < 0.2:
        moves.append(("mouth-open", random.uniform(0.1, 0.5)))
    if random.random() < 0.3:
        moves.append(("mouth-compression", random.uniform(0, 0.4)))
    lids, brows = random.choice((0, 0, 0.08, 0.2)), random.uniform(-0.25, 0.6)
    for side in ("left", "right"):
        moves.append((f"eye-{side}-closure", lids))
        moves.append((f"eyebrows-{side}-{'up' if brows > 0 else 'down'}", abs(brows)))
    return [(f"expression/units/{descent}/{name}", share) for name, share in moves]


def _in_widths(vertices: Floats, data: MakeHuman, random: Random) -> tuple[Floats, Floats]:
    narrow = np.array([random.uniform(0.95, 1.05), 1, 1], np.float32)
    scaled, scale = _scaled(vertices, data)
    return scaled * narrow, scale * narrow


def _scaled(vertices: Floats, data: MakeHuman) -> tuple[Floats, Floats]:
    left, right = (vertices[data.joint(f"eye.{side}____head")].mean(axis=0) for side in "LR")
    scale = UPRIGHT * np.float32(2 * EYES / np.linalg.norm(left - right))
    return (vertices - (left + right) / 2) * scale, scale
