"""Captions of drawn portraits, written by the prompt enhancer, as the bot's prompts are."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from random import Random

from generation.character import (
    Age,
    FacialHair,
    Gender,
    Glasses,
    HairLength,
    Traits,
)
from generation.pocket.portraits.attributes import (
    Cut,
    Hat,
    Look,
    Person,
    Portrait,
    Role,
    Scene,
    shown,
)
from generation.pocket.portraits.words import (
    CLOTHES,
    CUTS,
    EXPRESSIONS,
    GARMENTS,
    HATS,
    LOOKS,
    PLACES,
    ROLES,
)
from generation.words.enhancer import PromptEnhancer
from generation.words.recipes import POCKET
from generation.words.wishes import Wishes

_LENGTHS = {
    Cut.BALD: HairLength.BALD,
    Cut.SHORT: HairLength.SHORT,
    Cut.MEDIUM: HairLength.MEDIUM,
    Cut.LONG: HairLength.LONG,
}
"""Cuts that a trait of the bot names. The others are told in words of one's own: `CUTS`."""

STRANGE = (
    *("highly detailed", "sharp focus", "soft light", "cinematic", "epic", "anime", "ballerina"),
    *("dog", "cat", "dragon", "horse", "violin", "book", "car", "ruins", "robot", "vampire"),
    *("riding a bicycle", "dancing", "drinking tea", "reading", "at a party", "on a train"),
    *("freckles", "earrings", "scarf", "vintage", "cyberpunk", "futuristic", "beautiful"),
)
"""Words that people ask for and no drawing shows. They must not disturb the other words."""

_GLASSES_WORDS = (("glasses",), ("glasses", "sunglasses"))
"""Words by which a negative prompt rules out glasses: it means either kind in both cases."""

SUNGLASSES_RULED_OUT = 0.5
"""Share of the negative prompts of portraits in sunglasses that rule these out, besides those that
do by chance. There are fewer sunglasses than glasses, so "glasses" would lead away from them less.
"""

_NO_GLASSES = ("without glasses", "no glasses", "without glasses or sunglasses")
"""What is said in the words themselves of somebody without glasses."""

_NO_BEARD = ("without a beard", "no beard", "clean-shaven")
_NO_HAT = ("without a hat", "no hat", "bareheaded")

DENIED = {"glasses": 0.3, "facial_hair": 0.15, "hat": 0.1}
"""Share of the captions that say that something is missing, of those that could."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A text, and what it says.

    `told` has the names of the attributes that it states, `denied` of those that it says are
    missing: "without glasses".
    """

    text: str
    told: frozenset[str]
    denied: frozenset[str] = frozenset()


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
    told -= {name for name in told if not shown(portrait, name) and name != "hair_color"}
    in_words = {name for name in told & set(_IN_WORDS) if random.random() < IN_WORDS}
    traits = traits_of(portrait.person, told - in_words, random)
    if traits.age is Age.ADULT and random.choice((True, False)):
        traits = replace(traits, age=Age.YOUNG)  # it is drawn as adult
    words = [scene_words(portrait.scene, told, random)]
    more = [_IN_WORDS[name](portrait.person) for name in sorted(in_words)]
    words += [f"with {thing}" for thing in more if thing]
    denied, missing = _missing(portrait, told, random)
    enhancer = PromptEnhancer(lambda text: len(text.split()) + text.count(","), recipe=POCKET)
    told_in_words = random.choice((" ", ", ")).join(filter(None, (*words, missing)))
    written = enhancer.write(traits, Wishes(told_in_words, own=traits.words)).positive
    parts = written.split(", ")
    if random.choice((True, False)):  # half keep the enhancer's order
        parts = random.sample(parts, len(parts))
    return Caption(", ".join(parts), told, denied)


IN_WORDS = 0.25
"""Share of the glasses, beards and hair colours that are told in words of one's own, and not by a
trait: "a pirate with glasses"."""

_IN_WORDS: dict[str, Callable[[Person], str]] = {
    "glasses": lambda person: "" if person.glasses is Glasses.NONE else person.glasses,
    "facial_hair": lambda person: {
        FacialHair.BEARD: "a beard",
        FacialHair.MOUSTACHE: "a moustache",
        FacialHair.STUBBLE: "stubble",
    }.get(person.facial_hair, ""),
    "hair_color": lambda person: f"{person.hair_color} hair",
}


def _missing(
    portrait: Portrait, told: frozenset[str], random: Random
) -> tuple[frozenset[str], str]:
    """Choose something that isn't there, and say so: "without glasses"."""
    person, scene = portrait.person, portrait.scene
    absent = {
        "glasses": _NO_GLASSES if person.glasses is Glasses.NONE else (),
        "facial_hair": _NO_BEARD if person.facial_hair is FacialHair.NONE else (),
        "hat": _NO_HAT if scene.hat is Hat.NONE and scene.role is Role.NONE else (),
    }
    for name, words in absent.items():
        if words and name in told and random.random() < DENIED[name]:
            return frozenset((name,)), random.choice(words)
    return frozenset(), ""


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
    garment = GARMENTS[scene.garment] if scene.role is Role.NONE else CLOTHES
    named: dict[str, tuple[str, ...]] = {
        "glasses": () if person.glasses is Glasses.NONE else random.choice(_GLASSES_WORDS),
        "facial_hair": () if person.facial_hair is FacialHair.NONE else (person.facial_hair,),
        "gender": () if person.gender is Gender.PERSON else (person.gender,),
        "age": () if person.age is Age.ADULT else (person.age,),
        "skin": (f"{person.skin} skin",),
        "hair_color": (f"{person.hair_color} hair",) if hair else (),
        "cut": (_cut_words(person.cut, random),) if hair else (),
        "hat": ("hat",) if scene.hat is Hat.HAT else (),
        "clothes": (f"{scene.clothes} {random.choice(garment)}",)
        if shown(portrait, "clothes")
        else (),
        "role": () if scene.role is Role.NONE else (random.choice(ROLES[scene.role]),),
        "look": () if scene.look is Look.FLAT else (random.choice(LOOKS[scene.look]),),
        "place": (random.choice(PLACES[scene.place]),),
    }
    told = [name for name, words in named.items() if words and random.randrange(3) == 0]
    if random.randrange(3) == 0:  # people often rule out one thing only
        told = [random.choice([name for name, words in named.items() if words])]
    dark = person.glasses is Glasses.SUNGLASSES and random.random() < SUNGLASSES_RULED_OUT
    if dark and "glasses" not in told:
        told.append("glasses")
    if "clothes" in told and scene.role is Role.NONE:
        told.append("garment")
    parts = [word for name in told for word in named.get(name, ())]
    return Caption(", ".join([*parts, *POCKET.negative]), frozenset(told))


def _cut_words(cut: Cut, random: Random) -> str:
    return f"{_LENGTHS[cut]} hair" if cut in _LENGTHS else random.choice(CUTS[cut])


def visible(portrait: Portrait, said: Caption) -> frozenset[str]:
    """Give what a caption states, without what it tells by silence: no glasses, no hat."""
    person, scene = portrait.person, portrait.scene
    silent = {
        "gender": person.gender is Gender.PERSON,
        "facial_hair": person.facial_hair is FacialHair.NONE
        and not (person.gender is Gender.MAN and "gender" in said.told),
        "glasses": person.glasses is Glasses.NONE,
        "hat": scene.hat is Hat.NONE,
        "role": scene.role is Role.NONE,
        "look": scene.look is Look.FLAT,
    }
    return frozenset(
        name
        for name in said.told
        if name in said.denied or (not silent.get(name, False) and shown(portrait, name))
    )


def traits_of(person: Person, told: frozenset[str], random: Random | None = None) -> Traits:
    """Give what is told as the bot's traits, and as words where no trait has such a value."""

    def said(name: str) -> bool:
        return name in told

    hair = person.cut is not Cut.BALD
    length = _LENGTHS.get(person.cut) if said("cut") else None
    own = ""
    if said("cut") and person.cut in CUTS:
        own = random.choice(CUTS[person.cut]) if random else CUTS[person.cut][0]
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
    """Write the words of a request: "a pirate in a red coat, on a beach, oil painting"."""
    parts = _worn(scene, told, random)
    if "hat" in told and scene.hat is Hat.HAT:
        parts.append(random.choice(HATS))
    if "expression" in told:
        parts.append(random.choice(EXPRESSIONS[scene.expression]))
    if "place" in told:
        parts.append(random.choice(PLACES[scene.place]))
    random.shuffle(parts)
    if "role" in told and scene.role is not Role.NONE:
        # People begin with who they want to be.
        role = _role_words(scene, random)
        parts.insert(0 if random.random() < 0.8 else len(parts), role)
    if "look" in told and scene.look is not Look.FLAT:
        look = random.choice(LOOKS[scene.look])
        parts.insert(random.choice((0, len(parts), len(parts))), look)
    return random.choice((" ", ", ")).join(parts)


def _worn(scene: Scene, told: frozenset[str], random: Random) -> list[str]:
    colour = scene.clothes if "clothes" in told else ""
    if scene.role is not Role.NONE:
        if not colour:
            return []
        name = random.choice(CLOTHES)
        return [random.choice((f"{colour} {name}", f"in {colour}", f"in {colour} {name}"))]
    if not colour and "garment" not in told:
        return []
    name = random.choice(GARMENTS[scene.garment] if "garment" in told else CLOTHES)
    form = "{} {}" if name in CLOTHES else random.choice(("in a {} {}", "wearing a {} {}", "{} {}"))
    return [" ".join(form.format(colour, name).split())]


def _role_words(scene: Scene, random: Random) -> str:
    name = random.choice(ROLES[scene.role])
    article = "an" if name[0] in "aeiou" else "a"
    form = random.choice(("{}", "{a} {}", "{a} {}", "as {a} {}", "dressed as {a} {}"))
    return form.format(name, a=article)
