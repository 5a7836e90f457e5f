"""Who is in the picture: one person."""

import pytest

from generation.character import Age, Gender, Traits
from generation.words.subject import gender_of, in_all_scenes, subject

ANN = Traits(gender=Gender.WOMAN, age=Age.YOUNG)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("an astronaut on the moon", "a young woman as an astronaut on the moon"),
        ("astronaut on the moon", "a young woman as an astronaut on the moon"),
        ("as a witch", "a young woman as a witch"),
        ("dressed as a pirate", "a young woman as a pirate"),
        ("me as a detective", "a young woman as a detective"),
        ("please draw me as a king", "a young woman as a king"),
        ("I want to be a vampire", "a young woman as a vampire"),
        ("a cowboy riding a horse", "a young woman as a cowboy riding a horse"),
        ("the queen of hearts", "a young woman as the queen of hearts"),
        ("Sherlock Holmes in London", "a young woman as Sherlock Holmes in London"),
        ("Batman", "a young woman as Batman"),
        ("(a knight:1.3)", "a young woman as (a knight:1.3)"),
        ("a medieval (knight:1.2) in a forest", "a young woman as a medieval (knight:1.2)"),
        ("in a forest", "a young woman in a forest"),
        ("riding a horse", "a young woman riding a horse"),
        ("wearing a red dress", "a young woman wearing a red dress"),
        ("aged 80", "a young woman aged 80"),
        ("she walks on the moon", "a young woman who walks on the moon"),
        ("she is dancing", "a young woman dancing"),
        ("I'm on a beach", "a young woman on a beach"),
        ("meets a dragon", "a young woman who meets a dragon"),
        ("a woman in a suit", "a young woman in a suit"),
        ("a happy person on a beach", "a young happy woman on a beach"),
        ("a girl with a kite", "a girl with a kite"),
        ("me", "a young woman"),
        ("me and my dog", "a young woman and my dog"),
        ("my portrait as a noblewoman", "a young woman as a noblewoman"),
        ("make me look like a zombie", "a young woman as a zombie"),
        ("as a man in a suit", "a young man in a suit"),
        ("drinking coffee", "a young woman drinking coffee"),
        ("painting a wall", "a young woman painting a wall"),
        ("a photographer taking a photo of a tiger", "a young woman as a photographer taking"),
        ("", "a young woman"),
    ],
)
def test_the_phrase_goes_on_from_the_person(phrase: str, text: str) -> None:
    """Not "a woman, an astronaut", who would be two."""
    told, at = subject(ANN, [phrase])
    assert told.text.startswith(text)
    assert at == 0


@pytest.mark.parametrize(
    "phrase",
    [
        *("a castle on a hill", "a cat", "two pirates", "cyberpunk city", "autumn", "winter"),
        *(
            "a building",
            "a ring",
            "a flower",
            "a tiger",
            "a flying car",
            "flying car over a city",
            "a painting",
            "blonde",
            "Paris",
            "a tower",
        ),
    ],
)
def test_what_tells_of_something_else_stays_by_itself(phrase: str) -> None:
    """Nobody is dressed as a castle."""
    told, at = subject(ANN, [phrase])
    assert (told.text, at) == ("a young woman", None)


def test_a_role_comes_before_a_place() -> None:
    """Wherever among the phrases it stands."""
    told, at = subject(ANN, ["pixel art", "in the woods", "an elf"])
    assert (told.text, at) == ("a young woman as an elf", 2)


@pytest.mark.parametrize(
    ("phrase", "medium", "text"),
    [
        ("oil painting of a queen", "oil painting", "a young woman as a queen"),
        ("a pencil drawing of me", "pencil drawing", "a young woman"),
        ("a close-up photo of a cat", "close-up photo", "a young woman, a cat"),
        ("make a portrait of a king", "portrait", "a young woman as a king"),
    ],
)
def test_the_words_name_what_the_picture_is(phrase: str, medium: str, text: str) -> None:
    """It stands before the person."""
    told, _ = subject(ANN, [phrase])
    assert (told.medium, told.text) == (medium, text)


def test_a_man_in_the_words_is_the_person() -> None:
    """The words win over the trait; somebody beside them is somebody else."""
    assert gender_of(ANN, ["an old man with a cane"]).gender is Gender.MAN
    assert gender_of(ANN, ["dancing with a man"]).gender is Gender.WOMAN


def test_a_story_is_about_one_person() -> None:
    """Who is a girl in one scene is a girl in all."""
    girl = in_all_scenes(ANN, ["in a garden", "a little girl in a red coat", "at sea"])
    assert (girl.gender, girl.age) == (Gender.WOMAN, Age.CHILD)
    man = in_all_scenes(ANN, ["an old man in a boat", "in a storm"])
    assert (man.gender, man.age) == (Gender.MAN, Age.OLD)
    assert in_all_scenes(ANN, ["in a garden"]) == ANN
