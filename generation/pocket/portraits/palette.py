"""The colours of drawn people."""

from generation.character import Eyes, HairColor, Skin
from generation.pocket.portraits.attributes import Clothes
from generation.pocket.portraits.colours import Colour

SKIN: dict[Skin, Colour] = {
    Skin.PALE: (252, 232, 224),
    Skin.FAIR: (246, 202, 172),
    Skin.TAN: (222, 160, 112),
    Skin.OLIVE: (184, 156, 92),
    Skin.BROWN: (146, 92, 58),
    Skin.DARK: (82, 52, 40),
}
HAIR: dict[HairColor, Colour] = {
    HairColor.BLACK: (28, 26, 30),
    HairColor.BROWN: (108, 66, 34),
    HairColor.BLOND: (238, 204, 96),
    HairColor.RED: (206, 66, 22),
    HairColor.GRAY: (146, 146, 152),
    HairColor.WHITE: (240, 240, 244),
    HairColor.BLUE: (44, 90, 224),
    HairColor.PINK: (248, 110, 190),
}
EYES: dict[Eyes, Colour] = {
    Eyes.BROWN: (104, 60, 24),
    Eyes.BLUE: (50, 120, 230),
    Eyes.GREEN: (40, 160, 70),
    Eyes.GRAY: (136, 142, 150),
}
CLOTHES: dict[Clothes, Colour] = {
    Clothes.RED: (214, 36, 40),
    Clothes.ORANGE: (246, 134, 24),
    Clothes.YELLOW: (250, 222, 50),
    Clothes.GREEN: (36, 148, 66),
    Clothes.BLUE: (36, 84, 206),
    Clothes.PURPLE: (136, 54, 172),
    Clothes.BLACK: (32, 32, 36),
    Clothes.WHITE: (246, 246, 246),
}
HATS: tuple[Colour, ...] = (
    (150, 40, 50),
    (46, 60, 110),
    (60, 100, 70),
    (120, 86, 50),
    (50, 50, 54),
)
"""Colours of the hat that words ask for."""

CAPS: tuple[Colour, ...] = (
    (18, 18, 22),
    (24, 24, 30),
    (40, 40, 44),
    (30, 34, 60),
    (60, 44, 34),
    (240, 240, 240),
    (150, 40, 50),
)
"""Colours of a uniform's cap."""

INK: Colour = (36, 28, 28)
"""Colour of lashes and of the frames of glasses."""

WHITE: Colour = (255, 255, 255)
