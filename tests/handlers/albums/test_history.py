"""/history and /again."""

import contextlib
import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from handlers.albums.contact_sheet import GAP, Tile, draw_sheet, side_of
from playground import Refused
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import ANN, VERA, Json, RunningBot, running_bot, words_of


async def test_albums_are_paged_and_repeated(tmp_path: Path) -> None:
    """Newest first, five a page; any of them can be drawn once more."""
    async with running_bot(tmp_path, album_size=1) as bot:
        await bot.give_face()
        for number in range(7):
            await bot.say(f"/generate knight {number}")
            await bot.answer("Tap a number")
        await bot.say("/history")
        page = await bot.answer("🗂")
        assert "1. “knight 6”" in words_of(page)
        assert "knight 1”" not in words_of(page)
        await bot.press(page, "history:1")
        page = await edited(bot, page, "7. “knight 0”")
        assert "6. “knight 1”" in words_of(page)
        assert "knight 2" not in words_of(page)
        assert labels(page) == ["📤 6", "📤 7", "🔁 6", "🔁 7", "⬅️ Newer"]
        await bot.press(page, "album:again:1:")
        await bot.answer("“knight 0”")


async def test_albums_are_shown_by_their_first_pictures(bot: RunningBot) -> None:
    """Small, in one picture, in the order of the lines; one whose file is lost is an empty tile."""
    for words in ("red", "green", "blue"):
        await bot.say(f"/generate {words}")
        await bot.answer("Tap a number")
    (bot.data / "albums" / "2" / "1.png").unlink()
    await bot.say("/history")
    sheet = sheet_of(bot, await bot.answer("🗂"))
    colours = [first_picture(bot, 3), (211, 211, 211), first_picture(bot, 1)]
    for place, colour in enumerate(colours):
        side = side_of(len(colours))
        middle = (GAP + place * (side + GAP) + side // 2, GAP + side // 2)
        pixel = sheet.getpixel(middle)
        assert isinstance(pixel, tuple)
        assert all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


async def test_what_was_never_drawn_is_no_album(bot: RunningBot) -> None:
    """Cancelled while it waited, or before its first picture."""
    bot.generator.hold()
    await bot.say("/generate a knight")
    await bot.answer("Picture 1")
    await bot.say("/generate a king")
    await bot.answer("⏳")
    await bot.say("/cancel")
    await bot.answer("Cancelled your 2 albums")
    bot.generator.release()
    await bot.say("/history")
    await bot.answer("You have no albums yet")


@pytest.mark.parametrize(("albums", "size"), [(1, (800, 800)), (2, (800, 404)), (3, (800, 272))])
def test_few_albums_fill_the_sheet(albums: int, size: tuple[int, int]) -> None:
    """No tile is narrow beside empty paper."""
    sheet = Image.open(io.BytesIO(draw_sheet([Tile(n + 1, None) for n in range(albums)])))
    assert all(abs(a - b) <= 4 for a, b in zip(sheet.size, size, strict=True))


async def test_a_copy_elsewhere_is_not_deleted_in_silence(bot: RunningBot) -> None:
    """A group's album that was sent into the private chat: who deletes it there is told."""
    await bot.say("/generate a knight", chat=bot.group)
    await bot.album(chat=bot.group)
    await bot.answer("Tap a number", bot.group)
    await bot.say("/history")
    await bot.press(await bot.answer("🗂"), "album:send:1:")
    await bot.album()
    offer = await bot.answer("Tap a number")
    await bot.press(offer, "album:delete:1:")
    await edited(bot, offer, "can't be brought back")
    assert "please do that yourself" in await alert(bot, offer, f"album:erase:1:{ANN}")


async def test_albums_have_their_dates(bot: RunningBot) -> None:
    """In the person's language; a row without one has none."""
    for words in ("one", "two"):
        await bot.say(f"/generate {words}")
        await bot.album()
        await bot.answer("Tap a number")
    with contextlib.closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE jobs SET created = '2026-03-05 12:00:00' WHERE id = 1")
    await bot.say("/history")
    shown = words_of(await bot.answer("🗂"))
    assert "2. “one” · Fast · Mar 5, 2026" in shown
    await bot.allow(VERA)
    await bot.give_face(VERA)
    await bot.say("/generate три", VERA)
    await bot.album(chat=VERA)
    with contextlib.closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE jobs SET created = '2026-03-05 12:00:00' WHERE id = 3")
    await bot.say("/history", VERA)
    assert "5 мар. 2026" in words_of(await bot.answer("🗂", VERA))


@pytest.mark.parametrize("photos_known", [True, False])
async def test_an_album_is_sent_again_as_it_was(bot: RunningBot, photos_known: bool) -> None:  # noqa: FBT001
    """Nothing is drawn; where Telegram has forgotten its photos, the files are sent."""
    await bot.say("/generate a knight")
    first = await bot.album()
    await bot.answer("Tap a number")
    if not photos_known:
        refusal = Refused("wrong file identifier/HTTP URL specified")
        bot.playground.faults.add("sendMediaGroup", refusal)
    await bot.say("/history")
    await bot.press(await bot.answer("🗂"), "album:send:")
    again = await bot.album()
    await bot.answer("Tap a number")
    assert words_of(again[0]) == words_of(first[0])
    assert len(bot.generator.requests) == 1


async def test_a_lost_album_is_said_to_be_lost(bot: RunningBot) -> None:
    """Its row is there, and neither its files nor Telegram's photos are."""
    await bot.say("/generate a knight")
    await bot.album()
    await bot.answer("Tap a number")
    for file in (bot.data / "albums" / "1").iterdir():
        file.unlink()
    refusal = Refused("wrong file identifier/HTTP URL specified")
    bot.playground.faults.add("sendMediaGroup", refusal)
    await bot.say("/history")
    await bot.press(await bot.answer("🗂"), "album:send:")
    await bot.answer("no longer there")


async def test_a_copy_that_a_chat_refuses_is_offered(bot: RunningBot) -> None:
    """As an album is that was never sent."""
    await bot.say("/generate a knight")
    await bot.album()
    await bot.answer("Tap a number")
    bot.playground.faults.add("sendMediaGroup", Refused("CHAT_SEND_PHOTOS_FORBIDDEN"))
    await bot.say("/history")
    await bot.press(await bot.answer("🗂"), "album:send:")
    offer = await bot.answer("could not send the album")
    await bot.press(offer, "unsent:here:")
    await bot.album()
    assert len(bot.generator.requests) == 1


def labels(message: Json) -> list[str]:
    return [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row]


def sheet_of(bot: RunningBot, message: Json) -> Image.Image:
    file = bot.playground.world.file(message["photo"][-1]["file_id"])
    return Image.open(io.BytesIO(file)).convert("RGB")


def first_picture(bot: RunningBot, job_id: int) -> tuple[int, ...]:
    with Image.open(bot.data / "albums" / str(job_id) / "1.png") as picture:
        pixel = picture.convert("RGB").getpixel((9, 9))
    assert isinstance(pixel, tuple)
    return pixel


async def test_history_is_private(new_bot: RunningBot) -> None:
    """What somebody had drawn is nobody else's business."""
    await new_bot.say("/history", chat=new_bot.group)
    await new_bot.answer("private", new_bot.group)


async def test_again_repeats_the_last_of_this_chat(bot: RunningBot) -> None:
    """With new seeds; what was drawn elsewhere is not brought here."""
    await bot.say("/again")
    await bot.answer("haven't drawn anything")
    await bot.say("/generate a secret")
    await bot.album()
    await bot.say("/again", chat=bot.group)
    await bot.answer("haven't drawn anything", bot.group)
    await bot.say("/again")
    assert "a secret" in words_of((await bot.album())[0])
    first, second = bot.generator.requests
    assert first.seed != second.seed


async def test_an_old_album_says_kindly_that_it_is_gone(bot: RunningBot) -> None:
    """Its buttons draw nothing and send nothing, and the history has it no more."""
    await bot.say("/generate a knight")
    await bot.album()
    buttons_under = await bot.answer("Tap a number")
    with contextlib.closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE jobs SET expired = 1, words = ''")
    for verb in ("again", "files", "details"):
        told = await alert(bot, buttons_under, f"album:{verb}:1:{ANN}", forged=True)
        assert "🍂" in told
    await bot.say("/history")
    await bot.answer("no albums")
