"""What colours of hair, beards, eyes, skin and clothes are called besides their own names."""

import re
from collections.abc import Iterable

from generation.character import Eyes, HairColor, Skin
from generation.words.named import COLOURS, GARMENTS

OTHER_NAMES: dict[HairColor, tuple[str, ...]] = {
    HairColor.BLACK: ("dark", "raven"),
    HairColor.BLOND: ("fair", "light", "golden", "platinum", "yellow"),
    HairColor.RED: ("ginger", "auburn", "copper", "orange"),
    HairColor.BLUE: ("turquoise", "teal"),
    HairColor.GRAY: ("silver",),
    HairColor.BROWN: ("chestnut",),
}
"""Colours of hair, and of beards but for SPARSE."""

SPARSE = ("light", "slight", "sparse")
"""What a beard is called of which there isn't much."""

NAMES_OF_EYES: dict[Eyes, tuple[str, ...]] = {
    Eyes.BROWN: ("hazel", "amber", "honey", "chocolate", "dark", "black"),
    Eyes.BLUE: ("sapphire", "azure", "turquoise"),
    Eyes.GREEN: ("emerald", "jade", "olive"),
    Eyes.GRAY: ("grey", "silver"),
}

NAMES_OF_SKIN: dict[Skin, tuple[str, ...]] = {
    Skin.PALE: ("porcelain", "ivory", "alabaster", "milky"),
    Skin.FAIR: ("light", "white"),
    Skin.TAN: ("tanned", "bronzed?", "sun-?tanned", "sun-?kissed", "sunburnt"),
    Skin.BROWN: ("caramel", "mocha"),
    Skin.DARK: ("black", "ebony", "chocolate"),
}

NAMES_OF_CLOTHES: dict[str, tuple[str, ...]] = {
    "red": ("crimson", "scarlet", "burgundy", "maroon", "ruby", "cherry"),
    "orange": ("coral", "peach", "apricot", "copper", "rust"),
    "yellow": ("gold", "golden", "lemon", "mustard", "amber"),
    "green": ("emerald", "olive", "khaki", "lime", "mint", "jade"),
    "blue": ("turquoise", "teal", "navy", "azure", "cyan", "indigo", "cobalt", "sapphire", "aqua"),
    "purple": ("violet", "lilac", "lavender", "magenta", "plum"),
    "white": ("cream", "ivory", "pearl"),
}

_KIND = (
    r"(?:very|long|short|medium|shoulder[- ]length|curly|wavy|straight|thick|thin|bushy|big|huge"
    r"|full|messy|shiny|silky|fluffy|wild|braided|flowing|trimmed|neat|facial|and)"
)
_BEARDS = r"(?:beard|mo?ustache|goatee|stubble)"
_OF_HAIR = rf"(?:[ -](?:{_KIND} ){{0,3}}?(?:hair|curls|afro|ponytail|bun)\b|[ -]?haired)"
_OF_BEARDS = rf"(?:[ -](?:{_KIND} ){{0,3}}?{_BEARDS}\b|[ -]bearded)"
_OF_BOTH = rf"(?:{_OF_HAIR}|{_OF_BEARDS})"
_OF_EYES = rf"(?:[ -](?:(?!{COLOURS}\b)[\w-]+ )?eyes?\b|[ -]eyed)"
_OF_SKIN = r"(?:[ -]skin\b|[ -]skinned)"

_OF_CLOTHES = (
    rf"(?=[- ](?:(?!(?:{COLOURS}|in|on|at|with|and|of|hair|eyes|skin)\b)[\w-]+ ){{0,2}}?"
    rf"{GARMENTS}\b)"
)
_ALONE = r"(?=$|[,.!]| (?:in|on|at|with|and|by|under)\b)"
"""What follows a colour that somebody is in: "in violet on a beach"."""

_OF_PEOPLE = (
    r"(?= (?:(?:young|old|elderly|adult|beautiful|handsome|bald|tall) ){0,2}"
    r"(?:wom[ae]n|m[ae]n|girl|boy|guy|lady|gentleman|person|male|female)\b)"
)
"""What follows a colour that is somebody's skin: "a black man", but not "a black knight"."""

_DEEPER = r"(?:very|dark|light|pale|bright|deep|rich|natural(?:ly)?|piercing|icy?|sparkling)"
"""What a colour may be more exactly, of whatever."""

_FURTHER = {
    "white": "snow|snowy|milk|milky|pure",
    "black": "jet|coal|pitch|raven|inky?",
    "red": "fiery|fire|flaming|flame|carrot",
    "blonde?": "strawberry|dirty|ash|ashy|honey|sandy|platinum|golden",
    "gr[ae]y": "steel|iron|silver|silvery|ash|ashy",
    "brown": "chestnut|chocolate|mousy|golden|honey|reddish",
}
"""What a colour of hair may be more exactly."""

_EYES_FURTHER = {
    "blue": "ocean|sea|sky|baby|steel|crystal|cornflower",
    "green": "forest|sea|emerald|olive|bottle",
    "brown": "chocolate|hazel|honey",
}


_CLOTHES_FURTHER = (
    "lime|emerald|mint|bottle|navy|sky|royal|baby|midnight|steel|wine|blood|ruby|cherry|lemon|jet|coal"
    "|pure|neon|bright|dark|light|pale|deep|pastel|vivid"
)
"""What a colour of clothes may be more exactly."""


def _more_exactly(more: str, shade: str, of: str) -> tuple[re.Pattern[str], str]:
    found = rf"\b(?:(?:{more})[ -])+(?P<shade>{shade})(?={of})"
    return re.compile(found, re.IGNORECASE), r"\g<shade>"


def _called(
    shade: str, names: Iterable[str], of: str, led: str = r"(?<![\w-])"
) -> tuple[re.Pattern[str], str]:
    return re.compile(rf"{led}(?:{'|'.join(names)})(?={of})", re.IGNORECASE), shade


def _all_called(
    table: Iterable[tuple[str, Iterable[str]]],
    of: str,
    but: Iterable[str] = (),
    led: str = r"(?<![\w-])",
) -> list[tuple[re.Pattern[str], str]]:
    return [
        _called(shade, names, of, led)
        for shade, called in table
        if (names := [name for name in called if name not in but])
    ]


_BEHIND = re.compile(
    r"(?P<asked>\b(?:turn|dye|make|change|colou?r|paint) )?(?:\bthe )?(?P<mine>\bmy )?"
    r"\b(?P<what>hair|eyes?|skin|beard)(?: colou?r)?"
    r"(?:\s*[:=]\s*| (?:is|are|should be|to|into) |(?<=r) |(?(asked) |(?(mine) |(?!))))"
    rf"(?:as )?(?:(?:very|quite) )*(?P<shade>{COLOURS}|long|short|curly)\b"
    r"(?: (?:as|like) (?:an? |the )?\w+)?",
    re.IGNORECASE,
)
"""Looks of which it is said after them what they are like: "hair: red", "dye my hair blue"."""

_PLAINLY = (
    (_BEHIND, r"\g<shade> \g<what>"),
    (re.compile(r"\bclean(?:ly)? shaven\b", re.IGNORECASE), "clean-shaven"),
    *(_more_exactly(more, shade, _OF_BOTH) for shade, more in _FURTHER.items()),
    *(_more_exactly(more, shade, _OF_EYES) for shade, more in _EYES_FURTHER.items()),
    (re.compile(rf"\b(?:{'|'.join(SPARSE)}) (?={_BEARDS}\b)", re.IGNORECASE), ""),
    _called("gray", (r"salt[ -](?:and|n|'n'|&)[ -]pepper",), _OF_BOTH),
    *_all_called(OTHER_NAMES.items(), _OF_HAIR),
    *_all_called(OTHER_NAMES.items(), _OF_BEARDS, SPARSE),
    *_all_called(NAMES_OF_EYES.items(), _OF_EYES),
    (re.compile(r"\bdark (?=glasses\b)", re.IGNORECASE), "sun"),
    *_all_called(NAMES_OF_SKIN.items(), _OF_SKIN),
    _called("dark-skinned", ("black", "african(?:[- ]american)?"), _OF_PEOPLE),
    _called("fair-skinned", ("white", "caucasian"), _OF_PEOPLE),
    _more_exactly(_CLOTHES_FURTHER, "|".join((*NAMES_OF_CLOTHES, "black")), _OF_CLOTHES),
    *_all_called(NAMES_OF_CLOTHES.items(), _OF_CLOTHES),
    *_all_called(NAMES_OF_CLOTHES.items(), _ALONE, led=r"(?<=\bin )"),
    *(
        _more_exactly(_DEEPER, "|".join(table), of)
        for table, of in ((OTHER_NAMES, _OF_BOTH), (NAMES_OF_EYES, _OF_EYES))
    ),
)
"""In which order shades are called plainly: "dark copper hair" is dark red, then red."""

_ARTICLE = re.compile(
    r"\ban? (?=white|black|red|blond|gr[ae]y|brown|blue|green|pale|fair|tan|dark|yellow|purple"
    r"|(?P<n>orange))",
    re.IGNORECASE,
)


def plain_shades(text: str) -> str:
    """Call colours as a small model knows them: "snow-white hair" is white, hazel eyes brown."""
    called = text
    for exactly, plain in _PLAINLY:
        called = exactly.sub(plain, called)
    return text if called == text else _ARTICLE.sub(_with_article, called)


def _with_article(found: re.Match[str]) -> str:
    return f"{found[0][0]}{'n' if found['n'] is not None else ''} "
