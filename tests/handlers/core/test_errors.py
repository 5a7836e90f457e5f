"""When an answer can't be given the person hears of it if there is any way, and nothing raises."""

import logging
from collections.abc import Iterator

import pytest

from playground import Forbidden, Migrated, Refused
from playground.faults import BadGateway, DropAfter, DropBefore, Fault
from tests.support.arrivals import arrive
from tests.support.edits_and_alerts import alert
from tests.support.running_bot import ANN, RunningBot, buttons, newest, words_of

LOGGING = ("handlers", "commands", "db", "generation", "telegram", "asyncio")
"""Who may log a traceback."""


class Lines(logging.Handler):
    """Gathers what is logged, tracebacks and all."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log(bot: RunningBot) -> Iterator[list[str]]:
    """The log of the bot, whose start puts the handlers of the root away, now or later."""
    handler, loggers = Lines(), [logging.getLogger(name) for name in LOGGING]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler.lines
    for logger in loggers:
        logger.removeHandler(handler)


def answers(bot: RunningBot, chat: int) -> list[str]:
    mine = (m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"])
    return [words_of(message) for message in mine]


def deleted(bot: RunningBot, chat: int, words: str, **content: object) -> None:
    """Have Ann write, and take it back before the bot has answered."""
    ann = bot.playground.world.chats.person(ANN)
    message = arrive(bot, chat, ann, words, **content)
    bot.playground.world.post.delete(chat, [message["message_id"]])


@pytest.mark.parametrize("fault", [BadGateway(), DropBefore(), DropAfter()])
async def test_a_refusal_is_said_again_when_nobody_knows_whether_it_came(
    bot: RunningBot, fault: Fault
) -> None:
    """Its person would wait for nothing."""
    bot.playground.faults.add("sendMessage", fault, 2)
    await bot.say("/preset nonsense")
    await bot.answer("no mode")
    await bot.until(lambda: not bot.playground.faults.pending("sendMessage"), "both faults")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/help", "/generate"),
        ("/start", "👋"),
        ("/preset", "Now: "),
        ("/preset fast", "✅"),
        ("/preset nonsense", "no mode"),
        ("/allow", "Everybody in this group"),
        ("/allow 1O2", "Write /allow"),
        ("/register", "between you and me"),
        ("/queue", "Nothing is waiting"),
        ("/cancel", "no albums in the queue"),
        ("/generate", "💡"),
        ("/again", "For example"),
        ("/generate a cat --seed x", "--seed"),
    ],
)  # fmt: skip
async def test_a_command_that_was_deleted_is_answered(
    bot: RunningBot, log: list[str], command: str, answer: str
) -> None:
    """In a group an answer is a reply; without its command it comes all the same."""
    deleted(bot, bot.group, command)
    assert "reply_to_message" not in await bot.answer(answer, bot.group)
    assert not any("Traceback" in line for line in log)


async def test_an_album_comes_though_its_command_was_deleted(bot: RunningBot) -> None:
    """And so do its status and its buttons."""
    deleted(bot, bot.group, "/generate a knight")
    await bot.album(chat=bot.group)
    deleted(bot, bot.group, "/again")
    await bot.album(chat=bot.group)


async def test_a_stranger_is_refused_though_they_took_it_back(new_bot: RunningBot) -> None:
    """The refusal comes, and the command goes no further."""
    world = new_bot.playground.world
    world.add_person(103, "Eve", language_code="en", groups=True)
    message = arrive(new_bot, new_bot.group, world.chats.person(103), "/preset quality")
    world.post.delete(new_bot.group, [message["message_id"]])
    await new_bot.answer("belongs to somebody", new_bot.group)
    assert len(answers(new_bot, new_bot.group)) == 1


async def test_a_topic_that_was_deleted_takes_no_answer(bot: RunningBot, log: list[str]) -> None:
    """Nobody waits there; the rest of the group is answered, and the log has no traceback."""
    for command in ("/help", "/preset nonsense"):
        bot.playground.faults.add("sendMessage", Refused("message thread not found"))
        await bot.say(command, chat=bot.group)
        await bot.until(lambda: not bot.playground.faults.pending("sendMessage"))
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now: ", bot.group)
    assert len(answers(bot, bot.group)) == 1
    assert not any("Traceback" in line for line in log)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("not enough rights to send text messages to the chat", "I may not write in this group"),
        ("have no rights to send a message", "I may not write in this group"),
        ("CHAT_WRITE_FORBIDDEN", "I may not write in this group"),
        ("TOPIC_CLOSED", "This topic is closed"),
    ],
)
async def test_where_it_may_not_write_it_says_so_in_private(
    bot: RunningBot, log: list[str], words: str, reason: str
) -> None:
    """A command that can't be answered in the group is answered with the reason."""
    await bot.say("/help")
    await bot.answer("/generate")
    for command in ("/preset", "/preset nonsense", "/help@portrait_desk_bot"):
        bot.playground.faults.add("sendMessage", Refused(words))
        bot.seen[ANN] = newest(bot.playground, ANN)
        await bot.say(command, chat=bot.group)
        assert "Portrait club" in words_of(await bot.answer(reason))
    assert not answers(bot, bot.group)
    assert not any("Traceback" in line for line in log)


async def test_a_group_that_moves_while_it_is_answered_is_told_so(
    bot: RunningBot, log: list[str]
) -> None:
    """The answer finds nobody under the old id; the group reads why under the new one."""
    moved = bot.playground.world.migrate(bot.group)
    for command in ("/help", "/preset fast"):
        bot.playground.faults.add("sendMessage", Migrated(moved))
        bot.seen[moved] = newest(bot.playground, moved)
        await bot.say(command, chat=moved)
        await bot.answer("has just become a supergroup", moved)
    assert not any("Traceback" in line for line in log)


async def test_a_call_too_many_is_made_again(bot: RunningBot) -> None:
    """Telegram's 429 in the clothes of a 400, at any answer: nothing was done yet."""
    for command, answer in (("/help", "albums"), ("/preset", "Now: "), ("/traits", "🧬")):
        fault = Refused("Too Many Requests: retry after 1")
        bot.playground.faults.add("sendMessage", fault)
        await bot.say(command)
        await bot.answer(answer)


async def test_where_it_may_not_write_a_button_says_so(bot: RunningBot) -> None:
    """Over the chat, where nobody needs a right."""
    await bot.say("/generate", chat=bot.group)
    ideas = await bot.answer("💡", bot.group)
    bot.playground.faults.add("editMessageText", Refused("CHAT_WRITE_FORBIDDEN"))
    assert "may not write" in await alert(bot, ideas, buttons(ideas)[0])


async def test_every_way_of_telling_may_fail(bot: RunningBot, log: list[str]) -> None:
    """No right in the group, no way into the private chat, no answer at the button: a line each."""
    faults = bot.playground.faults
    bot.playground.world.chats.change(ANN, started=True)
    faults.add("sendMessage", Refused("something else"))
    await bot.say("/preset", chat=bot.group)
    await bot.answer("went wrong", ANN)  # and of no other soon
    for ways in (
        (Refused("not enough rights to send text messages"), Forbidden()),
        (Refused("something that Telegram has never said"),) * 2,
        (Forbidden("bot was kicked from the group chat"),),
        (Refused("chat not found"),),
    ):
        for fault in ways:
            faults.add("sendMessage", fault)
        await bot.say("/preset", chat=bot.group)
        await bot.until(lambda: not faults.pending("sendMessage"))
    await bot.say("/generate", chat=bot.group)
    ideas = await bot.answer("💡", bot.group)
    faults.add("editMessageText", Refused("something else"))
    faults.add("answerCallbackQuery", Refused("something else"), times=3)
    faults.add("sendMessage", Refused("something else"))
    await bot.press(ideas, "idea:")
    await bot.until(lambda: not faults.pending("sendMessage"))
    faults.clear()
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now: ", bot.group)
    assert not any("uncaught" in line for line in log)
    assert sum("Nobody could be told" in line for line in log) == 3


async def test_a_message_that_was_deleted_under_the_finger_is_said(bot: RunningBot) -> None:
    """A press on buttons whose message is gone is no accident."""
    await bot.say("/forget")
    question = await bot.answer("🗑")
    bot.playground.faults.add("editMessageText", Refused("message to edit not found"))
    assert "no longer there" in await alert(bot, question, f"forget:no:{ANN}")


@pytest.mark.parametrize("said", ["Internal error", "group send failed", "Bad Gateway"])
async def test_what_passes_is_no_accident(bot: RunningBot, said: str) -> None:
    """Telegram puts it into a 400; who pressed reads that they may do it again, and no number."""
    await bot.say("/forget")
    question = await bot.answer("🗑")
    bot.playground.faults.add("editMessageText", Refused(said))
    assert "do that again" in await alert(bot, question, f"forget:no:{ANN}")
