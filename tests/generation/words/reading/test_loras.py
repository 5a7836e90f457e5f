"""LoRAs among the words: `<lora:film:0.8>`."""

import unicodedata

import pytest

from generation.words.lora import LoraUse, found, in_use, together
from generation.words.reading import Remark, changed, read
from generation.words.story import read_story
from generation.words.style import Style

THERE = {"lora": ["film_grain", "Ink v2"]}
FILM, INK = "film_grain", "Ink v2"


@pytest.mark.parametrize(
    ("text", "loras"),
    [
        ("a knight <lora:film_grain:0.8>", [LoraUse(FILM, 0.8)]),
        ("рыцарь <lora:Film Grain:0,8> на луне", [LoraUse(FILM, 0.8)]),
        ("<LoRA: film-grain.safetensors : .5 > a knight", [LoraUse(FILM, 0.5)]),
        ("a knight <lora:looks/film_grain:-1>", [LoraUse(FILM, -1)]),
        ("a knight <lora:filmgrain>", [LoraUse(FILM)]),
        ("a <lora:inkv2:1> knight <lora:film_grain:0.5>", [LoraUse(INK), LoraUse(FILM, 0.5)]),
        ("a knight <lora:film_grain:1><lora:film_grain:0.3>", [LoraUse(FILM, 0.3)]),
        ("a knight\nNegative prompt: hat <lora:film_grain:0.8>", [LoraUse(FILM, 0.8)]),
    ],
)
def test_a_lora_is_named_among_the_words(text: str, loras: list[LoraUse]) -> None:
    """However its name is spelt; it is no word of the prompt, and nothing is to be said of it."""
    reading = read(text, THERE)
    assert reading.loras == tuple(loras)
    assert "lora" not in f"{reading.words} {reading.wanted} {reading.unwanted}".lower()
    assert "film" not in reading.words
    assert reading.remarks == ()
    assert read(reading.words).wanted == reading.wanted


@pytest.mark.parametrize(
    ("text", "taken", "remark"),
    [
        ("<lora:film_grain:5>", 2.0, ("lora-scale", f"<lora:{FILM}:2>")),
        ("<lora:film_grain:-9>", -2.0, ("lora-scale", f"<lora:{FILM}:-2>")),
        ("<lora:film_grain:much>", 1.0, ("lora-scale", f"<lora:{FILM}:1>")),
        ("<lora:film_grain:0.7:0.2>", 0.7, ("lora-scale", f"<lora:{FILM}:0.7>")),
        ("<lora:fog:0.8>", None, ("lora-unknown", f"{FILM}, {INK}")),
        ("<lora::0.8>", None, ("lora-unknown", f"{FILM}, {INK}")),
    ],
)
def test_what_is_not_taken_as_it_stands_is_told(
    text: str, taken: float | None, remark: tuple[str, str]
) -> None:
    """A scale that is too large, and a LoRA that isn't there, with those that are."""
    reading = read(f"a knight {text}", THERE)
    assert reading.loras == ((LoraUse(FILM, taken),) if taken else ())
    assert reading.remarks == (Remark(remark[0], text, remark[1]),)
    assert reading.wanted == "a knight"


def test_where_there_are_none_that_is_told() -> None:
    """The rest is drawn."""
    reading = read("a knight <lora:film:0.8>", {"lora": []})
    assert (reading.wanted, reading.loras) == ("a knight", ())
    assert reading.remarks == (Remark("lora-none", "<lora:film:0.8>"),)


def test_a_loras_name_is_no_option() -> None:
    """`--film` stays what it was: it is a style's name, or nothing."""
    reading = read("a knight --ink", {"lora": ["ink"]})
    assert [remark.kind for remark in reading.remarks] == ["option"]


def test_a_reply_names_loras_too() -> None:
    """Its words are the album's; what it names is its own."""
    reading = changed("a knight", "but <lora:film_grain:0.8>", THERE)
    assert (reading.words, reading.loras) == ("a knight", (LoraUse(FILM, 0.8),))


def test_a_story_is_drawn_with_the_loras_of_all_its_scenes() -> None:
    """They are weights of the model, which draws the scenes together."""
    reading, scenes = read_story("a knight <lora:film_grain:0.8> | a pirate <lora:ink v2>", THERE)
    assert scenes == ("a knight", "a pirate")
    assert reading.loras == (LoraUse(FILM, 0.8), LoraUse(INK))


def test_the_words_have_the_last_say() -> None:
    """A LoRA of the style counts as the words name it, and with 0 it is left out."""
    style = Style("film", lora=f"{FILM}:0.6")
    assert in_use(style, ()) == (LoraUse(FILM, 0.6),)
    assert in_use(style, [LoraUse(FILM, 0.2), LoraUse(INK)]) == (LoraUse(FILM, 0.2), LoraUse(INK))
    assert in_use(style, [LoraUse(FILM, 0)]) == ()
    assert in_use(None, together([LoraUse(INK)], [LoraUse(INK, 0)])) == ()


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("a knight <lora:film_grain:0.8", 0.8),
        ("a knight <lora:film grain:0.8 on the moon", 0.8),
        ("a <lora:film_grain knight", 1),
        ("a knight <lora=film_grain:1>", 1),
        ("a knight lora:film_grain:0.8>", 0.8),
        ("a knight lora:film_grain:0.8", 0.8),
        ("a knight &lt;lora:film_grain:0.8&gt;", 0.8),
        ("рыцарь <лора:film_grain:0,8>", 0.8),
    ],
)
def test_a_tag_that_lost_a_sign_is_a_lora(text: str, scale: float) -> None:
    """None of it becomes a word."""
    reading = read(text, THERE)
    assert reading.loras == (LoraUse(FILM, scale),)
    assert reading.wanted in {"a knight", "a knight on the moon", "рыцарь"}
    assert reading.remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        "a knight (<lora:film_grain:0.8>:1.2)",
        "a knight ((<lora:film_grain:0.8>, <lora:ink v2>))",
        "a knight [<lora:film_grain:0.8>:0.5]",
        "a knight [<lora:film_grain:0.8>:<lora:ink v2>:0.5]",
        "a knight “<lora:film_grain:0.8>”",
    ],
)
def test_what_stood_about_a_tag_goes_with_it(text: str) -> None:
    """Brackets, and their weight."""
    reading = read(text, THERE)
    assert (reading.words, reading.wanted, reading.remarks) == ("a knight", "a knight", ())
    assert reading.loras[0] == LoraUse(FILM, 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "a knight --no <lora:film_grain:1>",
        "a knight --no <lora:film_grain:1> --seed 5",
        "a knight without <lora:film_grain>",
        "a knight without the <lora:film_grain:0.5>",
        "рыцарь --без <lora:film_grain>",
        "рыцарь без <lora:film_grain:1>",
    ],
)
def test_a_lora_that_is_ruled_out_is_left_out(text: str) -> None:
    """A style's too; nothing is to be said of the denial."""
    reading = read(text, THERE)
    assert reading.loras == (LoraUse(FILM, 0),)
    assert reading.wanted in {"a knight", "рыцарь"}
    assert (reading.unwanted, reading.remarks) == ((), ())


def test_what_else_is_ruled_out_stays_so() -> None:
    """Beside a LoRA in the same list."""
    reading = read("a knight --no hat, <lora:film_grain:1>", THERE)
    assert (reading.loras, reading.unwanted) == ((LoraUse(FILM, 0),), ("hat",))
    reading = read("a knight without a hat, <lora:film_grain:1>", THERE)
    assert (reading.loras, reading.unwanted) == ((LoraUse(FILM),), ("hat",))
    reading = changed("a knight", "without <lora:film_grain>", THERE)
    assert (reading.words, reading.loras) == ("a knight", (LoraUse(FILM, 0),))


@pytest.mark.parametrize("name", ["", "_", "...", "🙂"])
def test_a_name_without_letters_finds_none(name: str) -> None:
    """Not even a file that is called so."""
    reading = read(f"a knight <lora:{name}:1>", {"lora": ["_", FILM]})
    assert reading.loras == ()
    assert reading.remarks[0].kind == "lora-unknown"


def test_a_macs_file_name_is_found() -> None:
    """There й and ё are two signs."""
    name = unicodedata.normalize("NFD", "зелёный")
    assert found("зелёный", [name]) == found("зеленый", [name]) == name


def test_a_denial_goes_on_behind_a_lora() -> None:
    """What is joined to it is ruled out as well."""
    reading = read("a knight without <lora:film_grain> and a hat", THERE)
    assert (reading.wanted, reading.unwanted) == ("a knight", ("hat",))
    assert reading.loras == (LoraUse(FILM, 0),)


def test_a_part_of_a_story_that_is_a_lora_is_told() -> None:
    """It is no scene, and counts for all of them."""
    reading, scenes = read_story("a knight | a pirate | <lora:film_grain:0.5>", THERE)
    assert (scenes, reading.loras) == (("a knight", "a pirate"), (LoraUse(FILM, 0.5),))
    assert reading.remarks == (Remark("lora-scene", f"<lora:{FILM}:0.5>"),)


def test_many_numbers_before_a_tag_are_read() -> None:
    """A pattern that tries each way to part them would never end."""
    assert read(f"a knight ({'1.1' * 900} <lora:film_grain>", THERE).loras == (LoraUse(FILM),)
