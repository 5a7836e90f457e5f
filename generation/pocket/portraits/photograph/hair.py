"""Hair and beards of a photographed head, as texture with frayed edges."""

from dataclasses import dataclass
from random import Random

import numpy as np

from generation.character import Age, FacialHair, Gender, HairColor
from generation.pocket.portraits.attributes import Cut, Person
from generation.pocket.portraits.photograph.film import (
    Colours,
    Noise,
    Plane,
    X,
    Y,
    bump,
    ellipse,
    lay,
    soft,
)
from generation.pocket.portraits.photograph.head import Head, silhouette
from generation.pocket.portraits.photograph.light import Lamp
from generation.pocket.portraits.photograph.tones import Colour, linear


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a cut sits; each is the least and the greatest.

    - top, sides: its thickness there
    - end: the height at which the hair beside the face ends
    - cover: how much of the skin it covers
    - line: the height of the hairline
    """

    top: tuple[float, float]
    sides: tuple[float, float]
    end: tuple[float, float]
    cover: tuple[float, float] = (0.96, 1.0)
    line: tuple[float, float] = (-0.98, -0.78)


_SHAPES: dict[Cut, _Shape] = {
    Cut.BUZZ: _Shape((0.0, 0.05), (-0.02, 0.03), (-0.05, 0.25), (0.6, 1.0), (-1.0, -0.74)),
    Cut.RECEDING: _Shape((0.02, 0.12), (0.02, 0.1), (0.0, 0.3), (0.8, 1.0), (-1.28, -1.08)),
    Cut.SHORT: _Shape((0.06, 0.34), (0.0, 0.12), (0.0, 0.35), line=(-1.0, -0.6)),
    Cut.PARTED: _Shape((0.1, 0.24), (0.02, 0.12), (0.0, 0.35), line=(-0.98, -0.74)),
    Cut.AFRO: _Shape((0.14, 0.45), (0.06, 0.4), (0.0, 0.45), line=(-0.96, -0.72)),
    Cut.CURLY: _Shape((0.16, 0.45), (0.2, 0.5), (0.5, 1.5), line=(-0.95, -0.5)),
    Cut.MEDIUM: _Shape((0.1, 0.28), (0.12, 0.34), (0.7, 1.35), line=(-0.98, -0.45)),
    Cut.LONG: _Shape((0.08, 0.24), (0.12, 0.36), (1.7, 2.6), line=(-1.0, -0.55)),
    Cut.BUN: _Shape((0.02, 0.1), (-0.02, 0.05), (-0.1, 0.2), line=(-1.0, -0.84)),
    Cut.PONYTAIL: _Shape((0.02, 0.12), (-0.02, 0.06), (-0.1, 0.25), line=(-1.0, -0.82)),
}

_FALLING = (Cut.CURLY, Cut.MEDIUM, Cut.LONG)


@dataclass(frozen=True, slots=True)
class Hair:
    """The hair's masks behind the head and on it, and its colours under the lamp."""

    behind: Plane
    above: Plane
    colours: Colours


def random_hair(
    person: Person, head: Head, colour: Colour, lamp: Lamp, noise: Noise, random: Random
) -> Hair | None:
    """Give the hair; None for a bald head."""
    if person.cut is Cut.BALD:
        return None
    shape = _SHAPES[person.cut]
    top, sides, end, cover, line = (
        random.uniform(*limits)
        for limits in (shape.top, shape.sides, shape.end, shape.cover, shape.line)
    )
    if person.cut in (Cut.MEDIUM, Cut.LONG) and random.random() < 0.55:
        line = random.uniform(-1.0, -0.85)  # no fringe
    curly = person.cut in (Cut.AFRO, Cut.CURLY)
    crown = (random.uniform(-0.4, 0.4), random.uniform(-1.5, -1.2))
    strands = noise.curls() if curly else noise.combed(crown, random.uniform(1.5, 3.0))
    frayed = (0.04 if curly else 0.014) * strands + 0.024 * noise.cloud(20)
    if person.cut is Cut.BUZZ:
        frayed = 0.012 * noise.grain()
    rx, ry = 1.02 + sides, 1.17 + top
    outer = (1 - np.sqrt((X / rx) ** 2 + ((Y + 0.3) / ry) ** 2)) + frayed
    hairline = _hairline(person, line, random, strands)
    lean = random.uniform(0.84, 0.95)
    side_line = np.abs(X - head.turn * 0.2) - (lean + 0.06 * np.clip(Y + 0.4, -1, 1)) + 0.5 * frayed
    on_top = np.maximum(hairline - Y + 0.6 * frayed, np.where(line < Y, side_line, -1))
    above = (
        soft(outer, 0.06)
        * soft(on_top, 0.05)
        * soft(end - Y + frayed * 2, 0.12)
        * np.float32(cover)
    )
    if person.cut is Cut.RECEDING:
        above *= 1 - random.choice((0.2, 0.6, 1.0)) * bump(0, -1.3, 0.75, 0.45)
    behind = soft(outer, 0.08) * soft(min(end, 0.5) - Y, 0.1)
    if person.cut in _FALLING:
        wide = rx + 0.02 + 0.1 * np.sin(Y * 2 + random.uniform(0, 6))
        fall = (
            soft(wide - np.abs(X) + frayed * 2, 0.08)
            * soft(end - Y + frayed * 3, 0.15)
            * (Y > -0.33)
        )
        behind = np.maximum(behind, fall)
        beside = soft(np.abs(X - head.turn * 0.2) - random.uniform(0.8, 0.98) + frayed, 0.06) * (
            Y > -0.4
        )
        above = np.maximum(above, fall * beside)
    elif person.cut in (Cut.BUN, Cut.PONYTAIL):
        behind = np.maximum(behind, _tied(person.cut, top, frayed, random))
    return Hair(behind, above, _coloured(person, colour, lamp, strands, noise, random, curly=curly))


def _tied(cut: Cut, top: float, frayed: Plane, random: Random) -> Plane:
    """Give the bun above the head, or the tail beside the neck: by them tied hair isn't short."""
    side = random.choice((-1, 1))
    if cut is Cut.BUN:
        size = random.uniform(0.28, 0.45)
        x, y = side * random.uniform(0, 0.35), -1.42 - top
        return soft(size - np.hypot(X - x, Y - y) + frayed, 0.06)
    middle = side * (0.95 + random.uniform(0, 0.25) + 0.12 * np.sin(2 * Y))
    wide = random.uniform(0.14, 0.26)
    tail = soft(wide - np.abs(X - middle) + frayed, 0.08)
    return tail * soft(Y - random.uniform(0.0, 0.6), 0.2) * soft(random.uniform(1.5, 2.4) - Y, 0.2)


def _hairline(person: Person, line: float, random: Random, strands: Plane) -> Plane:
    """Give the height of the hairline for each column."""
    away = np.abs(X)
    rows: Plane = line + random.uniform(0.05, 0.25) * away**2
    if person.cut is Cut.RECEDING:
        rows -= 0.2 * np.exp(-(((away - 0.5) / 0.22) ** 2))
        rows += 0.15 * np.exp(-((X / 0.2) ** 2)) * random.random()
    elif person.cut is Cut.PARTED:
        part = random.choice((-1, 1)) * random.uniform(0.25, 0.55)
        rows = line + 0.18 * np.abs(X - part) + 0.03 * strands
        rows -= 0.14 * np.exp(-(((X - part) / 0.07) ** 2))
    elif person.cut in (Cut.SHORT, Cut.MEDIUM, Cut.LONG) and line > -0.8:
        waves = np.sin(X * random.uniform(3, 9) + random.uniform(0, 6))
        rows += 0.05 * strands + 0.06 * waves
    elif person.cut in (Cut.MEDIUM, Cut.LONG):
        rows = line - 0.1 + 0.42 * np.abs(X - random.uniform(-0.4, 0.4))
    elif person.gender is Gender.MAN:
        rows -= 0.1 * np.exp(-(((away - 0.62) / 0.16) ** 2))
    return rows


def _coloured(
    person: Person,
    colour: Colour,
    lamp: Lamp,
    strands: Plane,
    noise: Noise,
    random: Random,
    *,
    curly: bool,
) -> Colours:
    """Light the hair: strands of many tones, a shine across them, and shade at the sides."""
    x, y, z = lamp.towards
    round_x, round_y = X / 1.25, (Y + 0.4) / 1.5
    round_z = np.sqrt(np.clip(1 - round_x**2 - round_y**2, 0.02, 1))
    key = np.clip((round_x * x + round_y * y + round_z * z + 0.25) / 1.25, 0, 1)
    light = key[..., None] * lamp.key + (0.75 - 0.2 * round_y)[..., None] * lamp.fill
    tone = 1 + random.uniform(0.08, 0.28) * strands
    tone = tone + random.uniform(0.05, 0.3) * noise.cloud(random.choice((5, 8, 14)))
    tone = tone - random.uniform(0, 0.4) * np.clip(Y + 0.3, 0, 1)  # shade beside the face
    if person.hair_color is HairColor.GRAY:
        tone = tone + random.uniform(0.1, 0.45) * strands  # pepper and salt
    tone = np.clip(tone, 0.2, 2.2)
    dye = np.empty((*X.shape, 3), np.float32)
    dye[:] = colour
    _mix(dye, person, noise, random)
    half = np.array((x, y, z + 1), np.float32)
    half /= np.linalg.norm(half)
    shine = np.clip(round_x * half[0] + round_y * half[1] + round_z * half[2], 0, 1)
    gloss = random.choice((0.3, 1.0, 1.0, 1.6)) * (0.02 if curly else 0.05)
    band = gloss * shine ** random.choice((4, 8, 14)) * np.clip(0.8 + 0.4 * strands, 0, 2)
    colours: Colours = light * (dye * tone[..., None]) + band[..., None] * lamp.key
    return colours


def _mix(dye: Colours, person: Person, noise: Noise, random: Random) -> None:
    """Mix other hair into it: grey at the temples, darker hair into blond."""
    if person.hair_color in (HairColor.BLACK, HairColor.BROWN) and person.age is not Age.CHILD:
        grey = random.choice((0.0, 0.0, 0.1, 0.25)) * np.clip(np.abs(X) * 1.6 - 0.7, 0.1, 1)
        lay(dye, linear((150, 148, 146)), grey)
    elif person.hair_color is HairColor.BLOND:
        dark = random.choice((0.0, 0.2, 0.5)) * np.clip(0.5 + 0.5 * noise.cloud(9), 0, 1)
        lay(dye, linear((110, 84, 54)), dark)


def draw_beard(
    face: Colours,
    head: Head,
    person: Person,
    hair: Colour,
    light: Colours,
    noise: Noise,
    random: Random,
) -> None:
    kind = person.facial_hair
    shaven = kind is FacialHair.NONE and person.gender is not Gender.WOMAN
    if kind is FacialHair.NONE and (not shaven or person.age is Age.CHILD):
        return
    grain, strands = noise.grain(), noise.strands()
    x = head.turn * 0.5
    mouth, chin = head.y(head.mouth), head.chin
    colour = hair * np.float32(random.uniform(0.7, 1.0))
    if person.hair_color in (HairColor.BLUE, HairColor.PINK):
        colour = linear((70, 48, 36)) if random.random() < 0.5 else colour
    away = np.abs(X - x)
    wide = random.uniform(0.36, 0.54)
    thick = random.uniform(0.07, 0.12) * np.clip(1.15 - away / wide * 0.75, 0.2, 1)
    middle = mouth - 0.165 + random.uniform(0.3, 0.6) * away**2
    upper = soft(thick - np.abs(Y - middle) + 0.01 * grain, 0.06) * soft(wide - away, 0.12)
    edge = 0.03 * strands + 0.03 * noise.cloud(20)
    if kind is FacialHair.MOUSTACHE:
        mask = upper * random.uniform(0.8, 1.0) * np.clip(0.95 + 0.1 * strands, 0, 1)
        lay(face, light * colour * np.clip(1 + 0.3 * strands, 0.3, 2)[..., None], mask)
        return
    cheek = random.uniform(0.45, 0.75)
    top = cheek - 0.75 * np.clip(away - 0.55, 0, 1) ** 0.8 + 0.2 * np.clip(0.5 - away, 0, 1)
    jaw = soft(Y - top + edge, 0.1)
    if kind is FacialHair.STUBBLE or shaven:
        lips = 1 - bump(head.x(0), mouth + 0.04, 0.3, 0.1)
        mask = np.maximum(jaw, upper) * lips * (1 - soft(mouth - 0.3 - Y, 0.1))
        strength = random.uniform(0, 0.2) if shaven else random.uniform(0.3, 0.7)
        mask = mask * strength * np.clip(0.8 + 0.45 * grain, 0, 1)
        lay(face, light * colour * 0.8, mask * silhouette(head))
        return
    full = random.random() < 0.75
    long = random.choice((0.04, 0.1, 0.3)) + random.uniform(0, 0.08)
    wide = 0.95 * head.jaw + 0.14
    outer = soft(wide + 0.12 * np.clip(1 - Y, 0, 1) - away + edge, 0.08) * soft(
        chin + long - 0.25 * away**2 - Y + edge * 2, 0.08
    )
    mask = jaw * outer
    if not full:
        mask *= ellipse(x, mouth + 0.2, 0.44, 0.5, 0.14)
    lips = bump(head.x(0), mouth + 0.06, 0.27, 0.075) * 1.15
    mask = (
        np.maximum(mask, upper)
        * (1 - np.clip(lips, 0, 1))
        * (1 - soft(mouth - 0.34 - Y, 0.08) * (away < 0.5))
    )
    tone = np.clip(1 + 0.16 * strands + 0.14 * grain + 0.1 * noise.cloud(14), 0.4, 2)
    if person.hair_color is HairColor.GRAY or (person.age is Age.OLD and random.random() < 0.3):
        tone = tone + 0.18 * np.clip(strands, 0, 2)
    thin = random.uniform(0.8, 1)  # skin shows through a short one
    lay(
        face, light * colour * tone[..., None], np.clip(mask * thin * (0.96 + 0.05 * strands), 0, 1)
    )
