"""The shape of a photographed head, and the light on its skin."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from generation.character import Age, Gender
from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.photograph.film import (
    Colours,
    Noise,
    Plane,
    X,
    Y,
    bump,
    ellipse,
    soft,
)
from generation.pocket.portraits.photograph.light import Lamp
from generation.pocket.portraits.photograph.tones import Colour

EYES = 0.42
"""Distance of an eye from the middle."""

MOUTH = 1.02
"""Height of the mouth below the eyes, of a grown-up who looks ahead."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where things are in a face, in halves of its width.

    `turn` and `nod` are how far the nearest point, the tip of the nose, is moved; what lies further
    back is moved less. `socket` is how dark the eyes lie, 0 to 1: without a flash that is no
    pair of sunglasses. `under_nose` is how dark the upper lip lies: that is no moustache.
    """

    chin: float
    jaw: float
    nose: float
    mouth: float
    eye: float
    turn: float
    nod: float
    socket: float
    under_nose: float

    @property
    def eyes(self) -> float:
        """The eyes' distance from the middle of the face."""
        return EYES

    def x(self, x: float, depth: float = 0.7) -> float:
        return x + self.turn * depth

    def y(self, y: float, depth: float = 0.7) -> float:
        return y + self.nod * depth


def random_head(person: Person, random: Random) -> Head:
    child = person.age is Age.CHILD
    jaw = {Gender.MAN: 0.86, Gender.WOMAN: 0.74, Gender.PERSON: 0.8}[person.gender]
    chin = {Gender.MAN: 1.57, Gender.WOMAN: 1.5, Gender.PERSON: 1.54}[person.gender]
    if child:
        jaw, chin = 0.8, 1.3
    return Head(
        chin=chin + random.uniform(-0.08, 0.08),
        jaw=jaw + random.uniform(-0.07, 0.1),
        nose=random.uniform(0.17, 0.26) * (0.85 if child or person.gender is Gender.WOMAN else 1),
        mouth=(0.85 if child else MOUTH) + random.uniform(-0.05, 0.05),
        eye=(1.2 if child else 1.0) * random.uniform(0.85, 1.12),
        turn=max(-0.6, min(0.6, random.gauss(0, 0.27))),
        nod=random.gauss(0, 0.06),
        socket=random.uniform(0.12, 0.62),
        under_nose=random.uniform(0.15, 0.55),
    )


def silhouette(head: Head) -> Plane:
    """Give the mask of face and skull, without ears."""
    skull = np.sqrt((X / 1.03) ** 2 + ((Y + 0.3) / 1.15) ** 2)
    down = np.clip(Y / head.chin, 0, 1)
    wide = (
        1.0
        - (1 - head.jaw) * np.clip(down * 1.6, 0, 1)
        - head.jaw * np.clip((down - 0.52) / 0.48, 0, 1) ** 2.4
    )
    lower = np.minimum(wide - np.abs(X - head.turn * 0.25), (head.chin - Y) * 0.8)
    return np.maximum(soft(1 - skull, 0.05), soft(lower, 0.05) * (Y > -0.2))


def relief(head: Head, person: Person, smiling: float) -> Plane:
    """Give the face's height towards the camera."""
    across = (X - head.turn * 0.3) / 1.05
    down = np.where(Y < 0.2, (Y - 0.2) / 1.75, (Y - 0.2) / (head.chin - 0.06))
    height = np.sqrt(np.clip(1 - across**2 - np.abs(down) ** 2.3, 0.0, 1)) * 0.95
    x, y = head.x, head.y
    nose = head.nose
    height += 0.16 * bump(x(0, 0.9), y(0.32, 0.9), 0.11, 0.34)
    height += 0.22 * bump(x(0, 1.0), y(0.56, 1.0), 0.13, 0.13)
    for side in (-1, 1):
        height += 0.09 * bump(x(side * nose * 0.8, 0.9), y(0.58, 0.9), 0.09, 0.08)
        height -= 0.17 * bump(x(side * EYES, 0.6), y(-0.02, 0.6), 0.24, 0.13)
        height += 0.07 * bump(x(side * 0.46, 0.6), y(-0.27, 0.6), 0.28, 0.09)
        height += (0.05 + 0.06 * smiling) * bump(x(side * 0.56, 0.5), y(0.42, 0.5), 0.24, 0.2)
        height -= 0.05 * bump(x(side * 0.4, 0.7), y(0.78, 0.7), 0.09, 0.2) * (1 + smiling)
        height -= (0.03 + 0.07 * smiling) * _fold(head, side)
    height += 0.06 * bump(x(0), y(head.mouth - 0.05), 0.26, 0.06)
    height += 0.07 * bump(x(0), y(head.mouth + 0.09), 0.2, 0.06)
    height -= 0.05 * bump(x(0), y(head.mouth + 0.2), 0.2, 0.05)
    height += 0.06 * bump(x(0), y(head.chin - 0.17), 0.2, 0.13)
    if person.age is Age.OLD:
        height += _wrinkles(head)
    return height


def _fold(head: Head, side: int) -> Plane:
    """Give the line from a nostril to beside the mouth: a smile deepens it; it is no moustache."""
    down = np.clip((Y - head.y(0.58)) / (head.mouth - 0.5), 0, 1)
    line = X - head.x(side * (0.24 + 0.24 * down), 0.8)
    near = bump(head.x(side * 0.38, 0.8), head.y(0.8), 0.4, 0.26)
    return np.asarray(near * np.exp(-((line / 0.05) ** 2)), np.float32)


def _wrinkles(head: Head) -> Plane:
    x, y = head.x, head.y
    fold = np.zeros_like(X)
    for k, low in enumerate((-0.78, -0.64, -0.52)):
        line = Y - y(low) - 0.03 * np.sin(X * 4 + k)
        fold -= 0.024 * np.exp(-((line / 0.028) ** 2)) * bump(x(0), y(low), 0.55, 0.3)
    for side in (-1, 1):
        cheek = X - x(side * (0.26 + 0.0)) - side * (Y - y(0.6)) * 0.5
        fold -= 0.08 * np.exp(-((cheek / 0.045) ** 2)) * bump(x(side * 0.38), y(0.78), 0.4, 0.26)
        for drop in (0.17, 0.26):
            bag = Y - y(drop) + 0.6 * (X - x(side * EYES)) ** 2
            fold -= 0.028 * np.exp(-((bag / 0.03) ** 2)) * bump(x(side * EYES), y(drop), 0.26, 0.2)
    return fold


def lit(
    height: Plane, skin: Colour, person: Person, lamp: Lamp, noise: Noise, head: Head
) -> tuple[Colours, Plane]:
    """Light the skin; give its colours, and how much of the lamp's light falls on each point."""
    pixel = float(X[0, 1] - X[0, 0])
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=1 / (8 * pixel))
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=1 / (8 * pixel))
    length = 1 / np.sqrt(across**2 + down**2 + 1)
    x, y, z = lamp.towards
    facing = (-across * x - down * y + z) * length
    key = np.clip((facing + 0.25) / 1.25, 0, 1)
    key *= 1 - 0.5 * _cast(head, lamp)
    blood = np.clip(0.55 - np.abs(facing), 0, 1)[..., None] * np.array(
        (0.16, 0.0, -0.03), np.float32
    )
    sky = (0.82 - 0.25 * down * length)[..., None]
    light = key[..., None] * lamp.key * (1 + blood) + sky * lamp.fill
    light *= (1 - _hollows(head))[..., None]
    spots = 1 + 0.05 * noise.cloud(10) + 0.03 * noise.cloud(30)
    if person.age is Age.OLD:
        spots = spots - 0.1 * np.clip(noise.cloud(24) - 1.2, 0, 1)
    albedo = skin * spots[..., None] * _flush(head)
    half = np.array((x, y, z + 1), np.float32)
    half /= np.linalg.norm(half)
    shine = np.clip((-across * half[0] - down * half[1] + half[2]) * length, 0, 1)
    gloss = (
        lamp.gloss
        * (0.35 * shine**10 + 1.1 * shine**42)
        * np.clip(0.6 + 0.3 * noise.cloud(12), 0.1, 2)
    )
    return albedo * light + gloss[..., None] * lamp.key, key


def _cast(head: Head, lamp: Lamp) -> Plane:
    """Give the shadow that the nose casts."""
    x, y, z = lamp.towards
    reach = 0.2 / max(z, 0.35)
    return bump(
        head.x(-x * reach, 0.9), head.y(0.56 - y * reach * 0.9), 0.13 + abs(x) * 0.08, 0.13
    ) * min(abs(x) + max(-y, 0), 1.0)


def _hollows(head: Head) -> Plane:
    """Give where little light comes at all: eye sockets, beside the nose, under the lip."""
    x, y = head.x, head.y
    dark = 0.24 * bump(x(0), y(head.mouth + 0.22), 0.2, 0.07)
    dark += head.under_nose * bump(x(0, 0.95), y(0.72, 0.9), 0.24, 0.08)
    for side in (-1, 1):
        dark += head.socket * bump(x(side * (EYES - 0.07), 0.6), y(-0.06, 0.6), 0.27, 0.16)
        dark += 0.14 * bump(x(side * 0.3, 0.7), y(0.62), 0.08, 0.16)
    return dark


def _flush(head: Head) -> Colours:
    """Give factors that redden cheeks and nose."""
    warm = 0.5 * bump(head.x(0, 1), head.y(0.56), 0.22, 0.18)
    for side in (-1, 1):
        warm += bump(head.x(side * 0.58, 0.5), head.y(0.5), 0.3, 0.24)
    return 1 + warm[..., None] * np.array((0.05, -0.08, -0.07), np.float32)


def ears(head: Head) -> Plane:
    """Give both ears; the further one disappears as the head turns."""
    return np.maximum(
        *(
            ellipse(side * 1.02 + head.turn * 0.1, 0.2, wide, 0.31)
            for side in (-1, 1)
            if (wide := 0.12 - 0.12 * side * head.turn) > 0
        )
    )


def neck(person: Person) -> Plane:
    wide = (
        0.55
        if person.age is Age.CHILD
        else {Gender.MAN: 0.78, Gender.WOMAN: 0.58}.get(person.gender, 0.68)
    )
    return soft(wide + 0.25 * np.clip(Y - 1.55, 0, 1) - np.abs(X), 0.06) * (Y > 0.6)
