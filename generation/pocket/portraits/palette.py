"""The colours of drawn people."""

from generation.character import Eyes, HairColor, Skin
from generation.pocket.portraits.attributes import Clothes
from generation.pocket.portraits.colours import Colour

SKIN: dict[Skin, Colour] = {
    Skin.PALE: (253, 228, 214),
    Skin.FAIR: (244, 200, 168),
    Skin.TAN: (214, 146, 98),
    Skin.OLIVE: (204, 168, 124),
    Skin.BROWN: (150, 96, 62),
    Skin.DARK: (86, 54, 42),
}
SHADE: dict[Skin, Colour] = {
    Skin.PALE: (236, 190, 178),
    Skin.FAIR: (222, 160, 130),
    Skin.TAN: (178, 108, 70),
    Skin.OLIVE: (168, 126, 88),
    Skin.BROWN: (116, 66, 44),
    Skin.DARK: (58, 34, 30),
}
"""Skin in the shade: redder, by the blood under it."""

HAIR: dict[HairColor, Colour] = {
    HairColor.BLACK: (32, 28, 34),
    HairColor.BROWN: (108, 66, 36),
    HairColor.BLOND: (236, 200, 98),
    HairColor.RED: (204, 74, 26),
    HairColor.GRAY: (146, 148, 154),
    HairColor.WHITE: (240, 240, 244),
    HairColor.BLUE: (44, 92, 220),
    HairColor.PINK: (246, 112, 186),
}
EYES: dict[Eyes, Colour] = {
    Eyes.BROWN: (122, 70, 30),
    Eyes.BLUE: (50, 124, 224),
    Eyes.GREEN: (46, 152, 78),
    Eyes.GRAY: (134, 144, 154),
}
CLOTHES: dict[Clothes, Colour] = {
    Clothes.RED: (206, 40, 44),
    Clothes.ORANGE: (242, 132, 30),
    Clothes.YELLOW: (248, 214, 56),
    Clothes.GREEN: (40, 142, 72),
    Clothes.BLUE: (40, 88, 200),
    Clothes.PURPLE: (132, 58, 168),
    Clothes.BLACK: (38, 38, 44),
    Clothes.WHITE: (244, 244, 242),
}
HATS: tuple[Colour, ...] = (
    (150, 40, 50),
    (46, 60, 110),
    (60, 100, 70),
    (120, 86, 50),
    (50, 50, 54),
)
"""Colours of the hat that words ask for."""

INK: Colour = (38, 28, 32)
"""Colour of lashes and of the frames of glasses."""

WHITE: Colour = (255, 255, 255)
GOLD: Colour = (240, 190, 60)
DARK_GOLD: Colour = (186, 130, 30)
STEEL: Colour = (178, 188, 202)
DARK_STEEL: Colour = (112, 122, 140)
LEATHER: Colour = (122, 74, 42)
LINEN: Colour = (240, 230, 208)
WOOD: Colour = (150, 98, 54)
