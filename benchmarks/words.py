"""How well the pocket model obeys words: `python -m benchmarks.words [--people N]`.

Albums are drawn as the bot draws them, and read by the judge of the pocket model. It counts the
pictures that show what was not wanted, those that show the looks that were, and those of a story in
which somebody looks otherwise than in most of its scenes.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from random import Random

from generation.character import (
    Age,
    Character,
    Eyes,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    Skin,
    Traits,
)
from generation.engine.generator import DiffusionGenerator
from generation.modes import MODES
from generation.pocket.judging.reader import AttributeReader, load_reader
from generation.pocket.portraits.attributes import Clothes, Cut, Hat, Person, Place, Role
from generation.pocket.portraits.chance import random_person
from generation.pocket.portraits.reference import clean_face
from generation.request import GenerationRequest

Seen = dict[str, StrEnum]
"""What the judge names of a picture, by attribute."""


def _anybody(person: Person) -> bool:
    return person.glasses is Glasses.NONE and person.facial_hair is FacialHair.NONE


def _in_glasses(person: Person) -> bool:
    return person.glasses is Glasses.GLASSES


def _in_sunglasses(person: Person) -> bool:
    return person.glasses is Glasses.SUNGLASSES


def _bearded(person: Person) -> bool:
    return person.facial_hair is FacialHair.BEARD


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that want something or don't, the attribute that would show it, and whose face."""

    words: str
    attribute: str
    shown: frozenset[StrEnum]
    whose: Callable[[Person], bool] = _anybody


def _grown(person: Person) -> bool:
    return person.age in (Age.YOUNG, Age.ADULT) and _anybody(person)


_OLD = frozenset[StrEnum]({Age.OLD})
_CHILD = frozenset[StrEnum]({Age.CHILD})
_WOMAN = frozenset[StrEnum]({Gender.WOMAN})
_GLASSES = frozenset[StrEnum]({Glasses.GLASSES, Glasses.SUNGLASSES})
_BEARD = frozenset[StrEnum]({FacialHair.BEARD})
_MOUSTACHE = frozenset[StrEnum]({FacialHair.MOUSTACHE})
_NOBODY = frozenset[StrEnum]({Role.NONE})
_HAT = frozenset[StrEnum]({Hat.HAT})

DENIED = (
    Asked("a knight in a forest, without glasses", "glasses", _GLASSES, _in_glasses),
    Asked("in a library, no glasses", "glasses", _GLASSES, _in_sunglasses),
    Asked("a pirate --no glasses", "glasses", _GLASSES),
    Asked("a wizard without a beard", "facial_hair", _BEARD, _bearded),
    Asked("in a garden, no beard", "facial_hair", _BEARD, _bearded),
    Asked("a viking without a beard", "facial_hair", _BEARD),
    Asked("on a beach without a hat", "hat", _HAT),
    Asked("a woman in a city, hat: no", "hat", _HAT),
    Asked("a knight, not in a castle", "place", frozenset({Place.CASTLE})),
    Asked("Negative prompt: castle", "place", frozenset({Place.CASTLE})),
    Asked("a pirate, not at sea", "place", frozenset({Place.SEA})),
    Asked("an astronaut, not on the moon", "place", frozenset({Place.MOON})),
    Asked("a chef, no kitchen", "place", frozenset({Place.KITCHEN})),
    Asked("a 30 year old woman in a garden", "age", _OLD, _grown),
    Asked("in an old library", "age", _OLD, _grown),
    Asked("with an old dog in a forest", "age", _OLD, _grown),
    Asked("a king with a little girl in a castle", "age", _CHILD, _grown),
)


def _hair(colour: HairColor) -> frozenset[StrEnum]:
    return frozenset({colour})


def _of_other_looks(person: Person) -> bool:
    plain = person.hair_color in (HairColor.BLACK, HairColor.PINK) and person.skin is Skin.FAIR
    return _anybody(person) and plain and person.cut is not Cut.BALD


LOOKS = tuple(
    Asked(words, attribute, shown, _of_other_looks)
    for words, attribute, shown in (
        ("a red-haired chef in a kitchen", "hair_color", _hair(HairColor.RED)),
        ("a grey haired wizard in a forest", "hair_color", _hair(HairColor.GRAY)),
        ("a blonde pirate on a ship", "hair_color", _hair(HairColor.BLOND)),
        ("a redhead in a garden", "hair_color", _hair(HairColor.RED)),
        ("a brunette in a garden", "hair_color", _hair(HairColor.BROWN)),
        ("a dark-skinned king in a castle", "skin", frozenset[StrEnum]({Skin.DARK})),
        ("a bearded chef in a kitchen", "facial_hair", _BEARD),
        ("a bespectacled queen in a castle", "glasses", _GLASSES),
        ("a bald astronaut on the moon", "cut", frozenset[StrEnum]({Cut.BALD})),
        ("a bald man in a forest", "cut", frozenset[StrEnum]({Cut.BALD})),
        ("a bald chef in a kitchen", "cut", frozenset[StrEnum]({Cut.BALD})),
        ("a bald pirate on a ship", "cut", frozenset[StrEnum]({Cut.BALD})),
        ("a king with a gray beard in a castle", "hair_color", _hair(HairColor.GRAY)),
        ("an old man in a library", "hair_color", _hair(HairColor.GRAY)),
        ("a king with dark skin in a castle", "skin", frozenset[StrEnum]({Skin.DARK})),
        ("a knight with pale skin and blond hair", "skin", frozenset[StrEnum]({Skin.PALE})),
        ("a superhero with a moustache", "facial_hair", _MOUSTACHE),
        ("a bald man with a beard in a forest", "facial_hair", _BEARD),
        ("a 5 year old girl in a garden", "age", _CHILD),
        ("a baby in a garden", "age", _CHILD),
        ("my grandfather in a forest", "age", _OLD),
        ("a woman in her sixties in a garden", "age", _OLD),
        ("an old king in a castle", "age", _OLD),
        ("a witch in a forest", "gender", _WOMAN),
    )
)

EVERYDAY = tuple(
    Asked(words, attribute, shown, _of_other_looks)
    for words, attribute, shown in (
        ("a doctor", "place", frozenset[StrEnum]({Place.STUDIO})),
        ("with a cat", "place", frozenset[StrEnum]({Place.STUDIO})),
        ("a firefighter", "place", frozenset[StrEnum]({Place.CITY})),
        ("drinking coffee in Paris", "place", frozenset[StrEnum]({Place.CITY})),
        ("a samurai under cherry blossoms", "place", frozenset[StrEnum]({Place.GARDEN})),
        ("sitting on a rock", "role", _NOBODY),
        ("under a tree", "place", frozenset[StrEnum]({Place.FOREST})),
        ("as Batman", "role", frozenset[StrEnum]({Role.SUPERHERO})),
        ("climbing in the mountains, breathtaking panorama", "role", _NOBODY),
    )
)


def _but(colour: Clothes) -> frozenset[StrEnum]:
    return frozenset(Clothes) - {colour}


DYED = tuple(
    Asked(words, attribute, shown, _of_other_looks)
    for words, attribute, shown in (
        ("auburn hair", "hair_color", _hair(HairColor.RED)),
        ("a woman with a silver bob", "hair_color", _hair(HairColor.GRAY)),
        ("with golden curls", "hair_color", _hair(HairColor.BLOND)),
        ("a woman with red hair", "clothes", _but(Clothes.RED)),
        ("a man with white hair", "clothes", _but(Clothes.WHITE)),
        ("with green eyes", "eyes", frozenset[StrEnum]({Eyes.GREEN})),
        ("with green eyes", "clothes", _but(Clothes.GREEN)),
        ("a black man", "skin", frozenset[StrEnum]({Skin.DARK})),
        ("in a black castle", "clothes", _but(Clothes.BLACK)),
        ("with white flowers", "clothes", _but(Clothes.WHITE)),
        ("wearing red glasses", "clothes", _but(Clothes.RED)),
    )
)
"""Colours of looks and things, which aren't those of the clothes: by chance a tenth has them."""

_PLACES = ("in a forest", "in a city", "in a castle", "in a garden", "in a kitchen", "in the rain")

STORIES = (
    ("wakes up in a castle", "walks on a beach", *_PLACES),
    ("a woman in a red coat", "at sea", *_PLACES),
    ("a pirate at sea", "in a library", *_PLACES),
    ("wearing a green sweater", "on the moon", *_PLACES),
)

HELD = ("clothes", "hair_color")
"""What stays the same in a story."""


class Albums:
    """Draws and reads albums of people who were made up, always the same ones."""

    def __init__(self, generator: DiffusionGenerator, reader: AttributeReader) -> None:
        self._generator, self._reader = generator, reader
        self._random = Random(20)  # noqa: S311 - nothing secret

    def face(self, whose: Callable[[Person], bool] = _anybody) -> bytes:
        """Draw the face of somebody like that, as a PNG file."""
        person = next(p for p in iter(lambda: random_person(self._random), None) if whose(p))
        file = BytesIO()
        clean_face(person, self._random).save(file, "PNG")
        return file.getvalue()

    def read(self, face: bytes, words: str = "", scenes: tuple[str, ...] = ()) -> list[Seen]:
        """Draw six pictures, or one of each scene, and read them."""
        request = GenerationRequest(
            Character("", (face,), Traits()),
            words,
            MODES["FAST"],
            seed=self._random.randrange(2**31),
            count=len(scenes) or 6,
            scenes=scenes,
        )
        album = self._generator.album(request, lambda _step: None)
        return self._reader.read([picture.image for picture in album])


def count_shown(pictures: Iterable[Seen], asked: Asked) -> int:
    """Count the pictures that show it."""
    return sum(picture[asked.attribute] in asked.shown for picture in pictures)


def count_alike(pictures: Sequence[Seen], attribute: str) -> int:
    """Count the pictures in which somebody looks as in most of them."""
    return Counter(picture[attribute] for picture in pictures).most_common(1)[0][1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words")
    parser.add_argument("--people", type=int, default=10, help="albums of each request and story")
    people: int = parser.parse_args().people
    albums = Albums(DiffusionGenerator("pocket"), load_reader())
    print("| words | pictures that show it | albums with more than one |\n|---|---|---|")
    for denied in DENIED:
        shown = [
            count_shown(albums.read(albums.face(denied.whose), denied.words), denied)
            for _ in range(people)
        ]
        crowded = sum(count > 1 for count in shown)
        print(f"| {denied.words} | {sum(shown)} of {6 * people} | {crowded} of {people} |")
    print("\n| looks | pictures that show them |\n|---|---|")
    for looks in (*LOOKS, *EVERYDAY, *DYED):
        counts = (
            count_shown(albums.read(albums.face(looks.whose), looks.words), looks)
            for _ in range(people)
        )
        print(f"| {looks.words} | {sum(counts)} of {6 * people} |")
    print("\n| story | alike in | stories wholly alike |\n|---|---|---|")
    for scenes in STORIES:
        read = [albums.read(albums.face(), scenes=scenes) for _ in range(people)]
        for name in HELD:
            alike = [count_alike(pictures, name) for pictures in read]
            whole = sum(count == len(scenes) for count in alike)
            of = len(scenes) * people
            print(f"| {scenes[0]}, ...: {name} | {sum(alike)} of {of} | {whole} of {people} |")


if __name__ == "__main__":
    main()
