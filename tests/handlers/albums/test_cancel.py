"""/cancel and its button."""

from pathlib import Path

from playground import BadGateway, Playground
from tests.desk import ANN, VERA, Desk, Json, buttons, desk, words_of
from tests.handlers.watching import alert
from tests.referees import Referees


async def drawing(d: Desk, words: str = "a knight", chat: int = ANN) -> Json:
    """Have a job of Ann's held in the middle of being drawn; give its status message."""
    d.generator.hold()
    await d.say(f"/generate {words}", chat=chat)
    return await d.answer("Picture 1", chat)


async def test_a_running_job_ends_within_a_step(tmp_path: Path) -> None:
    """One further step at most, no album, and a word about it."""
    async with desk(tmp_path) as d:
        await d.register()
        status = await drawing(d)
        taken = d.generator.steps_taken
        await d.say("/cancel")
        await d.until(lambda: "Stopping" in now(d, status), "Stopping…")
        d.generator.release()
        await d.until(lambda: "Cancelled" in now(d, status), "Cancelled")
        assert d.generator.steps_taken - taken <= 1
        assert not albums(d)


async def test_a_waiting_job_ends_at_once(tmp_path: Path) -> None:
    """/cancel takes both, the running and the waiting one; then there is nothing to cancel."""
    async with desk(tmp_path) as d:
        await d.register()
        running = await drawing(d)
        await d.say("/generate two")
        waiting = await d.answer("⏳")
        await d.say("/cancel")
        await d.answer("I cancelled your 2 albums of this chat")
        await d.until(lambda: "Cancelled" in now(d, waiting), "Cancelled")
        d.generator.release()
        await d.until(lambda: "Cancelled" in now(d, running), "Cancelled")
        await d.say("/cancel")
        await d.answer("nothing")


async def test_the_button_cancels(tmp_path: Path) -> None:
    """The button under a job is as good as the command."""
    async with desk(tmp_path) as d:
        await d.register()
        status = await drawing(d)
        await d.press(status, "cancel:")
        await d.until(lambda: "Stopping" in now(d, status), "Stopping…")
        d.generator.release()
        await d.until(lambda: "Cancelled" in now(d, status), "Cancelled")


async def test_other_peoples_buttons_are_refused(tmp_path: Path) -> None:
    """In a group everybody sees the button, and only its person and the bot's owner may press."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/allow", chat=d.group)
        await d.answer("Everybody", d.group)
        status = await drawing(d, chat=d.group)
        (data,) = buttons(status)
        assert "другого человека" in await alert(d, status, data, VERA)
        d.generator.release()
        await d.album(chat=d.group)


async def test_a_stranger_who_mashes_a_button_costs_one_question(tmp_path: Path) -> None:
    """Telegram grants a group few calls a minute, and its people want to see their albums."""
    referees = Referees()
    async with (
        Playground(port=0, on_request=referees) as playground,
        desk(tmp_path, playground=playground) as d,
    ):
        await d.register()
        await d.say("/allow", chat=d.group)
        await d.answer("Everybody", d.group)
        status = await drawing(d, chat=d.group)
        (data,) = buttons(status)
        for _ in range(5):
            assert "другого человека" in await alert(d, status, data, VERA)
        asked = [r.method for r in referees.requests if r.method.startswith("getChat")]
        assert asked == ["getChatAdministrators"]
        d.generator.release()
        await d.album(chat=d.group)


async def test_the_owner_may_cancel_anybodys_job(tmp_path: Path) -> None:
    """The machine is the owner's."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register(VERA)
        d.generator.hold()
        await d.say("/generate a knight", person=VERA, chat=d.group)
        status = await d.answer("⏳", d.group)
        await d.until(lambda: d.generator.steps_taken, "the first step")
        await d.press(status, "cancel:", person=ANN)
        await d.until(lambda: "Останавливаю" in now(d, status), "Останавливаю…")
        d.generator.release()
        await d.until(lambda: "Отмен" in now(d, status), "Отменено")
        assert not albums(d, d.group)


async def test_what_was_done_is_offered(tmp_path: Path) -> None:
    """A job that is cancelled after two pictures gives those two, to who wants them, once."""
    async with desk(tmp_path) as d:
        await d.register()
        d.generator.hold(picture=2)
        await d.say("/generate a knight --seed 7")
        status = await d.answer("Picture 3")
        await d.say("/cancel")
        await d.until(lambda: "Stopping" in now(d, status), "Stopping…")
        d.generator.release()
        await d.until(lambda: "2 pictures" in now(d, status), "the offer")
        (offer,) = buttons(d.playground.world.message(ANN, status["message_id"]) or {})
        await d.press(status, "made:")
        await d.album(2)
        await d.playground.press(ANN, ANN, status["message_id"], offer, forged=True)
        await d.answer("What next?")
        assert len(albums(d)) == 2


async def test_what_was_done_comes_though_the_press_can_not_be_answered(tmp_path: Path) -> None:
    """The pictures of a cancelled job are sent, whatever becomes of the button."""
    async with desk(tmp_path) as d:
        await d.register()
        d.generator.hold(picture=2)
        await d.say("/generate a knight")
        status = await d.answer("Picture 3")
        await d.say("/cancel")
        await d.until(lambda: "Stopping" in now(d, status), "Stopping…")
        d.generator.release()
        d.playground.faults.add("answerCallbackQuery", BadGateway())
        d.playground.faults.add("editMessageReplyMarkup", BadGateway())
        await d.press(status, "made:")
        await d.album(2)


async def test_a_groups_admin_may_cancel(tmp_path: Path) -> None:
    """Who looks after a group looks after what is drawn in it; other members do not."""
    async with desk(tmp_path) as d:
        await d.say("/allow", chat=d.group)
        await d.answer("Everybody", d.group)
        await d.register()
        members = {str(ANN): "creator", str(VERA): "administrator"}
        d.playground.world.chats.change(d.group, members=members)
        status = await drawing(d, chat=d.group)
        await d.press(status, "cancel:", person=VERA)
        await d.until(lambda: "Stopping" in now(d, status), "Stopping…")
        d.generator.release()
        await d.until(lambda: "Cancelled" in now(d, status), "Cancelled")


def now(d: Desk, message: Json) -> str:
    """Read the message as it stands; a deleted one is empty."""
    chat, number = message["chat"]["id"], message["message_id"]
    return words_of(d.playground.world.message(chat, number) or {})


def albums(d: Desk, chat: int = ANN) -> list[Json]:
    return [m for m in d.playground.world.messages(chat) if m.get("media_group_id")]


async def test_a_made_up_button_reaches_nobody_elses_job(tmp_path: Path) -> None:
    """A button is believed only about its presser's own jobs, whatever ids it names."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register()
        d.generator.hold()
        await d.say("/generate a knight")
        status = await d.answer("⏳")
        await d.say("/start", person=VERA)
        hello = await d.answer("👋", VERA)
        await d.playground.press(VERA, VERA, hello["message_id"], f"cancel:1:{VERA}", forged=True)
        await d.playground.press(VERA, VERA, hello["message_id"], f"again:1:{VERA}", forged=True)
        d.generator.release()
        await d.album()
        await d.until(lambda: not now(d, status), "the status taken away")
