"""/character: what the bot knows about somebody, with all photos."""

import io
import sqlite3
from contextlib import closing

import pytest
from PIL import Image

from playground.faults import Refused
from tests.support.albums import face_of, kept_face, kept_faces, photo, send
from tests.support.edits_and_alerts import alert, edited
from tests.support.photographs import hopper, side_by_side
from tests.support.running_bot import (
    ANN,
    Json,
    RunningBot,
    astronaut_again,
    astronauts_face,
    buttons,
    grace_hopper,
    jpeg,
    words_of,
)


def shown(bot: RunningBot, message: Json) -> Image.Image:
    return Image.open(io.BytesIO(bot.playground.world.file(message["photo"][-1]["file_id"])))


def verbs(message: Json) -> list[str]:
    return [":".join(data.split(":")[:2]) for data in buttons(message)]


async def card(bot: RunningBot) -> Json:
    await bot.say("/character")
    return await bot.answer("🙂 Ann")


async def numbers_of(bot: RunningBot, message: Json) -> list[str]:
    """Press Remove one; give the buttons that come: a number for each photo, and Back."""
    await bot.press(message, "photos:choose")

    def numbers() -> list[str]:
        now = buttons(bot.playground.world.message(ANN, message["message_id"]) or {})
        return now if now[0].startswith("photos:remove") else []

    return await bot.until(numbers, "numbers")


async def add_photos(bot: RunningBot, *numbers: int) -> None:
    await bot.say("/register")
    await bot.answer("📷")
    for number in numbers:
        await bot.photo(astronaut_again(number))
        await bot.answer("Added")


async def test_one_photo_is_shown_as_it_is(bot: RunningBot) -> None:
    """It can be replaced, and one can be added; the only one can't be removed."""
    message = await card(bot)
    assert "👍 1: Good." in words_of(message)
    assert shown(bot, message).mode == "RGB"
    assert verbs(message) == ["photos:add", "photos:swap"]


async def test_several_photos_are_shown_with_their_numbers(bot: RunningBot) -> None:
    """On one sheet; of five none can be added."""
    await add_photos(bot, 0)
    message = await card(bot)
    assert shown(bot, message).size == (640, 320)
    assert "👍 1, 2: Good." in words_of(message)
    assert verbs(message) == ["photos:add", "photos:swap", "photos:choose"]
    await add_photos(bot, 1, 2, 3)
    full = await card(bot)
    assert shown(bot, full).size == (960, 640)
    assert verbs(full) == ["photos:swap", "photos:choose"]
    old = next(data for data in buttons(message) if data.startswith("photos:add"))
    assert "You have 5 photos" in await alert(bot, message, old)


async def test_a_photo_is_removed_by_its_number(bot: RunningBot) -> None:
    """The sheet shows what is left; what was removed before, and the last one, are not."""
    await add_photos(bot, 0, 1)
    first, second, third = kept_faces(bot)
    message = await card(bot)
    numbers = await numbers_of(bot, message)
    assert len(numbers) == 4
    await bot.press(message, numbers[1])
    await edited(bot, message, "👍 1, 2: Good.")
    assert kept_faces(bot) == [first, third]
    assert shown(bot, bot.playground.world.message(ANN, message["message_id"]) or {}).width == 640
    await bot.press(message, "photos:choose")
    await bot.press(message, "photos:remove")
    message = await edited(bot, message, "👍 1: Good.")
    assert verbs(message) == ["photos:add", "photos:swap"]
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        assert database.execute("SELECT image FROM faces").fetchall() == [(third,)]
    assert second not in kept_faces(bot)


async def test_an_old_card_removes_nothing_else(bot: RunningBot) -> None:
    """Its buttons name photos and not numbers."""
    await add_photos(bot, 0)
    old, new = await card(bot), await card(bot)
    numbers = [await numbers_of(bot, message) for message in (old, new)]
    assert numbers[0] == numbers[1]
    first, second, _ = numbers[0]
    assert await alert(bot, new, first) == ""
    assert "not among yours any more" in await alert(bot, old, first)
    assert "your only photo" in await alert(bot, old, second)
    assert len(kept_faces(bot)) == 1
    await bot.press(old, "photos:back")
    assert verbs(await edited(bot, old, "👍 1: Good.")) == ["photos:add", "photos:swap"]


async def test_a_photo_is_added_from_the_card(bot: RunningBot) -> None:
    """The button asks for it; it needs no further question."""
    await bot.press(await card(bot), "photos:add")
    await bot.answer("📷")
    await bot.photo(astronaut_again(0))
    await bot.answer("Added")


async def test_the_only_photo_is_replaced_from_the_card(bot: RunningBot) -> None:
    """The new one takes its place at once, if it shows the same person."""
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    await bot.say("what?")
    await bot.answer("Send the photo")
    new = await bot.photo(astronaut_again(0))
    await bot.answer("Replaced")
    assert kept_face(bot) == face_of(bot, new)


async def test_somebody_else_in_place_of_the_only_photo_is_asked_about(bot: RunningBot) -> None:
    """To begin anew is the same."""
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    await bot.photo(grace_hopper())
    question = await bot.answer("somebody else")
    assert verbs(question) == ["face:replace", "face:keep"]


@pytest.mark.parametrize("several", ["faces", "photos"])
async def test_the_only_photo_is_replaced_by_one_of_several(bot: RunningBot, several: str) -> None:
    """Whoever says which face is theirs is asked no more; of an album the first is taken."""
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    if several == "faces":
        new = Image.open(io.BytesIO(astronaut_again(0)))
        await bot.photo(jpeg(side_by_side(new, hopper())))
        question = await bot.answer("Is this one you?")
        await bot.press(question, "face:swap")
        await edited(bot, question, "Replaced")
    else:
        await send(bot, [photo(bot, astronaut_again(number)) for number in (0, 1)])
        await bot.answer("Replaced")
    assert len(kept_faces(bot)) == 1
    assert kept_face(bot) != astronauts_face()


async def test_an_old_card_shows_what_its_numbers_mean(bot: RunningBot) -> None:
    """Photos were replaced since: who removes one sees the sheet as it is now."""
    await add_photos(bot, 0)
    old = await card(bot)
    before = bot.playground.world.file(old["photo"][-1]["file_id"])
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    await bot.photo(astronaut_again(1))
    question = await bot.answer("Which of your photos shall it replace?")
    await bot.press(question, "face:into")
    await edited(bot, question, "Replaced")
    numbers = await numbers_of(bot, old)
    now = bot.playground.world.message(ANN, old["message_id"]) or {}
    assert bot.playground.world.file(now["photo"][-1]["file_id"]) != before
    first, second = kept_faces(bot)
    await bot.press(old, numbers[0])
    await edited(bot, old, "👍 1: Good.")
    assert kept_faces(bot) == [second]
    assert first != second


async def test_a_picture_that_telegram_does_not_take(bot: RunningBot) -> None:
    """The words and the buttons come without it, and do the same."""
    refused = Refused("IMAGE_PROCESS_FAILED")
    await add_photos(bot, 0)
    bot.playground.faults.add("sendPhoto", refused)
    message = await card(bot)
    assert "photo" not in message
    numbers = await numbers_of(bot, message)
    bot.playground.faults.add("editMessageMedia", refused)
    await bot.press(message, numbers[0])
    await edited(bot, message, "👍 1: Good.")
    bot.playground.faults.add("sendPhoto", refused)
    await bot.photo(grace_hopper())
    question = await bot.answer("somebody else")
    await bot.press(question, "face:keep")
    await edited(bot, question, "stay as they are")


async def test_one_of_several_is_replaced_from_the_card(bot: RunningBot) -> None:
    """There is room for another one, but the person wants this one in place of one."""
    await add_photos(bot, 0)
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    new = await bot.photo(astronaut_again(1))
    question = await bot.answer("Which of your photos shall it replace?")
    assert "You have 5 photos" not in words_of(question)
    await bot.press(question, "face:into")
    await edited(bot, question, "Replaced")
    assert kept_faces(bot)[1] == face_of(bot, new)
    assert astronauts_face() not in kept_faces(bot)


async def test_cancel_ends_the_wait_for_the_replacement(bot: RunningBot) -> None:
    """The next photo is asked about like any other."""
    await bot.press(await card(bot), "photos:swap")
    await bot.answer("Send me the new photo")
    await bot.say("/cancel")
    await bot.answer("not waiting for a photo any more")
    await bot.photo(astronaut_again(0))
    await bot.answer("Add this photo to yours?")
