"""/queue, and what those who wait get to see."""

from pathlib import Path

from tests.desk import ANN, VERA, desk, words_of
from tests.handlers.watching import edited


async def test_everybody_sees_where_they_stand(tmp_path: Path) -> None:
    """The place and, once something was drawn, the time left; others' words are not shown."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register()
        await d.register(VERA)
        await d.say("/queue")
        await d.answer("Nothing is waiting")
        d.generator.hold()
        await d.say("/generate one")
        await d.answer("Picture 1")
        await d.say("/generate two")
        await d.answer("1 album is ahead")
        await d.say("/generate secret", VERA)
        await d.answer("1 альбом", VERA)
        await d.say("/queue")
        shown = words_of(await d.answer("In all there are 3"))
        assert "“one” · FAST: being drawn" in shown
        assert "“two” · FAST: ⏳ 2 albums" in shown
        assert "secret" not in shown


async def test_those_who_wait_move_up(tmp_path: Path) -> None:
    """When something ahead ends the message says so, and how long it will take."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/generate first")
        await d.answer("What next?")
        d.generator.hold()
        await d.say("/generate one")
        await d.answer("Picture 1")
        await d.say("/generate two")
        waiting = await d.answer("1 album is ahead")
        assert "Your album will be there in about" in words_of(waiting)
        await d.say("/generate three")
        last = await d.answer("2 albums are ahead")
        await d.press(waiting, "cancel:")
        await edited(d, last, "1 album is ahead")


async def test_the_first_picture_is_shown_early(tmp_path: Path) -> None:
    """In a private chat the status becomes a picture while the others are being drawn."""
    async with desk(tmp_path) as d:
        await d.register()
        d.generator.hold(picture=1)
        await d.say("/generate a knight")
        status = await d.answer("Picture 2")

        def early() -> bool:
            now = d.playground.world.message(ANN, status["message_id"]) or {}
            return "photo" in now and "Picture" in words_of(now)

        await d.until(early, "the first picture")
        await d.press(status, "cancel:")
        await edited(d, status, "Stopping")
        d.generator.release()
        await edited(d, status, "1 picture was done")


async def test_emoji_are_counted_as_telegram_counts_them(tmp_path: Path) -> None:
    """Two units each: captions, lines and messages are cut to what Telegram takes."""
    async with desk(tmp_path, waiting_per_person=30) as d:
        await d.register()
        await d.say("/generate x " + "😀" * 500)
        assert "😀…”" in words_of((await d.album())[0])
        d.generator.hold()
        for number in range(25):
            await d.say(f"/generate {number} " + "👩‍👩‍👧" * 120)
            await d.answer("👧…”")
        await d.say("/queue")
        await d.answer("In all there are 25")
