"""/history and /again."""

from pathlib import Path

from tests.desk import desk, words_of
from tests.handlers.watching import edited


async def test_albums_are_paged_and_repeated(tmp_path: Path) -> None:
    """Newest first, five a page; any of them can be drawn once more."""
    async with desk(tmp_path, album_size=1) as d:
        await d.register()
        for number in range(7):
            await d.say(f"/generate knight {number}")
            await d.answer("What next?")
        await d.say("/history")
        page = await d.answer("🗂")
        assert "1. “knight 6”" in words_of(page)
        assert "knight 1”" not in words_of(page)
        await d.press(page, "history:1")
        page = await edited(d, page, "knight 0")
        assert "knight 2" not in words_of(page)
        await d.press(page, "album:again:1:")
        await d.answer("“knight 0”")


async def test_history_is_private(tmp_path: Path) -> None:
    """What somebody had drawn is nobody else's business."""
    async with desk(tmp_path) as d:
        await d.say("/history", chat=d.group)
        await d.answer("private", d.group)


async def test_again_repeats_the_last_of_this_chat(tmp_path: Path) -> None:
    """With new seeds; what was drawn elsewhere is not brought here."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/again")
        await d.answer("nothing here")
        await d.say("/generate a secret")
        await d.album()
        await d.say("/again", chat=d.group)
        await d.answer("nothing here", d.group)
        await d.say("/again")
        assert "a secret" in words_of((await d.album())[0])
        first, second = d.generator.requests
        assert first.seed != second.seed
