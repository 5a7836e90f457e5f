"""What people on photographs wear: glasses, caps, hoods, and a collar at the picture's edge."""

from collections.abc import Callable
from random import Random

import numpy as np

from generation.character import Glasses
from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.photograph.film import Colours, Noise, X, Y, bump, lay, soft
from generation.pocket.portraits.photograph.head import EYES, Head
from generation.pocket.portraits.photograph.light import Lamp
from generation.pocket.portraits.photograph.tones import Colour, linear

FRAMES = (
    (16, 14, 16),
    (60, 34, 20),
    (120, 116, 116),
    (150, 118, 60),
    (40, 44, 70),
    (120, 30, 40),
    (196, 176, 150),
)
"""sRGB of frames: horn, tortoiseshell, steel, gold, plastic, and nearly clear."""


METALS = ((214, 178, 80), (216, 216, 220))
"""sRGB of gold and silver."""


def draw_glasses(face: Colours, head: Head, person: Person, light: Colours, random: Random) -> None:
    if person.glasses is Glasses.NONE:
        return
    dark = person.glasses is Glasses.SUNGLASSES
    frame = linear(random.choice(FRAMES)) * np.float32(random.uniform(0.7, 1.2))
    wide, high = random.uniform(0.29, 0.44), random.uniform(0.17, 0.37)
    thick = random.choice((0.016, 0.02, 0.026, 0.034, 0.055))
    power = random.choice((2.0, 2.6, 4.0))
    half_rim = random.random() < 0.2
    y = head.y(random.uniform(-0.02, 0.13), 0.8)
    lens_colour = linear((random.randint(8, 50),) * 3) * np.array((1.1, 1, 0.9), np.float32)
    cover = random.uniform(0.86, 1.0)
    slope = random.uniform(-1, 1)
    gleam = random.random() < 0.5
    rims = np.zeros_like(X)
    for side in (-1, 1):
        x = head.x(side * (EYES + 0.01), 0.8)
        r = (np.abs((X - x) / wide) ** power + np.abs((Y - y) / high) ** power) ** (1 / power)
        lens = soft((1 - r) * high, 0.04)
        if dark:
            tone = np.clip(1.15 - (Y - y) / high * 0.4, 0.5, 2)[..., None]
            lay(face, light * lens_colour * tone, lens * np.float32(cover))
        elif gleam:
            streak = np.exp(
                -(
                    (
                        ((X - x) * slope + (Y - y) - random.uniform(-0.1, 0.1))
                        / random.uniform(0.05, 0.15)
                    )
                    ** 2
                )
            )
            face += (lens * streak)[..., None] * np.float32(random.uniform(0.03, 0.35))
        if dark and gleam:
            face += (lens * bump(x - 0.1, y - 0.1, 0.12, 0.05))[..., None] * np.float32(
                random.uniform(0.1, 0.5)
            )
        rim = np.exp(-(((r - 1) * high / thick) ** 2))
        if half_rim:
            rim *= np.where(y + 0.02 < Y, 0.25, 1.0)
        rims = np.maximum(rims, rim)
        arm = (
            np.exp(-(((Y - y + 0.08) / (thick * 0.9)) ** 2))
            * soft((X - x) * side - wide, 0.02)
            * soft(1.05 - np.abs(X), 0.04)
        )
        rims = np.maximum(rims, arm)
    bridge = np.exp(-(((Y - y + 0.05) / thick) ** 2)) * soft(
        EYES - wide + 0.02 - np.abs(X - head.x(0, 0.8)), 0.02
    )
    rims = np.maximum(rims, bridge)
    shadow = np.roll(rims, 3, axis=0) * 0.22
    face *= 1 - (shadow * (1 - rims))[..., None]
    lay(face, light * frame + np.float32(0.02), np.clip(rims * 1.15, 0, 1))


CAPPED, HOODED = 0.13, 0.04
"""Shares of the people who wear a cap or a hood."""


def laid_over(draw: Callable[[Colours], None], picture: Colours, random: Random) -> Colours:
    """Draw something over a picture; give what it leaves to be seen, (SIDE, SIDE, 1): 1 or 0.

    A shadow that it casts covers nothing. `draw` takes its chance from `random`.
    """
    state, plates = random.getstate(), []
    for light in (0, 1):
        random.setstate(state)
        plates.append(np.full_like(picture, light))
        draw(plates[-1])
    random.setstate(state)
    draw(picture)
    through = (plates[1] - plates[0]).mean(axis=-1, keepdims=True)
    return np.asarray(through > 0.5, np.float32)


def cover_some(picture: Colours, head: Head, lamp: Lamp, noise: Noise, random: Random) -> None:
    """Put a cap or a hood on some of the heads."""
    covered = random.random()
    if covered < CAPPED:
        draw_cap(picture, head, lamp, noise, random)
    elif covered < CAPPED + HOODED:
        draw_hood(picture, lamp, noise, random)


def draw_cap(picture: Colours, head: Head, lamp: Lamp, noise: Noise, random: Random) -> None:
    """Put a cap, a beanie, a uniform's cap, a helmet or a brimmed hat on the head."""
    kind = random.choice(("baseball", "beanie", "uniform", "uniform", "hat"))
    colour, second = random_cloth(random), random_cloth(random)
    rim = random.uniform(-0.78, -0.5)
    rim_line = rim + random.uniform(0.04, 0.2) * X**2
    crown_top = {"baseball": -1.75, "beanie": -1.8, "uniform": -1.7, "hat": -2.2}[kind]
    wide = random.uniform(1.08, 1.25)
    inside = np.minimum(wide - np.abs(X), (Y - crown_top) * 0.8)
    if kind in ("baseball", "beanie"):
        inside = (1 - np.sqrt((X / wide) ** 2 + ((Y + 0.35) / (-crown_top - 0.35)) ** 2)) * 1.1
    mask = soft(inside, 0.06) * soft(rim_line - Y, 0.05)
    shade = _cloth_light(lamp, noise)
    below = (
        soft(Y - rim_line, 0.04)
        * soft(rim_line + random.uniform(0.12, 0.4) - Y, 0.2)
        * soft(1 - np.abs(X), 0.1)
    )
    picture *= 1 - 0.45 * below[..., None]
    texture = 1 + (0.14 * noise.curls() if kind == "beanie" else 0.04 * noise.grain())
    lay(picture, shade * colour * texture[..., None], mask)
    if kind == "uniform":
        band = mask * soft(Y - rim_line + random.uniform(0.2, 0.35), 0.03)
        lay(picture, shade * second, band)
        if random.random() < 0.7:
            badge = bump(
                head.turn,
                rim - random.uniform(0.25, 0.55),
                random.uniform(0.12, 0.32),
                random.uniform(0.1, 0.2),
            )
            metal = linear(random.choice(METALS))
            lay(picture, shade * metal, np.clip(badge * (1 + 0.6 * noise.curls()), 0, 1) * mask)
    if kind in ("baseball", "uniform") and random.random() < 0.8:
        peak = soft(
            1
            - np.sqrt(
                ((X - head.turn) / 0.92) ** 2 + ((Y - rim - 0.02) / random.uniform(0.1, 0.24)) ** 2
            ),
            0.06,
        )
        lay(picture, shade * (second if random.random() < 0.5 else colour) * np.float32(0.6), peak)
    if kind == "hat":
        brim = soft(
            1
            - np.sqrt(
                (X / random.uniform(1.5, 1.9)) ** 2 + ((Y - rim) / random.uniform(0.1, 0.2)) ** 2
            ),
            0.06,
        )
        lay(picture, shade * colour * np.float32(0.8), brim)


def draw_hood(picture: Colours, lamp: Lamp, noise: Noise, random: Random) -> None:
    """Draw a hood or scarf around the face."""
    rx, ry = random.uniform(0.9, 1.02), random.uniform(1.0, 1.3)
    r = np.sqrt((X / rx) ** 2 + ((Y - 0.25) / ry) ** 2)
    outer = np.sqrt((X / (rx + 0.75)) ** 2 + ((Y - 0.4) / (ry + 0.7)) ** 2)
    mask = soft((r - 1) * 0.9, 0.06) * soft(1 - outer, 0.08) * soft(1.35 - Y, 0.3)
    inner = np.exp(-(((r - 0.96) / 0.1) ** 2)) * (r < 1)
    picture *= 1 - 0.4 * inner[..., None]
    lay(picture, _cloth_light(lamp, noise) * random_cloth(random), mask)


def draw_collar(picture: Colours, lamp: Lamp, noise: Noise, random: Random) -> None:
    """Draw shoulders in cloth of any colour, and often a shirt's collar."""
    shade = _cloth_light(lamp, noise)
    start, slope = random.uniform(1.2, 1.6), random.uniform(0.15, 0.5)
    neckline = random.uniform(0.2, 1.0) * np.clip(0.62 - np.abs(X), 0, 1)
    shoulders = soft(Y - start - slope * np.abs(X) - neckline, 0.06)
    if random.random() < 0.5:
        shoulders = np.maximum(shoulders, soft(Y - start - 0.2, 0.05))
    lay(picture, shade * random_cloth(random), shoulders)
    if random.random() < 0.4:
        collar = soft(0.16 - np.abs(Y - 1.62 - 0.5 * np.abs(X)), 0.05) * soft(
            0.62 - np.abs(X), 0.05
        )
        lay(picture, shade * linear((236, 236, 232)), collar)


def random_cloth(random: Random) -> Colour:
    """Choose a cloth's colour: half are black, grey or white."""
    if random.random() < 0.5:
        value = random.choice((18, 26, 40, 70, 120, 200, 236))
        return linear(tuple(max(0, min(255, value + random.randint(-10, 10))) for _ in range(3)))  # type: ignore[arg-type]
    return linear((random.randint(10, 230), random.randint(10, 230), random.randint(10, 230)))


def _cloth_light(lamp: Lamp, noise: Noise) -> Colours:
    x, y, z = lamp.towards
    key = np.clip(0.55 * z + 0.4 * x * X - 0.3 * y + 0.1 * noise.cloud(6), 0.05, 1.2)
    return key[..., None] * lamp.key + lamp.fill * np.float32(0.9)
