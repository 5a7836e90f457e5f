"""Places that people built, and space, which they only fly through."""

import numpy as np

from generation.pocket.portraits.colours import blend, darker, varied
from generation.pocket.portraits.palette import WHITE
from generation.pocket.portraits.places.brush import SIDE, Brush


def studio(brush: Brush) -> None:
    colour = brush.random.choice(
        ((196, 206, 220), (222, 208, 196), (190, 208, 200), (208, 200, 220))
    )
    colour = varied(colour, brush.random, 8)
    brush.sky(darker(colour, 0.9), colour, darker(colour, 0.82))
    x = 60 if brush.lit < 0 else SIDE - 60
    brush.glow(x, 70, 150, blend(colour, WHITE, 0.7), 0.8)


def space(brush: Brush) -> None:
    brush.sky((8, 8, 30), (22, 12, 52), (44, 18, 74))
    brush.glow(
        brush.random.uniform(20, 236), brush.random.uniform(120, 220), 110, (120, 50, 150), 0.45
    )
    for x, y in brush.scattered(64):
        brush.disc(x, y, brush.random.choice((0.7, 1.1, 1.1, 1.8)), (255, 252, 236))
    for x, y in brush.scattered(4):
        brush.line([(x - 5, y), (x + 5, y)], WHITE, 1.2)
        brush.line([(x, y - 5), (x, y + 5)], WHITE, 1.2)
    x, y, radius = brush.beside(), brush.random.uniform(36, 84), brush.random.uniform(20, 27)
    colour = brush.random.choice(((224, 132, 80), (94, 156, 220), (194, 160, 226)))
    brush.disc(x, y, radius, darker(colour, 0.62))
    brush.disc(x + brush.lit * radius * 0.14, y - radius * 0.08, radius * 0.86, colour)
    brush.oval(
        x + brush.lit * 4,
        y - radius * 0.4,
        radius * 0.5,
        radius * 0.1,
        blend(colour, WHITE, 0.3),
        -14,
    )
    brush.ring(x, y, radius * 1.75, radius * 0.36, (236, 222, 190), 2.6, -14)
    brush.disc(SIDE - x, y + 60, 7, (206, 200, 196))


def city(brush: Brush) -> None:
    brush.sky((150, 196, 234), (226, 234, 240))
    for x in range(-14, SIDE, 32):
        top = brush.random.uniform(64, 104)
        brush.rectangle(x, top, x + 30, SIDE, varied((184, 196, 210), brush.random, 5))
    _street(brush, (166, 136, 122), (206, 226, 240), 1.0)


def _street(
    brush: Brush, wall: tuple[int, int, int], pane: tuple[int, int, int], lit: float
) -> None:
    """Paint houses beside the head, higher at the picture's edges; `lit` of their panes shine."""
    for x, wide, high, low in (
        (-8, 42, 20, 50),
        (38, 36, 74, 104),
        (80, 32, 110, 126),
        (146, 32, 110, 126),
        (182, 36, 72, 104),
        (222, 44, 18, 48),
    ):
        top = brush.random.uniform(high, low)
        colour = varied(wall, brush.random, 12)
        brush.rectangle(x, top, x + wide, SIDE, colour)
        side = x if brush.lit < 0 else x + wide - 4
        brush.rectangle(side, top, side + 4, SIDE, blend(colour, WHITE, 0.16))
        brush.rectangle(x - 2, top - 4, x + wide + 2, top, darker(colour, 0.8))
        y = top + 9
        while y < 230:
            for across in range(6, wide - 8, 12):
                glass = pane if brush.random.random() < lit else darker(colour, 0.72)
                brush.rectangle(x + across, y, x + across + 7, y + 10, glass)
            y += 18


def night(brush: Brush) -> None:
    brush.sky((12, 16, 56), (48, 42, 104), (88, 62, 120))
    for x, y in brush.scattered(26, 0, 90):
        brush.disc(x, y, 1, WHITE)
    x = 40 if brush.lit < 0 else SIDE - 40
    brush.glow(x, 36, 44, (250, 244, 200), 0.5)
    brush.disc(x, 36, 15, (250, 244, 206))
    brush.disc(x + 5 * brush.lit, 33, 12.5, (30, 30, 78))
    _street(brush, (34, 34, 66), (255, 208, 96), 0.62)


def library(brush: Brush) -> None:
    brush.sky((96, 58, 34), (78, 46, 28))
    colours = (
        (172, 56, 48),
        (48, 96, 144),
        (64, 124, 76),
        (208, 166, 74),
        (122, 70, 124),
        (216, 204, 178),
    )
    for shelf in range(5):
        x, bottom = 2.0, 46 + shelf * 52.0
        brush.rectangle(0, bottom - 46, SIDE, bottom, (62, 36, 24))
        while x < SIDE:
            wide = brush.random.uniform(9, 14)
            top = bottom - brush.random.uniform(31, 42)
            colour = brush.random.choice(colours)
            brush.rectangle(x, top, x + wide - 1.2, bottom, colour)
            brush.rectangle(x, top + 6, x + wide - 1.2, top + 8.5, (236, 206, 120))
            brush.rectangle(x, top, x + 1.8, bottom, darker(colour, 0.7))
            x += wide
        brush.rectangle(0, bottom, SIDE, bottom + 6, (132, 84, 48))
        brush.rectangle(0, bottom + 4, SIDE, bottom + 6, (92, 56, 32))


def kitchen(brush: Brush) -> None:
    brush.sky((240, 244, 234), (226, 234, 224))
    for x in np.arange(0.0, SIDE, 24):
        brush.line([(x, 0), (x, 180)], (204, 222, 212), 1.6)
    for y in range(0, 180, 24):
        brush.line([(0, y), (SIDE, y)], (204, 222, 212), 1.6)
    brush.rectangle(0, 16, SIDE, 22, (120, 120, 128))
    for hook, length, tone in (
        (24, 30, (196, 110, 60)),
        (60, 24, (150, 154, 164)),
        (196, 26, (150, 154, 164)),
        (232, 32, (196, 110, 60)),
    ):
        x = hook + brush.random.uniform(-4, 4)
        brush.line([(x, 20), (x, 20 + length)], (96, 98, 106), 3)
        brush.disc(x, 30 + length, 13, tone)
        brush.disc(x - 3, 27 + length, 6, blend(tone, WHITE, 0.35))
    brush.rectangle(0, 180, SIDE, SIDE, (190, 142, 92))
    brush.rectangle(0, 176, SIDE, 188, (226, 186, 134))
    x = brush.beside(36)
    brush.rectangle(x - 21, 140, x + 21, 178, (214, 66, 58))
    brush.rectangle(x - 21, 140, x - 12, 178, (240, 112, 100))
    brush.rectangle(x - 26, 134, x + 26, 142, (110, 112, 120))
    for dx in (-8, 8):
        brush.curve(
            [(x + dx, 128), (x + dx + 5, 116), (x + dx - 4, 104), (x + dx + 2, 92)],
            (250, 252, 252),
            4,
        )
    x = SIDE - x
    for dx, colour in ((-12, (230, 70, 60)), (4, (250, 190, 60)), (17, (106, 176, 76))):
        brush.disc(x + dx, 168, 9, colour)


def stage(brush: Brush) -> None:
    brush.sky((40, 14, 40), (70, 22, 54), (40, 16, 40))
    for x in (-10, 22, 54, 202, 234, 266):
        brush.blob(
            [
                (x - 14, -20),
                (x + 14, -20),
                (x + 17, 130),
                (x + 13, 280),
                (x - 13, 280),
                (x - 17, 130),
            ],
            (168, 26, 52),
        )
        brush.curve([(x + 7, 0), (x + 10, 130), (x + 6, 256)], (114, 14, 40), 5)
    for x, colour in ((60, (255, 210, 120)), (196, (120, 190, 255))):
        brush.glow(x, 10, 70, colour, 0.6)
        brush.disc(x, 6, 9, WHITE)
    for _ in range(10):
        brush.glow(
            brush.random.uniform(70, 186),
            brush.random.uniform(30, 200),
            brush.random.uniform(8, 16),
            brush.random.choice(((255, 200, 110), (250, 120, 180), (120, 180, 255))),
            0.5,
        )
    brush.rectangle(0, 232, SIDE, SIDE, (110, 66, 44))


def castle(brush: Brush) -> None:
    brush.sky((138, 184, 238), (222, 234, 246), bottom=210)
    wall = varied((178, 172, 166), brush.random, 6)
    brush.rectangle(0, 132, SIDE, SIDE, wall)
    for x in np.arange(-6.0, SIDE, 24):
        brush.rectangle(x, 120, x + 13, 134, wall)
    for y in range(144, SIDE, 16):
        for x in np.arange((y // 16 % 2) * 14.0 - 14, SIDE, 28):
            brush.line([(x, y), (x + 18, y)], darker(wall, 0.84), 1.6)
    for x in brush.moved((30, 226), 6):
        tower = (154, 148, 146)
        brush.rectangle(x - 22, 76, x + 22, SIDE, tower)
        brush.rectangle(
            x + brush.lit * 14 - 8, 76, x + brush.lit * 14 + 8, SIDE, blend(tower, WHITE, 0.16)
        )
        brush.polygon([(x - 29, 78), (x, 16), (x + 29, 78)], (190, 58, 58))
        brush.polygon([(x, 16), (x + brush.lit * 29, 78), (x, 78)], (222, 88, 78))
        brush.rectangle(x - 6, 98, x + 6, 124, (64, 58, 66))
        brush.disc(x, 98, 6, (64, 58, 66))
        brush.line([(x, 18), (x, 4)], (90, 70, 60), 2)
        brush.polygon([(x, 4), (x + 15, 8), (x, 13)], (250, 206, 70))
