"""/story: scenes in, one album out that shows them one after the other."""

import re
from pathlib import Path

import pytest

from tests.support.running_bot import ANN, VERA, Json, RunningBot, running_bot, words_of

SCENES = ["a knight in a castle", "a pirate on a ship", "an astronaut on the moon"]
STORY = f"/story {' | '.join(SCENES)}"


def captions(album: list[Json]) -> list[str]:
    return [words_of(message) for message in album]


async def test_a_story_is_one_album_with_a_scene_under_each_picture(bot: RunningBot) -> None:
    """The pictures are drawn from the scenes, in their order, from one family of seeds."""
    await bot.say(f"{STORY} --seed 7")
    album = await bot.album(3)
    assert captions(album) == SCENES
    assert [prompt.positive for prompt in bot.generator.drawn_from] == SCENES
    (request,) = bot.generator.requests
    assert (request.scenes, request.seed, request.count) == (tuple(SCENES), 7, 3)


async def test_what_a_caption_says_of_an_album_stands_above_a_storys_buttons(
    bot: RunningBot,
) -> None:
    """Telegram shows no caption under an album that has several; nothing is lost by that."""
    bot.generator.unknown = ("castle",)
    await bot.say(f"{STORY} --seed 7")
    await bot.album(3)
    buttons = await bot.answer("Tap a number")
    said = words_of(buttons)
    assert [f"{number}. {scene}" for number, scene in enumerate(SCENES, 1)] == re.findall(
        r"^\d\. .*", said, re.MULTILINE
    )
    assert "Fast · seed 7" in said
    assert "I can't draw: castle" in said
    await bot.press(buttons, "picture:open")
    await bot.until(lambda: words_of(_now(bot, buttons)) == "Picture 1:", "the picture")
    await bot.press(buttons, "picture:back")
    await bot.until(lambda: words_of(_now(bot, buttons)) == said, "the details again")


async def test_the_status_says_that_it_is_a_story(bot: RunningBot) -> None:
    """So does the list of what waits."""
    bot.generator.hold()
    await bot.say(STORY)
    await bot.answer("📖 A story in 3 scenes: “a knight in a castle | a pirate on a ship")
    await bot.say("/queue")
    await bot.answer("“📖 a knight in a castle | a pirate on a ship")
    bot.generator.release()
    await bot.album(3)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/story a knight", "That is one scene"),
        ("/story | |\n|", "📖 Tell me a story"),
        ("/story 🙂 | 🚀", "no scene"),
        ("/story " + " | ".join(f"a knight {n}" for n in range(11)), "That is 11 scenes"),
        ("/story a knight | " + "x" * 1001, "I can take at most 1,000"),
        ("/story a knight --style | a pirate", "Nothing follows --style"),
    ],
)
async def test_what_is_no_story_is_answered(bot: RunningBot, text: str, answer: str) -> None:
    """In one sentence that says what to write."""
    await bot.say(text)
    await bot.answer(answer)
    assert not bot.generator.requests


async def test_a_long_scene_is_cut_in_its_caption_only(bot: RunningBot) -> None:
    """Ten scenes as long as may be are accepted, and each caption fits."""
    scenes = [f"{number} " + "knight " * 50 for number in range(10)]
    await bot.say("/story " + "|".join(scenes))
    album = await bot.album(10)
    assert captions(album) == [scene.strip() for scene in scenes]
    assert len(words_of(await bot.answer("Tap a number"))) <= 4096


async def test_without_a_face_there_is_no_story(new_bot: RunningBot) -> None:
    """Somebody unknown is asked for a photo, with scenes and without."""
    for text in (STORY, "/story"):
        await new_bot.say(text)
        await new_bot.answer("don't know your face")


async def test_a_russian_story_is_captioned_in_russian(tmp_path: Path) -> None:
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.give_face(VERA)
        await bot.say("/story рыцарь в замке\nпират на корабле", VERA)
        assert captions(await bot.album(2, VERA)) == ["рыцарь в замке", "пират на корабле"]
        await bot.answer("1. рыцарь в замке", VERA)


async def test_a_story_cut_short_is_the_scenes_that_were_drawn(bot: RunningBot) -> None:
    """Cancelled in the middle, its first scenes are sent, and told again it is whole."""
    bot.generator.hold(2)
    await bot.say(STORY)
    status = await bot.answer("Picture 3 of 3")
    await bot.say("/cancel")
    await bot.until(lambda: "Stopping" in words_of(_now(bot, status)), "Stopping…")
    bot.generator.release()
    await bot.press(status, "made:")
    album = await bot.album(2)
    assert captions(album) == SCENES[:2]
    assert "3. " not in words_of(await bot.answer("1. a knight"))
    await bot.say("/again")
    assert captions(await bot.album(3)) == SCENES


async def test_a_story_is_sent_again_as_it_was(bot: RunningBot) -> None:
    """From the history, with its captions."""
    await bot.say(STORY)
    await bot.album(3)
    await bot.answer("Tap a number")
    await bot.say("/history")
    page = await bot.answer("📖 a knight in a castle | a pirate")
    await bot.press(page, "album:send")
    assert captions(await bot.album(3)) == SCENES
    await bot.answer("1. a knight in a castle")


async def test_more_like_a_scene_draws_that_scene(bot: RunningBot) -> None:
    """An album of variations of it, from its picture's seed."""
    await bot.say(f"{STORY} --seed 7")
    await bot.album(3)
    buttons = await bot.answer("Tap a number")
    await bot.press(buttons, f"picture:open:1:2:{ANN}")
    await bot.press(buttons, "picture:near")
    album = await bot.album(6)
    assert "“a pirate on a ship”" in words_of(album[0])
    request = bot.generator.requests[-1]
    assert (request.words, request.scenes, request.near) == ("a pirate on a ship", (), (8,))


async def test_a_scene_alone_keeps_the_clothes_of_its_story(bot: RunningBot) -> None:
    """They were named in another scene, or chosen for all of them."""
    bot.generator.costume = "wearing a red coat"
    await bot.say(f"{STORY} --seed 7")
    await bot.album(3)
    buttons = await bot.answer("Tap a number")
    await bot.press(buttons, f"picture:open:1:2:{ANN}")
    await bot.press(buttons, "picture:near")
    await bot.album(6)
    assert bot.generator.requests[-1].words == "a pirate on a ship, wearing a red coat"


async def test_a_changed_story_is_changed_in_every_scene(bot: RunningBot) -> None:
    """/again with words adds them to each."""
    await bot.say(STORY)
    await bot.album(3)
    await bot.say("/again in the snow")
    assert captions(await bot.album(3)) == [f"{scene}, in the snow" for scene in SCENES]


def _now(bot: RunningBot, message: Json) -> Json:
    return bot.playground.world.message(message["chat"]["id"], message["message_id"]) or {}
