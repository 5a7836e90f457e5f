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


async def test_a_running_job_ends_within_a_step(tmp_path: Path) -> None:
    """One further step at most, no album, and a word about it."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        status = await drawing(bot)
        taken = bot.generator.steps_taken
        await bot.say("/cancel")
        await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
        bot.generator.release()
        await bot.until(lambda: "Cancelled" in now(bot, status), "Cancelled")
        assert bot.generator.steps_taken - taken <= 1
        assert not albums(bot)


async def test_a_waiting_job_ends_at_once(tmp_path: Path) -> None:
    """/cancel takes both, the running and the waiting one; then there is nothing to cancel."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        running = await drawing(bot)
        await bot.say("/generate two")
        waiting = await bot.answer("⏳")
        await bot.say("/cancel")
        await bot.answer("I cancelled your 2 albums of this chat")
        await bot.until(lambda: "Cancelled" in now(bot, waiting), "Cancelled")
        bot.generator.release()
        await bot.until(lambda: "Cancelled" in now(bot, running), "Cancelled")
        await bot.say("/cancel")
        await bot.answer("nothing")


async def test_the_button_cancels(tmp_path: Path) -> None:
    """The button under a job is as good as the command."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        status = await drawing(bot)
        await bot.press(status, "cancel:")
        await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
        bot.generator.release()
        await bot.until(lambda: "Cancelled" in now(bot, status), "Cancelled")


async def test_other_peoples_buttons_are_refused(tmp_path: Path) -> None:
    """In a group everybody sees the button, and only its person and the bot's owner may press."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        await bot.say("/allow", chat=bot.group)
        await bot.answer("Everybody", bot.group)
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
        await bot.say("/allow", chat=bot.group)
        await bot.answer("Everybody", bot.group)
        status = await drawing(bot, chat=bot.group)
        (data,) = buttons(status)
        for _ in range(5):
            assert "другого человека" in await alert(bot, status, data, VERA)
        asked = [r.method for r in referees.requests if r.method.startswith("getChat")]
        assert asked == ["getChatAdministrators"]
        bot.generator.release()
        await bot.album(chat=bot.group)


async def test_the_owner_may_cancel_anybodys_job(tmp_path: Path) -> None:
    """The machine is the owner's."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        await bot.give_face(VERA)
        bot.generator.hold()
        await bot.say("/generate a knight", person=VERA, chat=bot.group)
        status = await bot.answer("⏳", bot.group)
        await bot.until(lambda: bot.generator.steps_taken, "the first step")
        await bot.press(status, "cancel:", person=ANN)
        await bot.until(lambda: "Останавливаю" in now(bot, status), "Останавливаю…")
        bot.generator.release()
        await bot.until(lambda: "Отмен" in now(bot, status), "Отменено")
        assert not albums(bot, bot.group)


async def test_what_was_done_is_offered(tmp_path: Path) -> None:
    """A job that is cancelled after two pictures gives those two, to who wants them, once."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
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
        await bot.answer("What next?")
        assert len(albums(bot)) == 2


async def test_what_was_done_comes_though_the_press_can_not_be_answered(tmp_path: Path) -> None:
    """The pictures of a cancelled job are sent, whatever becomes of the button."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        bot.generator.hold(picture=2)
        await bot.say("/generate a knight")
        status = await bot.answer("Picture 3")
        await bot.say("/cancel")
        await bot.until(lambda: "Stopping" in now(bot, status), "Stopping…")
        bot.generator.release()
        bot.playground.faults.add("answerCallbackQuery", BadGateway())
        bot.playground.faults.add("editMessageReplyMarkup", BadGateway())
        await bot.press(status, "made:")
        await bot.album(2)


async def test_a_groups_admin_may_cancel(tmp_path: Path) -> None:
    """Who looks after a group looks after what is drawn in it; other members do not."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/allow", chat=bot.group)
        await bot.answer("Everybody", bot.group)
        await bot.give_face()
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


def albums(bot: RunningBot, chat: int = ANN) -> list[Json]:
    return [m for m in bot.playground.world.messages(chat) if m.get("media_group_id")]


async def test_a_made_up_button_reaches_nobody_elses_job(tmp_path: Path) -> None:
    """A button is believed only about its presser's own jobs, whatever ids it names."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        await bot.give_face()
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
