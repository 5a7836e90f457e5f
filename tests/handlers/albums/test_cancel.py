"""/cancel and its button."""

from pathlib import Path

from playground import BadGateway, Playground
from tests.support.edits_and_alerts import alert
from tests.support.referees import Referees
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, running_bot, words_of


async def drawing(bot: RunningBot, words: str = "a knight", chat: int = ANN) -> Json:
    """Have a job of Ann's held in the middle of being drawn; give its status message."""
    bot.generator.hold()
    await bot.say(f"/generate {words}", chat=chat)
    return await bot.answer("Picture 1", chat)


async def test_a_running_job_ends_within_a_step(bot: RunningBot) -> None:
    """One further step at most, no album, and a word about it."""
    status = await drawing(bot)
    taken = bot.generator.steps_taken
    await bot.say("/cancel")
    await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
    bot.generator.release()
    await bot.until(lambda: "Cancelled" in now(bot, status), "Cancelled")
    assert bot.generator.steps_taken - taken <= 1
    assert not bot.albums()


async def test_a_waiting_job_ends_at_once(bot: RunningBot) -> None:
    """/cancel takes both, the running and the waiting one; then there is nothing to cancel."""
    running = await drawing(bot)
    await bot.say("/generate two")
    waiting = await bot.answer("⏳")
    await bot.say("/cancel")
    await bot.answer("Cancelled your 2 albums in this chat")
    await bot.until(lambda: "Cancelled" in now(bot, waiting), "Cancelled")
    bot.generator.release()
    await bot.until(lambda: "Cancelled" in now(bot, running), "Cancelled")
    await bot.say("/cancel")
    await bot.answer("no albums in the queue")


async def test_the_button_cancels(bot: RunningBot) -> None:
    """The button under a job is as good as the command."""
    status = await drawing(bot)
    await bot.press(status, "cancel:")
    await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
    bot.generator.release()
    await bot.until(lambda: "Cancelled" in now(bot, status), "Cancelled")


async def test_other_peoples_buttons_are_refused(bot: RunningBot) -> None:
    """In a group everybody sees the button, and only its person and the bot's owner may press."""
    await bot.open_group()
    status = await drawing(bot, chat=bot.group)
    (data,) = buttons(status)
    assert "другого человека" in await alert(bot, status, data, VERA)
    bot.generator.release()
    await bot.album(chat=bot.group)


async def test_a_stranger_who_mashes_a_button_costs_one_question(tmp_path: Path) -> None:
    """Telegram grants a group few calls a minute, and its people want to see their albums."""
    referees = Referees()
    async with (
        Playground(port=0, on_request=referees) as playground,
        running_bot(tmp_path, playground=playground) as bot,
    ):
        await bot.give_face()
        await bot.open_group()
        status = await drawing(bot, chat=bot.group)
        (data,) = buttons(status)
        for _ in range(5):
            assert "другого человека" in await alert(bot, status, data, VERA)
        asked = [r.method for r in referees.requests if r.method.startswith("getChat")]
        assert asked == ["getChatAdministrators"]
        bot.generator.release()
        await bot.album(chat=bot.group)


async def test_the_owner_may_cancel_anybodys_job(new_bot: RunningBot) -> None:
    """The machine is the owner's."""
    await new_bot.allow(VERA)
    await new_bot.give_face(VERA)
    new_bot.generator.hold()
    await new_bot.say("/generate a knight", person=VERA, chat=new_bot.group)
    status = await new_bot.answer("⏳", new_bot.group)
    await new_bot.until(lambda: new_bot.generator.steps_taken, "the first step")
    await new_bot.press(status, "cancel:", person=ANN)
    await new_bot.until(lambda: "Останавливаю" in now(new_bot, status), "Останавливаю…")
    new_bot.generator.release()
    await new_bot.until(lambda: "Отмен" in now(new_bot, status), "Отменено")
    assert not new_bot.albums(new_bot.group)


async def test_what_was_done_is_offered(bot: RunningBot) -> None:
    """A job that is cancelled after two pictures gives those two, to who wants them, once."""
    bot.generator.hold(picture=2)
    await bot.say("/generate a knight --seed 7")
    status = await bot.answer("Picture 3")
    await bot.say("/cancel")
    await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
    bot.generator.release()
    await bot.until(lambda: "2 pictures" in now(bot, status), "the offer")
    (offer,) = buttons(bot.playground.world.message(ANN, status["message_id"]) or {})
    await bot.press(status, "made:")
    await bot.album(2)
    await bot.playground.press(ANN, ANN, status["message_id"], offer, forged=True)
    await bot.answer("Tap a number")
    assert len(bot.albums()) == 2


async def test_what_was_done_comes_though_the_press_can_not_be_answered(tmp_path: Path) -> None:
    """The pictures of a cancelled job are sent, whatever becomes of the button."""
    judge = Referees(("message to edit not found", "query is too old"))  # it went, it was answered
    async with (
        Playground(port=0, on_request=judge) as playground,
        running_bot(tmp_path, playground=playground) as bot,
    ):
        await bot.give_face()
        bot.generator.hold(picture=2)
        await bot.say("/generate a knight")
        status = await bot.answer("Picture 3")
        await bot.say("/cancel")
        await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
        bot.generator.release()
        playground.faults.add("answerCallbackQuery", BadGateway())
        playground.faults.add("editMessageReplyMarkup", BadGateway())
        await bot.press(status, "made:")
        await bot.album(2)
        said = map(words_of, playground.world.messages(ANN))
        assert not [words for words in said if "number" in words]
    assert not judge.refusals


async def test_a_groups_admin_may_cancel(bot: RunningBot) -> None:
    """Who looks after a group looks after what is drawn in it; other members do not."""
    await bot.open_group()
    members = {str(ANN): "creator", str(VERA): "administrator"}
    bot.playground.world.chats.change(bot.group, members=members)
    status = await drawing(bot, chat=bot.group)
    await bot.press(status, "cancel:", person=VERA)
    await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
    bot.generator.release()
    await bot.until(lambda: "Cancelled" in now(bot, status), "Cancelled")


def now(bot: RunningBot, message: Json) -> str:
    """Read the message as it stands; a deleted one is empty."""
    chat, number = message["chat"]["id"], message["message_id"]
    return words_of(bot.playground.world.message(chat, number) or {})


async def test_a_made_up_button_reaches_nobody_elses_job(bot: RunningBot) -> None:
    """A button is believed only about its presser's own jobs, whatever ids it names."""
    await bot.allow(VERA)
    bot.generator.hold()
    await bot.say("/generate a knight")
    status = await bot.answer("⏳")
    await bot.say("/start", person=VERA)
    hello = await bot.answer("👋", VERA)
    await bot.playground.press(VERA, VERA, hello["message_id"], f"cancel:1:{VERA}", forged=True)
    await bot.playground.press(VERA, VERA, hello["message_id"], f"again:1:{VERA}", forged=True)
    bot.generator.release()
    await bot.album()
    await bot.until(lambda: not now(bot, status), "the status taken away")
