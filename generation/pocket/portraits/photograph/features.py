"""Eyes, brows, mouth and nostrils of a photographed face."""

from random import Random

import numpy as np

from generation.character import Age, Gender, HairColor
from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.photograph.film import (
    Colours,
    Noise,
    X,
    Y,
    around,
    bump,
    hill,
    lay,
    soft,
)
from generation.pocket.portraits.photograph.head import EYES, Head
from generation.pocket.portraits.photograph.tones import Colour, eyes_of, linear


def draw_features(
    face: Colours,
    head: Head,
    person: Person,
    tones: tuple[Colour, Colour],
    light: Colours,
    noise: Noise,
    random: Random,
    smile: float,
) -> None:
    skin, hair = tones
    _draw_nostrils(face, head)
    _draw_mouth(face, head, person, skin, light, random, smile)
    gaze = random.gauss(0, 0.03)
    iris = eyes_of(person.eyes, random)
    narrow = random.uniform(0.4, 1.1) * (1 - 0.25 * smile) * (0.85 if person.age is Age.OLD else 1)
    made_up = random.random() if person.gender is Gender.WOMAN else 0.0
    bushy = random.uniform(0.7, 1.6)
    for side in (-1, 1):
        _draw_eye(face, head, person, iris, light, side, gaze, narrow, made_up)
        _draw_brow(face, head, person, hair, light, noise, random, side, bushy)


def _draw_nostrils(face: Colours, head: Head) -> None:
    for side in (-1, 1):
        hole = 0.75 * bump(head.x(side * head.nose * 0.48, 0.95), head.y(0.665, 0.95), 0.055, 0.032)
        face *= 1 - hole[..., None]
        wing = 0.3 * bump(head.x(side * head.nose * 1.06, 0.85), head.y(0.6, 0.85), 0.03, 0.08)
        face *= 1 - wing[..., None]


def _draw_mouth(
    face: Colours,
    head: Head,
    person: Person,
    skin: Colour,
    light: Colours,
    random: Random,
    smile: float,
) -> None:
    x, y = head.x(0, 0.8), head.y(head.mouth, 0.8)
    part = around(x, y, 0.7, 0.5)
    face, light, xs, ys = face[part], light[part], X[part], Y[part]
    wide = (0.31 + 0.17 * smile) * random.uniform(0.9, 1.1)
    across = (xs - x) / wide
    inside = np.clip(1 - across**2, 0, 1)
    line = ys - y + 0.14 * smile * (across**2 - 0.35)
    upper = soft(np.sqrt(inside) * 0.085 + line, 0.03) * soft(-line, 0.02) * (inside > 0)
    lower = soft(inside * 0.13 - line, 0.03) * soft(line, 0.02) * (inside > 0)
    if person.gender is Gender.WOMAN and random.random() < 0.5:
        red = skin * np.array((0.95, 0.32, 0.4), np.float32)
    else:
        red = skin * np.array((0.9, 0.62, 0.64), np.float32)
    tint = light * red
    lay(face, tint * 0.82, upper * 0.85)
    lay(face, tint, lower * 0.85)
    open_ = max(smile * random.choice((0.0, 0.7, 1.0, 1.5)), random.choice((0.0, 0.0, 0.0, 0.8)))
    if open_ > 0.2:
        hole = soft(inside * 0.13 * open_ - np.abs(line - 0.06 * open_), 0.03) * (inside > 0.05)
        lay(face, light * linear((random.randint(20, 70), 18, 18)), hole)
        if random.random() < 0.4 + 0.6 * smile:
            white = hole * soft(random.uniform(0.06, 0.2) * open_ - line, 0.03)
            lay(face, light * linear((216, 206, 192)) * np.float32(random.uniform(0.6, 1)), white)
    gap = (
        np.exp(-((line / 0.022) ** 2)) * np.clip(inside * 3, 0, 1) * (0.7 if open_ <= 0.2 else 0.3)
    )
    face *= 1 - gap[..., None]


def _draw_eye(
    face: Colours,
    head: Head,
    person: Person,
    iris: Colour,
    light: Colours,
    side: int,
    gaze: float,
    narrow: float,
    made_up: float,
) -> None:
    x, y = head.x(side * EYES, 0.6), head.y(0, 0.6)
    part = around(x, y, 0.4, 0.34)
    face, light, xs, ys = face[part], light[part], X[part], Y[part]
    wide, high = 0.215 * head.eye, 0.095 * head.eye * narrow
    across = (xs - x) / wide
    inside = np.clip(1 - across**2, 0, 1)
    down = ys - y
    opening = np.minimum(inside * high * 1.15 + down, inside * high * 0.85 - down)
    white = soft(opening, 0.025) * (inside > 0)
    shade = np.clip(0.75 + down * 2.5, 0.35, 1)[..., None]
    lay(face, light * linear((166, 156, 150)) * shade * np.float32(1 - head.socket), white)
    r = np.sqrt((xs - x - gaze) ** 2 + (down + 0.01) ** 2)
    lay(face, light * iris * shade, white * soft(0.1 * head.eye - r, 0.025))
    lay(face, (0.004, 0.004, 0.004), white * soft(0.048 * head.eye - r, 0.025))
    glint = hill(xs, ys, (x + gaze - 0.03, y - 0.035), (0.022, 0.022)) * white
    face += glint[..., None] * 0.8
    # Painted lids are dark all around an eye, and are no glasses.
    face *= 1 - (0.5 * made_up * hill(xs, ys, (x, y - 0.05), (0.24, 0.1)) * (1 - white))[..., None]
    thick = 0.026 + 0.024 * made_up
    lash = np.exp(-(((inside * high * 1.15 + down) / thick) ** 2)) * (inside > 0.02)
    strong = 0.92 if person.gender is Gender.WOMAN else 0.78
    face *= 1 - (lash * strong)[..., None]
    crease = np.exp(-(((inside * (high * 1.1 + 0.07) + down) / 0.022) ** 2)) * np.clip(
        inside * 2, 0, 1
    )
    face *= 1 - 0.4 * crease[..., None]
    bag = np.exp(-(((inside * high * 0.9 - down) / 0.02) ** 2)) * (inside > 0.02)
    face *= 1 - 0.22 * bag[..., None]


def _draw_brow(
    face: Colours,
    head: Head,
    person: Person,
    hair: Colour,
    light: Colours,
    noise: Noise,
    random: Random,
    side: int,
    bushy: float,
) -> None:
    x, y = head.x(side * 0.44, 0.6), head.y(-0.25, 0.6)
    part = around(x, y, 0.5, 0.3)
    face, light, xs, ys = face[part], light[part], X[part], Y[part]
    along = (xs - x) * side
    arch = ys - y + 0.06 - 0.5 * (along - 0.05) ** 2
    thick = (0.035 if person.gender is Gender.WOMAN else 0.055) * bushy
    thick = thick * (1 - 0.5 * np.clip(along / 0.3, -0.4, 1))
    mask = soft(thick - np.abs(arch), 0.05) * soft(0.3 - np.abs(along), 0.06)
    grey = person.hair_color in (HairColor.GRAY, HairColor.WHITE)
    dyed = person.hair_color in (HairColor.BLUE, HairColor.PINK)
    colour = linear((60, 44, 36)) if dyed else hair * np.float32(0.75 if grey else 0.5)
    strength = random.uniform(0.65, 1.0) * (0.6 if person.hair_color is HairColor.BLOND else 1)
    lay(face, light * colour, mask * strength * np.clip(0.85 + 0.2 * noise.grain()[part], 0, 1))
