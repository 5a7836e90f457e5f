"""What was understood of a request is said: in the status, in the caption, and under details."""

import contextlib
import sqlite3

import pytest

from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, words_of

STRANGE = "a knight (red:1.2) cape, without a hat --no crowd --ar 2:3 --v 6 --seed 7 🚀"


async def test_details_say_what_was_understood(bot: RunningBot) -> None:
    """What is wanted and what not, how it is drawn, what was not taken, and the prompt."""
    await bot.say(f"/generate {STRANGE}")
    await bot.album()
    offer = await bot.answer("Tap a number")
    await bot.press(offer, "album:details:")
    text = words_of(await edited(bot, offer, "This is what I understood"))
    assert "To show: a knight (red:1.2) cape" in text
    assert "Not to show: hat, crowd" in text
    assert "portrait · 6 pictures · seed 7" in text
    assert "no such setting, and draw without it: --v 6" in text
    assert "--ar 2:3: my pictures are upright" in text
    assert "I don't draw emoji: 🚀" in text
    assert "The model read: a knight" in text
    await bot.press(offer, "album:back:")
    await edited(bot, offer, "Tap a number")


async def test_details_speak_their_person_s_language(bot: RunningBot) -> None:
    """In Russian too."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    await bot.say("/generate рыцарь без очков и шляпы --сид 7", VERA)
    await bot.album(chat=VERA)
    offer = await bot.answer("Нажмите номер", VERA)
    await bot.press(offer, "album:details:", VERA)
    text = words_of(await edited(bot, offer, "Вот что я понял"))
    assert "Не рисовать: очки, шляпа" in text


async def test_what_was_not_taken_is_said_at_once_and_under_the_album(bot: RunningBot) -> None:
    """While it waits, early enough to cancel, and in the caption."""
    bot.generator.hold()
    await bot.say(f"/generate {STRANGE}")
    status = words_of(await bot.answer("no such setting"))
    bot.generator.release()
    caption = words_of((await bot.album())[0])
    for text in (status, caption):
        assert "--v 6" in text
        assert "upright" in text
    assert "“a knight (red:1.2) cape, without a hat --no crowd”" in caption


@pytest.mark.parametrize(
    ("options", "count", "size", "mode"),
    [
        ("--count 3 --size landscape --preset quality", 3, "landscape", "QUALITY"),
        ("--n 1 --ar 1:1 --режим очень быстро", 1, "square", "ULTRA_FAST"),
        ("--tall --very-fast", 6, "portrait", "ULTRA_FAST"),
    ],
)
async def test_a_request_sets_its_options_for_itself(
    bot: RunningBot, options: str, count: int, size: str, mode: str
) -> None:
    """The next one is as the person chose."""
    await bot.say(f"/generate a knight {options}")
    await bot.until(lambda: len(bot.generator.requests) == 1, "an album")
    await bot.say("/generate a knight")
    await bot.until(lambda: len(bot.generator.requests) == 2, "another album")
    first, second = bot.generator.requests
    assert (first.count, first.size, first.mode.name) == (count, size, mode)
    assert (second.count, second.size, second.mode.name) == (6, "square", "FAST")


async def test_a_correction_of_the_words_is_remembered(bot: RunningBot) -> None:
    """Whatever spaces, capitals and options they come with; changed words are others."""
    with contextlib.closing(sqlite3.connect(bot.data / "bot.db")) as database:
        database.execute(
            "INSERT INTO corrections (person_id, words, english) VALUES (?, 'рыцарь', 'a paladin')",
            (ANN,),
        )
        database.commit()
    for command in ("/generate Рыцарь --seed 7", "/again", "/again на луне"):
        await bot.say(command)
        await bot.album()
    assert [one.english for one in bot.generator.requests] == ["a paladin", "a paladin", ""]


async def test_each_scene_of_a_long_story_has_its_lines(bot: RunningBot) -> None:
    """The lines are shorter rather than fewer."""
    scenes = [f"king{number} " + "of a land " * 30 + "without a crown" for number in range(10)]
    await bot.say(f"/story {' | '.join(scenes)}")
    await bot.album(10)
    under_it = await bot.answer("Tap a number")
    await bot.press(under_it, "album:details:")
    shown = words_of(await edited(bot, under_it, "This is what I understood"))
    for number in range(10):
        assert shown.count(f"king{number} of") == 2  # what is wanted, and the prompt
    assert shown.count("crown") >= 10
