"""What nobody asked for: a face is asked about, anything else gets a sentence."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import skimage.data
from PIL import Image, ImageFilter

from tests.support.albums import animation, document, film, kept_face, kept_faces, photo, send
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    astronaut_again,
    astronauts_face,
    buttons,
    grace_hopper,
    jpeg,
    running_bot,
    two_faces,
    words_of,
)

HINT = "what you'd like to see"
NO_FACE = "I see no face in this picture, so your photos stay as they are."


def answers(bot: RunningBot, chat: int = ANN) -> list[Json]:
    return [m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"]]


def sample(name: str) -> bytes:
    return jpeg(Image.fromarray(getattr(skimage.data, name)()))


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket"])
async def test_a_picture_without_a_face_asks_nothing(bot: RunningBot, name: str) -> None:
    """A cat, a cup of coffee, a rocket: one friendly line, as a photo and as a file."""
    await bot.photo(sample(name))
    assert not buttons(await bot.answer(NO_FACE))
    await bot.document(sample(name))
    assert not buttons(await bot.answer(NO_FACE))
    assert len(answers(bot)) == 2


async def test_of_what_may_be_a_face_a_newcomer_is_asked(new_bot: RunningBot) -> None:
    """A cup of coffee, seen as a face by a hair, is not taken for somebody's without a word."""
    await new_bot.photo(sample("coffee"))
    question = await new_bot.answer("I found this face. Is it you?")
    assert question["photo"]
    await new_bot.photo(astronaut())
    await new_bot.answer("🧬")


async def test_what_is_no_picture_gets_one_sentence(bot: RunningBot) -> None:
    """A PDF, a GIF that became an MP4, a film, a voice message: never a question or an accident."""
    await bot.document(b"%PDF-1.7 " * 99, "ticket.pdf")
    await bot.answer("not a picture")
    moving = animation(bot)["animation"]
    sound = {name: moving[name] for name in ("file_id", "file_unique_id", "duration")}
    round_film = sound | {"length": 240}
    sticker = {
        "file_id": moving["file_id"],
        "file_unique_id": moving["file_unique_id"],
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    }
    for content in (
        animation(bot),
        film(bot),
        document(bot, b"\0\0\0\x18ftypmp42", "film.mp4"),
        {"voice": sound},
        {"video_note": round_film},
        {"sticker": sticker},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
    ):
        await send(bot, [content])
        await bot.answer(HINT)
    assert len(answers(bot)) == 8


async def test_films_instead_of_the_photo(new_bot: RunningBot) -> None:
    """Who is wanted to send a photo hears that a film is none."""
    await new_bot.say("/register")
    await new_bot.answer("📷")
    for content in (animation(new_bot), film(new_bot)):
        await send(new_bot, [content])
        await new_bot.answer("This picture moves")
    await new_bot.photo(astronaut())
    await new_bot.answer("🧬")


@pytest.mark.parametrize("kind", [film, animation])
async def test_six_films_get_one_answer(bot: RunningBot, kind: type) -> None:
    """An album is one message, whatever is in it."""
    await send(bot, [kind(bot) for _ in range(6)])
    await bot.answer(HINT)
    await bot.say("/character")
    await bot.answer("🙂")
    assert len(answers(bot)) == 2


async def test_a_bad_new_face_says_why(bot: RunningBot) -> None:
    """A photo that does show a face, but a blurred one: its sender hears why it is not taken."""
    blurred = Image.fromarray(skimage.data.astronaut()).filter(ImageFilter.GaussianBlur(6))
    await bot.photo(jpeg(blurred))
    assert not buttons(await bot.answer("blurred"))
    assert kept_face(bot) == astronauts_face()


async def test_no_leaves_the_face_as_it_was(bot: RunningBot) -> None:
    """Who presses No keeps their face, and nothing of the other one is kept."""
    await bot.photo(two_faces())
    question = await bot.answer("I see 2 faces in this photo. This is 1 of 2.")
    await bot.press(question, "face:next")
    question = await edited(bot, question, "2 of 2")
    await bot.press(question, "face:keep")
    assert not buttons(await edited(bot, question, "stay as they are"))
    assert kept_face(bot) == astronauts_face()
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        assert database.execute("SELECT count(*) FROM faces").fetchone() == (1,)


async def test_yes_takes_the_face_that_is_shown(bot: RunningBot) -> None:
    """The likest face comes first; the other one is taken when its Yes is pressed."""
    await bot.photo(two_faces())
    question = await bot.answer("1 of 2")
    assert "I have this photo already" in words_of(question)
    assert not any(data.startswith("face:add") for data in buttons(question))
    await bot.press(question, "face:next")
    question = await edited(bot, question, "2 of 2")
    assert "somebody else" in words_of(question)
    await bot.press(question, "face:replace")
    await edited(bot, question, "This is the face")
    await bot.answer("🧬")
    assert kept_face(bot) != astronauts_face()


async def test_another_photo_of_the_person_is_added_after_a_yes(bot: RunningBot) -> None:
    """Nobody asked for it, so it is asked about; then further ones need no question."""
    await bot.photo(astronaut_again(0))
    question = await bot.answer("Add this photo to yours?")
    assert len(kept_faces(bot)) == 1
    await bot.press(question, "face:add")
    await edited(bot, question, "Added to your photos")
    await bot.photo(astronaut_again(1))
    await bot.answer("A good photo, 3 of 5")
    assert len(kept_faces(bot)) == 3


async def test_the_question_in_russian(tmp_path: Path) -> None:
    """The question, Yes and No speak the person's language."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.give_face(VERA)
        await bot.photo(astronaut_again(0), VERA)
        question = await bot.answer("Добавить это фото к вашим?", VERA)
        labels = [b["text"] for row in question["reply_markup"]["inline_keyboard"] for b in row]
        assert labels == ["✅ Добавить", "✕ Не брать"]
        await bot.press(question, "face:keep", VERA)
        await edited(bot, question, "остаются прежними")


async def test_in_a_group_nobody_is_asked(bot: RunningBot) -> None:
    """Photos in a group are the group's own, whatever the bot is sent of them."""
    await send(bot, [photo(bot, grace_hopper())], chat=bot.group)
    await send(bot, [photo(bot, sample("chelsea")), film(bot)], chat=bot.group)
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now", bot.group)
    assert len(answers(bot, bot.group)) == 1
    assert not any("face" in words_of(m) for m in answers(bot))
