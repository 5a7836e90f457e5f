"""The status message by itself: its last words stay, and nothing is said twice."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import permutations
from typing import cast

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from handlers.delivery import status_message
from handlers.delivery.status_message import Pace, StatusMessage
from playground import Held, Playground
from tests.support.running_bot import ANN, PATIENCE_S

MESSAGE = 7
WAITING, DRAWING, SENDING, ENDED = "⏳", "30 %", "Sending", "Cancelled"


class Chat:
    """A chat with one message, and a bot that edits it: each edit arrives when it is let through.

    As at Telegram, an edit that changes nothing is refused, and one that was sent arrives although
    its sender no longer waits for the answer.
    """

    def __init__(self) -> None:
        self.says: str | None = WAITING
        self.picture: bytes | None = None
        self.edits: list[str] = []
        self.unchanged = 0
        self.recorded: str | None = None
        """The digest of what it says, as the next start would know it."""
        self.failures: list[TelegramError] = []
        """How the next edits fail."""
        self.lost_answers = 0
        """How many of the next edits arrive while their answers don't."""
        self.asked = asyncio.Semaphore(0)
        """Counts the edits that were sent and not yet waited for by `edit_is_sent`."""
        self.hold_no_more()
        self._arriving: set[asyncio.Task[None]] = set()

    def hold(self) -> None:
        """Keep the edits that are sent from now on on their way."""
        self._gate = asyncio.Event()

    def let_through(self) -> None:
        """Let the held edits arrive."""
        self._gate.set()

    def hold_no_more(self) -> None:
        """Let later edits arrive; those that are held stay on their way."""
        self._gate = asyncio.Event()
        self._gate.set()

    async def edit_is_sent(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self.asked.acquire()

    async def edit_message_text(self, text: str, **message: object) -> None:
        await self._send(lambda: self._say(text, self.picture))

    async def edit_message_caption(self, caption: str, **message: object) -> None:
        await self._send(lambda: self._say(caption, self.picture))

    async def edit_message_media(self, media: InputMediaPhoto, **message: object) -> None:
        await self._send(lambda: self._say(str(media.caption), b"a picture"))

    async def delete_message(self, chat_id: int, message_id: int) -> None:
        self.says = None

    async def record(self, digest: str | None) -> None:
        self.recorded = digest

    async def _send(self, arrive: Callable[[], None]) -> None:
        self.asked.release()
        arriving = asyncio.create_task(self._arrive(arrive, self._gate))
        self._arriving.add(arriving)
        arriving.add_done_callback(self._arriving.discard)
        await asyncio.shield(arriving)

    async def _arrive(self, arrive: Callable[[], None], gate: asyncio.Event) -> None:
        await gate.wait()
        if self.failures:
            raise self.failures.pop(0)
        arrive()
        if self.lost_answers:
            self.lost_answers -= 1
            raise NetworkError("the connection broke")

    def _say(self, text: str, picture: bytes | None) -> None:
        if self.says is None:
            raise BadRequest("Message to edit not found")
        words = text.partition("\n")[2]
        if (words, picture) == (self.says, self.picture):
            self.unchanged += 1
            raise BadRequest("Message is not modified")
        self.says, self.picture = words, picture
        self.edits.append(words)


@pytest.fixture
async def chat() -> Chat:
    return Chat()


@pytest.fixture
def status(chat: Chat) -> StatusMessage:
    return StatusMessage(cast("Bot", chat), ANN, Pace(0), "“a knight”", chat.record)


async def settled() -> None:
    """Let everything run that can run without anything from outside."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.parametrize("order", permutations(["attach", "show", "close"]), ids="-".join)
@pytest.mark.parametrize("at_once", [True, False])
async def test_the_end_is_said_once_in_every_order(
    chat: Chat, status: StatusMessage, order: tuple[str, ...], *, at_once: bool
) -> None:
    """By the message; before it is known, by whoever ends it, and then the message goes."""
    closed: list[bool] = []

    async def attach() -> None:
        await status.attach(MESSAGE, WAITING)

    async def show() -> None:
        status.show(DRAWING)

    async def close() -> None:
        closed.append(await status.close(ENDED))

    steps: dict[str, Callable[[], Awaitable[None]]] = {
        "attach": attach, "show": show, "close": close,
    }  # fmt: skip
    for name in order:
        await steps[name]()
        if not at_once:
            await settled()
    await settled()
    known = order.index("attach") < order.index("close")
    assert closed == [known]
    assert chat.says == (ENDED if known else None)
    assert chat.edits.count(ENDED) == known
    assert chat.unchanged == 0


@pytest.mark.parametrize("order", permutations(["attach", "show", "close"]), ids="-".join)
async def test_a_message_that_is_to_go_goes_in_every_order(
    chat: Chat, status: StatusMessage, order: tuple[str, ...]
) -> None:
    """What is shown after that does not bring it back."""
    for name in order:
        if name == "attach":
            await status.attach(MESSAGE, WAITING)
        elif name == "show":
            status.show(SENDING)
        else:
            await status.close(None)
    await settled()
    assert chat.says is None
    assert chat.unchanged == 0


@pytest.mark.parametrize("late", [DRAWING, SENDING, ENDED])
async def test_news_during_the_last_edit_changes_nothing(
    chat: Chat, status: StatusMessage, late: str
) -> None:
    """Neither words nor a picture come after the last words, or instead of them."""
    await status.attach(MESSAGE, WAITING)
    chat.hold()
    status.show(DRAWING)
    await chat.edit_is_sent()
    ending = asyncio.create_task(status.close(ENDED))
    await settled()
    status.show(late)
    status.insist(late)
    status.show_picture(b"late")
    chat.let_through()
    assert await ending
    await settled()
    assert chat.edits == [DRAWING, ENDED]
    assert chat.picture is None


@pytest.mark.parametrize("text", [ENDED, None])
async def test_the_end_waits_for_the_announcement(
    chat: Chat, status: StatusMessage, text: str | None
) -> None:
    """A quick job ends while its message is being sent: the message says so, and nobody else."""
    with status.announcement():
        ending = asyncio.create_task(status.close(text))
        await settled()
        status.show(DRAWING)
        assert not ending.done()
        await status.attach(MESSAGE, WAITING)
    assert await ending
    assert chat.says == text
    assert chat.edits == ([text] if text else [])
    assert chat.unchanged == 0


async def test_an_announcement_that_failed_keeps_no_end_waiting(
    chat: Chat, status: StatusMessage
) -> None:
    """Without a message its end has to be told elsewhere."""
    with status.announcement():
        ending = asyncio.create_task(status.close(ENDED))
        await settled()
    assert not await ending


async def test_an_announcement_that_comes_too_late_is_taken_away(
    chat: Chat, status: StatusMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end was told elsewhere by then."""
    monkeypatch.setattr(status_message, "LATE_S", 0.01)
    with status.announcement():
        assert not await status.close(ENDED)
        await status.attach(MESSAGE, WAITING)
    assert chat.says is None
    assert chat.edits == []


async def test_what_comes_back_during_an_edit_is_said_once(
    chat: Chat, status: StatusMessage
) -> None:
    """While an edit is under way only the newest words wait, and only if they are new."""
    await status.attach(MESSAGE, WAITING)
    chat.hold()
    status.show(DRAWING)
    await chat.edit_is_sent()
    for text in (SENDING, WAITING, DRAWING):
        status.show(text)
    chat.let_through()
    await settled()
    assert chat.edits == [DRAWING]
    assert await status.close(DRAWING)
    assert chat.edits == [DRAWING]
    assert chat.unchanged == 0


@pytest.mark.parametrize(
    "failure", [NetworkError("Bad Gateway"), BadRequest("something else")], ids=repr
)
async def test_an_edit_that_failed_keeps_no_last_words_back(
    chat: Chat, status: StatusMessage, failure: TelegramError
) -> None:
    """What a failed edit was to say can still be said at the end."""
    await status.attach(MESSAGE, WAITING)
    chat.failures = [failure]
    status.show(ENDED)
    await settled()
    assert chat.says == WAITING
    assert await status.close(ENDED)
    assert chat.says == ENDED


async def test_last_words_that_failed_are_known_to_have_failed(
    chat: Chat, status: StatusMessage
) -> None:
    """Whoever ends the message can say them elsewhere, or try again."""
    await status.attach(MESSAGE, WAITING)
    chat.failures = [NetworkError("Bad Gateway")]
    assert not await status.close(ENDED)
    assert await status.close(ENDED)
    assert chat.edits == [ENDED]


async def test_an_edit_whose_answer_was_lost_counts_as_said(
    chat: Chat, status: StatusMessage
) -> None:
    """Nobody knows whether it arrived; Telegram's refusal to say it again tells."""
    await status.attach(MESSAGE, WAITING)
    chat.lost_answers = 1
    status.show(ENDED)
    await settled()
    assert await status.close(ENDED)
    assert (chat.edits, chat.unchanged) == ([ENDED], 1)


async def test_an_edit_that_never_ends_keeps_no_last_words_back(
    chat: Chat, status: StatusMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up after a while."""
    monkeypatch.setattr(status_message, "LATE_S", 0.01)
    await status.attach(MESSAGE, WAITING)
    chat.hold()
    status.show(DRAWING)
    await chat.edit_is_sent()
    chat.hold_no_more()
    assert await status.close(ENDED)
    assert chat.says == ENDED


async def test_a_stopped_message_is_not_edited_by_a_late_announcement(
    chat: Chat, status: StatusMessage
) -> None:
    """Another status may speak through the same message by then."""
    status.show(SENDING)
    await status.stop()
    await status.attach(MESSAGE, WAITING)
    await settled()
    assert chat.edits == []
    assert await status.close(ENDED)
    assert chat.edits == [ENDED]


async def test_insisting_words_stay_until_the_end(chat: Chat, status: StatusMessage) -> None:
    """Progress that was under way does not wipe them out; the last words do."""
    await status.attach(MESSAGE, WAITING)
    status.insist(SENDING)
    status.show(DRAWING)
    await settled()
    assert chat.edits == [SENDING]
    assert await status.close(ENDED)
    assert chat.edits == [SENDING, ENDED]


async def test_a_picture_comes_with_the_words_once(chat: Chat, status: StatusMessage) -> None:
    """Its words are edited as a caption afterwards, and not said again for the picture's sake."""
    await status.attach(MESSAGE, WAITING)
    status.show_picture(b"a picture")
    status.show(DRAWING)
    await settled()
    status.show(SENDING)
    await settled()
    assert await status.close(SENDING)
    assert chat.edits == [DRAWING, SENDING]
    assert chat.picture
    assert chat.unchanged == 0


async def test_edits_of_one_chat_are_spaced() -> None:
    """However many messages want to be edited, Telegram is asked at its pace."""
    clock = asyncio.get_running_loop().time
    pace = Pace(0.02)
    begun = clock()
    await asyncio.gather(*(pace.wait() for _ in range(4)))
    assert clock() - begun >= 3 * 0.02


async def test_the_last_words_stay_the_last() -> None:
    """Progress that is still on its way when a job ends does not wipe out how it ended."""
    late = asyncio.Event()
    done: list[str] = []
    async with Playground(port=0, on_request=lambda r: done.append(r.method)) as playground:
        await playground.send_text(ANN, ANN, "/start")
        patient = HTTPXRequest(connection_pool_size=4, read_timeout=PATIENCE_S)
        async with Bot(playground.token, f"{playground.url}/bot", request=patient) as bot:
            message = await bot.send_message(ANN, "⏳")
            playground.faults.add("editMessageText", Held(late))
            status = StatusMessage(bot, ANN, Pace(0), "“a knight”", Chat().record)
            await status.attach(message.message_id)
            status.show("30 %")
            await playground.wait_for(
                lambda: not playground.faults.pending("editMessageText"), PATIENCE_S
            )
            ending = asyncio.create_task(status.close("Cancelled"))
            for _ in range(3):
                await bot.get_me()  # time enough for last words that do not wait
            late.set()
            assert await ending
            await playground.wait_for(lambda: done.count("editMessageText") > 1, PATIENCE_S)
            shown = playground.world.message(ANN, message.message_id)
    assert shown
    assert shown["text"] == "“a knight”\nCancelled"


async def test_what_a_status_says_already_is_not_said_again() -> None:
    """Telegram refuses an edit that changes nothing, whichever way the words came back."""
    done: list[str] = []
    async with Playground(port=0, on_request=lambda r: done.append(r.method)) as playground:
        await playground.send_text(ANN, ANN, "/start")
        async with Bot(playground.token, f"{playground.url}/bot") as bot:
            message = await bot.send_message(ANN, "“a knight”\n⏳")
            status = StatusMessage(bot, ANN, Pace(0), "“a knight”", Chat().record)
            await status.attach(message.message_id, "⏳")
            status.show("30 %")
            status.show("⏳")
            assert await status.close("⏳")
    assert "editMessageText" not in done


@pytest.mark.parametrize("says", [DRAWING, SENDING, ENDED])
async def test_the_next_start_knows_what_it_says(
    chat: Chat, status: StatusMessage, says: str
) -> None:
    """However the bot ended: each edit is recorded when it has arrived."""
    await status.attach(MESSAGE, WAITING)
    status.show(says)
    await settled()
    await status.stop()
    after = StatusMessage(cast("Bot", chat), ANN, Pace(0), "“a knight”", chat.record)
    await after.attach(MESSAGE, said=chat.recorded)
    after.show(says)
    await settled()
    assert await after.close(says)
    assert chat.unchanged == 0
    assert chat.edits[-1:] == [says]
    assert chat.edits.count(says) == 1


async def test_the_next_start_does_not_believe_an_edit_that_failed(
    chat: Chat, status: StatusMessage
) -> None:
    """What nobody knows is said once more."""
    await status.attach(MESSAGE, WAITING)
    chat.failures = [NetworkError("Bad Gateway")]
    status.show(DRAWING)
    await settled()
    assert chat.recorded is None
    await status.stop()
    after = StatusMessage(cast("Bot", chat), ANN, Pace(0), "“a knight”", chat.record)
    await after.attach(MESSAGE, said=chat.recorded)
    assert await after.close(DRAWING)
    assert chat.edits == [DRAWING]
