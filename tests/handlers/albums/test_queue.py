"""/queue, and what those who wait get to see."""

from pathlib import Path

from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of


async def test_everybody_sees_where_they_stand(bot: RunningBot) -> None:
    """The place and, once something was drawn, the time left; others' words are not shown."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    await bot.say("/queue")
    await bot.answer("Nothing is waiting")
    bot.generator.hold()
    await bot.say("/generate one")
    await bot.answer("Picture 1")
    await bot.say("/generate two")
    await bot.answer("1 album is ahead")
    await bot.say("/generate secret", VERA)
    await bot.answer("1 альбом", VERA)
    await bot.say("/queue")
    shown = words_of(await bot.answer("In all there are 3"))
    assert "“one” · Fast: being drawn" in shown
    assert "“two” · Fast: ⏳ 2 albums" in shown
    assert "secret" not in shown


async def test_those_who_wait_move_up(bot: RunningBot) -> None:
    """When something ahead ends the message says so, and how long it will take."""
    await bot.say("/generate first")
    await bot.answer("Tap a number")
    bot.generator.hold()
    await bot.say("/generate one")
    await bot.answer("Picture 1")
    await bot.say("/generate two")
    waiting = await bot.answer("1 album is ahead")
    assert "Your album will be there in about" in words_of(waiting)
    await bot.say("/generate three")
    last = await bot.answer("2 albums are ahead")
    await bot.press(waiting, "cancel:")
    await edited(bot, last, "1 album is ahead")


async def test_the_first_picture_is_shown_early(bot: RunningBot) -> None:
    """In a private chat the status becomes a picture while the others are being drawn."""
    bot.generator.hold(picture=1)
    await bot.say("/generate a knight")
    status = await bot.answer("Picture 2")

    def early() -> bool:
        now = bot.playground.world.message(ANN, status["message_id"]) or {}
        return "photo" in now and "Picture" in words_of(now)

    await bot.until(early, "the first picture")
    await bot.press(status, "cancel:")
    await edited(bot, status, "Stopping")
    bot.generator.release()
    await edited(bot, status, "1 picture was done")


async def test_signs_are_counted_as_telegram_counts_them(tmp_path: Path) -> None:
    """A rare sign counts as two units: whatever is sent is cut to what Telegram takes."""
    async with running_bot(tmp_path, waiting_per_person=30) as bot:
        await bot.give_face()
        await bot.say("/generate x " + "𝄞" * 500)
        assert "𝄞…”" in words_of((await bot.album())[0])
        bot.generator.hold()
        for number in range(25):
            await bot.say(f"/generate x{number} " + "𝄞" * 480)
            await bot.answer("𝄞…”")
        await bot.say("/queue")
        await bot.answer("In all there are 25")
