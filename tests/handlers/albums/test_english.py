"""What became of Russian words is shown, and can be put right."""

from pathlib import Path

import pytest

from generation.words.translator import NotTranslated, TranslatorMissing
from tests.support.running_bot import ANN, RunningBot, buttons, running_bot, words_of

RUSSIAN, ENGLISH = "витязь в тигровой шкуре", "knight in a tiger's skin"
BETTER = "a hero wearing a tiger skin"


@pytest.fixture
async def drawing(bot: RunningBot) -> RunningBot:
    """A bot that has begun to draw Ann's Russian words."""
    bot.generator.english = ENGLISH
    bot.generator.hold()
    await bot.say(f"/generate {RUSSIAN} --seed 5")
    return bot


async def put_right(drawing: RunningBot) -> None:
    """Say what the words mean while they are drawn, and let them be drawn again."""
    await drawing.press(await drawing.answer(ENGLISH), "english:")
    await drawing.answer("How should I say")
    await drawing.say(BETTER)
    await drawing.answer("ahead of yours")
    drawing.generator.release()


async def test_the_status_shows_the_english_and_a_button(drawing: RunningBot) -> None:
    """Before the pictures come: whoever is misunderstood need not wait for them."""
    status = await drawing.answer(f"In English: {ENGLISH}")
    assert any(data.startswith("english:") for data in buttons(status))


async def test_english_words_have_no_such_button(bot: RunningBot) -> None:
    """There is nothing to put right."""
    bot.generator.hold()
    await bot.say("/generate a knight")
    await bot.until(lambda: bot.generator.drawn_from)
    status = await bot.answer("“a knight”")
    assert "In English" not in words_of(status)
    assert not any(data.startswith("english:") for data in buttons(status))


async def test_a_correction_is_drawn_from_the_same_seed(drawing: RunningBot) -> None:
    """The album under way is stopped: it would show what was not meant."""
    await put_right(drawing)
    await drawing.album()
    first, second = drawing.generator.requests
    assert (first.english, second.english) == ("", BETTER)
    assert (second.words, second.seed) == (RUSSIAN, 5)
    assert len(drawing.albums()) == 6


async def test_a_correction_is_remembered(drawing: RunningBot) -> None:
    """The same words, however they are spaced and written large, are read so from now on."""
    await put_right(drawing)
    await drawing.album()
    await drawing.say("/generate Витязь  в тигровой шкуре")
    await drawing.until(lambda: len(drawing.generator.requests) == 3)
    assert drawing.generator.requests[-1].english == BETTER


async def test_a_drawn_album_can_be_put_right_too(bot: RunningBot) -> None:
    """By the button in its details: a small model is done before the status is read."""
    bot.generator.english = ENGLISH
    await bot.say(f"/generate {RUSSIAN} --seed 5")
    await bot.album()
    under_it = await bot.answer("Tap a number")
    await bot.press(under_it, "album:details:")
    await bot.press(under_it, "english:")
    await bot.answer("How should I say")
    await bot.say(BETTER)
    await bot.album()
    assert bot.generator.requests[-1].english == BETTER
    assert bot.generator.requests[-1].seed == 5


@pytest.mark.parametrize("answer", ["витязь", "骑士", "🚀", "7"])
async def test_an_answer_that_is_no_english_is_asked_for_again(
    drawing: RunningBot, answer: str
) -> None:
    """Nothing is stopped for it."""
    await drawing.press(await drawing.answer(ENGLISH), "english:")
    await drawing.answer("How should I say")
    await drawing.say(answer)
    await drawing.answer("waiting for English words")
    await drawing.say(BETTER)
    await drawing.answer("ahead of yours")
    drawing.generator.release()
    await drawing.album()
    assert drawing.generator.requests[-1].english == BETTER


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("a knight --seed abc", "--seed takes a whole number"),
        ("a knight --count 70", "--count takes"),
        ("a knight --style", "Nothing follows --style"),
        ("--size portrait --count 2 🙂", "waiting for English words"),
        ("x" * 1001, "at most 1,000"),
    ],
)
async def test_what_can_not_be_read_is_asked_for_again(
    drawing: RunningBot, answer: str, told: str
) -> None:
    """It is not remembered: these words could never be drawn again."""
    await drawing.press(await drawing.answer(ENGLISH), "english:")
    await drawing.answer("How should I say")
    await drawing.say(answer)
    await drawing.answer(told)
    await drawing.say(BETTER)
    await drawing.answer("ahead of yours")
    drawing.generator.release()
    await drawing.album()
    assert drawing.generator.requests[-1].english == BETTER


async def test_options_and_remarks_of_a_correction_count(drawing: RunningBot) -> None:
    """They are for this album; what is remembered are the words."""
    await drawing.press(await drawing.answer(ENGLISH), "english:")
    await drawing.answer("How should I say")
    await drawing.say(f"{BETTER} --size portrait --count 2 --v 6 🙂")
    status = words_of(await drawing.answer("ahead of yours"))
    assert "no such setting, and draw without it: --v 6" in status
    assert "I don't draw emoji: 🙂" in status
    drawing.generator.release()
    await drawing.album(2)
    await drawing.say(f"/generate {RUSSIAN}")
    await drawing.album()
    _, corrected, later = drawing.generator.requests
    assert (corrected.size, corrected.count, corrected.seed) == ("portrait", 2, 5)
    assert (corrected.english, later.english) == (BETTER, BETTER)
    assert (later.size, later.count) == ("square", 6)


async def test_a_long_story_can_be_put_right(bot: RunningBot) -> None:
    """Eight scenes that fill a message: asked about in short, taken as long as each may be."""
    scenes = [f"рыцарь номер {number} " + "в лесу " * 66 for number in range(8)]
    bot.generator.english = "a knight " + "in a forest " * 60
    await bot.say(f"/story {'|'.join(scenes)}")
    await bot.album(8)
    under_it = await bot.answer("Tap a number")
    await bot.press(under_it, "album:details:")
    await bot.press(under_it, "english:")
    await bot.answer("How should I say")
    await bot.answer("a knight in a forest")
    better = [f"a knight of {number}" + " in a wood" * 40 for number in range(8)]
    await bot.say(" | ".join(better[:7]))
    await bot.answer("your story has 8")
    await bot.say(" | ".join(better) + " --no hat")
    await bot.album(8)
    english = bot.generator.requests[-1].english
    assert english == " | ".join(f"{scene} --no hat" for scene in better)
    assert len(bot.generator.requests[-1].scenes) == 8


async def test_a_correction_that_is_refused_stops_nothing(tmp_path: Path) -> None:
    """The album under way is better than none."""
    async with running_bot(tmp_path, waiting_per_person=1) as bot:
        await bot.give_face(ANN)
        bot.generator.english = ENGLISH
        bot.generator.hold()
        await bot.say(f"/generate {RUSSIAN}")
        status = await bot.answer(ENGLISH)
        await bot.say("/generate a dog")
        await bot.answer("ahead of yours")
        await bot.press(status, "english:")
        await bot.answer("How should I say")
        await bot.say(BETTER)
        await bot.answer("You have an album waiting already")
        bot.generator.release()
        await bot.until(lambda: len(bot.albums()) == 12, "both albums")
        captions = "".join(map(words_of, bot.albums()))
        assert f"“{RUSSIAN}”" in captions
        assert "“a dog”" in captions


async def test_cancel_leaves_the_english_as_it_is(drawing: RunningBot) -> None:
    """And says so."""
    await drawing.press(await drawing.answer(ENGLISH), "english:")
    await drawing.answer("How should I say")
    await drawing.say("/cancel")
    await drawing.answer("the English stays")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotTranslated(words="зыбь"), "don't know how to draw this: “зыбь”"),
        (TranslatorMissing(), "what translates it for this model is missing"),
    ],
)
async def test_words_that_can_not_be_translated_are_told_before_anything_is_drawn(
    bot: RunningBot, error: NotTranslated, told: str
) -> None:
    """The person can say them in English at once."""
    bot.generator.error = error
    await bot.say("/generate зыбь --seed 5")
    await bot.press(await bot.answer(told), "english:")
    await bot.answer("How should I say “зыбь”")
    await bot.say("ripples")
    await bot.album()
    assert bot.generator.requests[-1].english == "ripples"


@pytest.mark.parametrize(
    ("words", "told"),
    [("космонавт на місяці", "Ukrainian"), ("宇航员", "Chinese"), ("רב", "Hebrew")],
)
async def test_a_third_language_is_told_at_once(bot: RunningBot, words: str, told: str) -> None:
    """It never waits in the queue."""
    await bot.say(f"/generate {words}")
    await bot.answer(f"That looks like {told}")
    assert not bot.generator.requests


async def test_a_reply_changes_the_better_english_too(drawing: RunningBot) -> None:
    """What was put right once need not be said again; a Russian reply is translated with all."""
    await put_right(drawing)
    album = await drawing.album()
    await drawing.answer("Tap a number")
    await drawing.say("but in a forest", reply_to=album[0]["message_id"])
    await drawing.album()
    await drawing.answer("Tap a number")
    await drawing.say("в лесу ночью", reply_to=album[0]["message_id"])
    await drawing.album()
    changed, translated = drawing.generator.requests[-2:]
    assert changed.english == f"{BETTER}, in a forest"
    assert translated.english == ""
