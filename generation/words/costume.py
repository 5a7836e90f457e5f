"""What somebody in a story looks like: the same in every scene, until the words change it."""

import re
from collections.abc import Sequence
from zlib import crc32

from generation.words.company import without_company
from generation.words.named import COLOURS, GARMENTS, names
from generation.words.recipes import Recipe
from generation.words.roles import role_of
from generation.words.subject import article

_FEW = r"(?:(?!(?:on|at|in|with|and|by|of)\b)[\w-]+ ){0,4}"
_THE = r"(?:an? |the |his |her |my |their )?"

_KINDS = {
    "hat": rf"(?:(?:wearing|in|with) {_THE})?{_FEW}"
    r"(?:hats?|caps?|helmets?|crowns?|berets?|masks?|veils?|turbans?|sombreros?)",
    "clothes": rf"(?:(?:wearing|dressed in|in|with) {_THE})?{_FEW}{GARMENTS}",
    "colour": rf"(?:dressed |all )?in {COLOURS}(?= (?:on|at|in|with|and|by)\b|$|,)",
    "hair": rf"(?:with )?{_THE}{_FEW}(?:hair|ponytail|braids?|dreadlocks)"
    r"|(?:(?:long|short|curly)[- ])?[\w-]+[- ]haired|bald|red-?head|blonde?|brunette",
    "beard": rf"with {_THE}{_FEW}(?:beard|moustache|mustache|stubble)|bearded",
    "glasses": rf"(?:with|wearing|in) {_THE}{_FEW}(?:sun|eye)?glasses",
}
"""What of somebody's looks a scene may name, each as a regular expression."""

_PATTERNS = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for kind, words in _KINDS.items()
}

_WORN = ("role", "clothes", "colour", "hat")
"""What another role or other clothes take the place of."""


def costumes(scenes: Sequence[str], unwanted: Sequence[Sequence[str]], recipe: Recipe) -> list[str]:
    """Say for each scene what its own words leave open of the looks in the other scenes.

    What a scene names stays until another names something else, or doesn't want it; the first
    scenes have what comes first. If none names clothes, all have some that the recipe's model
    knows. `scenes` have no weights; `unwanted` are the phrases of each.
    """
    named = [_named(scene) for scene in scenes]
    missing = _outfit(scenes, named, recipe)
    worn = missing | next((looks for looks in named if _dressed(looks)), {})
    for kind in ("hair", "beard", "glasses"):
        worn |= next(({kind: looks[kind]} for looks in named if kind in looks), {})
    costume = []
    for looks, denied in zip(named, unwanted, strict=True):
        if _dressed(looks):
            worn = {kind: words for kind, words in worn.items() if kind not in _WORN}
            worn |= missing if "role" in looks and "clothes" not in looks else {}
        worn = {
            kind: words
            for kind, words in (worn | looks).items()
            if not any(names(words, phrase) for phrase in denied)
        }
        costume.append(", ".join(words for kind, words in worn.items() if kind not in looks))
    return costume


def _named(scene: str) -> dict[str, str]:
    own = without_company(scene)
    found = {kind: pattern.search(own) for kind, pattern in _PATTERNS.items()}
    looks = {kind: match[0] for kind, match in found.items() if match}
    if role := role_of(scene):
        bare = re.sub(r"^(?:an?|the|one) ", "", role, flags=re.IGNORECASE)
        looks["role"] = f"dressed as {article(bare)} {bare}"
    return looks


def _dressed(looks: dict[str, str]) -> bool:
    return any(kind in looks for kind in ("role", "clothes", "colour"))


def _outfit(
    scenes: Sequence[str], named: Sequence[dict[str, str]], recipe: Recipe
) -> dict[str, str]:
    """Choose clothes where no scene names any: always the same ones for the same scenes."""
    if any("clothes" in looks or "colour" in looks for looks in named):
        return {}
    choices = recipe.costumes if any("role" in looks for looks in named) else recipe.outfits
    chosen = crc32("|".join(scenes).encode()) % len(choices) if choices else 0
    return {"clothes": choices[chosen]} if choices else {}
