"""A character's traits beside what the words say."""

from dataclasses import replace

import pytest

from generation.character import (
    Age,
    Eyes,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from generation.words.agreement import (
    agreed,
    as_shown,
    denied,
    described,
    excluded,
    meant,
    taken_off,
)

BARE = Traits(facial_hair=FacialHair.NONE, glasses=Glasses.NONE)


@pytest.mark.parametrize(
    "words",
    [
        *("a bearded viking", "a man with a beard", "beards", "a goatee", "facial hair"),
        *("with a moustache", "with a mustache", "mustachioed cowboy", "moustached", "stubbled"),
    ],
)
def test_who_asks_for_a_beard_gets_it(words: str) -> None:
    """By its stem and its other names: nothing of it is ruled out any more."""
    left = excluded(agreed(BARE, words, ()), words)
    assert not {"beard", "moustache", "stubble"} & set(left)
    assert "beard" in excluded(BARE, "a viking with a bear")


@pytest.mark.parametrize(
    "words",
    ["in sunglasses", "with spectacles", "bespectacled", "eyeglasses", "shades"],
)
def test_who_asks_for_glasses_gets_one_kind(words: str) -> None:
    """Whatever the character wears otherwise."""
    for worn in Glasses:
        traits = agreed(Traits(glasses=worn), words, ())
        assert traits.glasses is None
        assert excluded(traits, words) == []
    wearer = Traits(glasses=Glasses.GLASSES)
    assert agreed(wearer, "a pilot with goggles", ()) == wearer
    assert excluded(Traits(glasses=Glasses.NONE), "with ski goggles") == []
    assert excluded(BARE, "two glasses of wine, shades of blue")[:2] == ["glasses", "sunglasses"]


@pytest.mark.parametrize(
    "words",
    [
        *("an old man", "aged 80", "an elderly lady", "a grandmother", "80 years old"),
        *("an 80-year-old sailor", "in her 80s", "old wizard", "a wise old king", "wrinkled"),
    ],
)
def test_who_wants_to_be_old_is(words: str) -> None:
    """A young character's age yields, and all that it rules out."""
    traits = agreed(Traits(age=Age.YOUNG), words, ())
    assert traits.age is None
    assert excluded(traits, words) == []


@pytest.mark.parametrize("words", ["an old castle", "old paintings", "in the old town"])
def test_old_things_make_nobody_old(words: str) -> None:
    """They are not ruled out either."""
    traits = agreed(Traits(age=Age.YOUNG), words, ())
    assert traits.age is Age.YOUNG
    assert excluded(traits, words) == ["wrinkles"]


HAIRY = Traits(hair_color=HairColor.RED, hair_length=HairLength.SHORT)


@pytest.mark.parametrize(
    ("words", "color", "length"),
    [
        ("with long hair", HairColor.RED, None),
        ("long-haired", HairColor.RED, None),
        ("with a ponytail", HairColor.RED, None),
        ("long black hair", None, None),
        ("blonde", None, HairLength.SHORT),
        ("with blue curly hair", None, HairLength.SHORT),
        ("a redhead", None, HairLength.SHORT),
        ("a bald monk", None, None),
        ("in a red coat", HairColor.RED, HairLength.SHORT),
        ("a long road", HairColor.RED, HairLength.SHORT),
    ],
)
def test_hair_is_what_the_words_say(
    words: str, color: HairColor | None, length: HairLength | None
) -> None:
    """And what they leave open is the character's."""
    traits = agreed(HAIRY, words, ())
    assert (traits.hair_color, traits.hair_length) == (color, length)
    if length is None:
        assert "long hair" not in excluded(traits, words)


def test_a_bald_head_yields_to_any_hair() -> None:
    """Who asks for curls wants no bald head."""
    bald = Traits(hair_length=HairLength.BALD)
    for words in ("with curls", "blonde", "braids", "long hair"):
        traits = agreed(bald, words, ())
        assert traits.hair_length is None
        assert "hair" not in excluded(traits, words)


def test_eyes_and_skin_are_what_the_words_say() -> None:
    """Two colours at once would be neither."""
    traits = Traits(eyes=Eyes.BROWN, skin=Skin.FAIR)
    assert agreed(traits, "glowing red eyes", ()).eyes is None
    assert agreed(traits, "blue-eyed", ()).eyes is None
    assert agreed(traits, "green skin", ()).skin is None
    assert agreed(traits, "kind eyes, silk skin cream", ()) == traits


def test_what_is_not_wanted_is_no_trait_any_more() -> None:
    """A beard that stood in both prompts would be drawn."""
    bearded = Traits(
        gender=Gender.MAN,
        facial_hair=FacialHair.BEARD,
        glasses=Glasses.GLASSES,
        hair_length=HairLength.LONG,
        hair_color=HairColor.RED,
    )
    assert agreed(bearded, "a king", ["beard"]).facial_hair is FacialHair.NONE
    assert agreed(bearded, "a king", ["moustache"]).facial_hair is FacialHair.BEARD
    assert agreed(bearded, "a king", ["glasses"]).glasses is None
    assert agreed(bearded, "a king", ["sunglasses"]).glasses is Glasses.GLASSES
    bald = agreed(bearded, "a king", ["hair"])
    assert described(bald) == ["bald head", "red beard", "wearing glasses"]
    assert described(agreed(bearded, "a king", ["hair", "beard"]))[:2] == [
        "bald head",
        "clean-shaven",
    ]
    short = agreed(bearded, "a king", ["long hair"])
    assert (short.hair_color, short.hair_length) == (HairColor.RED, None)


def test_what_is_meant_by_no_glasses() -> None:
    """Sunglasses are meant too, unless glasses are worn."""
    assert meant(["glasses"], Traits()) == ["glasses", "sunglasses"]
    assert meant(["sunglasses"], Traits()) == ["sunglasses", "glasses"]
    assert meant(["sunglasses"], Traits(glasses=Glasses.GLASSES)) == ["sunglasses"]
    assert meant(["people", "cars"], Traits()) == ["crowd of people", "cars"]


def test_clean_shaven_denies_a_beard() -> None:
    """It says so without a no."""
    assert denied("a clean-shaven king", ()) == ("beard",)
    assert denied("clean-shaven with a moustache", ()) == ()


def test_gender_words_rule_nobody_out() -> None:
    """A woman beside a man is asked for; a human is no man."""
    man, woman = Traits(gender=Gender.MAN), Traits(gender=Gender.WOMAN)
    assert excluded(man, "dancing with a woman") == []
    assert excluded(man, "as a queen") == []
    assert excluded(woman, "as a king") == []
    assert excluded(woman, "a woman among women") == ["man"]


@pytest.mark.parametrize("words", ["a 7 year old boy", "a baby", "as a child", "a schoolboy"])
def test_a_child_has_no_beard(words: str) -> None:
    """Whatever grows on its person's chin; who asks for it gets it."""
    bearded = Traits(gender=Gender.MAN, facial_hair=FacialHair.BEARD, age=Age.ADULT)
    assert agreed(bearded, words, ()).facial_hair is None
    assert agreed(bearded, words, ()).age is None
    assert agreed(bearded, "a man with a child", ()).facial_hair is FacialHair.BEARD


SHOWN = Traits(
    skin=Skin.TAN,
    hair_color=HairColor.BLACK,
    facial_hair=FacialHair.BEARD,
    glasses=Glasses.GLASSES,
)
"""What photos show."""


def filled(wanted: str, *unwanted: str, told: Traits | None = None) -> Traits:
    return as_shown(told or Traits(), SHOWN, wanted, unwanted)


def test_what_nobody_speaks_of_is_as_on_the_photos() -> None:
    assert filled("a knight in a castle") == SHOWN


def test_what_the_person_told_comes_before_their_photos() -> None:
    told = Traits(glasses=Glasses.NONE, hair_length=HairLength.LONG, skin=Skin.FAIR)
    expected = replace(told, facial_hair=FacialHair.BEARD, hair_color=HairColor.BLACK)
    assert filled("a knight", told=told) == expected


def test_a_bald_head_has_the_colour_of_its_beard() -> None:
    """Whoever told of either. And no photo may shave hair whose colour was told."""
    bald, red = Traits(hair_length=HairLength.BALD), Traits(hair_color=HairColor.RED)
    told = filled("a knight", told=bald)
    assert described(told)[:2] == ["bald head", "tan skin"]
    assert "black beard" in described(told)
    assert as_shown(red, bald, "a knight", ()) == red


@pytest.mark.parametrize(
    ("words", "open_trait"),
    [
        ("a man with sunglasses", "glasses"),
        ("a clean-shaven knight", "facial_hair"),
        ("a knight with a moustache", "facial_hair"),
        ("a blonde on a beach", "hair_color"),
        ("with long red hair", "hair_color"),
        ("a bald astronaut", "hair_color"),
        ("with dark skin", "skin"),
    ],
)
def test_of_what_the_words_speak_the_photos_say_nothing(words: str, open_trait: str) -> None:
    """The words are obeyed as if no photo had been read."""
    assert filled(words) == replace(SHOWN, **dict.fromkeys([open_trait]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "colour", "length"),
    [
        ("with long hair", HairColor.BLACK, None),
        ("with red hair", None, HairLength.SHORT),
        ("with flowers in her hair", HairColor.BLACK, HairLength.SHORT),
    ],
)
def test_hair_is_as_on_the_photo_but_for_what_the_words_say(
    words: str, colour: HairColor | None, length: HairLength | None
) -> None:
    """Who asks for long hair keeps its colour."""
    shown = Traits(hair_color=HairColor.BLACK, hair_length=HairLength.SHORT)
    assert as_shown(Traits(), shown, words, ()) == Traits(hair_color=colour, hair_length=length)


@pytest.mark.parametrize("phrase", ["glasses", "sunglasses", "dark glasses"])
def test_glasses_of_a_photo_never_stand_against_no_glasses(phrase: str) -> None:
    """Who is shown in sunglasses may be read as in glasses, and wants none."""
    assert filled("an astronaut", phrase).glasses is None


@pytest.mark.parametrize("phrase", ["beard", "stubble"])
def test_a_beard_of_a_photo_never_stands_against_no_beard(phrase: str) -> None:
    assert filled("an astronaut", phrase).facial_hair is None


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Traits(gender=Gender.WOMAN), "a knight"),
        (Traits(age=Age.CHILD), "a knight"),
        (Traits(), "a schoolboy in a forest"),
        (Traits(), "a queen on a throne"),
    ],
)
def test_no_photo_gives_a_woman_or_a_child_a_beard(told: Traits, words: str) -> None:
    assert filled(words, told=told).facial_hair is None
    bare = replace(SHOWN, facial_hair=FacialHair.NONE)
    assert as_shown(told, bare, words, ()).facial_hair is FacialHair.NONE


@pytest.mark.parametrize("words", ["an old man in a library", "an astronaut aged 80"])
def test_a_photo_of_today_shows_no_hair_of_another_age(words: str) -> None:
    """Grey hair and a beard may come with the years. Who told that they are old is old on it."""
    assert filled("a knight", told=Traits(age=Age.OLD)) == replace(SHOWN, age=Age.OLD)
    shown = filled(words)
    assert (shown.hair_color, shown.facial_hair) == (None, None)
    assert (shown.skin, shown.glasses) == (Skin.TAN, Glasses.GLASSES)


@pytest.mark.parametrize(
    "words",
    [
        *("a knight in an old castle", "with my old friend in a park", "a king and his queen"),
        *("a chef with a young wife", "a man beside a blond girl", "a pirate with a bald eagle"),
        *("a wizard with a ginger cat", "in a bar with wine glasses", "a king with a baby"),
        *("a superhero saves a bearded king", "a detective with a dark-skinned woman"),
    ],
)
def test_things_and_company_take_no_looks_away(words: str) -> None:
    """Neither those of the photo nor those that were told."""
    assert filled(words) == SHOWN
    told = replace(SHOWN, age=Age.OLD)
    assert agreed(told, words, ()) == told


YOUNGER = ("a young king", "a 30 year old astronaut", "a knight, 40 years old", "in my thirties")


@pytest.mark.parametrize("words", YOUNGER)
def test_who_is_younger_has_the_hair_of_today(words: str) -> None:
    assert filled(words) == SHOWN


@pytest.mark.parametrize("words", ["a baby", "a 5 year old girl", "me as a child"])
def test_a_child_has_the_hair_of_today_and_no_beard(words: str) -> None:
    assert filled(words) == replace(SHOWN, facial_hair=None)
    assert taken_off(Traits(), SHOWN, words, ()) == ("beard",)


@pytest.mark.parametrize("words", YOUNGER)
def test_gray_hair_and_a_bald_head_may_have_come_later(words: str) -> None:
    for late in ({"hair_color": HairColor.GRAY}, {"hair_length": HairLength.BALD}):
        shown = as_shown(Traits(), replace(SHOWN, **late), words, ())
        assert (shown.hair_color, shown.hair_length) == (None, None)


@pytest.mark.parametrize("words", ["a teenager in a park", "a teenage king"])
def test_no_photo_gives_a_teenager_a_beard(words: str) -> None:
    assert filled(words).facial_hair is None
