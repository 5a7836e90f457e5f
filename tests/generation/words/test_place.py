"""Where somebody is whose words don't say it."""

import pytest

from generation.pocket.portraits.attributes import Place, Role
from generation.pocket.portraits.chance import HOMES
from generation.pocket.portraits.words import PLACES, ROLES
from generation.words.place import PLAIN, place_for


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("", PLAIN),
        ("smiling", PLAIN),
        ("with a cat, at the office", PLAIN),
        ("drinking coffee in Paris", "in the city"),
        ("a samurai under cherry blossoms", "in a garden"),
        ("walking in a PARK", "in a garden"),
        ("by the lake's shore", "at sea"),
        ("a chef at a picnic", "in a garden"),
        ("two pirates", "at sea"),
        ("in a field", "in a garden"),
        ("smiling at night", "in the city at night"),
        ("at night, a pirate", "at sea"),
        ("a rock star", "on a stage"),
        ("star wars", "in space"),
        ("a pirate with a book", "at sea"),
        ("reading a book", "in a library"),
        ("a king in the office", PLAIN),
        ("long hair in waves", PLAIN),
        ("a singer", "on a stage"),
        ("a singer on the rooftop", "in the city"),
        ("a ship captain", "at sea"),
        ("a dragon in the background", "in a castle"),
        ("a knight before a red background", PLAIN),
        *(
            (words, PLAIN)
            for words in ("with a dragon tattoo", "in a camel coat", "comic book style")
        ),
        ("with a dragon tattoo at the pier", "at sea"),
        ("in a pirate costume", "at sea"),
        ("a doctor at night", "in the city at night"),
        ("a king s", "in a castle"),
        ("size s", PLAIN),
        ("a king on a beach", ""),
        ("in the mountains", ""),
        ("a knight in Paris, in the snow", ""),
        ("a parking lot, a starfish and a seal", PLAIN),
    ],
)
def test_who_says_no_place_is_where_people_would_look_for_them(words: str, place: str) -> None:
    """A place that the model draws is left to it; half of the others it drew in the rain."""
    assert place_for(words) == place


@pytest.mark.parametrize(
    ("words", "unwanted", "place"),
    [
        ("a king", ("castle",), PLAIN),
        ("a king in Paris", ("city",), "in a castle"),
        ("a king", ("rain", "people"), "in a castle"),
        ("a king", ("a background",), PLAIN),
        ("smiling", ("plain background",), ""),
        ("a scientist", ("books",), PLAIN),
        ("an astronaut", ("the stars",), PLAIN),
        ("an astronaut", ("the moon",), "in space"),
        ("a cowboy", ("sand dunes",), PLAIN),
        ("a pirate", ("water",), PLAIN),
        ("a king", ("a castle", "plain background"), ""),
    ],
)
def test_a_place_that_nobody_wants_is_not_said(
    words: str, unwanted: tuple[str, ...], place: str
) -> None:
    """What would be ruled out and said at once is neither."""
    assert place_for(words, unwanted) == place


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NONE])
def test_each_role_is_at_home_where_the_drawings_show_it(role: Role) -> None:
    """Whatever it is called."""
    home = {phrase for place in HOMES[role] for phrase in PLACES[place]}
    assert {place_for(f"a {called}") for called in ROLES[role]} <= home


@pytest.mark.parametrize("place", Place)
def test_no_place_is_added_to_another_one(place: Place) -> None:
    """What captions call a place is left as it is, or gets another name of the same place."""
    same = {phrase for one in _alike(place) for phrase in PLACES[one]}
    assert {place_for(called) for called in PLACES[place]} <= {"", *same}


def _alike(place: Place) -> tuple[Place, ...]:
    return (place, Place.FOREST) if place is Place.SNOW else (place,)
