"""/generate: words in, an album out."""

from pathlib import Path

import pytest

from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of


async def test_words_become_an_album_of_six(tmp_path: Path) -> None:
    """The album answers the command; its first caption has the words, mode and seed."""
    async with running_bot(tmp_path, first_start=True) as bot:
        await bot.register()
        command = await bot.say("/generate a knight --seed 7")
        album = await bot.album()
        assert all(m["reply_to_message"]["message_id"] == command["message_id"] for m in album[:1])
        caption = words_of(album[0])
        assert "a knight" in caption
        assert "Fast" in caption
        assert "seed 7" in caption
        assert bot.generator.requests[0].seed == 7


async def test_a_second_job_waits_for_the_first(tmp_path: Path) -> None:
    """More than may wait are refused in one sentence, and nothing is lost."""
    async with running_bot(tmp_path, waiting_per_person=1) as bot:
        await bot.give_face()
        bot.generator.hold()
        await bot.say("/generate one")
        await bot.answer("Picture 1")
        await bot.say("/generate two")
        await bot.answer("⏳")
        await bot.say("/generate three")
        await bot.answer("waiting already")
        bot.generator.release()
        await bot.until(lambda: len(bot.albums()) == 12, "two albums")


async def test_without_a_face_there_is_no_album(new_bot: RunningBot) -> None:
    """Somebody unknown is asked for a photo."""
    await new_bot.say("/generate a knight")
    await new_bot.answer("don't know your face")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("🚀🚀🚀", "need words"),
        ("!!! ---", "need words"),
        ("--seed 5", "need words"),
        ("x" * 4000, "I can take at most"),
        ("a cat --seed abc", "--seed takes a whole number"),
        ("a cat --seed", "--seed takes a whole number"),
        ("a cat --seed -5", "--seed takes a whole number"),
        ("a cat --seed 99999999999", "--seed takes a whole number"),
        ("a cat --count 11", "--count takes a whole number"),
        ("a cat --style", "Nothing follows --style"),
        ("a cat --preset best", "There is no mode “best”"),
        ("a cat --size huge", "There is no shape “huge”"),
    ],
)
async def test_words_that_are_none(bot: RunningBot, text: str, answer: str) -> None:
    """Emoji, signs, a novel and wrong options are refused each in its own sentence."""
    await bot.say(f"/generate {text}")
    await bot.answer(answer)
    assert not bot.generator.requests


async def test_markup_in_words_stays_text(bot: RunningBot) -> None:
    """Markdown arrives as it was written; tags of HTML are named, as no model reads them."""
    await bot.say("/generate <b>a *knight*</b> & [x](y) `z`")
    assert "“a *knight* & [x](y) `z`”" in words_of((await bot.album())[0])


async def test_what_was_cut_is_told(bot: RunningBot) -> None:
    """Words that the model can't read are named under the album."""
    bot.generator.cut = "with a golden hat"
    await bot.say("/generate a very long story with a golden hat")
    assert "left out: with a golden hat" in words_of((await bot.album())[0])


@pytest.mark.parametrize(
    ("person", "unknown", "told"),
    [
        (ANN, ("violin", "drums"), ["I can't draw: violin, drums"]),
        (ANN, ("скрипка",), ["I can't draw: скрипка"]),
        (VERA, ("violin",), ["Этого я рисовать не умею: violin"]),
        (
            VERA,
            ("violin", "на", "скрипке"),
            ["не умею: violin, на, скрипке"],
        ),
        (ANN, tuple(f"word{number}" for number in range(99)), ["word0, word1", ", w…"]),
    ],
)
async def test_what_the_model_can_not_draw_is_told(
    tmp_path: Path, person: int, unknown: tuple[str, ...], told: list[str]
) -> None:
    """Under the album, in the person's language, by their own words; a long list is cut."""
    async with running_bot(tmp_path, owner_id=person) as bot:
        await bot.give_face(person)
        bot.generator.unknown = unknown
        bot.generator.cut = "of old"
        await bot.say("/generate a pirate with a violin of old", person)
        caption = words_of((await bot.album(chat=person))[0])
        assert all(line in caption for line in [*told, "of old"]), caption


async def test_what_the_model_can_not_draw_is_told_while_it_draws(bot: RunningBot) -> None:
    """Early enough to cancel."""
    bot.generator.unknown = ("violin",)
    bot.generator.hold()
    await bot.say("/generate a violin")
    status = await bot.answer("I can't draw: violin")
    bot.generator.release()
    assert "Picture" in words_of(status) or "Getting ready" in words_of(status)
    await bot.album()


async def test_an_accident_has_a_number_and_harms_nobody_else(bot: RunningBot) -> None:
    """A broken job is apologised for with a reference number, and the next one is drawn."""
    bot.generator.error = RuntimeError("secret details")
    await bot.say("/generate one")
    apology = await bot.answer("tell the owner this number")
    assert "secret details" not in words_of(apology)
    await bot.say("/generate two")
    await bot.album()
