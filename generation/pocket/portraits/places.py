"""The sixteen places behind a drawn person, each with light and shapes of its own."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from generation.pocket.portraits.attributes import Place
from generation.pocket.portraits.colours import Colour, varied
from generation.pocket.sizes import DRAWING_SIDE as SIDE

Pen = ImageDraw.ImageDraw


def draw_place(place: Place, random: Random) -> Image.Image:
    """Draw a place without a person, 256 px."""
    upper, lower, furnish = _PLACES[place]
    picture = _gradient(varied(upper, random), varied(lower, random))
    furnish(ImageDraw.Draw(picture), random)
    return picture


def _gradient(upper: Colour, lower: Colour) -> Image.Image:
    column = Image.new("RGB", (1, 2))
    column.putdata([upper, lower])
    return column.resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def _disc(pen: Pen, x: float, y: float, radius: float, colour: Colour) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _ground(pen: Pen, top: int, colour: Colour) -> None:
    pen.rectangle((0, top, SIDE, SIDE), fill=colour)


def _scattered(random: Random, count: int, bottom: int = SIDE) -> list[tuple[int, int]]:
    return [(random.randint(0, SIDE), random.randint(0, bottom)) for _ in range(count)]


def _side(random: Random, reach: int = 52) -> int:
    """Give the x of a point on the left or right: the head covers the middle."""
    return random.choice((random.randint(8, reach), SIDE - random.randint(8, reach)))


def _space(pen: Pen, random: Random) -> None:
    for x, y in _scattered(random, 45):
        _disc(pen, x, y, random.choice((1.5, 2, 3)), (255, 255, 235))
    x, y, radius = _side(random), random.randint(30, 90), random.randint(18, 30)
    _disc(pen, x, y, radius, random.choice(((214, 120, 70), (90, 150, 210), (190, 160, 220))))
    pen.ellipse(
        (x - radius * 1.7, y - 5, x + radius * 1.7, y + 5), outline=(230, 220, 190), width=3
    )


def _moon(pen: Pen, random: Random) -> None:
    for x, y in _scattered(random, 20, 130):
        _disc(pen, x, y, 1.5, (255, 255, 255))
    _disc(pen, _side(random), random.randint(30, 70), 22, (70, 130, 220))
    _ground(pen, 150, (188, 188, 194))
    for x, y in _scattered(random, 9, 100):
        pen.ellipse((x - 16, y + 156, x + 16, y + 170), fill=(150, 150, 158))


def _snow(pen: Pen, random: Random) -> None:
    _ground(pen, 165, (250, 252, 255))
    for x in (_side(random), _side(random)):
        pen.polygon(((x, 70), (x - 26, 172), (x + 26, 172)), fill=(120, 160, 150))
        pen.polygon(((x, 70), (x - 12, 115), (x + 12, 115)), fill=(250, 252, 255))
    for x, y in _scattered(random, 60):
        _disc(pen, x, y, random.choice((3, 4)), (255, 255, 255))


def _forest(pen: Pen, random: Random) -> None:
    _ground(pen, 195, (60, 92, 40))
    for _ in range(7):
        x, width = random.randint(0, SIDE), random.randint(8, 13)
        pen.rectangle((x - width, 0, x + width, 210), fill=varied((92, 62, 38), random))
    for x, y in _scattered(random, 16, 80):
        _disc(pen, x, y, random.randint(18, 30), varied((44, 110, 44), random, 14))


def _beach(pen: Pen, random: Random) -> None:
    pen.rectangle((0, 120, SIDE, 185), fill=(30, 150, 190))
    for y in (134, 152, 170):
        pen.line((0, y, SIDE, y), fill=(130, 215, 230), width=3)
    _ground(pen, 185, (240, 218, 160))
    x = _side(random)
    pen.line((x, 200, x + 8, 80), fill=(130, 90, 50), width=10)
    for dx, dy in ((-36, 12), (-26, -14), (26, -14), (36, 12)):
        pen.line((x + 8, 80, x + 8 + dx, 80 + dy), fill=(40, 150, 70), width=10)


def _desert(pen: Pen, random: Random) -> None:
    _disc(pen, _side(random), 40, 20, (255, 236, 150))
    _ground(pen, 150, (224, 168, 92))
    pen.ellipse((-60, 130, 150, 240), fill=(212, 152, 78))
    x = _side(random)
    pen.line((x, 200, x, 100), fill=(70, 130, 60), width=14)
    pen.line((x - 16, 120, x - 16, 150, x, 150), fill=(70, 130, 60), width=9)
    pen.line((x + 16, 110, x + 16, 138, x, 138), fill=(70, 130, 60), width=9)


def _mountains(pen: Pen, random: Random) -> None:
    for x in (random.randint(-10, 50), random.randint(80, 170), random.randint(200, 266)):
        top = random.randint(20, 70)
        pen.polygon(((x, top), (x - 95, 220), (x + 95, 220)), fill=varied((112, 116, 140), random))
        pen.polygon(((x, top), (x - 24, top + 40), (x + 24, top + 40)), fill=(248, 250, 255))
    _ground(pen, 205, (98, 150, 84))


def _city(pen: Pen, random: Random) -> None:
    for x in range(-10, SIDE, 44):
        top = random.randint(40, 120)
        pen.rectangle((x, top, x + 38, SIDE), fill=varied((150, 132, 128), random, 14))
        for y in range(top + 10, 220, 20):
            pen.rectangle((x + 6, y, x + 15, y + 9), fill=(206, 222, 236))
            pen.rectangle((x + 23, y, x + 32, y + 9), fill=(206, 222, 236))


def _night(pen: Pen, random: Random) -> None:
    _disc(pen, _side(random), 36, 17, (250, 244, 200))
    for x in range(-10, SIDE, 44):
        top = random.randint(70, 130)
        pen.rectangle((x, top, x + 38, SIDE), fill=varied((24, 26, 50), random, 5))
        for y in range(top + 10, 220, 20):
            for across in (6, 23):
                if random.choice((True, True, True, False)):
                    pen.rectangle((x + across, y, x + across + 9, y + 9), fill=(255, 206, 90))


def _underwater(pen: Pen, random: Random) -> None:
    _ground(pen, 218, (196, 180, 120))
    for x in (_side(random), _side(random)):
        pen.line((x, 230, x - 8, 185, x + 6, 150, x - 4, 120), fill=(30, 140, 90), width=9)
    for x, y in _scattered(random, 14):
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), outline=(190, 240, 250), width=3)
    x, y = _side(random), random.randint(40, 110)
    pen.ellipse((x - 18, y - 10, x + 18, y + 10), fill=(255, 150, 60))
    pen.polygon(((x + 14, y), (x + 30, y - 11), (x + 30, y + 11)), fill=(255, 150, 60))


def _garden(pen: Pen, random: Random) -> None:
    _ground(pen, 95, (104, 186, 84))
    for x, y in _scattered(random, 32, 150):
        colour = random.choice(((255, 105, 160), (255, 225, 80), (240, 70, 70), (200, 120, 230)))
        _disc(pen, x, y + 100, 8, colour)
        _disc(pen, x, y + 100, 3, (255, 250, 200))


def _library(pen: Pen, random: Random) -> None:
    colours = ((168, 52, 46), (46, 92, 140), (60, 120, 72), (206, 164, 70), (120, 66, 120))
    for shelf in range(4):
        x, bottom = 4, 58 + shelf * 62
        while x < SIDE:
            width = random.randint(12, 18)
            top = bottom - random.randint(36, 50)
            pen.rectangle((x, top, x + width - 2, bottom), fill=random.choice(colours))
            x += width
        pen.rectangle((0, bottom, SIDE, bottom + 9), fill=(84, 50, 26))


def _kitchen(pen: Pen, random: Random) -> None:
    for x in range(0, SIDE, 32):
        pen.line((x, 0, x, 170), fill=(206, 224, 214), width=3)
    for y in range(0, 170, 32):
        pen.line((0, y, SIDE, y), fill=(206, 224, 214), width=3)
    _ground(pen, 170, (196, 148, 96))
    x = _side(random, 40)
    pen.rectangle((x - 22, 134, x + 22, 172), fill=(214, 70, 60))
    pen.rectangle((x - 27, 128, x + 27, 136), fill=(110, 110, 116))
    for across in (30, 70, 190, 226):
        pen.line((across, 0, across, 38), fill=(120, 120, 126), width=4)
        _disc(pen, across, 46, 12, (160, 160, 168))


def _sunset(pen: Pen, random: Random) -> None:
    _disc(pen, _side(random, 70), 150, 34, (255, 236, 130))
    for y in (50, 84):
        x = random.randint(0, 180)
        pen.ellipse((x, y, x + 90, y + 14), fill=(214, 90, 120))
    _ground(pen, 178, (96, 44, 90))
    for y in (190, 206, 226):
        pen.line((0, y, SIDE, y), fill=(220, 120, 100), width=3)


def _rain(pen: Pen, random: Random) -> None:
    for x, y in ((20, 14), (80, 4), (150, 10), (215, 16)):
        _disc(pen, x, y, 36, (84, 92, 104))
    for x, y in _scattered(random, 60):
        pen.line((x, y, x - 7, y + 20), fill=(176, 206, 232), width=3)
    _ground(pen, 222, (76, 88, 104))


def _castle(pen: Pen, random: Random) -> None:
    wall = varied((172, 166, 158), random)
    pen.rectangle((0, 120, SIDE, SIDE), fill=wall)
    for x in range(0, SIDE, 32):
        pen.rectangle((x, 104, x + 17, 122), fill=wall)
    for x in (30, 226):
        pen.rectangle((x - 24, 70, x + 24, SIDE), fill=(142, 136, 132))
        pen.polygon(((x - 32, 72), (x, 10), (x + 32, 72)), fill=(186, 58, 58))
        pen.rectangle((x - 7, 100, x + 7, 128), fill=(60, 56, 60))


_PLACES: dict[Place, tuple[Colour, Colour, Callable[[Pen, Random], None]]] = {
    Place.SPACE: ((10, 8, 30), (34, 14, 62), _space),
    Place.MOON: ((6, 6, 12), (14, 14, 24), _moon),
    Place.SNOW: ((214, 232, 246), (240, 248, 255), _snow),
    Place.FOREST: ((80, 132, 72), (104, 150, 90), _forest),
    Place.BEACH: ((128, 206, 246), (196, 236, 252), _beach),
    Place.DESERT: ((250, 206, 130), (252, 226, 170), _desert),
    Place.MOUNTAINS: ((140, 190, 236), (206, 226, 244), _mountains),
    Place.CITY: ((176, 206, 228), (216, 226, 232), _city),
    Place.NIGHT: ((16, 20, 66), (44, 40, 96), _night),
    Place.UNDERWATER: ((24, 130, 186), (6, 66, 122), _underwater),
    Place.GARDEN: ((160, 220, 250), (190, 232, 244), _garden),
    Place.LIBRARY: ((112, 70, 40), (92, 56, 32), _library),
    Place.KITCHEN: ((238, 244, 232), (232, 238, 226), _kitchen),
    Place.SUNSET: ((240, 110, 70), (255, 186, 90), _sunset),
    Place.RAIN: ((104, 114, 128), (132, 142, 154), _rain),
    Place.CASTLE: ((186, 206, 240), (220, 226, 246), _castle),
}
"""The colour at the top, the colour at the bottom, and what draws the shapes before them."""
