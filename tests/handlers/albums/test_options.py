"""Options among words: ours are read, others are named, and words stay words."""

import pytest

from handlers.albums.options import SeedWrong, UnknownOption, take_options
from tests.support.running_bot import VERA, RunningBot


@pytest.mark.parametrize(
    "written",
    [
        "a cat --seed 7",
        "--seed 7 a cat",
        "a --seed 7 cat",
        "a cat --seed=7",
        "a cat -seed 7",
        "a cat --seed = 7",
        "a cat --seed:7",
        "a cat --SEED 7",
        "a cat —seed 7",
        "—seed 7 a cat",
        "a cat –Seed 7",
        "a cat ---seed 7",
        "a cat --seed 7.",
        "--seed 7, a cat",
        "a cat --seed 7 --seed 7",
        "a cat --seed 0007",
        "a cat--seed 7",
        "a cat—seed 7",
        "a cat —-seed 7",
        "a cat ——seed 7",
        "a cat －－ｓｅｅｄ ７",
        "a cat --seed ７",
        "a cat --seed\u200b7",
        "a cat \u200b--seed 7",
        "a cat --seed \u200b7",
        "a cat (--seed 7)",
        "a cat “--seed 7”",
    ],
)
def test_our_option_is_read_however_it_is_written(written: str) -> None:
    """Before the words or behind them; phones make one dash of two hyphens."""
    assert take_options(written) == ("a cat", 7)


@pytest.mark.parametrize(
    "written",
    [
        "--ar 2:3", "--ar", "--ar=2:3", "—ar 2:3", "–ar 2:3", "--seed7", "—seed7", "--sede 7",
        "--seeds 7", "-seed7", "--no", "--no hats", "—no hats", "--v 5",
        "—v 5", "--v,", "--q:2", "--style raw", "--neg_prompt blur", "--tile.", "--сид 7",
        "--a", "<lora:x:1>", "<lora:my style:0.8>", "<hypernet:y:1>", "<LORA:x:1>", "<ti:z>",
        "-ar 2:3", "-steps 30", "—-ar 2:3", "——ar 2:3", "--ar\u200b 2:3", "dog::2", "::-0.5",
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", ["a cat {}", "{} a cat", "a {} cat --seed 7"])
def test_an_option_that_does_not_exist_is_named(written: str, words: str) -> None:
    """Those of other programs, and slips of ours: nothing of it is drawn."""
    with pytest.raises(UnknownOption) as refused:
        take_options(words.format(written))
    assert str(refused.value.fields["given"]) in written


@pytest.mark.parametrize(
    "words",
    [
        "a sci-fi knight", "a - b", "a -- b", "a — b", "--", "—", "---", "--- a", "-5 degrees",
        "-", "a knight-errant", "well--known", "knight—tall", "—Hola, she said", "—Привет",
        "— and then", "—a knight", "-a knight", "--5", "a king —old man", "me —smiling, alone",
        "—Close-up", "you –tall and calm", "-man", "I <3 cats", "<b>bold</b>",
        "see <http://example.org>", "a (cat:1.2)", "50-60 years", "seed 7", "-->", "<-- that",
        "#seed 7", "a cat's --", "12:30", "C++", "e-mail",
    ],
)  # fmt: skip
def test_words_stay_words(words: str) -> None:
    """A hyphen, a dash, a smile or an arrow is no option."""
    assert take_options(words) == (words, None)


@pytest.mark.parametrize(
    "written", ["--seed", "--seed=", "--seed x", "--seed 1.5", "--seed -5", "--seed 7 --seed 8",
                "--seed 99999999999", "--seed 2147483648", "--seed --seed 7"]
)  # fmt: skip
def test_a_seed_that_is_none_is_refused(written: str) -> None:
    """And two of them are one too many."""
    with pytest.raises(SeedWrong):
        take_options(f"a cat {written}")


async def test_the_person_reads_which_options_there_are(bot: RunningBot) -> None:
    """In their language, for /again as well; nothing is drawn."""
    for command in ("/generate a cat --ar 2:3", "/again --ar 2:3", "/generate:--ar 2:3 a cat"):
        await bot.say(command)
        await bot.answer("no option “--ar”. There is only --seed")
    await bot.allow(VERA)
    await bot.give_face(VERA)
    await bot.say("/generate <lora:x:1> кот", VERA)
    await bot.answer("Такой настройки нет: «<lora:x:1>». Есть только --seed", VERA)
    assert not bot.generator.requests
