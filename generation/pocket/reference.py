"""Faces as the image encoder is taught with: drawn, then treated as a photograph might be.

A flat drawing's colours are too pure. Light, contrast, colour cast, blur, grain and framing are
varied hard, so that what a real photo shows of skin, hair, beard and glasses is read as well.
"""

from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from generation.pocket.attributes import Person, Portrait, random_scene
from generation.pocket.drawing import draw, random_pose
from generation.pocket.places import SIDE
from generation.pocket.sizes import FACE_SIDE, PICTURE_SIDE

MEAN = np.array((0.48145466, 0.4578275, 0.40821073), np.float32)
DEVIATION = np.array((0.26862954, 0.26130258, 0.27577711), np.float32)
"""CLIP's own, by which CLIPImageProcessor normalises."""

CAPS = 0.12
"""Of the faces, under a uniform's cap."""


def reference(person: Person, random: Random, *, plain: bool = False) -> Image.Image:
    """Draw a face as `generation.portrait` would crop it, (96, 96); `plain` is not augmented."""
    pose = random_pose(random)
    cap = not plain and random.random() < CAPS
    picture = draw(Portrait(person, random_scene(random, looks=False)), random, pose, cap=cap)
    scale = PICTURE_SIDE / SIDE
    half = pose.half * scale * random.uniform(1.65, 2.2)
    x = pose.x * scale + random.uniform(-4, 4)
    y = pose.y * scale + random.uniform(-4, 6)
    face = picture.resize(
        (FACE_SIDE, FACE_SIDE),
        Image.Resampling.BILINEAR,
        box=(
            max(x - half, 0),
            max(y - half, 0),
            min(x + half, PICTURE_SIDE),
            min(y + half, PICTURE_SIDE),
        ),
    )
    return face if plain else _photographed(face, random)


def normalised(faces: list[Image.Image]) -> NDArray[np.float32]:
    """Give pictures as CLIPImageProcessor does, (n, 3, 96, 96)."""
    pixels = np.stack([np.asarray(face, np.float32) for face in faces]) / 255
    return np.ascontiguousarray(((pixels - MEAN) / DEVIATION).transpose(0, 3, 1, 2), np.float32)


def _photographed(face: Image.Image, random: Random) -> Image.Image:
    """Treat a drawing between hardly at all and hard, each time otherwise."""
    hard = random.random()

    def about_one(spread: float) -> float:
        return 1 + hard * random.uniform(-spread, spread)

    if random.choice((True, False)):
        face = face.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    face = face.rotate(hard * random.uniform(-8, 8), Image.Resampling.BILINEAR)
    face = face.filter(ImageFilter.GaussianBlur(hard * random.uniform(0, 1.5)))
    noise = np.random.default_rng(random.getrandbits(32))
    pixels = np.asarray(face, np.float32) / 255
    grey = pixels.mean(axis=2, keepdims=True)
    pixels = grey + (pixels - grey) * (about_one(0.3) - 0.1 * hard)
    pixels = (pixels - 0.5) * (about_one(0.2) - 0.1 * hard) + 0.5
    pixels = pixels * [about_one(0.08) for _ in range(3)]
    warm = hard * max(0.0, random.uniform(-0.2, 0.2))
    pixels = pixels * (1 - 0.3 * warm, 1 - warm, 1 - 1.5 * warm)  # lamps, and blood under the skin
    for cells, depth in ((3, 0.16), (16, 0.07), (48, 0.05)):
        pixels = pixels * _cloud(noise, cells, hard * depth)
    pixels = pixels + noise.normal(0, hard * random.uniform(0, 0.04), pixels.shape)
    pixels = np.clip(pixels, 0, 1) ** about_one(0.2)
    return Image.fromarray((pixels * 255).astype(np.uint8))


def _cloud(noise: np.random.Generator, cells: int, depth: float) -> NDArray[np.float32]:
    """Give soft light and shade of `cells` x `cells`, about 1, (96, 96, 1)."""
    small = noise.normal(0, 1, (cells, cells)).astype(np.float32)
    large = Image.fromarray(small).resize((FACE_SIDE, FACE_SIDE), Image.Resampling.BICUBIC)
    return 1 + depth * np.asarray(large, np.float32)[..., None]
