"""Faces that the image encoder reads: photographs made by code, and drawings.

Some faces are lit in three dimensions (`photograph/`): the colours of a flat drawing are too pure
to learn photographs from. The others are drawings.
"""

from dataclasses import replace
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.pocket.portraits.attributes import Person, Portrait
from generation.pocket.portraits.chance import random_scene
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.figure.pose import Pose, random_pose
from generation.pocket.portraits.photograph.face import photographed
from generation.pocket.sizes import DRAWING_SIDE, FACE_SIDE, PICTURE_SIDE, PORTRAIT_SIDE

MEAN = np.array((0.48145466, 0.4578275, 0.40821073), np.float32)
DEVIATION = np.array((0.26862954, 0.26130258, 0.27577711), np.float32)
"""CLIP's mean and standard deviation of red, green and blue, by which CLIPImageProcessor
normalises."""

DRAWN = 0.7
"""Share of the faces that are drawings. A drawing leaves no doubt of skin, hair and glasses, so
the UNet learns to trust a face. To read photographs is what the image encoder learns last."""


def reference(person: Person, random: Random) -> Image.Image:
    """Give a face of 96 px as the image encoder sees it on a photograph, or on a drawing."""
    if random.random() >= DRAWN:
        return photographed(person, random, FACE_SIDE)
    return _spoilt(drawn_face(person, random), random)


def drawn_face(person: Person, random: Random) -> Image.Image:
    """Give a clean drawing of a face, of 96 px: what the image encoder sees of one of 144."""
    middle = (PORTRAIT_SIDE - FACE_SIDE) // 2
    return clean_face(person, random).crop((middle, middle, *(middle + FACE_SIDE,) * 2))


def clean_face(person: Person, random: Random) -> Image.Image:
    """Draw a face of 144 px, as `generation.faces.crop` would crop it from a drawing."""
    pose = random_pose(random)
    pose = replace(pose, half=0.75 * pose.half)  # the picture must reach beyond the crop
    scene = random_scene(random, looks=False, roles=False)
    picture = draw(Portrait(person, scene), random, pose)
    return _cropped(picture, pose, random.uniform(1.9, 2.3))


def _cropped(picture: Image.Image, pose: Pose, reach: float) -> Image.Image:
    """Crop around the head; `reach` is half of the crop's side, in halves of the head's width."""
    scale = PICTURE_SIDE / DRAWING_SIDE
    x, y, half = pose.x * scale, (pose.y + 0.05 * pose.half) * scale, pose.half * scale * reach
    box = (
        max(x - half, 0),
        max(y - half, 0),
        min(x + half, PICTURE_SIDE),
        min(y + half, PICTURE_SIDE),
    )
    return picture.resize((PORTRAIT_SIDE, PORTRAIT_SIDE), Image.Resampling.BILINEAR, box=box)


def _spoilt(face: Image.Image, random: Random) -> Image.Image:
    """Blur a drawing a little, tint it, and mirror half of them."""
    pixels = np.asarray(face, np.float32)
    if random.choice((True, False)):
        pixels = pixels[:, ::-1]
    blurred = cv2.GaussianBlur(np.ascontiguousarray(pixels), (0, 0), random.uniform(0.1, 1.2))
    tinted = blurred * np.array([random.gauss(1, 0.05) for _ in range(3)], np.float32)
    return Image.fromarray(np.clip(tinted, 0, 255).astype(np.uint8))


def normalised(faces: list[Image.Image]) -> NDArray[np.float32]:
    """Turn faces into (n, 3, 96, 96), as CLIPImageProcessor does."""
    pixels = np.stack([np.asarray(face, np.float32) for face in faces]) / 255
    return np.ascontiguousarray(((pixels - MEAN) / DEVIATION).transpose(0, 3, 1, 2), np.float32)
