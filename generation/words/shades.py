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

_KIND = (
    r"(?:very|long|short|medium|shoulder[- ]length|curly|wavy|straight|thick|thin|bushy|big|huge"
    r"|full|messy|shiny|silky|fluffy|wild|braided|flowing|trimmed|neat|facial|and)"
)
_HAIR = (
    rf"(?:[ -](?:{_KIND} ){{0,3}}?(?:hair|beard|mo?ustache|goatee|stubble)|[ -]?haired|[ -]bearded)"
)
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

_ARTICLE = re.compile(r"\ban (?=white|black|red|blond|gr[ae]y|brown)", re.IGNORECASE)


def plain_shades(text: str) -> str:
    """Call colours of hair as a small model knows them: "snow-white hair" is white."""
    called = text
    for exactly, plain in _EXACTLY:
        called = exactly.sub(plain, called)
    return text if called == text else _ARTICLE.sub("a ", called)
