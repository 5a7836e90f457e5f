"""The prompt enhancer: the face first, then the traits, the scene and the style.

It handles text only: the tokenizer is a function that counts tokens.
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
from generation.words.prompt import Prompt
from generation.words.vocabulary import EVERY_WORD, Vocabulary

TOKEN_LIMIT = 77
"""Most tokens that CLIP's text encoder reads, its start and end tokens included."""

NEGATIVE_PROMPT = (
    "different person, different face, changed identity, multiple people, two faces, "
    "face variation, deformed face, asymmetric eyes, cropped head, nsfw, nude, "
    "bad anatomy, extra fingers, blurry, low quality, jpeg artifacts, watermark, text"
)
"""What no picture may show: other faces and variations of this one, then poor quality."""

STYLE: tuple[str, ...] = ("highly detailed", "sharp focus", "soft light")
"""What every prompt ends with, if there is room."""

_NOUNS = {
    Gender.WOMAN: ("girl", "woman"),
    Gender.MAN: ("boy", "man"),
    Gender.PERSON: ("child", "person"),
}
"""What a child and a grown-up of each gender are called."""

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
"""Words that each value of a trait adds to the negative prompt."""

_ALIKE = dict.fromkeys(("glasses", "sunglasses"), ("glasses", "sunglasses"))
"""Words that rule each other out, because text encoders hardly distinguish them. The pocket model
drew glasses in 72 of 100 pictures that asked for them while sunglasses were ruled out, and in 90
without that; nobody has measured Stable Diffusion here."""


class PromptEnhancer:
    """Writes prompts that are no longer than the model reads.

    If there is too little room, the style is left out first. Then the person's words are cut: those
    of the character and those of the scene share the room, so that neither crowds out the other.
    `Prompt.cut` has what was cut. The face and the chosen traits always stay.

    Of what is left, the words that `vocabulary` knows are written as it knows them;
    `Prompt.unknown` has the others. `count_tokens` counts a text's tokens, the start and end tokens
    included.
    """

    def __init__(
        self,
        count_tokens: Callable[[str], int],
        limit: int = TOKEN_LIMIT,
        vocabulary: Vocabulary = EVERY_WORD,
    ) -> None:
        self._count = count_tokens
        self._limit = limit
        self._vocabulary = vocabulary

    def write(self, character: Character, words: str) -> Prompt:
        traits = character.traits
        own, scene = _clean(traits.words), _clean(words)
        chosen = [_describe_face(traits), *_describe_looks(traits)]
        excluded = _list_excluded(traits, wanted=f"{own} {scene}")
        style, cut = STYLE, ""
        if not self._fits([*chosen, own, scene]):
            own, scene, cut = self._cut_words(chosen, own, scene)
            style = ()
        known = [self._vocabulary.in_its_words(words) for words in (own, scene)]
        return Prompt(
            positive=self._add([*chosen, *known], style),
            negative=self._add([], [*excluded, *NEGATIVE_PROMPT.split(", ")]),
            cut=cut,
            unknown=self._vocabulary.unknown(_join([own, scene])),
        )

    def _cut_words(self, chosen: list[str], own: str, scene: str) -> tuple[str, str, str]:
        """Give each half of the room, and to the other what one does not use; last what is cut."""
        taken = self._count(_join(chosen))
        half = taken + (self._limit - taken) // 2
        least, _ = self._split(own, lambda start: self._count(_join([*chosen, start])) <= half)
        scene, scene_tail = self._split(scene, lambda start: self._fits([*chosen, least, start]))
        own, own_tail = self._split(own, lambda start: self._fits([*chosen, start, scene]))
        return own, scene, _join([own_tail, scene_tail])

    def _split(self, text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
        """Split into the longest start that fits and the rest.

        It splits between words. Only a first word that is too long by itself is split inside:
        there are scripts without spaces.
        """
        words = text.split()
        whole = _count_fitting(words, lambda count: fits(" ".join(words[:count])))
        if whole or not words:
            return " ".join(words[:whole]).rstrip(" ,;:-"), " ".join(words[whole:])
        letters = _count_fitting(text, lambda count: fits(text[:count]))
        return text[:letters], text[letters:]

    def _add(self, parts: Sequence[str], more: Sequence[str]) -> str:
        """Join the parts, and add as many of `more`, from the first, as fit."""
        text = _join(parts)
        for part in more:
            if not self._fits([text, part]):
                break
            text = _join([text, part])
        return text

    def _fits(self, parts: Sequence[str]) -> bool:
        return self._count(_join(parts)) <= self._limit


def _count_fitting(items: Sequence[str], fits: Callable[[int], bool]) -> int:
    """Count the items, from the first, that fit: more items never take fewer tokens."""
    return bisect_left(range(1, len(items) + 1), 1, key=lambda count: not fits(count))


def _join(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


def _clean(words: str) -> str:
    """Put words into one line, without lone surrogates, which tokenizers can't read."""
    return " ".join(words.encode(errors="ignore").decode().split())


def _describe_face(traits: Traits) -> str:
    child, grown = _NOUNS[traits.gender or Gender.PERSON]
    if traits.age is None:
        who = f"a {grown}"
    elif traits.age is Age.CHILD:
        who = f"a {child}"
    else:
        article = "a" if traits.age is Age.YOUNG else "an"
        who = f"{article} {traits.age} {grown}"
    return f"portrait of {who}, clear face"


def _describe_looks(traits: Traits) -> list[str]:
    return [
        _describe_hair(traits),
        f"{traits.eyes} eyes" if traits.eyes else "",
        f"{traits.skin} skin" if traits.skin else "",
        _describe_facial_hair(traits),
        f"wearing {traits.glasses}" if traits.glasses not in (None, Glasses.NONE) else "",
    ]


def _describe_hair(traits: Traits) -> str:
    if traits.hair_length is HairLength.BALD:
        return "bald head"
    looks = [look for look in (traits.hair_length, traits.hair_color) if look]
    return " ".join([*looks, "hair"]) if looks else ""


def _describe_facial_hair(traits: Traits) -> str:
    if traits.facial_hair is FacialHair.NONE:
        return "clean-shaven" if traits.gender is Gender.MAN else ""
    return traits.facial_hair or ""


def _list_excluded(traits: Traits, *, wanted: str) -> list[str]:
    """List what the traits rule out, except what the person's words ask for."""
    ruled_out = [
        name
        for trait, values in _EXCLUDED.items()
        for name in values.get(getattr(traits, trait), ())
    ]
    return [
        name
        for name in ruled_out
        if not any(
            re.search(rf"\b{alike}\b", wanted, re.IGNORECASE) for alike in _ALIKE.get(name, (name,))
        )
    ]
