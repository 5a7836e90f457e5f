"""The prompt enhancer: the face first, then the traits, the scene and the style.

Pure text: the tokenizer comes in as a function that counts.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from generation.character import (
    Age,
    Character,
    FacialHair,
    Gender,
    Glasses,
    HairLength,
    Traits,
)
from generation.request import Prompt

TOKEN_LIMIT = 77
"""What CLIP's text encoder reads at most, its start and end tokens included."""

NEGATIVE_PROMPT = (
    "different person, different face, changed identity, multiple people, two faces, "
    "face variation, deformed face, asymmetric eyes, cropped head, nsfw, nude, "
    "bad anatomy, extra fingers, blurry, low quality, jpeg artifacts, watermark, text"
)
"""What no picture may show: other faces and variations of this one, then poor quality."""

STYLE = ("highly detailed", "sharp focus", "soft light")

_NOUNS = {
    Gender.WOMAN: ("girl", "woman"),
    Gender.MAN: ("boy", "man"),
    Gender.PERSON: ("child", "person"),
}

_EXCLUDED: dict[str, dict[str, tuple[str, ...]]] = {
    "glasses": {
        Glasses.NONE: ("glasses", "sunglasses"),
    },
    "facial_hair": {
        FacialHair.NONE: ("beard", "moustache", "stubble"),
        FacialHair.STUBBLE: ("long beard",),
        FacialHair.MOUSTACHE: ("beard",),
    },
    "hair_length": {
        HairLength.BALD: ("hair",),
        HairLength.SHORT: ("long hair",),
        HairLength.LONG: ("short hair",),
    },
    "gender": {Gender.WOMAN: ("man",), Gender.MAN: ("woman",)},
    "age": {
        Age.CHILD: ("adult", "wrinkles"),
        Age.YOUNG: ("old", "wrinkles"),
        Age.ADULT: ("child",),
        Age.OLD: ("child", "young"),
    },
}


_ALIKE = dict.fromkeys(("glasses", "sunglasses"), ("glasses", "sunglasses"))
"""Text encoders hardly tell them apart: ruling out the ones takes the others as well. The pocket
model drew glasses in 72 of 100 pictures that asked for them while sunglasses were ruled out, and
in 90 without that; for Stable Diffusion nobody has measured it here."""


class PromptEnhancer:
    """Writes what the model reads, within the tokens that it reads.

    When they don't suffice, the style gives way first. Then the person's own words do: those of
    the character and those of the scene share the room, so that neither crowds out the other, and
    the tail of each that does not fit goes to `Prompt.cut`. The face and the chosen traits stay.

    `count_tokens` counts a text's tokens with the start and end tokens, as the model will see it.
    """

    def __init__(self, count_tokens: Callable[[str], int], limit: int = TOKEN_LIMIT) -> None:
        self._count = count_tokens
        self._limit = limit

    def write(self, character: Character, words: str) -> Prompt:
        traits = character.traits
        own, scene = _plain(traits.words), _plain(words)
        chosen = [_face(traits), *_looks(traits)]
        if self._fits([*chosen, own, scene]):
            positive, cut = self._fill([*chosen, own, scene], STYLE), ""
        else:
            positive, cut = self._share(chosen, own, scene)
        excluded = _excluded(traits, but=f"{own} {scene}")
        negative = self._fill([], [*excluded, *NEGATIVE_PROMPT.split(", ")])
        return Prompt(positive=positive, negative=negative, cut=cut)

    def _share(self, chosen: list[str], own: str, scene: str) -> tuple[str, str]:
        """Give each its half of the room, and what one leaves over to the other."""
        taken = self._count(_join(chosen))
        half = taken + (self._limit - taken) // 2
        least, _ = self._cut(own, lambda kept: self._count(_join([*chosen, kept])) <= half)
        scene, scene_tail = self._cut(scene, lambda kept: self._fits([*chosen, least, kept]))
        own, own_tail = self._cut(own, lambda kept: self._fits([*chosen, kept, scene]))
        return _join([*chosen, own, scene]), _join([own_tail, scene_tail])

    def _cut(self, text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
        """Split into the longest beginning that fits and the rest.

        It ends between words; only a first word that is too long by itself is cut inside, for
        there are scripts without spaces.
        """
        words = text.split()
        kept = _longest(words, lambda count: fits(" ".join(words[:count])))
        if kept or not words:
            return " ".join(words[:kept]).rstrip(" ,;:-"), " ".join(words[kept:])
        letters = _longest(text, lambda count: fits(text[:count]))
        return text[:letters], text[letters:]

    def _fill(self, parts: Sequence[str], more: Sequence[str]) -> str:
        """Add what fits of `more`, in its order."""
        text = _join(parts)
        for part in more:
            if not self._fits([text, part]):
                break
            text = _join([text, part])
        return text

    def _fits(self, parts: Sequence[str]) -> bool:
        return self._count(_join(parts)) <= self._limit


def _longest(items: Sequence[str], fits: Callable[[int], bool]) -> int:
    """How many items, from the first, fit; more items never take fewer tokens."""
    return bisect_left(range(1, len(items) + 1), 1, key=lambda count: not fits(count))


def _join(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


def _plain(words: str) -> str:
    """One line that every tokenizer can read: lone surrogates are no text."""
    return " ".join(words.encode(errors="ignore").decode().split())


def _face(traits: Traits) -> str:
    child, grown = _NOUNS[traits.gender or Gender.PERSON]
    if traits.age is None:
        who = f"a {grown}"
    elif traits.age is Age.CHILD:
        who = f"a {child}"
    else:
        article = "a" if traits.age is Age.YOUNG else "an"
        who = f"{article} {traits.age} {grown}"
    return f"portrait of {who}, clear face"


def _looks(traits: Traits) -> list[str]:
    return [
        _hair(traits),
        f"{traits.eyes} eyes" if traits.eyes else "",
        f"{traits.skin} skin" if traits.skin else "",
        _facial_hair(traits),
        f"wearing {traits.glasses}" if traits.glasses not in (None, Glasses.NONE) else "",
    ]


def _hair(traits: Traits) -> str:
    if traits.hair_length is HairLength.BALD:
        return "bald head"
    looks = [look for look in (traits.hair_length, traits.hair_color) if look]
    return " ".join([*looks, "hair"]) if looks else ""


def _facial_hair(traits: Traits) -> str:
    if traits.facial_hair is FacialHair.NONE:
        return "clean-shaven" if traits.gender is Gender.MAN else ""
    return traits.facial_hair or ""


def _excluded(traits: Traits, *, but: str) -> list[str]:
    """List what the traits rule out, except what the person's words ask for all the same."""
    ruled_out = [
        name
        for trait, values in _EXCLUDED.items()
        for name in values.get(getattr(traits, trait), ())
    ]
    return [
        name
        for name in ruled_out
        if not any(
            re.search(rf"\b{asked}\b", but, re.IGNORECASE) for asked in _ALIKE.get(name, (name,))
        )
    ]
