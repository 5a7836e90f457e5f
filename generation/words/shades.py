"""What colours of hair and beards are called besides their own names."""

import re

from generation.character import HairColor

OTHER_NAMES: dict[HairColor, tuple[str, ...]] = {
    HairColor.BLACK: ("dark", "raven"),
    HairColor.BLOND: ("fair", "light", "golden", "platinum"),
    HairColor.RED: ("ginger", "auburn", "copper"),
    HairColor.GRAY: ("silver",),
    HairColor.BROWN: ("chestnut",),
}

_HAIR = r"(?:[ -](?:[\w-]+ ){0,3}?(?:hair|beard|mo?ustache|goatee|stubble)|[ -]?haired|[ -]bearded)"
_EXACTLY = (
    *(
        (re.compile(rf"\b(?:{more})[ -](?P<shade>{shade})(?={_HAIR})", re.IGNORECASE), r"\g<shade>")
        for more, shade in (
            ("snow|snowy|milk|milky|pure", "white"),
            ("jet|coal|pitch|raven|inky?", "black"),
            ("fiery|fire|flaming|flame|bright|carrot", "red"),
            ("strawberry|dirty|ash|ashy|honey|sandy|platinum|golden", "blonde?"),
            ("steel|iron|silver|silvery|ash|ashy", "gr[ae]y"),
            ("chestnut|chocolate|mousy", "brown"),
        )
    ),
    (re.compile(rf"\bsalt[ -](?:and|n|'n'|&)[ -]pepper(?={_HAIR})", re.IGNORECASE), "gray"),
)


def plain_shades(text: str) -> str:
    """Call colours of hair as a small model knows them: "snow-white hair" is white."""
    for exactly, plain in _EXACTLY:
        text = exactly.sub(plain, text)
    return text
