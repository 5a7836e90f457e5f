"""Portraits drawn by code, from which the pocket model learns to draw."""

from random import Random

import cv2
import numpy as np
from PIL import Image

from generation.pocket.portraits.attributes import Portrait
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.pose import Pose, random_pose
from generation.pocket.portraits.figure.sitter import seat
from generation.pocket.portraits.light import place_in_light
from generation.pocket.portraits.looks import with_look
from generation.pocket.portraits.person import draw_person
from generation.pocket.portraits.places.place import draw_place
from generation.pocket.sizes import PICTURE_SIDE


def draw(portrait: Portrait, random: Random, pose: Pose | None = None) -> Image.Image:
    """Draw a portrait of 256 px; the same random state gives the same pixels."""
    pose = pose or random_pose(random)
    place = portrait.scene.place
    behind = draw_place(place, random, pose.lit)
    canvas = Canvas(pose)
    draw_person(canvas, seat(portrait, random, pose.lit), random)
    person = halved(canvas.pixels)
    return Image.fromarray(
        with_look(portrait.scene.look, place_in_light(behind, person, place, pose))
    )


def halved(pixels: np.ndarray) -> np.ndarray:
    """Reduce a drawing to a picture: each pixel is the mean of four."""
    return cv2.resize(pixels, (PICTURE_SIDE, PICTURE_SIDE), interpolation=cv2.INTER_AREA)
