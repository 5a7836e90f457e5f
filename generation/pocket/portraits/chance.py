"""People and scenes by chance."""

from dataclasses import replace
from random import Random

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin
from generation.pocket.portraits.attributes import (
    AGES,
    Clothes,
    Cut,
    Expression,
    Garment,
    Hat,
    Look,
    Person,
    Place,
    Role,
    Scene,
)

HOMES: dict[Role, tuple[Place, ...]] = {
    Role.ASTRONAUT: (Place.SPACE, Place.MOON),
    Role.KNIGHT: (Place.CASTLE, Place.FOREST),
    Role.KING: (Place.CASTLE,),
    Role.QUEEN: (Place.CASTLE, Place.GARDEN),
    Role.WIZARD: (Place.FOREST, Place.LIBRARY, Place.CASTLE),
    Role.PIRATE: (Place.SEA, Place.BEACH, Place.SUNSET),
    Role.CHEF: (Place.KITCHEN,),
    Role.DOCTOR: (Place.STUDIO,),
    Role.DETECTIVE: (Place.CITY, Place.NIGHT, Place.RAIN),
    Role.SUPERHERO: (Place.CITY, Place.NIGHT),
    Role.SAILOR: (Place.SEA,),
    Role.PILOT: (Place.MOUNTAINS, Place.SUNSET),
    Role.SAMURAI: (Place.GARDEN, Place.MOUNTAINS),
    Role.PAINTER: (Place.STUDIO, Place.GARDEN),
    Role.MUSICIAN: (Place.STAGE,),
    Role.SCIENTIST: (Place.LIBRARY, Place.STUDIO),
    Role.EXPLORER: (Place.FOREST, Place.DESERT),
    Role.VIKING: (Place.SEA, Place.SNOW),
    Role.FIREFIGHTER: (Place.CITY,),
    Role.COWBOY: (Place.DESERT,),
    Role.GARDENER: (Place.GARDEN,),
}
"""Where people of a role are at home."""

AT_HOME = 0.3
"""Share of the people with a role who are at home: where a caption names no place, a chef then
stands in a kitchen more often than on the moon."""

ROLES = 0.6
"""Share of the people who have a role."""

_DARK = (Place.SPACE, Place.MOON, Place.NIGHT, Place.STAGE)
"""Places that are dark already: no night light is put on them."""


def random_person(random: Random) -> Person:
    """Choose a person by chance. Children and women have no beard; few women are bald."""
    gender = random.choice(list(Gender))
    age = random.choices(AGES, (1, 3, 1))[0]
    bearded = gender is not Gender.WOMAN and age is not Age.CHILD
    cuts = (1, 1, 1.2, 2, 1.3, 1.3, 1.3, 1.6, 1.6, 1.2, 1) if bearded else _WOMENS_CUTS
    return Person(
        gender=gender,
        age=age,
        skin=random.choice(list(Skin)),
        hair_color=random.choice(list(HairColor)),
        cut=random.choices(list(Cut), cuts)[0],
        eyes=random.choice(list(Eyes)),
        facial_hair=random.choices(list(FacialHair), (3, 1.5, 1.5, 3))[0]
        if bearded
        else FacialHair.NONE,
        glasses=random.choices(list(Glasses), (5, 3, 2))[0],
    )


LIKELY: dict[Skin, tuple[float, dict[HairColor, float]]] = {
    Skin.PALE: (
        1.5,
        {HairColor.BLACK: 2, HairColor.BROWN: 4, HairColor.BLOND: 3, HairColor.RED: 1.5},
    ),
    Skin.FAIR: (4, {HairColor.BLACK: 3, HairColor.BROWN: 5, HairColor.BLOND: 4, HairColor.RED: 1}),
    Skin.TAN: (2, {HairColor.BLACK: 6, HairColor.BROWN: 4, HairColor.BLOND: 0.5}),
    Skin.OLIVE: (1, {HairColor.BLACK: 6, HairColor.BROWN: 3}),
    Skin.BROWN: (2, {HairColor.BLACK: 9, HairColor.BROWN: 1}),
    Skin.DARK: (1.5, {HairColor.BLACK: 9.5, HairColor.BROWN: 0.5}),
}
"""How frequent each skin is on photographs that people send, and which hair goes with it, but for
the grey and the dyed."""

LIKELY_CUTS: dict[Gender, tuple[float, ...]] = {
    Gender.MAN: (1, 2.5, 1.5, 7, 2, 0.6, 0.6, 0.7, 0.5, 0.05, 0.2),
    Gender.WOMAN: (0.2, 0.4, 0.1, 2, 1, 0.6, 2, 4, 5, 0.8, 1.5),
}
"""How frequent each cut is on photographs of men, and of women and children. Buns are above the
crop: whoever can't see one shouldn't guess it."""

TIGHT_CUTS = (1.5, 3, 1, 1, 0.5, 4, 2, 0.7, 0.7, 1.5, 1)
"""How much more frequent each is above brown and dark skin."""

GREYING = {Age.CHILD: 0.0, Age.ADULT: 0.06, Age.OLD: 0.85}
"""Share of the grey and white heads by age."""

DYED_HAIR = 0.03
"""Share of the heads in blue or pink."""


def likely_person(random: Random) -> Person:
    """Choose a person as they are on photographs: hair and beards go with skin, age and gender.

    Whoever reads a dim photograph must know that white locks on a dark young man are a lamp.
    """
    gender = random.choices(list(Gender), (4, 4, 1))[0]
    age = random.choices(AGES, (0.7, 6, 1.5))[0]
    skin = random.choices(list(LIKELY), [share for share, _ in LIKELY.values()])[0]
    grown, woman = age is not Age.CHILD, gender is Gender.WOMAN
    if random.random() < DYED_HAIR:
        hair = random.choice((HairColor.BLUE, HairColor.PINK))
    elif random.random() < GREYING[age]:
        white = 1.0 if age is Age.OLD else 0.3
        (hair,) = random.choices((HairColor.GRAY, HairColor.WHITE), (1, white))
    else:
        colours = LIKELY[skin][1]
        hair = random.choices(list(colours), list(colours.values()))[0]
    cuts = LIKELY_CUTS[Gender.MAN if grown and not woman else Gender.WOMAN]
    if skin in (Skin.BROWN, Skin.DARK):
        cuts = tuple(share * more for share, more in zip(cuts, TIGHT_CUTS, strict=True))
    dark_eyes = skin not in (Skin.PALE, Skin.FAIR) or hair is HairColor.BLACK
    return Person(
        gender=gender,
        age=age,
        skin=skin,
        hair_color=hair,
        cut=random.choices(list(Cut), cuts)[0],
        eyes=random.choices(list(Eyes), (12, 1, 1, 0.5) if dark_eyes else (3, 3, 2, 1))[0],
        facial_hair=random.choices(list(FacialHair), (5.8, 1.2, 0.4, 2.5))[0]
        if grown and not woman
        else FacialHair.NONE,
        glasses=random.choices(list(Glasses), (7, 2.3, 0.5))[0],
    )


LIKELY_SITTERS = 0.3
"""Share of the portraits that show a likely person: where a photo leaves doubt, the UNet draws what
is likely. The others are people of any kind, for words may ask for any."""

BARE = 0.3
"""Share of the people who take their glasses off, if they wear any: where a photo leaves doubt,
most people wear none."""


def sitter(random: Random) -> Person:
    """Choose whom a portrait shows that the UNet learns from."""
    person = likely_person(random) if random.random() < LIKELY_SITTERS else random_person(random)
    if random.random() < BARE:
        return replace(person, glasses=Glasses.NONE)
    return person


PUT_ON = {Glasses.GLASSES: 0.11, Glasses.SUNGLASSES: 0.19}
"""Share of the people drawn without glasses whose face wears some. Without these faces, glasses on
a face would be a proof of glasses, and no negative words could outweigh it: with guidance g the
first step foresees g P(face) - (g - 1) P(negative words). More wear sunglasses: people take those
off more often, so a face in them says less.

It goes with `BARE`: the more people are drawn without glasses, the smaller it must be, or
glasses on a face say too little. With these 69 of 100 faces in glasses are of wearers, 41 of those
in sunglasses."""

TAKEN_OFF = 0.15
"""Share of the people drawn with glasses whose face wears none."""


def another_day(person: Person, random: Random) -> Person:
    """Put glasses on or take them off, or leave the person alone."""
    if person.glasses is not Glasses.NONE:
        other = Glasses.NONE if random.random() < TAKEN_OFF else person.glasses
    else:
        chances = (1 - sum(PUT_ON.values()), *PUT_ON.values())
        (other,) = random.choices((Glasses.NONE, *PUT_ON), chances)
    return person if other is person.glasses else replace(person, glasses=other)


_WOMENS_CUTS = (0.4, 0.5, 0.2, 1.6, 1.2, 1.2, 1.4, 2, 2, 1.6, 1.4)
"""How frequent each cut is among women and children."""


def random_scene(random: Random, *, looks: bool = True, roles: bool = True) -> Scene:
    """Choose a scene by chance; with `looks=False` its look is flat, with `roles=False` no role."""
    role = Role.NONE
    if roles and random.random() < ROLES:
        role = random.choice(list(HOMES))
    place = random.choice(list(Place))
    if role is not Role.NONE and random.random() < AT_HOME:
        place = random.choice(HOMES[role])
    look = random.choices(list(Look), (12, 1.4, 1.4, 1.4, 1.4, 1.2))[0] if looks else Look.FLAT
    if look is Look.NIGHT_LIGHT and place in _DARK:
        look = Look.FLAT
    hatted = role is Role.NONE and random.random() < 0.3
    return Scene(
        place=place,
        clothes=random.choice(list(Clothes)),
        garment=random.choice(list(Garment)),
        expression=random.choice(list(Expression)),
        hat=Hat.HAT if hatted else Hat.NONE,
        role=role,
        look=look,
    )
