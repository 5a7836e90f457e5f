"""Less ceremony: what is said without a command."""

from pathlib import Path

import pytest

from tests.support.running_bot import (
    VERA,
    RunningBot,
    astronaut,
    buttons,
    grace_hopper,
    running_bot,
    two_faces,
    words_of,
)


def drawn(bot: RunningBot) -> list[str]:
    return [request.words for request in bot.generator.requests]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("an astronaut on the moon", "an astronaut on the moon"),
        ("Нарисуй меня рыцарем", "рыцарем"),
        ("can you draw me as a pirate?", "a pirate"),
    ],
)
async def test_plain_words_are_drawn_in_private(bot: RunningBot, said: str, words: str) -> None:
    """No slash is needed; the album replies to them."""
    message = await bot.say(said)
    album = await bot.album()
    assert album[0]["reply_to_message"]["message_id"] == message["message_id"]
    assert drawn(bot) == [words]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Hello!", "Hi, Ann!"),
        ("how does it work?", "can only draw"),
        ("thanks", "My pleasure"),
        ("help", "/generate"),
        ("stop", "no albums"),
        ("ok", "To get an album"),
        ("🙂", "To get an album"),
        ("https://example.com/cat.jpg", "To get an album"),
    ],
)
async def test_small_talk_is_answered(bot: RunningBot, said: str, answer: str) -> None:
    """Who greets or asks gets a sentence, and no album."""
    await bot.say(said)
    await bot.answer(answer)
    assert drawn(bot) == []


async def test_a_newcomer_is_asked_for_a_photo_first(new_bot: RunningBot) -> None:
    """Nothing can be drawn of somebody without a face; a greeting is answered all the same."""
    await new_bot.say("hello")
    await new_bot.answer("Send me a photo of your face")
    await new_bot.say("/cancel")
    await new_bot.answer("")
    await new_bot.say("an astronaut on the moon")
    await new_bot.answer("don't know your face yet")


async def test_the_owner_may_switch_it_off(tmp_path: Path) -> None:
    """Then only /generate draws."""
    async with running_bot(tmp_path, plain_words=False) as bot:
        await bot.give_face()
        await bot.say("a knight")
        await bot.answer("To get an album")
        await bot.photo(grace_hopper(), caption="a knight")
        await bot.answer("somebody else")
        assert drawn(bot) == []
        await bot.say("/generate a knight")
        album = await bot.album()
        await bot.answer("Tap a number")
        await bot.say("but with a hat", reply_to=album[0]["message_id"])
        await bot.album()
    assert drawn(bot)[1:] == ["a knight, with a hat"]


async def test_a_photo_with_words_registers_and_draws(new_bot: RunningBot) -> None:
    """A first photo with a wish needs no command at all."""
    message = await new_bot.photo(astronaut(), caption="a knight")
    await new_bot.answer("This is the face")
    album = await new_bot.album()
    assert album[0]["reply_to_message"]["message_id"] == message["message_id"]
    assert drawn(new_bot) == ["a knight"]


async def test_the_wish_waits_until_the_face_is_chosen(new_bot: RunningBot) -> None:
    """Of two faces the newcomer chooses; then the wish is drawn, once."""
    await new_bot.photo(two_faces(), caption="a knight")
    question = await new_bot.answer("1 of 2")
    assert drawn(new_bot) == []
    await new_bot.press(question, "face:take")
    await new_bot.album()
    assert drawn(new_bot) == ["a knight"]


async def test_a_caption_that_is_no_wish_draws_nothing(new_bot: RunningBot) -> None:
    """It may only say what the photo is."""
    await new_bot.photo(astronaut(), caption="This is me 🙂")
    await new_bot.answer("🧬")
    await new_bot.say("/queue")
    await new_bot.answer("")
    assert drawn(new_bot) == []


async def test_a_group_draws_no_talk(bot: RunningBot) -> None:
    """There people speak with each other."""
    await bot.open_group()
    await bot.say("a knight in a forest", chat=bot.group)
    await bot.say("/queue", chat=bot.group)
    await bot.answer("", bot.group)
    assert drawn(bot) == []


async def test_an_album_is_changed_by_a_reply(bot: RunningBot) -> None:
    """The words are added, and the seeds stay."""
    await bot.say("a knight --seed 7 --preset quality")
    album = await bot.album()
    await bot.answer("Tap a number")
    await bot.say("but with a hat", reply_to=album[2]["message_id"])
    await bot.album()
    first, second = bot.generator.requests
    assert first.mode.name == "QUALITY"
    assert (second.words, second.seed, second.mode) == ("a knight, with a hat", 7, first.mode)
    assert second.count == first.count


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("thanks!", "My pleasure"),
        ("how did you do that?", "can only draw"),
        ("stop", "You have no albums"),
    ],
)
async def test_small_talk_under_an_album_is_answered(
    bot: RunningBot, said: str, answer: str
) -> None:
    """It changes nothing."""
    await bot.say("a knight")
    album = await bot.album()
    await bot.answer("Tap a number")
    await bot.say(said, reply_to=album[0]["message_id"])
    await bot.answer(answer)
    assert drawn(bot) == ["a knight"]


async def test_again_is_a_word_too(bot: RunningBot) -> None:
    """It repeats the last album."""
    await bot.say("a knight")
    await bot.album()
    await bot.answer("Tap a number")
    await bot.say("ещё раз")
    await bot.album()
    assert drawn(bot) == ["a knight"] * 2


async def test_who_wants_their_data_deleted_is_asked_whether_they_are_sure(
    bot: RunningBot,
) -> None:
    """As by /forget."""
    await bot.say("delete my photos")
    assert any(data.startswith("forget:") for data in buttons(await bot.answer("")))


async def test_the_buttons_under_an_album_are_replied_to_as_well(bot: RunningBot) -> None:
    """Who replies means the album, wherever they tap."""
    await bot.say("a knight --seed 7")
    await bot.album()
    offer = await bot.answer("Tap a number")
    await bot.say("at night", reply_to=offer["message_id"])
    await bot.album()
    assert bot.generator.requests[1].words == "a knight, at night"
    assert bot.generator.requests[1].seed == 7


@pytest.mark.parametrize(
    "said", ["3 in a red coat", "№3: in a red coat", "picture 3, in a red coat"]
)
async def test_a_number_and_words_change_that_picture(bot: RunningBot, said: str) -> None:
    """One picture comes, from the same seed."""
    await bot.say("a knight --seed 7")
    album = await bot.album()
    await bot.answer("Tap a number")
    await bot.say(said, reply_to=album[0]["message_id"])
    await bot.until(lambda: len(bot.generator.requests) == 2)
    request = bot.generator.requests[1]
    assert (request.words, request.seed, request.count) == ("a knight, in a red coat", 9, 1)


async def test_a_number_alone_shows_what_can_be_done_with_the_picture(bot: RunningBot) -> None:
    """Its buttons come; a number that no picture has is named."""
    await bot.say("a knight")
    album = await bot.album()
    await bot.answer("Tap a number")
    await bot.say("3", reply_to=album[0]["message_id"])
    assert any(data.startswith("picture:near:") for data in buttons(await bot.answer("Picture 3")))
    await bot.say("9", reply_to=album[0]["message_id"])
    await bot.answer("no picture 9")
    assert len(bot.generator.requests) == 1


async def test_in_a_group_only_its_person_changes_an_album(bot: RunningBot) -> None:
    """Others talk under it, and hear nothing; so does its person when it is only talk."""
    await bot.open_group()
    await bot.give_face(VERA)
    await bot.say("/generate a knight --seed 7", chat=bot.group)
    album = await bot.album(chat=bot.group)
    await bot.answer("Tap a number", bot.group)
    place = {"chat": bot.group, "reply_to": album[0]["message_id"]}
    before = len(bot.playground.world.messages(bot.group))
    await bot.say("but with a hat", VERA, **place)
    await bot.say("haha, that is you!", **place)
    await bot.say("but with a hat", **place)
    await bot.album(chat=bot.group)
    said = bot.playground.world.messages(bot.group)[before:]
    assert drawn(bot) == ["a knight", "a knight, with a hat"]
    mine = [words_of(message) for message in said if message["from"]["is_bot"]]
    assert not any("can only draw" in words for words in mine)


async def test_a_stranger_who_talks_in_a_group_hears_nothing(bot: RunningBot) -> None:
    """The bot belongs to somebody; under an album everybody may talk."""
    await bot.say("/generate a knight", chat=bot.group)
    album = await bot.album(chat=bot.group)
    await bot.answer("Tap a number", bot.group)
    await bot.say("but with a hat", VERA, bot.group, reply_to=album[0]["message_id"])
    await bot.say("/queue", chat=bot.group)
    await bot.answer("Nothing is waiting", bot.group)
    said = [words_of(m) for m in bot.playground.world.messages(bot.group)]
    assert not any("belongs to somebody" in words for words in said)
