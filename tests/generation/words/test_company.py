"""Of whom words tell: the person, and not who stands beside them."""

import pytest

from generation.words.company import alone, without_company


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("a king with an old lady in a castle", "a king"),
        ("a knight with his blond wife, green eyes", "a knight, green eyes"),
        ("with my friends in a forest", ""),
        ("a man with a beard and his bald brother", "a man with a beard"),
        ("a chef with blond hair kissing a girl", "a chef with blond hair"),
        ("a superhero saves a bearded king", "a superhero"),
        ("a girl and a boy", "a girl"),
        ("a pirate among bearded pirates", "a pirate"),
        ("a man in a crowd of old men", "a man"),
        ("a portrait of me kissing a blond girl", "a portrait of me"),
        ("saving an old king", ""),
        ("a man hugs a woman with red hair", "a man"),
        ("a knight with a bearded squire", "a knight"),
        ("my dad hugs a blond girl", "my dad"),
        ("with all of my bald friends", ""),
        ("me and my friends in sunglasses", "me"),
        ("a king followed by a bearded wizard", "a king followed"),
        ("a samurai fighting a red-haired demon", "a samurai"),
        ("a king with an old and wise wizard", "a king"),
        ("me and kids on a beach", "me"),
    ],
)
def test_of_company_nothing_is_left(words: str, own: str) -> None:
    assert without_company(words) == own


@pytest.mark.parametrize(
    "words",
    [
        *("a pirate with a red beard", "a wizard with long white hair and a beard"),
        *("a man dressed as an old king", "me as a bearded pirate", "playing the old violinist"),
        *("portrait of an old man in a castle", "a photo of a blond woman", "a sailor on a ship"),
        *("a doctor with a dog and red hair", "a man with a man bun", "a woman with a pixie cut"),
        *("a man with a fisherman beard", "a woman with a flower in her hair and brown eyes"),
        *("a photo with me as a bald spy", "turn me to a blonde", "me cosplaying a bearded pirate"),
        *("portrait by a famous painter of a bald man", "a portrait for my wife with red hair"),
        *("a man called the Red Baron with a moustache", "at the barber with a long beard"),
        *("a gamer with a controller and glasses", "for a friend: an old man with a beard"),
        *("in blue clothes a viking with red hair", "an oil painting a bearded knight"),
        *("an astronaut among the stars", "with a serious face chef", "a man and his dog"),
        *("with a sailor hat and red hair", "a detective with a moustache and a hat"),
    ],
)
def test_what_tells_of_the_person_stays(words: str) -> None:
    assert without_company(words) == words


@pytest.mark.parametrize(
    ("words", "left", "gone"),
    [
        ("a knight with a little girl in a forest", "a knight in a forest", ("girl",)),
        ("me with my wife and kids on a beach", "me on a beach", ("wife", "kids")),
        ("a king, with his queen, in a castle", "a king,, in a castle", ("queen",)),
        ("a man and his wife with red hair in a garden", "a man in a garden", ("wife",)),
        ("dancing with a woman in a red dress", "dancing", ("woman",)),
        ("a woman with a man with a beard in a hat", "a woman", ("man",)),
        ("a king with a queen and a guitar", "a king with a guitar", ("queen",)),
        (
            "a king with a king, a queen and a princess in a castle",
            "a king,in a castle",
            ("king", "queen", "princess"),
        ),
        ("me, my wife and my kids", "me", ("wife", "kids")),
        ("a king, an old man", "a king, an old man", ()),
        (
            "a knight with a girl in the forest with a red hat",
            "a knight in the forest with a red hat",
            ("girl",),
        ),
        ("my wife and me in venice", "me in venice", ("wife",)),
        ("a castle with a knight in it", "a castle with a knight in it", ()),
        ("a horse and a knight", "a horse and a knight", ()),
        ("an old castle behind a king", "an old castle behind a king", ()),
        ("in a castle with a king", "in a castle", ("king",)),
        ("me and my friends in armour", "me in armour", ("friends",)),
        ("a boy with a robot in a red jacket", "a boy with a robot in a red jacket", ()),
        ("a king and a queen dancing", "a king dancing", ("queen",)),
        ("me and my old grandmother baking a cake", "me baking a cake", ("grandmother",)),
        ("he's a wizard", "he's a wizard", ()),
        ("I am a doctor and a musician", "I am a doctor and a musician", ()),
        ("with glasses doctor in a library", "with glasses doctor in a library", ()),
        ("a man in glasses a chef in a kitchen", "a man in glasses a chef in a kitchen", ()),
        ("always a knight", "always a knight", ()),
        ("a knight saves a princess in a castle", "a knight saves in a castle", ("princess",)),
        ("a doctor and a nurse and a cook", "a doctor", ("nurse", "cook")),
        ("a king and queen in a castle", "a king in a castle", ("queen",)),
        ("bride and groom", "bride", ("groom",)),
        ("a king and emperor", "a king and emperor", ()),
        ("a doctor and musician", "a doctor and musician", ()),
        ("with two friends and a dog in a park", "with a dog in a park", ("friends",)),
        ("a pirate with a parrot", "a pirate with a parrot", ()),
    ],
)
def test_company_is_taken_out_and_the_rest_goes_on(
    words: str, left: str, gone: tuple[str, ...]
) -> None:
    """The pocket model draws one person: with a little girl a knight became a child."""
    assert alone(words) == (left, gone)


@pytest.mark.parametrize(
    "words",
    [
        f"a {'very ' * 400}old king and {'with a ' * 300}",
        "a king " + "with a girl in a red dress " * 140,
        "me and " * 500,
    ],
)
def test_endless_words_are_looked_through_once(words: str) -> None:
    """Where each word was looked at again for each before it, the first of them took minutes."""
    left, gone = alone(words)
    assert len(left.split()) + len(gone) <= len(words.split())
