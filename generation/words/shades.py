"""What colours of hair and beards are called besides their own names."""

from generation.character import HairColor

OTHER_NAMES: dict[HairColor, tuple[str, ...]] = {
    HairColor.BLACK: ("dark", "raven"),
    HairColor.BLOND: ("fair", "light", "golden", "platinum"),
    HairColor.RED: ("ginger", "auburn", "copper"),
    HairColor.GRAY: ("silver",),
    HairColor.BROWN: ("chestnut",),
}
