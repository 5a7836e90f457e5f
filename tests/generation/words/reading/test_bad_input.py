"""Requests that nobody means well, and those of people who paste what they don't read."""

import contextlib
import random
import unicodedata

import pytest

from generation.errors import Refusal
from generation.words.reading import Reading, read

LONGEST = 4096
"""Characters of the longest message that Telegram carries."""

SIGNS = "()[]{}<>:|-—–,.;!?\"'«»“”*_~`#&/\\=+^% \n\tno без --no a ж 🚀\u200b\u202e\u0301 1.2"


@pytest.mark.parametrize(
    "text",
    [
        "x" * LONGEST, "(" * LONGEST, "(" * 2048 + ")" * 2048, "(" * 2047 + "a" + ")" * 2047,
        "[a:" * 1365, "[a|b]" * 800, "{" * LONGEST, "-" * LONGEST, ":" * LONGEST, "," * LONGEST,
        "no " * 1365, "without a, " * 370, "no hat and " * 370, "не " * 1365, "без шляпы, " * 370,
        "--no " * 819, "--x " * 1000, "--seed 7 " * 450, '--style "' + "a " * 2000, "a::" * 1365,
        "hat, " * 400 + "no hat, " * 300, "negative prompt: " * 240, "Steps: 20, " * 370,
        "<" * LONGEST, "<a " * 1365, "<!--" * 1024, "👩‍👩‍👧" * 500, "\u200b" * LONGEST,
        "\u202e" * LONGEST, "a\u0301" * 2048, "\ud800" * 100, "\x00" * 100, "\n" * LONGEST,
        "нет " * 1000, "ни " * 1000, "without " * 500, "a:1.2 " * 680, "__a__" * 800, "ㅤ" * 1000,
        "; -- " * 800, "seed=7 " * 580, "𗇨" * 500, "ж𗇨 " * 500, "без ж𗇨, не 𗇨𗇨 " * 150,
    ],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
def test_anything_is_read_twice(text: str) -> None:
    """Without an accident, and the words that are kept say the same."""
    reading = read(text)
    again = read(reading.words)
    assert (again.wanted, again.unwanted) == (reading.wanted, reading.unwanted)


@pytest.mark.parametrize("seed", range(12))
def test_noise_is_read(seed: int) -> None:
    """Or refused in a sentence; what is kept of it can be read once more."""
    dice = random.Random(seed)  # noqa: S311 - nothing is secret here
    with contextlib.suppress(Refusal):
        _check_plain(read(read("".join(dice.choices(SIGNS, k=LONGEST))).words))


@pytest.mark.parametrize(
    "text", ["", " ", "🚀🚀🚀", "👩‍🚀❤️", "!!! ---", "...", "()", "((:1.2))", "no", "not", "без",
             "нет", "--seed 5", "—", "«»", "\u200b", "<b></b>", "<lora:x:1>", "https://a.org", ":)"]
)  # fmt: skip
def test_what_says_nothing_says_nothing(text: str) -> None:
    """Signs, emoji, options, links, and a “no” alone."""
    assert not read(text).says_something


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("without glasses", ("glasses",)),
        ("no hat, no beard", ("hat", "beard")),
        ("--no hat", ("hat",)),
        ("Negative prompt: castle", ("castle",)),
        ("без очков", ("очки",)),
        ("не в шляпе и не в очках", ("шляпа", "очки")),
    ],
)
def test_only_negation_is_a_portrait_without_it(text: str, unwanted: tuple[str, ...]) -> None:
    """And the person is told so."""
    reading = read(text)
    assert set(unwanted) <= set(reading.unwanted)
    assert reading.says_something
    assert [one.kind for one in reading.remarks] == ["only-unwanted"] * (not reading.wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("'; DROP TABLE users; --", "DROP TABLE users"),
        ("a knight' OR 1=1", "a knight OR 1 1"),
        ("<script>alert(1)</script> a knight", "alert (1:1.1) a knight"),
        ("<b>a *knight*</b> & _me_ `z`", "a knight & me z"),
        ("**a knight** ~~on~~ # a __horse__", "a knight on a"),
        ("[a knight](http://example.org)", "(a knight:0.91)"),
        ("&lt;b&gt; {{7*7}} ${HOME}", "lt;b&gt; (7 7:1.1) $ (HOME:1.05)"),
        ("a \u202eknight\u202c in\u200b a f\u200bor\u2060est", "a knight in a forest"),
        ("a\u00a0knight\u3000in\ta\r\nforest", "a knight in a forest"),
        ("ａ ｋｎｉｇｈｔ", "a knight"),
        ("%s %d {0} \\n \\x00", "%s %d (0:1.05) n x00"),
        ("a knight \ud83d in a forest", "a knight in a forest"),
        ("فارس في الغابة", "فارس في الغابة"),
        ("骑士在森林里", "骑士在森林里"),
    ],
)
def test_markup_code_and_unseen_signs_are_words_or_nothing(text: str, wanted: str) -> None:
    """No sign that a prompt gives a meaning to is left, and none that nobody sees."""
    reading = read(text)
    assert reading.wanted == wanted
    _check_plain(reading)


def _check_plain(reading: Reading) -> None:
    for text in (reading.words, reading.wanted, *reading.unwanted):
        assert all(unicodedata.category(sign) not in {"Cf", "Cc", "Cs"} for sign in text)
        assert not set(reading.wanted) & set('[]{}<>\\`*"«»“”')


@pytest.mark.parametrize("words", ["𝐚 𝐤𝐧𝐢𝐠𝐡𝐭", "𝓪 𝓴𝓷𝓲𝓰𝓱𝓽", "ⓐ ⓚⓝⓘⓖⓗⓣ", "ａ ｋｎｉｇｈｔ"])
def test_letters_of_another_font_are_letters(words: str) -> None:
    """People decorate what they write."""
    assert read(words).words == "a knight"
