"""/history and /again."""

from pathlib import Path

from tests.support.edits_and_alerts import edited
from tests.support.running_bot import RunningBot, running_bot, words_of


async def test_albums_are_paged_and_repeated(tmp_path: Path) -> None:
    """Newest first, five a page; any of them can be drawn once more."""
    async with running_bot(tmp_path, album_size=1) as bot:
        await bot.give_face()
        for number in range(7):
            await bot.say(f"/generate knight {number}")
            await bot.answer("What next?")
        await bot.say("/history")
        page = await bot.answer("🗂")
        assert "1. “knight 6”" in words_of(page)
        assert "knight 1”" not in words_of(page)
        await bot.press(page, "history:1")
        page = await edited(bot, page, "knight 0")
        assert "knight 2" not in words_of(page)
        await bot.press(page, "album:again:1:")
        await bot.answer("“knight 0”")


async def test_history_is_private(new_bot: RunningBot) -> None:
    """What somebody had drawn is nobody else's business."""
    await new_bot.say("/history", chat=new_bot.group)
    await new_bot.answer("private", new_bot.group)


async def test_again_repeats_the_last_of_this_chat(bot: RunningBot) -> None:
    """With new seeds; what was drawn elsewhere is not brought here."""
    await bot.say("/again")
    await bot.answer("nothing here")
    await bot.say("/generate a secret")
    await bot.album()
    await bot.say("/again", chat=bot.group)
    await bot.answer("nothing here", bot.group)
    await bot.say("/again")
    assert "a secret" in words_of((await bot.album())[0])
    first, second = bot.generator.requests
    assert first.seed != second.seed
