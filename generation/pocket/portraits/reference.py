"""Drawn faces: clean ones, and ones that look more like a photograph.

The image encoder is trained with the second kind. The colours of a flat drawing are too pure. So
light, contrast, colour cast, blur, grain and framing vary a lot: then the encoder reads skin, hair,
beard and glasses off real photos too.
"""

from dataclasses import replace
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from generation.pocket.portraits.attributes import Person, Portrait, random_scene
from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.drawing import draw_large
from generation.pocket.portraits.figure.manner import Manner
from generation.pocket.portraits.figure.pose import Pose, random_pose
from generation.pocket.portraits.palette import INK
from generation.pocket.sizes import DRAWING_SIDE, FACE_SIDE, PORTRAIT_SIDE

MEAN = np.array((0.48145466, 0.4578275, 0.40821073), np.float32)
DEVIATION = np.array((0.26862954, 0.26130258, 0.27577711), np.float32)
"""CLIP's mean and standard deviation of red, green and blue, by which CLIPImageProcessor
normalises."""

CAPPED = 0.35
"""Share of the faces that wear a uniform's cap."""

FRAMES: tuple[Colour, ...] = (INK, (70, 44, 30), (120, 120, 126), (40, 44, 80), (170, 120, 60))
"""Colours of glasses on photographs: horn, metal and plastic."""


def reference(person: Person, random: Random) -> Image.Image:
    """Draw a face of 96 px as the image encoder sees it on a photograph."""
    pose = random_pose(random)
    manner = _photograph_like(random)
    backdrop = _backdrop(random) if random.choice((True, False)) else None
    picture = draw_large(_anywhere(person, random), random, pose, manner, backdrop)
    middle = replace(pose, x=pose.x + random.uniform(-8, 8), y=pose.y + random.uniform(-8, 12))
    high = random.uniform(1.25, 1.85)
    wide = high * random.uniform(1, 1.3)  # a photo's heads are narrower than drawn ones
    return _photographed(_cropped(picture, middle, wide, high, FACE_SIDE), random)


def clean_face(person: Person, random: Random) -> Image.Image:
    """Draw a face of 144 px, as `generation.faces.crop` would crop it from a drawing."""
    pose = random_pose(random)
    pose = replace(pose, half=0.7 * pose.half)  # the picture must reach beyond the crop
    picture = draw_large(_anywhere(person, random), random, pose)
    side = random.uniform(1.9, 2.6)
    return _cropped(picture, pose, side, side, PORTRAIT_SIDE)


def _anywhere(person: Person, random: Random) -> Portrait:
    return Portrait(person, random_scene(random, looks=False))


def _cropped(picture: Image.Image, pose: Pose, wide: float, high: float, side: int) -> Image.Image:
    """Crop around the middle of the head, as far as the picture goes.

    `wide` and `high` are half of the crop's size, in halves of the head's width.
    """
    box = (
        max(pose.x - wide * pose.half, 0),
        max(pose.y - high * pose.half, 0),
        min(pose.x + wide * pose.half, DRAWING_SIDE),
        min(pose.y + high * pose.half, DRAWING_SIDE),
    )
    return picture.resize((side, side), Image.Resampling.BILINEAR, box=box)


def normalised(faces: list[Image.Image]) -> NDArray[np.float32]:
    """Turn faces into (n, 3, 96, 96), as CLIPImageProcessor does."""
    pixels = np.stack([np.asarray(face, np.float32) for face in faces]) / 255
    return np.ascontiguousarray(((pixels - MEAN) / DEVIATION).transpose(0, 3, 1, 2), np.float32)


def _photograph_like(random: Random) -> Manner:
    """Choose by chance how close to a photograph a face is; half differ by their cap at most."""
    far = random.choice((0.0, random.random()))
    return Manner(
        eyes=1 - 0.45 * far * random.random(),
        lens=0.38 + 0.1 * far * random.uniform(-0.5, 1),
        frame=0.1 - 0.075 * far * random.random(),
        frame_colour=random.choice(FRAMES) if random.random() < far else INK,
        browline=random.random() < 0.6 * far,
        sockets=far * random.random(),
        cap=random.random() < CAPPED,
    )


def _backdrop(random: Random) -> Image.Image:
    """Draw a backdrop that no place has: cloth of two colours, sometimes with a flag's stripes."""

    def colour() -> Colour:
        return random.randint(0, 255), random.randint(0, 255), random.randint(0, 255)

    cloth = Image.new("RGB", (2, 2))
    one, other = colour(), colour()
    cloth.putdata(
        [one, other, one, other] if random.choice((True, False)) else [one, one, other, other]
    )
    picture = cloth.resize((DRAWING_SIDE, DRAWING_SIDE), Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(picture)
    x = random.choice((0, DRAWING_SIDE // 2))
    for _ in range(random.choice((0, 0, 4, 8))):
        x += random.randint(8, 30)
        pen.line((x, 0, x + random.randint(-30, 30), DRAWING_SIDE), colour(), random.randint(4, 20))
    return picture


def _photographed(face: Image.Image, random: Random) -> Image.Image:
    """Make a drawing look like a photo, a little or a lot: `hard` is how much, 0 to 1."""
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
    pixels = grey + (pixels - grey) * about_one(0.35)
    pixels = (pixels - 0.5) * (about_one(0.2) - 0.1 * hard) + 0.5
    pixels = pixels * [about_one(0.08) for _ in range(3)]
    warm = hard * max(0.0, random.uniform(-0.3, 0.3))
    # Lamps are warm, and so is skin, by the blood under it.
    pixels = pixels * (1 - 0.3 * warm, 1 - warm, 1 - 1.4 * warm)
    pixels = pixels * _side_light(random, hard)
    for cells, depth in ((3, 0.16), (16, 0.07), (48, 0.05)):
        pixels = pixels * _cloud(noise, cells, hard * depth)
    pixels = pixels + noise.normal(0, hard * random.uniform(0, 0.04), pixels.shape)
    pixels = np.clip(pixels, 0, 1) ** about_one(0.2)
    return Image.fromarray((pixels * 255).astype(np.uint8))


def _side_light(random: Random, hard: float) -> NDArray[np.float32]:
    """Give factors, (1, 96, 3), that light one side and leave the other in a reddish shade."""
    depth = hard * max(0.0, random.uniform(-0.4, 0.4))
    across = np.linspace(0, 1, FACE_SIDE, dtype=np.float32)[None, :, None]
    shade = across if random.choice((True, False)) else across[:, ::-1]
    return np.asarray(1 - depth * shade * (0.7, 1.1, 1.1), np.float32)


def _cloud(noise: np.random.Generator, cells: int, depth: float) -> NDArray[np.float32]:
    """Give factors around 1, (96, 96, 1): soft light and shade, random in `cells` x `cells`."""
    small = noise.normal(0, 1, (cells, cells)).astype(np.float32)
    large = Image.fromarray(small).resize((FACE_SIDE, FACE_SIDE), Image.Resampling.BICUBIC)
    return 1 + depth * np.asarray(large, np.float32)[..., None]
