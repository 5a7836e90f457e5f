"""Captions of drawn portraits, written by the prompt enhancer, as the bot's prompts are."""

from dataclasses import dataclass, fields, replace
from random import Random

from generation.character import (
    Age,
    Character,
    FacialHair,
    Gender,
    Glasses,
    HairLength,
    Traits,
)
from generation.pocket.portraits.attributes import (
    Cut,
    Expression,
    Hat,
    Look,
    Person,
    Place,
    Portrait,
    Scene,
)
from generation.prompt import NEGATIVE_PROMPT, PromptEnhancer

_LENGTHS = {
    Cut.BALD: HairLength.BALD,
    Cut.SHORT: HairLength.SHORT,
    Cut.MEDIUM: HairLength.MEDIUM,
    Cut.LONG: HairLength.LONG,
}
"""Cuts that a trait of the bot names. The others are told in words of one's own: `_CUT_WORDS`."""

_CUT_WORDS = {Cut.CURLY: ("curly hair",), Cut.BUN: ("hair in a bun", "a bun")}

_PLACE_WORDS: dict[Place, tuple[str, ...]] = {
    Place.SPACE: ("in space", "among the stars", "in a galaxy"),
    Place.MOON: ("on the moon",),
    Place.SNOW: ("in the snow", "in winter"),
    Place.FOREST: ("in a forest", "in the forest", "in the jungle"),
    Place.BEACH: ("on a beach", "on the beach", "at the sea"),
    Place.DESERT: ("in the desert", "in a desert"),
    Place.MOUNTAINS: ("in the mountains", "on a mountain"),
    Place.CITY: ("in the city", "in a city", "on a street"),
    Place.NIGHT: ("in a city at night", "at night"),
    Place.UNDERWATER: ("underwater", "under the sea"),
    Place.GARDEN: ("in a garden", "in a field of flowers", "in a meadow"),
    Place.LIBRARY: ("in a library", "in front of books"),
    Place.KITCHEN: ("in a kitchen", "in the kitchen"),
    Place.SUNSET: ("at sunset", "in front of a sunset"),
    Place.RAIN: ("in the rain", "in a storm"),
    Place.CASTLE: ("at a castle", "in front of a castle"),
}
_EXPRESSION_WORDS: dict[Expression, tuple[str, ...]] = {
    Expression.SMILING: ("smiling", "happy", "with a smile"),
    Expression.SERIOUS: ("serious", "calm"),
    Expression.SURPRISED: ("surprised",),
}
_LOOK_WORDS: dict[Look, tuple[str, ...]] = {
    Look.FLAT: (),
    Look.PENCIL: ("pencil drawing", "pencil sketch"),
    Look.NIGHT_LIGHT: ("night light", "dark blue light"),
}
_GARMENTS = ("shirt", "jacket", "dress", "sweater", "coat", "suit", "hoodie")
_HATS = ("wearing a hat", "in a hat", "with a hat")

ROLES = (
    *("astronaut", "knight", "king", "queen", "wizard", "pirate", "samurai", "detective"),
    *("doctor", "chef", "pilot", "sailor", "scientist", "painter", "musician", "explorer"),
)
"""Roles that people ask for and no drawing shows. They must not disturb the other words."""

STRANGE = (
    *ROLES,
    *("highly detailed", "sharp focus", "soft light", "cinematic", "epic", "watercolor", "anime"),
    *("dog", "cat", "dragon", "horse", "guitar", "sword", "book", "car", "ruins", "robot"),
    *("riding a bicycle", "dancing", "drinking tea", "reading", "at a party", "on a train"),
    *("freckles", "earrings", "scarf", "crown", "vintage", "cyberpunk", "futuristic", "beautiful"),
)
"""All words that people ask for and no drawing shows."""

_GLASSES_WORDS = (("glasses",), ("glasses", "sunglasses"))
"""Words by which a negative prompt rules out glasses: it means either kind in both cases."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text, and in `told` the names of the attributes that it states."""

    text: str
    told: frozenset[str]


def caption(
    portrait: Portrait,
    random: Random,
    share: float | None = None,
    always: frozenset[str] = frozenset(),
) -> Caption:
    """Describe a portrait: state each attribute with the probability `share`, or a random one.

    The attributes in `always` are always stated.
    """
    chance = random.choice((0.15, 0.5, 0.9)) if share is None else share
    names = [field.name for kind in (Person, Scene) for field in fields(kind)]
    told = always | {name for name in names if random.random() < chance}
    traits = traits_of(portrait.person, told)
    if traits.age is Age.ADULT and random.choice((True, False)):
        traits = replace(traits, age=Age.YOUNG)  # it is drawn as adult
    words = scene_words(portrait.scene, told, random)
    enhancer = PromptEnhancer(lambda text: len(text.split()) + text.count(","))
    written = enhancer.write(Character(name="", face=b"", traits=traits), words).positive
    parts = written.split(", ")
    if random.choice((True, False)):  # half keep the enhancer's order
        parts = random.sample(parts, len(parts))
    return Caption(", ".join(parts), told)


def with_strange_words(text: str, random: Random) -> str:
    """Mix in words that no drawing shows: some that the tokenizer knows, some of random letters."""
    parts = text.split(", ")
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        letters = random.choice(("abcdefghijklmnoprstuvwxyz", "абвгдежзиклмнопрстуя"))
        strange = "".join(random.choices(letters, k=random.randint(2, 7)))
        word = random.choice((*STRANGE, strange))
        parts.insert(random.randint(1, len(parts)), word)
    return ", ".join(parts)


def without(portrait: Portrait, random: Random) -> Caption:
    """Write a negative prompt, as the enhancer does, that names things which the portrait shows.

    Guidance leads away from what the model draws for the negative prompt. So training shows these
    things for it.
    """
    person, scene = portrait.person, portrait.scene
    hair = person.cut is not Cut.BALD
    shown = {
        "glasses": () if person.glasses is Glasses.NONE else random.choice(_GLASSES_WORDS),
        "facial_hair": () if person.facial_hair is FacialHair.NONE else (person.facial_hair,),
        "gender": () if person.gender is Gender.PERSON else (person.gender,),
        "age": () if person.age is Age.ADULT else (person.age,),
        "skin": (f"{person.skin} skin",),
        "hair_color": (f"{person.hair_color} hair",) if hair else (),
        "cut": (f"{_LENGTHS[person.cut]} hair",) if hair and person.cut in _LENGTHS else (),
        "hat": ("hat",) if scene.hat is Hat.HAT else (),
        "clothes": (f"{scene.clothes} {random.choice(_GARMENTS)}",),
        "place": (random.choice(_PLACE_WORDS[scene.place]),),
    }
    told = [name for name, words in shown.items() if words and random.randrange(3) == 0]
    if random.randrange(3) == 0:  # people often rule out one thing only
        told = [random.choice([name for name, words in shown.items() if words])]
    named = [word for name in told for word in shown[name]]
    return Caption(", ".join([*named, NEGATIVE_PROMPT]), frozenset(told))


def visible(portrait: Portrait, told: frozenset[str]) -> frozenset[str]:
    """Leave out of `told` what no text states: no glasses, no hat, hair on a bald head."""
    person, scene = portrait.person, portrait.scene
    silent = {
        "gender": person.gender is Gender.PERSON,
        "hair_color": person.cut is Cut.BALD,
        "facial_hair": person.facial_hair is FacialHair.NONE
        and not (person.gender is Gender.MAN and "gender" in told),
        "glasses": person.glasses is Glasses.NONE,
        "hat": scene.hat is Hat.NONE,
        "look": scene.look is Look.FLAT,
    }
    return frozenset(name for name in told if not silent.get(name, False))


def traits_of(person: Person, told: frozenset[str]) -> Traits:
    """Give what is told as the bot's traits, and as words where no trait has such a value."""

    def said(name: str) -> bool:
        return name in told

    hair = person.cut is not Cut.BALD
    length = _LENGTHS.get(person.cut) if said("cut") else None
    own = _CUT_WORDS.get(person.cut, ("",))[0] if said("cut") else ""
    return Traits(
        gender=person.gender if said("gender") else None,
        age=person.age if said("age") else None,
        hair_color=person.hair_color if said("hair_color") and hair else None,
        hair_length=length,
        eyes=person.eyes if said("eyes") else None,
        skin=person.skin if said("skin") else None,
        facial_hair=person.facial_hair if said("facial_hair") else None,
        glasses=person.glasses if said("glasses") else None,
        words=own,
    )


def scene_words(scene: Scene, told: frozenset[str], random: Random) -> str:
    parts = [random.choice(ROLES)] if random.choice((True, False, False)) else []
    if "clothes" in told:
        form = random.choice(("in a {} {}", "wearing a {} {}", "{} {}"))
        parts.append(form.format(scene.clothes, random.choice(_GARMENTS)))
    if "hat" in told and scene.hat is Hat.HAT:
        parts.append(random.choice(_HATS))
    if "expression" in told:
        parts.append(random.choice(_EXPRESSION_WORDS[scene.expression]))
    if "place" in told:
        parts.append(random.choice(_PLACE_WORDS[scene.place]))
    random.shuffle(parts)
    if "look" in told and scene.look is not Look.FLAT:
        parts.append(random.choice(_LOOK_WORDS[scene.look]))
    return random.choice((" ", ", ")).join(parts)
