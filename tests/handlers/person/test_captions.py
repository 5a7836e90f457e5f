"""A caption is words: one message with a photo and words does what both say."""

import pytest
import skimage.data
from PIL import Image

from tests.support.albums import (
    animation,
    document,
    face_of,
    film,
    kept_face,
    photo,
    send,
)
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import (
    ANN,
    VERA,
    RunningBot,
    astronaut,
    astronaut_again,
    astronauts_face,
    buttons,
    grace_hopper,
    jpeg,
    two_faces,
    words_of,
)

BOT = "@portrait_desk_bot"


def rocket() -> bytes:
    return jpeg(Image.fromarray(skimage.data.rocket()))


def drawn(bot: RunningBot) -> list[str]:
    return [request.words for request in bot.generator.requests]


@pytest.mark.parametrize(
    "caption", ["/generate a knight", f"/GENERATE{BOT} a knight", "/generate: a knight"]
)
async def test_a_newcomers_photo_is_registered_and_then_drawn(
    new_bot: RunningBot, caption: str
) -> None:
    """A first photo with a wish needs no second message."""
    message = await new_bot.photo(astronaut(), caption=caption)
    await new_bot.answer("This is the face")
    album = await new_bot.album()
    assert album[0]["reply_to_message"]["message_id"] == message["message_id"]
    assert drawn(new_bot) == ["a knight"]
    assert new_bot.generator.requests[0].character.faces[0] == face_of(new_bot, message)


async def test_the_words_wait_until_the_face_is_chosen(new_bot: RunningBot) -> None:
    """Of two faces the newcomer chooses; then the words are drawn, once."""
    await new_bot.photo(two_faces(), caption="/generate a knight")
    question = await new_bot.answer("1 of 2")
    assert drawn(new_bot) == []
    await new_bot.press(question, "face:take")
    await new_bot.album()
    assert drawn(new_bot) == ["a knight"]
    assert new_bot.generator.requests[0].character.faces[0] == kept_face(new_bot)


async def test_somebody_known_is_drawn_at_once_and_asked_about_the_photo(bot: RunningBot) -> None:
    """The words are drawn with the face that is known; the photo may be taken afterwards."""
    await bot.photo(grace_hopper(), caption="/generate a knight")
    question = await bot.answer("somebody else")
    await bot.album()
    assert bot.generator.requests[0].character.faces == (astronauts_face(),)
    await bot.press(question, "face:replace")
    await edited(bot, question, "This is the face")
    await bot.say("/character")
    await bot.answer("🙂")
    assert drawn(bot) == ["a knight"]
    assert kept_face(bot) != astronauts_face()


async def test_the_photo_that_was_asked_for_comes_first(bot: RunningBot) -> None:
    """After /register a captioned photo is one of the person's, and the words are drawn with it."""
    await bot.say("/register")
    await bot.answer("📷")
    message = await bot.photo(astronaut_again(0), caption="/generate a knight")
    await bot.answer("Added")
    await bot.album()
    assert bot.generator.requests[0].character.faces[1] == face_of(bot, message)


async def test_a_question_keeps_no_words_waiting(bot: RunningBot) -> None:
    """Where a photo that was asked for shows somebody else, the words are drawn once, at once."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(grace_hopper(), caption="/generate a knight")
    question = await bot.answer("somebody else")
    await bot.album()
    await bot.press(question, "face:add")
    await edited(bot, question, "Added")
    await bot.say("/character")
    await bot.answer("🙂")
    assert drawn(bot) == ["a knight"]


async def test_a_photo_without_a_face_loses_no_words(bot: RunningBot) -> None:
    """The words are drawn all the same, and the photo gets its sentence."""
    await bot.photo(rocket(), caption="/generate a rocketeer")
    await bot.until(lambda: drawn(bot) == ["a rocketeer"])
    await bot.answer("no face")
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(rocket(), caption="/generate a knight")
    await bot.until(lambda: drawn(bot)[1:] == ["a knight"])
    await bot.answer("can't find a face")


async def test_a_newcomers_bad_photo_gets_one_answer(new_bot: RunningBot) -> None:
    """What is wrong with the photo is said, and not besides that there is none."""
    await new_bot.photo(rocket(), caption="/generate a knight")
    await new_bot.answer("can't find a face")
    await new_bot.say("/help")
    await new_bot.answer("albums")
    said = [words_of(m) for m in new_bot.playground.world.messages(ANN)]
    assert not any("don't know your face" in words for words in said)


@pytest.mark.parametrize(
    ("caption", "part"),
    [
        ("/help", "Write what you want to be"),
        ("/preset quality", "From now on: Better quality"),
        ("/queue", "Nothing is waiting"),
        ("/traits", "🧬"),
        ("/character", "🙂"),
        ("/cancel", "no albums in the queue"),
        ("/forget", "🗑"),
        ("/allow 777", "✅ 777"),
        ("/again", "/generate an astronaut"),
        ("/history", "no albums yet"),
    ],
)
async def test_every_command_works_as_a_caption(bot: RunningBot, caption: str, part: str) -> None:
    """Under a photo, under a file, under a film and under an album."""
    for contents in (
        [photo(bot, rocket())],
        [document(bot, rocket())],
        [film(bot)],
        [animation(bot)],
        [photo(bot, rocket()), film(bot)],
    ):
        await send(bot, contents, caption=caption)
        await bot.answer(part)


@pytest.mark.parametrize("caption", ["/register", f"/register{BOT}", "/REGISTER please"])
async def test_register_under_a_photo_in_a_group(bot: RunningBot, caption: str) -> None:
    """It gets the answer that the typed command gets, and the group sees no face."""
    await bot.open_group()
    for person, part in ((ANN, "between you and me"), (VERA, "только между нами")):
        (asked,) = await send(
            bot, [photo(bot, astronaut())], caption=caption, person=person, chat=bot.group
        )
        link = await bot.answer(part, bot.group)
        assert link["reply_to_message"]["message_id"] == asked["message_id"]
        assert buttons(link) == ["https://t.me/portrait_desk_bot?start=register"]
    assert not [m for m in bot.playground.world.messages(ANN) if "photo" in m]


async def test_generate_under_a_photo_in_a_group(bot: RunningBot) -> None:
    """Who is known is drawn; a newcomer hears where to show their face; nothing is asked."""
    await bot.open_group()
    chat = bot.group
    for contents in ([photo(bot, rocket())], [document(bot, astronaut())], [film(bot)]):
        await send(bot, contents, caption="/generate a knight", chat=chat)
        await bot.album(chat=chat)
    await send(bot, [photo(bot, astronaut())], caption="/generate a knight", person=VERA, chat=chat)
    await bot.answer("не знаю вашего лица", chat)
    await bot.say("/preset", chat=chat)
    await bot.answer("Now", chat)
    assert drawn(bot) == ["a knight"] * 3
    assert not [m for m in bot.playground.world.messages(chat) if "somebody else" in words_of(m)]


async def test_a_group_hears_captions_as_it_hears_texts(bot: RunningBot) -> None:
    """A photo captioned with another bot's command, or with talk, is nobody's business here."""
    for caption in ("/generate@other_bot a cat", "a nice day", None):
        await send(bot, [photo(bot, astronaut())], caption=caption, chat=bot.group)
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now", bot.group)
    said = [m for m in bot.playground.world.messages(bot.group) if m["from"]["is_bot"]]
    assert len(said) == 1


async def test_words_that_were_asked_for_may_be_a_caption(bot: RunningBot) -> None:
    """Own words come under a photo: they are kept, and the photo is asked about."""
    await bot.say("/traits")
    await bot.press(await bot.answer("🧬"), "traits:words")
    await bot.answer("✍️")
    await bot.photo(grace_hopper(), caption="freckles")
    await bot.answer("Noted")
    await bot.answer("somebody else")
    await bot.say("/character")
    assert "freckles" in words_of(await bot.answer("🙂"))
