"""Looks that the pocket model draws on nobody: purple hair, red eyes, a pink dress.

It takes the colours of the first two for those of the clothes; the last it knows of hair only.
"""

import re

from generation.words.named import GARMENTS
from generation.words.subject import article

_NEVER = {
    "hair|beard|moustache|mustache": "purple|violet|lilac|lavender|green|rainbow",
    "eyes?": "red|yellow|purple|violet|orange|pink|white|golden?|rainbow|glowing",
    "skin": "green|blue|red|purple|violet|pink|yellow|orange|gr[ae]y|golden?|silver",
}
"""Colours that nobody's hair, eyes and skin have on its pictures."""

_KIND = r"(?:long|short|curly)"
_NEVER_DRAWN = [
    re.compile(
        rf"\b(?P<a>an? )?(?P<before>(?:{_KIND} ){{0,2}})(?P<shade>{shades})[- ]"
        rf"(?P<kind>(?:{_KIND} ){{0,2}})(?P<of>{of})(?P<ed>(?:n?ed|d)?)(?![\w'-])",
        re.IGNORECASE,
    )
    for of, shades in _NEVER.items()
]
_NO_CLOTHES = re.compile(
    r"(?P<led>\b(?:dressed |all )?in )?(?P<a>\ban? )?"
    r"\b(?P<shade>pink|gr[ae]y|silver|brown|beige)(?:"
    r"(?P<rest> (?:(?!(?:in|on|at|with|and|of|hair|eyes|skin|beard)\b)[\w-]+ ){0,2}?"
    rf"(?P<what>{GARMENTS}))(?![\w-])|(?=$|[,.!]| (?:in|on|at|with|and|by|under)\b))",
    re.IGNORECASE,
)
_ARMOUR = re.compile(r"armou?rs?", re.IGNORECASE)
_BLACK_AND_WHITE = re.compile(
    r"(?:^|(?<=, ))(?:in )?black[- ]and[- ]white"
    r"(?: (?:photo(?:graph)?|picture|film|movie|style))?(?=$|,)",
    re.IGNORECASE,
)
"""A kind of photograph, where nothing to wear is named."""

_GAP = "\0"
"""Stands where a look was taken out."""

_LEFT_OVER = re.compile(rf" and {_GAP}|{_GAP} and (?=\w)|(?:^| )with {_GAP}(?! and \w)|{_GAP} ?")


def without_strange_looks(text: str) -> tuple[str, tuple[str, ...]]:
    """Leave them out, and give them; a beard, and the length of hair, stay."""
    missed: list[str] = []

    def bare(found: re.Match[str]) -> str:
        kind, of = found["before"] + found["kind"], found["of"].lower()
        missed.append(f"{found['shade']} {'eyes' if of == 'eye' else of}")
        if found["ed"] or not (kind or of in ("beard", "moustache", "mustache")):
            return _GAP
        return f"{'a ' if found['a'] else ''}{kind}{of}"

    def in_any(found: re.Match[str]) -> str:
        if not found["what"] and not found["led"]:
            return found[0]
        if not _ARMOUR.fullmatch(found["what"] or ""):  # it is gray by itself
            missed.append(" ".join(filter(None, (found["shade"], found["what"]))))
        a = f"{article(found['rest'].strip())}" if found["a"] and found["rest"] else ""
        return f"{found['led'] or ''}{a}{found['rest']}" if found["rest"] else _GAP

    for pattern in _NEVER_DRAWN:
        text = pattern.sub(bare, text)
    if _BLACK_AND_WHITE.search(text):
        missed.append("black and white")
    text = _LEFT_OVER.sub("", _NO_CLOTHES.sub(in_any, text))
    return _BLACK_AND_WHITE.sub("", text), tuple(missed)
