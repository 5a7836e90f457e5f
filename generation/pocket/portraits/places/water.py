"""Places at the water, in it and under clouds full of it."""

from generation.pocket.portraits.colours import varied
from generation.pocket.portraits.palette import WHITE
from generation.pocket.portraits.places.brush import SIDE, Brush


def beach(brush: Brush) -> None:
    brush.sky((92, 186, 244), (204, 238, 252), bottom=130)
    x = 30 if brush.lit < 0 else SIDE - 30
    brush.glow(x, 34, 60, (255, 244, 170), 0.7)
    brush.disc(x, 34, 17, (255, 238, 130))
    brush.rectangle(0, 126, SIDE, 200, (34, 152, 196))
    for y in (140, 156, 172):
        start = brush.random.uniform(-20, 0)
        for k in range(5):
            a = start + k * 60
            brush.curve([(a, y), (a + 15, y - 3), (a + 30, y)], (140, 220, 234), 2.5)
    brush.blob(
        [(-30, 186), (60, 178), (150, 190), (290, 176), (290, 300), (-30, 300)], (232, 246, 250)
    )
    brush.blob(
        [(-30, 192), (60, 184), (150, 196), (290, 182), (290, 300), (-30, 300)], (244, 220, 160)
    )
    x = SIDE - 34 if brush.lit < 0 else 34
    lean = 14 if x < 128 else -14
    brush.curve([(x, 214), (x - lean * 0.2, 140), (x + lean, 66)], (142, 98, 56), 9)
    for dx, dy in ((-38, 16), (-34, -14), (-10, -30), (18, -26), (36, -4), (34, 22)):
        top = (x + lean, 66)
        brush.blob(
            [
                top,
                (top[0] + dx * 0.5 - dy * 0.12, top[1] + dy * 0.5 - 8),
                (top[0] + dx, top[1] + dy + 6),
                (top[0] + dx * 0.5, top[1] + dy * 0.5 + 4),
            ],
            varied((44, 150, 76), brush.random, 12),
        )


def sea(brush: Brush) -> None:
    brush.sky((110, 176, 232), (214, 234, 246), bottom=150)
    for x, y in (
        (brush.beside(60), brush.random.uniform(20, 44)),
        (brush.beside(60), brush.random.uniform(50, 78)),
    ):
        for dx, radius in ((-16, 10), (0, 15), (16, 11)):
            brush.disc(x + dx, y - radius * 0.2, radius, (250, 252, 255))
    brush.rectangle(0, 146, SIDE, SIDE, (24, 92, 160))
    x = brush.beside(44)
    brush.polygon([(x - 26, 138), (x + 26, 138), (x + 17, 152), (x - 17, 152)], (122, 70, 44))
    brush.line([(x, 138), (x, 84)], (96, 60, 40), 3)
    brush.blob([(x + 2, 88), (x + 25, 112), (x + 20, 132), (x + 2, 132)], (250, 246, 236))
    brush.polygon([(x - 2, 92), (x - 2, 132), (x - 20, 132)], (236, 228, 214))
    for row, tone in enumerate(((36, 112, 182), (28, 100, 170), (40, 122, 190), (24, 90, 160))):
        y = 158 + row * 22
        start = brush.random.uniform(-40, 0)
        for k in range(8):
            a = start + k * 44
            brush.blob(
                [(a, y + 10), (a + 14, y - 4), (a + 30, y - 6), (a + 44, y + 10), (a + 22, y + 16)],
                tone,
            )
            brush.curve([(a + 8, y + 1), (a + 22, y - 6), (a + 34, y - 1)], (190, 226, 244), 2.5)


def underwater(brush: Brush) -> None:
    brush.sky((40, 168, 206), (12, 104, 164), (6, 54, 108))
    for x in brush.moved((30, 92, 160, 226), 12):
        brush.polygon([(x - 6, 0), (x + 8, 0), (x + 34, 150), (x - 2, 150)], (56, 170, 206))
    brush.blob(
        [(-30, 224), (60, 212), (180, 226), (290, 210), (290, 300), (-30, 300)], (196, 178, 120)
    )
    for x in (
        brush.random.uniform(12, 24),
        brush.random.uniform(36, 50),
        brush.random.uniform(206, 220),
        brush.random.uniform(232, 246),
    ):
        top = brush.random.uniform(110, 150)
        brush.curve(
            [(x, 236), (x - 8, 205), (x + 7, 172), (x - 5, top + 14), (x + 3, top)],
            varied((36, 146, 92), brush.random, 12),
            7,
        )
    for x, y in brush.scattered(15):
        brush.ring(x, y, 4.5, 4.5, (190, 236, 248), 1.6)
        brush.disc(x - 1.6, y - 1.6, 1.2, WHITE)
    for y in (brush.random.uniform(44, 70), brush.random.uniform(110, 140)):
        x = brush.beside(40)
        face = 1 if x < 128 else -1
        brush.oval(x, y, 17, 10, (255, 150, 54))
        brush.polygon(
            [(x - face * 13, y), (x - face * 28, y - 11), (x - face * 28, y + 11)], (255, 176, 84)
        )
        brush.line([(x, y - 9), (x - face * 2, y + 9)], WHITE, 4)
        brush.disc(x + face * 9, y - 2, 2, (20, 20, 30))


def sunset(brush: Brush) -> None:
    brush.sky((92, 62, 138), (232, 96, 92), (255, 192, 96), bottom=176)
    x = 46 if brush.lit < 0 else SIDE - 46
    brush.glow(x, 150, 84, (255, 236, 150), 0.85)
    brush.disc(x, 150, 31, (255, 238, 140))
    for y, wide in ((46, 60), (78, 44), (104, 52)):
        a = brush.random.uniform(10, 220)
        brush.oval(a, y, wide, 5, (214, 96, 116))
        brush.oval(a + 16, y - 5, wide * 0.5, 5, (224, 112, 120))
    brush.rectangle(0, 176, SIDE, SIDE, (98, 50, 100))
    for k in range(7):
        y = 182 + k * 11
        wide = 40 - k * 3
        brush.line([(x - wide, y), (x + wide, y)], (255, 190, 110), 2.6)
    for k in range(9):
        a = brush.random.uniform(0, SIDE)
        brush.line([(a, 186 + k * 8), (a + 26, 186 + k * 8)], (146, 76, 116), 2.2)


def rain(brush: Brush) -> None:
    brush.sky((92, 102, 118), (148, 158, 170))
    for x, tone in ((0.0, 74), (50, 86), (104, 78), (160, 88), (214, 76), (258, 84)):
        brush.disc(x + brush.random.uniform(-8, 8), 10, 36, (tone, tone + 8, tone + 20))
    brush.blob(
        [(-30, 196), (60, 178), (170, 192), (290, 174), (290, 300), (-30, 300)], (92, 104, 112)
    )
    brush.rectangle(0, 214, SIDE, SIDE, (78, 90, 104))
    for puddle in (36, 216):
        brush.oval(puddle + brush.random.uniform(-16, 16), 228, 26, 5, (128, 144, 160))
    for x, y in brush.scattered(70):
        brush.line([(x, y), (x - 5, y + 17)], (186, 212, 234), 1.8)
