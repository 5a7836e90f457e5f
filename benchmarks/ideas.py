"""Which ideas and stories of the bot arrive: `python -m benchmarks.ideas [--people N] [NAME ...]`.

Each is drawn by the pocket model as the bot draws it, and read by the model's judge. A picture
counts if it shows all that the words name: who, where, in which clothes, and how it is drawn. An
idea that arrives in fewer than five of six pictures is not offered.
"""

import argparse
import re
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.words import Albums, Seen
from generation.engine.generator import DiffusionGenerator
from generation.pocket.judging.reader import load_reader
from generation.pocket.portraits.attributes import Clothes
from generation.pocket.portraits.words import EXPRESSIONS, GARMENTS, LOOKS, PLACES, ROLES
from generation.words.story import read_story
from handlers.albums import ideas
from handlers.texts import FALLBACK, Texts

LEAST = 5 / 6
"""Least share of an idea's pictures that show it."""

_TABLES: Mapping[str, Mapping[Any, Sequence[str]]] = {
    "place": PLACES,
    "role": ROLES,
    "look": LOOKS,
    "expression": EXPRESSIONS,
    "clothes": {colour: (colour,) for colour in Clothes},
    "garment": GARMENTS,
}


def named(words: str) -> Seen:
    """Say what a picture must show: the longest phrase of each attribute counts, and once."""
    wanted: Seen = {}
    for attribute, table in _TABLES.items():
        phrases = [(phrase, value) for value, phrases in table.items() for phrase in phrases]
        for phrase, value in sorted(phrases, key=lambda one: -len(one[0])):
            words, found = re.subn(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", words)
            if found:
                wanted[attribute] = value
                break
    return wanted


def arrives(seen: Seen, wanted: Seen) -> bool:
    return all(seen[attribute] is value for attribute, value in wanted.items())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ideas")
    parser.add_argument("--people", type=int, default=3, help="albums of each")
    parser.add_argument("names", nargs="*", default=[*ideas.POCKET, *ideas.TALES])
    given = parser.parse_args()
    albums, say = Albums(DiffusionGenerator("pocket"), load_reader()), Texts().say(FALLBACK)
    faces = [albums.face() for _ in range(given.people)]
    print("| idea | pictures that show it | missed |\n|---|---|---|")
    for name in given.names:
        words = ideas.words_of(say, name)
        scenes = read_story(words)[1] if name in ideas.TALES else ()
        shown, of, missed = 0, 0, dict[str, int]()
        for face in faces:
            pictures = albums.read(face, words, scenes)
            for seen, part in zip(pictures, scenes or [words] * len(pictures), strict=True):
                wanted = named(part)
                shown, of = shown + arrives(seen, wanted), of + 1
                for attribute, value in wanted.items():
                    if seen[attribute] is not value:
                        missed[attribute] = missed.get(attribute, 0) + 1
        mark = "" if shown >= LEAST * of else " **no**"
        print(f"| {words} | {shown} of {of}{mark} | {missed or ''} |", flush=True)


if __name__ == "__main__":
    main()
