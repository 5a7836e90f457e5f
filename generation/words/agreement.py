"""A character's traits as a request's words leave them: where they differ, the words win."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generation.character import Age, FacialHair, Gender, Glasses, HairColor, HairLength, Traits
from generation.words.age import is_child, is_old, is_young, names_an_age
from generation.words.company import without_company
from generation.words.named import names
from generation.words.said_gender import said_gender

_SLOTS = ("age", "hair_color", "hair_length", "eyes", "skin", "facial_hair", "glasses")
"""Traits that yield as a whole when the words say something of the same kind."""

_LATE = (HairColor.GRAY, HairColor.WHITE)
"""Colours that hair has when somebody is no longer young."""

_BEARDS = ("beard", "moustache", "stubble")
"""What grows on a face, by the names of its kinds."""

_EXCLUDED: dict[str, dict[str, tuple[str, ...]]] = {
    "glasses": {Glasses.NONE: ("glasses", "sunglasses")},
    "facial_hair": {
        FacialHair.NONE: _BEARDS,
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

_ALIKE = {
    "glasses": ("glasses", "goggles"),
    "sunglasses": ("glasses", "goggles"),
    "long beard": ("beard",),
    "beard": ("beard", "facial_hair"),
    "long hair": ("length", "hair"),
    "short hair": ("length", "hair"),
}
"""What the words may name so that an excluded thing is excluded no more; the thing itself, where
it isn't here. Glasses and sunglasses stand together, because text encoders hardly distinguish them:
the pocket model drew glasses in 72 of 100 pictures that asked for them while sunglasses were ruled
out, and in 90 without that; nobody has measured Stable Diffusion here."""

_PEOPLE = re.compile(r"(?:other |more )?(?:people|persons|humans|anyone|others)", re.IGNORECASE)
"""Of whom somebody wants none: of all but themselves."""


def agreed(traits: Traits, wanted: str, unwanted: Sequence[str]) -> Traits:
    """Leave out the traits of which the words say something else, or that they don't want."""
    young = is_young(wanted) and traits.age not in (Age.CHILD, Age.YOUNG)
    aged = names_an_age(wanted) or young
    wanted = without_company(wanted)
    gone = {slot for slot in _SLOTS if (aged if slot == "age" else names(wanted, slot))}
    beardless = is_child(wanted) and not names(wanted, "facial_hair")
    if beardless and traits.age is not Age.CHILD:
        gone.add("age")
    if traits.hair_length is HairLength.BALD and names(wanted, "hair"):
        gone.add("hair_length")
    for phrase in unwanted:
        gone |= {slot for slot in _SLOTS if _denies(phrase, slot, traits)}
    shaven = "facial_hair" in gone and not names(wanted, "facial_hair")
    changes: dict[str, Any] = dict.fromkeys(gone)
    if any(_is_hair(phrase) for phrase in unwanted):
        changes["hair_length"] = HairLength.BALD
    if shaven:
        changes["facial_hair"] = FacialHair.NONE
    if beardless:
        changes["facial_hair"] = None
    return replace(traits, **changes)


def of_another_age(shown: Traits, wanted: str) -> bool:
    """Say whether words give an age at which hair and chin aren't those of a photo of today.

    Of who is younger they are, but for gray hair and a bald head: both may have come later.
    """
    late = shown.hair_color in _LATE or shown.hair_length is HairLength.BALD
    return names_an_age(wanted) and (late or is_old(wanted))


def as_shown(told: Traits, shown: Traits, wanted: str, unwanted: Sequence[str]) -> Traits:
    """Fill in what the photos show of traits that neither the person nor the words speak of.

    `told` are traits that are `agreed` already. Nobody is given a beard who is a woman or a child.
    Of another age, which the words name, a photo of today shows neither hair nor chin; but who is
    bald stays so when they are old, and of a bald head the face's beard is drawn all the same.
    """
    aged, old = of_another_age(shown, wanted), is_old(wanted)
    beardless = _beardless(told, wanted)
    wanted = without_company(wanted)
    said = ", ".join([wanted, *unwanted])
    bearded = shown.facial_hair not in (None, FacialHair.NONE)
    bald = shown.hair_length is HairLength.BALD
    hair = any(names(said, kind) for kind in ("hair", "hair_color", "hair_length"))
    dyed = names(said, "hair_color") and told.hair_length is not HairLength.BALD
    stays_bald = bald and old
    with_hair = not stays_bald and told.hair_length is not HairLength.BALD
    spoken_of = {
        "skin": names(said, "skin"),
        "hair_color": aged or dyed,
        "hair_length": (aged and not stays_bald)
        or names(said, "hair_length")
        or (bald and (hair or told.hair_color)),
        "facial_hair": (aged and with_hair)
        or (beardless and bearded)
        or names(said, "facial_hair"),
        "glasses": names(said, "glasses"),
    }
    filled = {
        slot: getattr(shown, slot)
        for slot, spoken in spoken_of.items()
        if not spoken and getattr(told, slot) is None
    }
    return replace(told, **filled)


def _beardless(told: Traits, wanted: str) -> bool:
    """Say whether somebody is a woman or a child, by their own word or those of the picture."""
    return (
        (told.gender or said_gender(wanted)) is Gender.WOMAN
        or told.age is Age.CHILD
        or is_child(wanted)
    )


def taken_off(told: Traits, shown: Traits, wanted: str, unwanted: Sequence[str]) -> tuple[str, ...]:
    """Add to what isn't wanted what photos show, and the person said they have none of.

    A woman and a child have no beard, whatever grows on the face.
    """
    if _beardless(told, wanted) and not names(without_company(wanted), "facial_hair"):
        told = replace(told, facial_hair=FacialHair.NONE)
    pairs = (
        ("glasses", Glasses.NONE, told.glasses, shown.glasses),
        ("beard", FacialHair.NONE, told.facial_hair, shown.facial_hair),
    )
    worn = (thing for thing, none, said, seen in pairs if said is none and seen not in (None, none))
    return (*unwanted, *worn)


def only_shown(told: Traits, filled: Traits) -> Traits:
    """Leave out of traits that were filled `as_shown` what the person told of their looks."""
    known: dict[str, Any] = {slot: None for slot in _SLOTS if getattr(told, slot) is not None}
    return replace(filled, **known)


def denied(wanted: str, unwanted: Sequence[str]) -> tuple[str, ...]:
    """Add to what isn't wanted what the words deny without saying no: "clean-shaven"."""
    shaven = names(wanted, "shaven") and not _names_a_beard(wanted)
    return (*unwanted, "beard") if shaven else tuple(unwanted)


def _is_hair(phrase: str) -> bool:
    return phrase.lower().strip() in ("hair", "any hair")


def has(thing: str, traits: Traits, wanted: str) -> bool:
    """Say whether somebody has a thing all the same: the kind of hair or glasses beside it."""
    if thing == "glasses":
        return traits.glasses not in (None, Glasses.NONE) or names(wanted, thing)
    if thing in _BEARDS:
        worn = traits.facial_hair not in (None, FacialHair.NONE)
        return worn or _names_a_beard(wanted)
    return names(wanted, thing)


def _names_a_beard(words: str) -> bool:
    return any(names(words, beard) for beard in _BEARDS)


def _denies(phrase: str, slot: str, traits: Traits) -> bool:
    """Say whether a phrase names what the trait says: "beard" a beard, "hair" any hair."""
    match slot:
        case "facial_hair":
            value = traits.facial_hair
            worn = () if value in (None, FacialHair.NONE) else (str(value),)
            return any(names(phrase, thing) for thing in worn)
        case "glasses":
            dark = "sunglasses" in phrase and traits.glasses is Glasses.GLASSES
            return traits.glasses not in (None, Glasses.NONE) and names(phrase, slot) and not dark
        case "hair_length" | "hair_color":
            value = getattr(traits, slot)
            return value is not None and str(value) in phrase and names(phrase, "hair")
        case _:
            value = getattr(traits, slot)
            return value is not None and str(value) in phrase and names(phrase, slot)


def excluded(traits: Traits, wanted: str) -> list[str]:
    """List what the traits rule out, except what the words ask for."""
    ruled_out = [
        thing
        for trait, values in _EXCLUDED.items()
        for thing in values.get(getattr(traits, trait), ())
    ]
    return [
        thing
        for thing in ruled_out
        if not any(names(wanted, alike) for alike in _ALIKE.get(thing, (thing,)))
    ]


def meant(unwanted: Sequence[str], traits: Traits) -> list[str]:
    """List what isn't wanted, each once; no glasses means no sunglasses.

    Who wears glasses and wants no sunglasses means no glasses.
    """
    every = ["crowd of people" if _PEOPLE.fullmatch(one) else one for one in unwanted]
    wears = traits.glasses not in (None, Glasses.NONE)
    if not wears and any(names(phrase, "glasses") for phrase in unwanted):
        every += ["glasses", "sunglasses"]
    return list(dict.fromkeys(every))


def described(traits: Traits) -> list[str]:
    """Describe the looks, a phrase for each kind."""
    looks = (
        _hair(traits),
        f"{traits.eyes} eyes" if traits.eyes else "",
        f"{traits.skin} skin" if traits.skin else "",
        _facial_hair(traits),
        f"wearing {traits.glasses}" if traits.glasses not in (None, Glasses.NONE) else "",
    )
    return [look for look in looks if look]


def _hair(traits: Traits) -> str:
    if traits.hair_length is HairLength.BALD:
        return "bald head"
    looks = [look for look in (traits.hair_length, traits.hair_color) if look]
    return " ".join([*looks, "hair"]) if looks else ""


def _facial_hair(traits: Traits) -> str:
    """Describe the beard; nothing but the beard has the colour of who is bald."""
    if traits.facial_hair is FacialHair.NONE:
        return "clean-shaven" if traits.gender is Gender.MAN else ""
    coloured = traits.hair_length is HairLength.BALD and traits.facial_hair
    return " ".join(filter(None, (traits.hair_color if coloured else "", traits.facial_hair)))
