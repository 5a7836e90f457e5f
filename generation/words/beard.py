"""The colour of beards, of a bald head's and others.

What somebody's hair would have is the colour of a bald head's beard: "bald head, gray beard". The
pocket model doesn't know that phrase, but draws hair and beard in one colour, and believes what is
said twice (docs/decisions/0056-looks-in-the-words.md).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.character import FacialHair, HairColor, HairLength, Traits
from generation.words.named import COLOURS
from generation.words.phrases import Phrase
from generation.words.shades import OTHER_NAMES, SPARSE

BALD = "bald head"

_BEARDS = (FacialHair.BEARD, FacialHair.MOUSTACHE, FacialHair.STUBBLE)

_SHADES = {
    **{str(color): color for color in HairColor},
    **{name: color for color, names in OTHER_NAMES.items() for name in {*names} - {*SPARSE}},
    "grey": HairColor.GRAY,
    "blonde": HairColor.BLOND,
}
"""What colours of beards are called, and of which hair they are."""

_COLOURED = re.compile(
    rf"(?:[\w-]+ )*(?P<shade>{'|'.join(_SHADES)}) (?:[\w-]+ )*?"
    rf"(?P<beard>{'|'.join(_BEARDS)}|goatee|mustache)"
)

_HAIR = re.compile(rf"\b{COLOURS}\b.* hair$")
_COLOUR = re.compile(rf"\b{COLOURS}\b")
_WITH_HAIR = re.compile(r"(with )hair and (?=\w)|^hair$| ?\bwith hair\b(?! in an? )", re.IGNORECASE)
"""What says nothing any more without its colour."""


def made_bald(own: Traits, left: Traits, looks: Sequence[str]) -> Traits:
    """Make bald who is so by the looks that the words name; the colour that was told stays.

    `left` are the traits that the words left of a person's `own`.
    """
    if BALD not in looks or any(look.endswith(" hair") for look in looks):
        return left
    return replace(left, hair_length=HairLength.BALD, hair_color=own.hair_color)


def bearded(traits: Traits, looks: Sequence[str]) -> Traits:
    """Give a bald head the beard that the words name, so that it is said with its colour."""
    if traits.hair_length is not HairLength.BALD or not traits.hair_color:
        return traits
    kinds = [_kind(look.rpartition(" ")[2]) for look in looks]
    named = next((beard for beard in _BEARDS if beard in kinds), traits.facial_hair)
    return replace(traits, facial_hair=named)


def uncoloured(traits: Traits) -> Traits:
    """Give traits of which the colour of a bald head's beard isn't said."""
    return replace(traits, hair_color=None) if traits.hair_length is HairLength.BALD else traits


def hair_of(looks: Sequence[str]) -> list[str]:
    """Give the hair that goes with the beards whose colour is said: "gray hair".

    None does where the looks have a colour of hair.
    """
    if any(map(_HAIR.search, looks)):
        return []
    found = filter(None, map(_COLOURED.fullmatch, looks))
    return list(dict.fromkeys(f"{_SHADES[said['shade']]} hair" for said in found))


def hair_said(traits: Traits, looks: Sequence[str], unwanted: Sequence[str]) -> list[str]:
    """Give the hair by which a beard gets its colour: that of the looks, or of who is bald."""
    found = hair_of(looks)
    if traits.hair_length is HairLength.BALD and traits.facial_hair in _BEARDS:
        found += [f"{traits.hair_color} hair"] if traits.hair_color else []
    return [hair for hair in found[:1] if hair not in unwanted]


def again(traits: Traits, looks: Sequence[str]) -> list[str]:
    """List what is to be said once more of a bald head whose beard has a colour.

    Else hair would grow. The looks that the words name are said twice anyway.
    """
    if traits.hair_length is not HairLength.BALD:
        return []
    beard = [str(traits.facial_hair)] if traits.facial_hair in _BEARDS else []
    return [look for look in (BALD, *beard) if look not in without_colours(looks)]


def without_colours(looks: Sequence[str]) -> list[str]:
    """Say of beards only that they are there."""
    found = [(look, _COLOURED.fullmatch(look)) for look in looks]
    return [_kind(said["beard"]) if said else look for look, said in found]


def hair_colours(looks: Sequence[str]) -> list[str]:
    """Give the looks that say a colour of hair, each once."""
    return list(dict.fromkeys(filter(_HAIR.search, looks)))


def undyed(phrases: Sequence[Phrase], looks: Sequence[str]) -> list[Phrase]:
    """Take the colours of hair and beards that are among their looks out of phrases.

    They are said in front. Said twice, clothes would have them: "with red hair in a forest" dressed
    all six in red.
    """
    left = [replace(phrase, text=_undyed(phrase.text, looks)) for phrase in phrases]
    return [phrase for phrase in left if phrase.text]


def _undyed(text: str, looks: Sequence[str]) -> str:
    for look in looks:
        if said := _COLOURED.fullmatch(look):
            kind = _kind(said["beard"])
            text = re.sub(rf"\ban? {re.escape(look)}\b", f"a {kind}", text, flags=re.IGNORECASE)
            text = re.sub(rf"\b{re.escape(look)}\b", kind, text, flags=re.IGNORECASE)
        elif _HAIR.search(look):
            bare = " ".join(_COLOUR.sub("", look).split())
            text = re.sub(rf"\b{re.escape(look)}\b", bare, text, flags=re.IGNORECASE)
            text = _WITH_HAIR.sub(lambda found: found[1] or "", text)
    return text.strip()


def _kind(beard: str) -> str:
    return {"goatee": "beard", "mustache": "moustache"}.get(beard, beard)
