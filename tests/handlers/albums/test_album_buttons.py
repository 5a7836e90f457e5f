"""What can be done with an album once it is there, after any number of restarts."""

import asyncio
import contextlib
import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from playground import BadGateway, Playground
from playground.faults import Held
from tests.support.edits_and_alerts import alert, edited
from tests.support.referees import Referees
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, running_bot, words_of


async def drawn(bot: RunningBot, words: str = "a knight --seed 7") -> Json:
    """Have an album drawn; give the message with the buttons that comes after it."""
    await bot.say(f"/generate {words}")
    await bot.album()
    return await bot.answer("Tap a number")


def nobody_left_to_tell(bot: RunningBot) -> bool:
    """Say whether a start would find no end of a job that it has to tell."""
    with contextlib.closing(sqlite3.connect(bot.data / "bot.db")) as database:
        (untold,) = database.execute("SELECT count(*) FROM jobs WHERE NOT told").fetchone()
    return not untold


def documents(bot: RunningBot, chat: int = ANN) -> list[Json]:
    return [m for m in bot.playground.world.messages(chat) if m.get("document")]


def pictures(bot: RunningBot, messages: list[Json]) -> list[Image.Image]:
    files = [bot.playground.world.file(m["document"]["file_id"]) for m in messages]
    return [Image.open(io.BytesIO(file)) for file in files]


async def test_again_draws_other_seeds(bot: RunningBot) -> None:
    """The same words in the same mode, from seeds that were drawn anew."""
    offer = await drawn(bot)
    await bot.press(offer, "album:again:")
    caption = words_of((await bot.album())[0])
    assert "a knight" in caption
    first, second = bot.generator.requests
    assert second.seed != first.seed
    assert (second.words, second.mode) == (first.words, first.mode)


async def test_quality_draws_the_same_seeds(bot: RunningBot) -> None:
    """What was liked, with more steps."""
    await bot.press(await drawn(bot), "album:quality:")
    caption = words_of((await bot.album())[0])
    assert "Better quality" in caption
    assert "seed 7" in caption


async def test_originals_come_as_files_with_their_parameters(bot: RunningBot) -> None:
    """PNG as it was drawn, and in it what other programs need to draw it again."""
    await bot.press(await drawn(bot), "album:files:")
    await bot.until(lambda: len(documents(bot)) == 6, "six files")
    assert documents(bot)[2]["document"]["file_name"] == "9.png"
    picture = pictures(bot, documents(bot))[2]
    assert picture.format == "PNG"
    parameters = picture.info["parameters"]
    assert "Steps: 12" in parameters
    assert "Seed: 9" in parameters


async def test_more_like_one_picture(bot: RunningBot) -> None:
    """A number opens one picture; its variations are drawn near its seed, and theirs near both."""
    offer = await drawn(bot)
    await bot.press(offer, "picture:open:1:3")
    await edited(bot, offer, "Picture 3")
    await bot.press(offer, "picture:near:")
    await bot.album()
    offer = await bot.answer("Tap a number")
    assert bot.generator.requests[1].near == (9,)
    await bot.press(offer, "picture:open:2:1")
    await edited(bot, offer, "Picture 1")
    await bot.press(offer, "picture:near:")
    await bot.album()
    assert bot.generator.requests[2].near == (9, bot.generator.requests[1].seed)


async def test_one_picture_as_a_file_and_large(bot: RunningBot) -> None:
    """As it was drawn, and at twice its sides."""
    offer = await drawn(bot)
    await bot.press(offer, "picture:open:1:2")
    await edited(bot, offer, "Picture 2")
    await bot.press(offer, "picture:file:")
    await bot.until(lambda: len(documents(bot)) == 1, "a file")
    await bot.press(offer, "picture:large:")
    await bot.until(lambda: len(documents(bot)) == 2, "a large file")
    small, large = pictures(bot, documents(bot))
    assert large.size == (2 * small.width, 2 * small.height)
    assert large.info["parameters"] == small.info["parameters"]
    await bot.press(offer, "picture:back:")
    await edited(bot, offer, "Tap a number")


@pytest.mark.usefixtures("short_stop")
async def test_large_pictures_keep_nobody_waiting(tmp_path: Path, bot: RunningBot) -> None:
    """However many one person has enlarged, the others are answered."""
    await bot.allow(VERA)
    offer = await drawn(bot)
    await bot.press(offer, "picture:open:1:2")
    await edited(bot, offer, "Picture 2")
    noise = Image.effect_noise((300, 300), 100).convert("RGB")
    noise.save(tmp_path / "albums" / "1" / "2.png")
    for _ in range(60):
        await bot.press(offer, "picture:large:")
    await bot.say("/queue", VERA)
    await bot.answer("Ничего", VERA)
    assert len(documents(bot)) < 20


async def test_deleting_takes_the_album_away(tmp_path: Path, bot: RunningBot) -> None:
    """After a question: from the chat, from the disk, and from the history."""
    offer = await drawn(bot)
    await bot.press(offer, "album:delete:")
    await bot.press(offer, "album:back:")
    await bot.press(offer, "album:delete:")
    await bot.press(offer, "album:erase:")
    await edited(bot, offer, "deleted")
    assert not bot.albums()
    assert not (tmp_path / "albums" / "1").exists()
    await bot.say("/history")
    await bot.answer("no albums yet")


async def test_the_buttons_outlive_restarts(tmp_path: Path) -> None:
    """What was offered yesterday is answered today."""
    referees = Referees()
    async with Playground(port=0, on_request=referees) as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            offer = await drawn(bot)
            await bot.until(lambda: nobody_left_to_tell(bot), "the end of job 1")
        for _ in range(2):
            async with running_bot(tmp_path, playground=playground) as bot:
                await bot.press(offer, "album:again:")
                await bot.album()
                await bot.answer("Tap a number")
                await bot.until(lambda: nobody_left_to_tell(bot), "the end of the repeat")
    assert referees.refusals == []


async def test_other_people_get_a_polite_note(bot: RunningBot) -> None:
    """In a group everybody sees the buttons, and only the album's person may press them."""
    await bot.open_group()
    await bot.say("/generate a knight", chat=bot.group)
    await bot.album(chat=bot.group)
    offer = await bot.answer("Tap a number", bot.group)
    for data in buttons(offer):
        assert "другого человека" in await alert(bot, offer, data, VERA)
        forged = data.rpartition(":")[0] + f":{VERA}"
        assert "устарела" in await alert(bot, offer, forged, VERA, forged=True)


async def test_a_lost_file_is_told(tmp_path: Path, bot: RunningBot) -> None:
    """A picture that somebody took from the disk."""
    offer = await drawn(bot)
    for file in (tmp_path / "albums" / "1").iterdir():
        file.unlink()
    data = next(b for b in buttons(offer) if b.startswith("album:files"))
    assert "no longer there" in await alert(bot, offer, data)


@pytest.mark.parametrize("button", ["album:again:", "album:quality:", "picture:near:"])
async def test_a_press_that_can_not_be_answered_is_obeyed(bot: RunningBot, button: str) -> None:
    """Telegram takes answers for seconds only, and networks fail: the album is drawn at once."""
    offer = await drawn(bot)
    if button.startswith("picture"):
        await bot.press(offer, "picture:open:1:3")
        await edited(bot, offer, "Picture 3")
    bot.generator.hold()
    bot.playground.faults.add("answerCallbackQuery", BadGateway())
    await bot.press(offer, button)
    await bot.answer("Picture 1")
    bot.generator.release()
    await bot.album()
    assert not [m for m in bot.playground.world.messages(ANN) if "number:" in words_of(m)]


async def test_two_quick_presses_are_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second finds nothing to change and nothing to answer, and no accident comes of it."""
    referees = Referees(("message is not modified", "query is too old"))
    async with (
        Playground(port=0, on_request=referees) as playground,
        running_bot(tmp_path, playground=playground) as bot,
    ):
        await bot.give_face()
        offer = await drawn(bot)
        late = asyncio.Event()
        bot.playground.faults.add("editMessageText", Held(late))
        await bot.press(offer, "picture:open:1:3")
        await bot.until(
            lambda: not bot.playground.faults.pending("editMessageText"), "the first edit"
        )
        await bot.press(offer, "picture:open:1:3")
        await edited(bot, offer, "Picture 3")
        late.set()
        await bot.until(lambda: "not modified" in str(referees.requests[-2:]), "the second edit")
        await bot.say("/start")
        await bot.answer("👋")
    assert "uncaught error" not in capsys.readouterr().err


async def test_what_is_being_drawn_again_is_not_deleted(tmp_path: Path, bot: RunningBot) -> None:
    """A button may be pressed in any state of its job: only what is at rest goes."""
    offer = await drawn(bot)
    await bot.press(offer, "album:delete:")
    await edited(bot, offer, "Delete this album")
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as database, database:
        database.execute("UPDATE jobs SET state = 'delivering'")
    shown = bot.playground.world.message(ANN, offer["message_id"]) or {}
    data = next(b for b in buttons(shown) if b.startswith("album:erase"))
    assert "too old" in await alert(bot, offer, data)
    assert (tmp_path / "albums" / "1" / "1.png").is_file()
