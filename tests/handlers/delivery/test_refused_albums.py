"""A drawn album that Telegram refuses: it is sent in the end, or offered, or at least kept."""

from http import HTTPStatus

import pytest

from playground import Forbidden, Refused
from tests.handlers.delivery.test_delivery import state
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import ANN, Json, RunningBot, buttons, words_of

EVER = 999
"""Times: however often it is tried."""

PHOTOS = Refused("not enough rights to send photos to the chat")
TEXT = Refused("not enough rights to send text messages to the chat")


def sendings(bot: RunningBot, method: str = "sendMediaGroup") -> int:
    return EVER - bot.playground.faults.pending(method)


async def open_private_chat(bot: RunningBot) -> None:
    """Let the bot write to Ann alone: Telegram allows that after a first word of hers."""
    await bot.say("/start")
    await bot.answer("👋")


async def ended(bot: RunningBot, job_id: int = 1) -> None:
    await bot.until(lambda: state(bot.data, job_id) in ("failed", "delivered"), "the job's end")


@pytest.mark.parametrize(
    "said",
    [
        "group send failed",
        "Internal error",
        "Request timed out",
        'Failed to send message #1 with the error message "Internal"',
    ],
)
async def test_what_passes_is_tried_again(bot: RunningBot, said: str) -> None:
    """Telegram puts it into a 400, as if the request were wrong; the album comes once."""
    bot.playground.faults.add("sendMediaGroup", Refused(said), times=3)
    await bot.say("/generate a knight")
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.albums()) == 6


async def test_too_many_requests_in_a_400_are_waited_for(bot: RunningBot) -> None:
    """As long as Telegram says, for the album and for the buttons under it."""
    wrapped = Refused("Too Many Requests: retry after 1")
    bot.playground.faults.add("sendMediaGroup", wrapped)
    await bot.say("/generate a knight")
    await bot.album()
    assert bot.playground.faults.pending("sendMediaGroup") == 0


async def test_buttons_that_are_refused_for_now_come(bot: RunningBot) -> None:
    """An album without its buttons could be neither repeated nor deleted."""
    bot.generator.hold()
    await bot.say("/generate a knight")
    await bot.answer("Picture 1")
    bot.playground.faults.add("sendMessage", Refused("Internal error"), times=2)
    bot.generator.release()
    await bot.album()
    await bot.answer("Tap a number")


async def test_what_never_passes_is_offered_again(bot: RunningBot) -> None:
    """After some tries; the button sends the album without drawing it anew."""
    bot.playground.faults.add("sendMediaGroup", Refused("group send failed"), times=EVER)
    await bot.say("/generate a knight")
    offer = await bot.answer("for a long time")
    assert 3 < sendings(bot) < 20
    bot.playground.faults.clear()
    await bot.press(offer, "unsent:here:")
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.generator.requests) == 1


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("not enough rights to send photos to the chat", "photos"),
        ("CHAT_SEND_PHOTOS_FORBIDDEN", "photos"),
        ("CHAT_SEND_MEDIA_FORBIDDEN", "photos"),
        ("CHAT_WRITE_FORBIDDEN", "may not write"),
        ("CHAT_RESTRICTED", "may not write"),
        ("TOPIC_CLOSED", "topic is closed"),
        ("SLOWMODE_MULTI_MSGS_DISABLED", "slow mode"),
    ],
)
async def test_a_missing_right_is_named(bot: RunningBot, said: str, right: str) -> None:
    """In the group, with a way to send the album there later, and one to the private chat."""
    await open_private_chat(bot)
    bot.playground.faults.add("sendMediaGroup", Refused(said), EVER, chat_id=bot.group)
    await bot.say("/generate a knight", chat=bot.group)
    offer = await bot.answer(right, bot.group)
    assert [data.split(":")[1] for data in buttons(offer)] == ["here", "alone"]
    assert sendings(bot) == 1
    await bot.press(offer, "unsent:alone:")
    await bot.album(chat=ANN)
    await bot.answer("Tap a number", ANN)
    assert not buttons(await edited(bot, offer, right))
    assert len(bot.generator.requests) == 1


async def test_a_right_that_was_granted_since_is_used(bot: RunningBot) -> None:
    """The button in the group sends the album into the group."""
    bot.playground.faults.add("sendMediaGroup", PHOTOS)
    await bot.say("/generate a knight", chat=bot.group)
    offer = await bot.answer("may not send photos", bot.group)
    await bot.press(offer, "unsent:here:")
    await bot.album(chat=bot.group)
    await bot.answer("Tap a number", bot.group)


@pytest.mark.parametrize(
    "refusal", [TEXT, Refused("CHAT_WRITE_FORBIDDEN"), Refused("TOPIC_CLOSED")]
)
async def test_where_words_are_refused_too_the_person_is_told_alone(
    bot: RunningBot, refusal: Refused
) -> None:
    """With the reason, and with a button that sends the album there."""
    await silence_after_start(bot, refusal)
    offer = await bot.answer("“a knight”", ANN)
    assert "could not send it to the group" in words_of(offer)
    await bot.press(offer, "unsent:here:")
    await bot.album(chat=ANN)
    assert state(bot.data, 1) in ("generated", "delivering", "delivered")


@pytest.mark.parametrize(
    "refusal",
    [
        Forbidden("bot was kicked from the supergroup chat"),
        Refused("chat not found"),
        Refused("PEER_ID_INVALID"),
    ],
)
async def test_a_group_that_is_gone_brings_the_album_to_the_person(
    bot: RunningBot, refusal: Refused | Forbidden
) -> None:
    """Nothing is said in the group any more."""
    await silence_after_start(bot, refusal)
    offer = await bot.answer("closed to me", ANN)
    await bot.press(offer, "unsent:here:")
    await bot.album(chat=ANN)


async def silence_after_start(bot: RunningBot, refusal: Refused | Forbidden) -> None:
    """Let the group refuse everything once an album is being drawn for it."""
    await open_private_chat(bot)
    await silence(bot, refusal, bot.group)


async def silence(bot: RunningBot, refusal: Refused | Forbidden, chat: int) -> None:
    """Let a chat refuse everything once an album is being drawn for it."""
    bot.generator.hold()
    await bot.say("/generate a knight", chat=chat)
    await bot.answer("Picture 1", chat)
    for method in ("sendMediaGroup", "sendMessage", "editMessageText", "deleteMessage"):
        bot.playground.faults.add(method, refusal, EVER, chat_id=chat)
    bot.generator.release()


@pytest.mark.parametrize(
    "refusal",
    [Forbidden(), Forbidden("user is deactivated"), Refused("chat not found")],
)
async def test_where_nothing_can_be_said_the_history_has_it(
    bot: RunningBot, refusal: Refused | Forbidden
) -> None:
    """Somebody who comes back later finds the album, and has it sent."""
    await silence(bot, refusal, ANN)
    await ended(bot)
    bot.playground.faults.clear()
    await bot.say("/history")
    page = await bot.answer("1. “a knight”")
    await bot.press(page, "album:send:")
    await bot.album()
    await bot.answer("Tap a number")
    assert len(bot.generator.requests) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        Refused("wrong file identifier/HTTP URL specified"),
        Refused("IMAGE_PROCESS_FAILED"),
        Refused("Request Entity Too Large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
async def test_a_final_refusal_is_said_and_the_album_offered(
    bot: RunningBot, refusal: Refused
) -> None:
    """An accident has a number; what is too large is called so. It isn't tried for ever."""
    bot.playground.faults.add("sendMediaGroup", refusal, EVER)
    await bot.say("/generate a knight")
    offer = await bot.answer("I could not send the album")
    assert sendings(bot) == 1
    assert ("number" in words_of(offer)) == (refusal.code == HTTPStatus.BAD_REQUEST)
    bot.playground.faults.clear()
    await bot.press(offer, "unsent:here:")
    await bot.album()


async def test_two_presses_send_an_unsent_album_once(bot: RunningBot) -> None:
    bot.playground.faults.add("sendMediaGroup", PHOTOS)
    await bot.say("/generate a knight", chat=bot.group)
    offer = await bot.answer("may not send photos", bot.group)
    data = buttons(offer)[0]
    await bot.press(offer, "unsent:here:")
    await bot.playground.press(ANN, bot.group, offer["message_id"], data, forged=True)
    await bot.album(chat=bot.group)
    await bot.answer("Tap a number", bot.group)
    assert len(bot.albums(bot.group)) == 6


async def test_a_private_chat_that_was_never_opened_is_named(bot: RunningBot) -> None:
    """The press says what to do first, and the album stays offered."""
    await open_private_chat(bot)
    bot.playground.faults.add("sendMediaGroup", PHOTOS)
    await bot.say("/generate a knight", chat=bot.group)
    offer = await bot.answer("may not send photos", bot.group)
    bot.playground.faults.add("sendChatAction", Forbidden("bot can't initiate conversation"))
    assert "press Start" in await alert(bot, offer, buttons(offer)[1])
    await bot.press(offer, "unsent:alone:")
    await bot.album(chat=ANN)


async def test_files_that_a_group_refuses_come_to_the_person(bot: RunningBot) -> None:
    """The originals of an album, one picture, and a large one."""
    await open_private_chat(bot)
    await bot.say("/generate a knight", chat=bot.group)
    offer = await bot.answer("Tap a number", bot.group)
    refusal = Refused("not enough rights to send documents to the chat")
    for method in ("sendMediaGroup", "sendDocument"):
        bot.playground.faults.add(method, refusal, EVER, chat_id=bot.group)

    async def arrive(count: int) -> None:
        await bot.until(lambda: len(documents(bot)) == count, f"{count} files")
        assert "may not send files" in words_of(await bot.answer("It is in our private", bot.group))

    await bot.press(offer, "album:files:")
    await arrive(6)
    await bot.press(offer, "picture:open:1:2")
    await edited(bot, offer, "Picture 2")
    await bot.press(offer, "picture:file:")
    await arrive(7)
    await bot.press(offer, "picture:large:")
    await arrive(8)


async def test_files_that_are_refused_for_now_come(bot: RunningBot) -> None:
    await bot.say("/generate a knight")
    offer = await bot.answer("Tap a number")
    bot.playground.faults.add("sendMediaGroup", Refused("group send failed"), times=2)
    await bot.press(offer, "album:files:")
    await bot.until(lambda: len(documents(bot)) == 6, "six files")


def documents(bot: RunningBot) -> list[Json]:
    return [m for m in bot.playground.world.messages(ANN) if m.get("document")]
