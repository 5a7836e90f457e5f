"""Portraits drawn by code, from which the pocket model learns to draw."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from generation.pocket.portraits.attributes import Look, Portrait
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.figure import draw_figure
from generation.pocket.portraits.figure.manner import PORTRAIT, Manner
from generation.pocket.portraits.figure.pose import Pose, random_pose
from generation.pocket.portraits.figure.sitter import seat
from generation.pocket.portraits.places import draw_place
from generation.pocket.sizes import PICTURE_SIDE


def draw(portrait: Portrait, random: Random, pose: Pose | None = None) -> Image.Image:
    """Draw a portrait of 128 px; the same random state gives the same pixels."""
    picture = draw_large(portrait, random, pose or random_pose(random))
    picture = picture.resize((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.BOX)
    return _LOOKS[portrait.scene.look](picture)


def draw_large(
    portrait: Portrait,
    random: Random,
    pose: Pose,
    manner: Manner = PORTRAIT,
    backdrop: Image.Image | None = None,
) -> Image.Image:
    """Draw a portrait of 256 px without its look.

    A `backdrop` of the same size is drawn on, and replaces the place.
    """
    picture = backdrop or draw_place(portrait.scene.place, random)
    draw_figure(Canvas(picture, pose), seat(portrait, manner, random), random)
    return picture


def _flat(picture: Image.Image) -> Image.Image:
    return picture


def _pencil(picture: Image.Image) -> Image.Image:
    """Put pale colours under dark outlines: the grey picture, dodged by its blurred negative."""
    grey = picture.convert("L")
    blurred = ImageChops.invert(grey).filter(ImageFilter.GaussianBlur(2))
    lines = Image.blend(ImageChops.screen(grey, blurred), grey, 0.2)
    paper = Image.blend(picture, Image.new("RGB", picture.size, (246, 242, 232)), 0.35)
    return ImageChops.multiply(paper, Image.merge("RGB", (lines,) * 3))


def _night_light(picture: Image.Image) -> Image.Image:
    return ImageChops.multiply(picture, Image.new("RGB", picture.size, (120, 140, 215)))


_LOOKS = {Look.FLAT: _flat, Look.PENCIL: _pencil, Look.NIGHT_LIGHT: _night_light}
