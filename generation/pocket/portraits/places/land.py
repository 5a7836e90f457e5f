"""Places out of doors, on dry land."""

from generation.pocket.portraits.colours import Colour, blend, varied
from generation.pocket.portraits.palette import WHITE
from generation.pocket.portraits.places.brush import SIDE, Brush


def moon(brush: Brush) -> None:
    brush.sky((4, 4, 12), (22, 22, 38))
    for x, y in brush.scattered(34, 0, 140):
        brush.disc(x, y, brush.random.choice((0.8, 1.2, 1.8)), WHITE)
    x, y = brush.beside(), brush.random.uniform(36, 66)
    brush.glow(x, y, 48, (90, 150, 255), 0.5)
    brush.disc(x, y, 25, (44, 110, 214))
    for dx, dy, rx, ry in ((-8, -8, 9, 6), (7, 3, 10, 8), (-6, 12, 7, 4)):
        brush.oval(x + dx, y + dy, rx, ry, (72, 164, 92))
    brush.oval(x + 2, y - 12, 12, 3, WHITE)
    brush.blob(
        [(-30, 170), (40, 146), (128, 158), (210, 144), (290, 168), (290, 300), (-30, 300)],
        (186, 186, 194),
    )
    brush.blob(
        [(-30, 216), (60, 196), (150, 212), (290, 190), (290, 300), (-30, 300)], (206, 206, 212)
    )
    for middle, y in ((26, 178), (232, 172), (70, 214), (196, 222), (18, 238), (244, 240)):
        x = middle + brush.random.uniform(-8, 8)
        brush.oval(x, y, 17, 6.5, (140, 140, 150))
        brush.oval(x, y + 1.6, 14, 4.4, (164, 164, 174))


def snow(brush: Brush) -> None:
    brush.sky((168, 204, 236), (226, 238, 250))
    brush.blob(
        [(-30, 150), (60, 118), (140, 140), (220, 112), (290, 146), (290, 300), (-30, 300)],
        (214, 228, 246),
    )
    for x in (
        brush.random.uniform(12, 36),
        brush.random.uniform(48, 60),
        brush.random.uniform(206, 244),
    ):
        _fir(brush, x, brush.random.uniform(62, 84), 190, (66, 116, 104), snowy=True)
    brush.blob(
        [(-30, 190), (60, 176), (190, 188), (290, 172), (290, 300), (-30, 300)], (248, 252, 255)
    )
    for x, y in brush.scattered(56):
        brush.disc(x, y, brush.random.choice((1.6, 2.4, 3.2)), WHITE)


def _fir(
    brush: Brush, x: float, top: float, bottom: float, colour: Colour, *, snowy: bool = False
) -> None:
    height = bottom - top
    brush.rectangle(x - 3, bottom - 10, x + 3, bottom + 6, (92, 64, 48))
    for k in range(3):
        peak, foot = top + height * 0.26 * k, top + height * (0.42 + 0.27 * k)
        wide = height * (0.17 + 0.075 * k)
        brush.polygon([(x, peak), (x - wide, foot), (x + wide, foot)], colour)
        brush.polygon(
            [(x, peak), (x + brush.lit * wide, foot), (x, foot)], blend(colour, WHITE, 0.14)
        )
        if snowy:
            tip = peak + (foot - peak) * 0.5
            brush.polygon(
                [(x, peak), (x - wide * 0.5, tip), (x, tip - 4), (x + wide * 0.5, tip)],
                (248, 252, 255),
            )


def forest(brush: Brush) -> None:
    brush.sky((176, 214, 130), (122, 176, 96))
    for _ in range(7):
        brush.disc(
            brush.random.uniform(0, SIDE),
            brush.random.uniform(0, 70),
            brush.random.uniform(22, 36),
            varied((112, 168, 84), brush.random, 10),
        )
    for x in brush.moved((20, 62, 104, 150, 196, 238), 10):
        brush.rectangle(x - 5, 0, x + 5, 220, varied((104, 112, 66), brush.random, 6))
    for x in (
        brush.random.uniform(4, 24),
        brush.random.uniform(46, 64),
        brush.random.uniform(192, 212),
        brush.random.uniform(230, 250),
    ):
        wide = brush.random.uniform(9, 13)
        bark = varied((98, 66, 42), brush.random)
        brush.polygon(
            [(x - wide * 0.8, 0), (x + wide * 0.8, 0), (x + wide, 230), (x - wide, 230)], bark
        )
        side = x + brush.lit * wide * 0.45
        brush.line([(side, 0), (side, 230)], blend(bark, WHITE, 0.18), 4)
    for x in (-4, 34, 72, 112, 152, 188, 224, 260):
        brush.disc(
            x,
            brush.random.uniform(2, 18),
            brush.random.uniform(24, 34),
            varied((48, 116, 54), brush.random, 12),
        )
    brush.blob(
        [(-30, 206), (60, 196), (170, 208), (290, 194), (290, 300), (-30, 300)], (58, 104, 46)
    )
    for x in (14, 40, 66, 190, 216, 244):
        y = brush.random.uniform(196, 214)
        for dx in (-7, 0, 7):
            brush.curve([(x, y + 14), (x + dx * 0.6, y), (x + dx * 1.5, y - 9)], (98, 158, 62), 3)


def desert(brush: Brush) -> None:
    brush.sky((120, 190, 236), (252, 226, 170), bottom=170)
    x = 34.0 if brush.lit < 0 else SIDE - 34.0
    brush.glow(x, 40, 64, (255, 246, 190), 0.8)
    brush.disc(x, 40, 19, (255, 244, 170))
    brush.blob(
        [(-40, 172), (30, 136), (110, 166), (200, 130), (300, 168), (300, 300), (-40, 300)],
        (234, 182, 108),
    )
    brush.blob(
        [(-40, 206), (70, 172), (160, 200), (300, 168), (300, 300), (-40, 300)], (224, 164, 86)
    )
    brush.curve([(-10, 200), (70, 173), (150, 198)], (246, 202, 132), 3)
    x, green = brush.beside(44), (70, 136, 76)
    brush.line([(x, 216), (x, 96)], green, 17)
    brush.line([(x - 22, 120), (x - 22, 148), (x, 150)], green, 10)
    brush.line([(x + 22, 108), (x + 22, 134), (x, 136)], green, 10)
    for dx in (-4, 3):
        brush.line([(x + dx, 210), (x + dx, 98)], (104, 170, 100), 2)


def mountains(brush: Brush) -> None:
    brush.sky((104, 168, 232), (216, 232, 246), bottom=220)
    for x, top, tone in (
        (brush.random.uniform(-6, 36), brush.random.uniform(44, 70), (128, 136, 168)),
        (brush.random.uniform(214, 258), brush.random.uniform(30, 60), (118, 124, 158)),
        (brush.random.uniform(96, 160), brush.random.uniform(26, 46), (138, 146, 178)),
        (brush.random.uniform(50, 80), brush.random.uniform(86, 104), (98, 104, 138)),
        (brush.random.uniform(180, 208), brush.random.uniform(88, 104), (100, 106, 140)),
    ):
        wide = (232 - top) * 0.62
        brush.polygon([(x, top), (x - wide, 232), (x + wide, 232)], tone)
        brush.polygon([(x, top), (x + brush.lit * wide, 232), (x, 232)], blend(tone, WHITE, 0.14))
        d = 30
        brush.polygon(
            [
                (x, top),
                (x - d * 0.62, top + d),
                (x - d * 0.26, top + d * 0.8),
                (x, top + d * 1.1),
                (x + d * 0.3, top + d * 0.78),
                (x + d * 0.62, top + d),
            ],
            (248, 250, 255),
        )
    brush.blob(
        [(-30, 214), (70, 200), (180, 214), (290, 198), (290, 300), (-30, 300)], (92, 148, 84)
    )
    for x in (10, 30, 222, 246):
        _fir(brush, x + brush.random.uniform(-5, 5), 172, 216, (46, 100, 72))


def garden(brush: Brush) -> None:
    brush.sky((142, 208, 248), (214, 238, 246), bottom=120)
    for x in (0.0, 40, 78, 180, 220, 258):
        brush.disc(
            x + brush.random.uniform(-6, 6),
            104,
            brush.random.uniform(28, 40),
            varied((76, 156, 82), brush.random, 12),
        )
    brush.rectangle(0, 112, SIDE, SIDE, (116, 188, 88))
    colours = ((255, 104, 160), (255, 222, 80), (238, 70, 74), (188, 110, 226), (255, 255, 255))
    for y in sorted(brush.random.uniform(100, 236) for _ in range(30)):
        x = brush.beside(76)
        size = 3.4 + (y - 100) * 0.032
        brush.line([(x, y), (x, y + size * 3)], (60, 138, 62), 2)
        colour = brush.random.choice(colours)
        for dx, dy in ((-0.9, 0), (0.9, 0), (0, -0.9), (0, 0.9)):
            brush.disc(x + dx * size, y + dy * size, size * 0.8, colour)
        brush.disc(x, y, size * 0.6, (255, 214, 70) if colour != colours[1] else (190, 110, 30))
