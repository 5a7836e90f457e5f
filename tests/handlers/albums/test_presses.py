"""Buttons that are pressed twice, or after what they stood for is gone."""

import asyncio

import pytest

from playground import Held, Refused
from tests.handlers.albums.test_album_buttons import documents, drawn
from tests.support.edits_and_alerts import edited, spoken
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, words_of


def shown(bot: RunningBot, message: Json) -> list[str]:
    return buttons(bot.playground.world.message(ANN, message["message_id"]) or {})


async def press_at_once(bot: RunningBot, message: Json, start: str, times: int = 2) -> None:
    """Press a button several times at once, when the message has it."""

    def button() -> str:
        return next((data for data in shown(bot, message) if data.startswith(start)), "")

    data = await bot.until(button, f"a button {start}")
    place = (ANN, message["chat"]["id"], message["message_id"], data)
    await asyncio.gather(*(bot.playground.press(*place) for _ in range(times)))


async def said_at(bot: RunningBot, message: Json, data: str) -> str:
    """Press the button, and give what is said at it; an earlier press may be answered before."""
    with bot.playground.world.feed.listen() as events:
        await bot.playground.press(ANN, message["chat"]["id"], message["message_id"], data)
        while not (said := await spoken(events)):
            pass
        return said


@pytest.mark.parametrize(
    "button", ["album:again:", "album:quality:", "picture:near:", "history"], ids=str
)
async def test_quick_presses_queue_one_album(bot: RunningBot, button: str) -> None:
    """The second one reads that it is on its way; once it has come, a press draws one more."""
    offer = await drawn(bot)
    if button == "history":
        await bot.say("/history")
        offer, button = await bot.answer("🗂"), "album:again:"
    if button == "picture:near:":
        await bot.press(offer, "picture:open:1:3")
        await edited(bot, offer, "Picture 3")
    bot.generator.hold()
    await press_at_once(bot, offer, button, times=3)
    await bot.answer("Picture 1")
    await bot.say("/queue")
    await bot.answer("In all there is 1 album")
    bot.generator.release()
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.generator.requests) == 2
    await bot.press(offer, button)
    await bot.album()


@pytest.mark.parametrize(
    ("button", "method", "files"),
    [
        ("album:files:", "sendMediaGroup", 6),
        ("picture:file:", "sendDocument", 1),
        ("picture:large:", "sendDocument", 1),
    ],
)
async def test_quick_presses_send_files_once(
    bot: RunningBot, button: str, method: str, files: int
) -> None:
    """While they are on their way a press says so; afterwards it sends them once more."""
    offer = await drawn(bot)
    if button.startswith("picture:"):
        await bot.press(offer, "picture:open:1:3")
        await edited(bot, offer, "Picture 3")
    later = asyncio.Event()
    bot.playground.faults.add(method, Held(later))
    await bot.press(offer, button)
    await bot.until(lambda: not bot.playground.faults.pending(method), "a sending")
    data = next(data for data in shown(bot, offer) if data.startswith(button))
    assert "on its way already" in await said_at(bot, offer, data)
    later.set()
    await bot.until(lambda: len(documents(bot)) == files, "the files")
    await bot.press(offer, button)
    await bot.until(lambda: len(documents(bot)) == 2 * files, "the files once more")


async def test_the_second_press_is_answered(bot: RunningBot) -> None:
    """Not with silence, and not with an accident."""
    offer = await drawn(bot)
    bot.generator.hold()
    await bot.press(offer, "album:again:")
    await bot.answer("Picture 1")
    again = next(data for data in shown(bot, offer) if data.startswith("album:again:"))
    assert "on its way" in await said_at(bot, offer, again)


async def test_quick_presses_try_again_once(bot: RunningBot) -> None:
    """Under an album that failed."""
    bot.generator.error = RuntimeError("broken")
    await bot.say("/generate a knight")
    failed = await bot.answer("tell the owner this number")
    bot.generator.hold()
    await press_at_once(bot, failed, "album:retry:")
    await bot.answer("Picture 1")
    bot.generator.release()
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.generator.requests) == 2


async def test_quick_presses_send_an_album_again_once(bot: RunningBot) -> None:
    """From the history, while Telegram is taking the first one."""
    await drawn(bot)
    await bot.say("/history")
    page = await bot.answer("🗂")
    bot.playground.faults.add("sendMediaGroup", Refused("group send failed"), times=2)
    await press_at_once(bot, page, "album:send:")
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.albums()) == 12
    assert len(bot.generator.requests) == 1


@pytest.mark.parametrize(
    "button",
    ["album:again:", "album:quality:", "album:files:", "album:delete:", "picture:open:1:2"],
)
async def test_what_was_forgotten_is_said_to_be_gone(bot: RunningBot, button: str) -> None:
    """A button that outlived /forget names a command that there is."""
    offer = await drawn(bot)
    await bot.say("/forget")
    question = await bot.answer("🗑")
    await bot.press(question, "forget:yes:")
    await edited(bot, question, "erased")
    data = next(data for data in buttons(offer) if data.startswith(button))
    said = await said_at(bot, offer, data)
    assert "no longer there" in said
    assert "/generate" in said


async def test_the_best_mode_is_not_offered_in_itself(bot: RunningBot) -> None:
    """Neither under its album, nor after a look at one picture; elsewhere it is."""
    assert any("quality" in data for data in buttons(await drawn(bot)))
    await bot.say("/preset quality")
    await bot.answer("✅")
    offer = await drawn(bot)
    assert not any("quality" in data for data in buttons(offer))
    await bot.press(offer, "picture:open:2:1")
    await edited(bot, offer, "Picture 1")
    await bot.press(offer, "picture:back:")
    assert not any("quality" in data for data in buttons(await edited(bot, offer, "Tap a number")))
    await bot.press(offer, "picture:open:2:1")
    await bot.press(offer, "picture:near:")
    await bot.album()
    near = await bot.answer("Tap a number")
    assert not any("quality" in data for data in buttons(near))


async def test_who_is_shut_out_reads_the_truth(bot: RunningBot) -> None:
    """Their running album says who stopped it, and offers nothing that they may not press."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    bot.generator.hold(picture=1)
    await bot.say("/generate a knight", VERA)
    status = await bot.answer("Картинка 2", VERA)
    await bot.say(f"/block {VERA}")
    await bot.answer(str(VERA))
    bot.generator.release()
    ended = await edited(bot, status, "🚫")
    assert not buttons(ended)
    assert "Отменено" not in words_of(ended)
