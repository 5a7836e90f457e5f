"""The words that name what a drawing shows: what the pocket model can be asked for.

Captions are written of them, and `KNOWN_WORDS` is read off them: what isn't in it, the model has
never seen a picture of.
"""

from enum import StrEnum

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin
from generation.pocket.portraits.attributes import (
    Clothes,
    Cut,
    Expression,
    Garment,
    Look,
    Place,
    Role,
)
from generation.words.vocabulary import SMALL, words_of

CUTS: dict[Cut, tuple[str, ...]] = {
    Cut.BUZZ: ("buzz cut", "very short hair", "shaved hair"),
    Cut.RECEDING: ("receding hair", "receding hairline"),
    Cut.PARTED: ("side parting", "hair with a side parting", "parted hair"),
    Cut.AFRO: ("afro", "short afro", "afro hair"),
    Cut.CURLY: ("curly hair", "curls"),
    Cut.BUN: ("hair in a bun", "a bun", "hair bun"),
    Cut.PONYTAIL: ("ponytail", "hair in a ponytail", "tied hair"),
}
"""Cuts that no trait of the bot names, in words of one's own."""

PLACES: dict[Place, tuple[str, ...]] = {
    Place.STUDIO: ("in a studio", "plain background", "simple background"),
    Place.SPACE: ("in space", "among the stars", "in a galaxy", "in outer space"),
    Place.MOON: ("on the moon", "on a moon"),
    Place.SNOW: ("in the snow", "in winter", "in a snowy forest"),
    Place.FOREST: ("in a forest", "in the forest", "in the jungle", "in the woods"),
    Place.BEACH: ("on a beach", "on the beach", "on a tropical island", "under a palm tree"),
    Place.SEA: ("at sea", "at the sea", "on a ship", "on the ocean", "by the sea"),
    Place.DESERT: ("in the desert", "in a desert", "on sand dunes"),
    Place.MOUNTAINS: ("in the mountains", "on a mountain", "in front of mountains"),
    Place.CITY: ("in the city", "in a city", "on a street", "in a town"),
    Place.NIGHT: ("in a city at night", "in the city at night", "on a street at night"),
    Place.UNDERWATER: ("underwater", "under the sea", "under water"),
    Place.GARDEN: ("in a garden", "in a field of flowers", "in a meadow", "among flowers"),
    Place.LIBRARY: ("in a library", "in front of books", "in front of bookshelves"),
    Place.KITCHEN: ("in a kitchen", "in the kitchen", "in a busy kitchen"),
    Place.STAGE: ("on a stage", "on stage", "in a theater", "in a theatre"),
    Place.SUNSET: ("at sunset", "in front of a sunset", "at dawn", "at sunrise"),
    Place.RAIN: ("in the rain", "in a storm", "in rainy weather"),
    Place.CASTLE: ("at a castle", "in front of a castle", "in a castle", "near a castle"),
}
EXPRESSIONS: dict[Expression, tuple[str, ...]] = {
    Expression.SMILING: ("smiling", "happy", "with a smile", "laughing"),
    Expression.SERIOUS: ("serious", "calm", "with a serious face"),
    Expression.SURPRISED: ("surprised", "with a surprised face", "amazed"),
}
LOOKS: dict[Look, tuple[str, ...]] = {
    Look.FLAT: (),
    Look.OIL: (
        *("oil painting", "an oil painting", "oil painting in the style of an old master"),
        *("painted in oil", "in the style of an old master"),
    ),
    Look.WATERCOLOR: ("watercolor", "watercolour", "watercolor painting", "a watercolor"),
    Look.PENCIL: ("pencil drawing", "pencil sketch", "a pencil drawing", "sketch"),
    Look.PIXELS: ("pixel art", "pixels", "8-bit pixel art", "pixelated"),
    Look.NIGHT_LIGHT: ("night light", "at night", "by night", "in moonlight"),
}
GARMENTS: dict[Garment, tuple[str, ...]] = {
    Garment.SHIRT: ("shirt", "blouse"),
    Garment.SWEATER: ("sweater", "pullover"),
    Garment.JACKET: ("jacket", "coat", "suit"),
    Garment.HOODIE: ("hoodie",),
    Garment.DRESS: ("dress",),
}
"""What is worn without a role. A bare colour is told as `CLOTHES`."""

CLOTHES = ("clothes", "outfit")
"""Names for what is worn, whatever it is. With a role its colour goes with one of these."""

HATS = ("wearing a hat", "in a hat", "with a hat")

ROLES: dict[Role, tuple[str, ...]] = {
    Role.ASTRONAUT: ("astronaut", "cosmonaut", "spaceman", "astronaut in a spacesuit"),
    Role.KNIGHT: ("knight", "knight in armour", "knight in shining armour", "medieval knight"),
    Role.KING: ("king", "prince", "king with a crown", "emperor"),
    Role.QUEEN: ("queen", "princess", "queen with a crown"),
    Role.WIZARD: ("wizard", "witch", "magician", "sorcerer"),
    Role.PIRATE: ("pirate", "pirate captain", "pirate with a sabre"),
    Role.CHEF: ("chef", "cook", "baker"),
    Role.DOCTOR: ("doctor", "nurse", "doctor with a stethoscope"),
    Role.DETECTIVE: ("detective", "sherlock holmes", "detective with a magnifying glass"),
    Role.SUPERHERO: ("superhero", "hero with a cape", "superhero with a cape"),
    Role.SAILOR: ("sailor", "ship captain", "sailor at the helm"),
    Role.PILOT: ("pilot", "aviator", "pilot with goggles"),
    Role.SAMURAI: ("samurai", "samurai with a katana", "samurai warrior"),
    Role.PAINTER: ("painter", "artist", "painter with a palette"),
    Role.MUSICIAN: ("musician", "guitarist", "musician with a guitar", "rock star"),
    Role.SCIENTIST: ("scientist", "chemist", "scientist with a flask"),
    Role.EXPLORER: ("explorer", "adventurer", "explorer with binoculars"),
    Role.VIKING: ("viking", "viking with an axe", "viking warrior"),
    Role.FIREFIGHTER: ("firefighter", "fireman"),
    Role.COWBOY: ("cowboy", "cowgirl", "sheriff", "cowboy with a lasso"),
    Role.GARDENER: ("gardener", "farmer", "gardener with a flower"),
}

_TRAITS: tuple[tuple[type[StrEnum], tuple[str, ...]], ...] = (
    (Gender, ("girl", "boy")),
    (Age, ()),
    (Skin, ("skin",)),
    (HairColor, ("hair",)),
    (Eyes, ("eyes",)),
    (FacialHair, ("clean-shaven", "mustache")),
    (Glasses, ("without", "no")),
    (Clothes, ()),
)
"""What the bot's traits and colours are named by, and words beside them."""

_LENGTHS = ("bald", "bald head", "short", "medium", "long")


def _every_phrase() -> list[str]:
    tables: list[dict[StrEnum, tuple[str, ...]]] = [
        *(CUTS, PLACES, EXPRESSIONS, LOOKS, GARMENTS, ROLES),  # type: ignore[list-item]
    ]
    told = [phrase for table in tables for phrases in table.values() for phrase in phrases]
    traits = [word for kind, more in _TRAITS for word in (*kind, *more) if word != "none"]
    return [*told, *traits, *_LENGTHS, *HATS, *CLOTHES, "portrait", "face", "wearing"]


KNOWN_WORDS: frozenset[str] = frozenset(
    word for phrase in _every_phrase() for word in words_of(phrase) if word not in SMALL
)
"""Every word that some caption uses for something that its drawing shows."""

READ_AS = {
    "armor": "armour",
    "bearded": "beard",
    "blonde": "blond",
    "cap": "hat",
    "elderly": "old",
    "eyeglasses": "glasses",
    "grey": "gray",
    "guy": "man",
    "kid": "child",
    "lady": "woman",
    "spectacles": "glasses",
}
"""Words that no caption uses, and those that mean as much."""
