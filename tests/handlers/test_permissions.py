"""Who may do what: docs/permissions.md is the table of it, and each of its cells is tried."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from telegram.ext import AIORateLimiter

from db import Database, Decision, GuestList
from handlers.commands import COMMANDS, DEEP_LINKS
from handlers.router import BUTTONS
from handlers.telegram import connection, floods
from handlers.telegram.buckets import Allowance
from handlers.texts import Texts
from tests.support.arrivals import ANONYMOUS_ADMIN, as_admin
from tests.support.edits_and_alerts import PATIENCE_S, Events, alert
from tests.support.python_process import ROOT
from tests.support.running_bot import ANN, VERA, Json, RunningBot, running_bot, words_of

PAGE = (ROOT / "docs/permissions.md").read_text("utf-8")
ROLES = {
    "owner": ANN, "group admin": 201, "allowed": 202, "limited": 203, "guest": 204,
    "stranger": 205, "blocked": 206, "anonymous": ANONYMOUS_ADMIN["id"],
}  # fmt: skip
ARGUMENTS = {"allow": " x", "block": " x"}
"""What keeps a command of the owner's from deciding about the whole group."""

say = Texts().say("en")
CELLS = {
    "stranger": "no", "stranger-start": "no", "asked-the-owner": "no", "shut-out": "shut out",
    "owner-only": "owner only", "to-private": "private", "no-person": "as yourself",
    "button-not-yours": "theirs",
}  # fmt: skip
"""What the cells call the answers that let nobody in; any other answer is a `yes`."""
BEGINNINGS = {say(text, id="").partition("/allow")[0][:60]: cell for text, cell in CELLS.items()}

Cells = dict[str, str]


def rows(heading: str) -> Iterator[Cells]:
    """Give the rows of the table under a heading, by the names of the columns."""
    lines = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    table = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    names, _, *found = table
    return (dict(zip(names, row, strict=True)) for row in found)


def cell_of(answer: str) -> str:
    return next((cell for start, cell in BEGINNINGS.items() if answer.startswith(start)), "yes")


class Cast:
    """One of each kind of person, in private, in a group and in a topic."""

    def __init__(self, bot: RunningBot) -> None:
        self.bot = bot
        self.open: list[tuple[int, int | None]] = []
        self.closed: list[tuple[int, int | None]] = []

    async def gather(self) -> None:
        bot, world = self.bot, self.bot.playground.world
        await bot.say("/start")
        await bot.answer("👋")
        world.chats.people[str(ANONYMOUS_ADMIN["id"])] = ANONYMOUS_ADMIN
        for role, person in ROLES.items():
            if role not in ("owner", "anonymous"):
                world.add_person(person, role, language_code="en", groups=True)
        database = Database(f"sqlite:///{bot.data / 'bot.db'}")
        guests = GuestList(database)
        await guests.decide(ROLES["allowed"], Decision.ALLOW)
        await guests.decide(ROLES["limited"], Decision.LIMIT, limit=10)
        await guests.decide(ROLES["blocked"], Decision.BLOCK)
        database.close()
        await bot.open_group()
        world.promote(bot.group, ROLES["group admin"])
        self.open = [(bot.group, None), await self._forum(-5, ANN)]
        world.add_group(-9, "Nine", ANN)  # which the buttons of the table are about
        await bot.answer("👋", -9)
        world.add_group(-7, "Closed", ROLES["stranger"])
        await bot.answer("asked my owner", -7)
        self.closed = [(-7, None), await self._forum(-8, ROLES["stranger"])]
        everybody = {str(person): "member" for person in ROLES.values()}
        for chat, _ in (*self.open, *self.closed):
            members = everybody | world.chats.get(chat)["members"]
            world.chats.change(chat, members=members)
        for role in ("guest", "group admin"):  # who were met in the open group
            await self.command("help", role, bot.group, None)

    async def _forum(self, group: int, founder: int) -> tuple[int, int]:
        world = self.bot.playground.world
        world.add_group(group, "Forum", founder)
        await self.bot.answer("👋", group)
        forum = world.make_forum(group)
        return forum, world.create_topic(forum, "Portraits", founder)

    def places(self, where: str, role: str) -> list[tuple[int, int | None]]:
        """Say where the person tries it: in private, or in a group and in a topic."""
        if where == "private":
            return [] if role == "anonymous" else [(ROLES[role], None)]
        return self.closed if role == "stranger" else self.open

    async def command(self, name: str, role: str, chat: int, thread: int | None) -> str:
        """Give the cell for what the bot answers."""
        words = f"/{name}{ARGUMENTS.get(name, '')}"
        place = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        if role == "anonymous":
            asked = as_admin(self.bot, chat, words, **place)
        else:
            asked = await self.bot.playground.send_text(ROLES[role], chat, words, thread=thread)

        def found() -> Json | None:
            for message in reversed(self.bot.playground.world.messages(chat)):
                to = message.get("reply_to_message", {}).get("message_id")
                fresh = message["message_id"] > asked["message_id"] and message["from"]["is_bot"]
                quotes = to == asked["message_id"] if chat < 0 else True
                if fresh and quotes and not words_of(message).startswith("🔔 \u2068"):
                    return message
            return None

        answer = await self.bot.until(found, f"the answer to {words} of {role} in {chat}")
        text = words_of(answer or {})
        asks = chat > 0 and name.startswith("start") and text == say("asked-the-owner")
        return "asks" if asks else cell_of(text)

    async def press(self, data: str, role: str, chat: int, thread: int | None = None) -> str:
        """Press a button that the message really has; give the cell for what the bot says."""
        world = self.bot.playground.world
        keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        content: Json = {"text": "x", "reply_markup": keyboard}
        if thread:
            content |= {"message_thread_id": thread, "is_topic_message": True}
        conversation = world.chats.change(chat, started=True)
        message = world.post.add(conversation, world.bot, content)
        place = ROLES[role], chat, message["message_id"]
        with world.feed.listen() as events:
            query_id = await self.bot.playground.press(*place, data)
            return cell_of(await said(events, query_id))


@asynccontextmanager
async def cast(folder: Path) -> AsyncIterator[Cast]:
    async with running_bot(folder) as bot:
        found = Cast(bot)
        await found.gather()
        yield found


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer each stranger in a group at once, and more often than Telegram lets a bot do."""
    monkeypatch.setattr("handlers.core.access.ANSWER_PAUSE_S", -1)
    for limit in ("PERSON", "GROUP", "PHOTOS"):
        monkeypatch.setattr(floods, limit, Allowance(burst=10**6, a_second=1))
    limiter = AIORateLimiter

    def unlimited(max_retries: int) -> object:
        return limiter(overall_max_rate=0, group_max_rate=0, max_retries=max_retries)

    monkeypatch.setattr(connection, "AIORateLimiter", unlimited)


async def said(events: Events, query_id: str) -> str:
    """Give what is said at the button, over the chat or in it."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            name, answer = await events.get() or ("", {})
            if name == "answer" and answer["callback_query_id"] == query_id:
                return str(answer["text"])


def wrong(row: Cells, role: str, got: str, place: object) -> list[str]:
    known = row[role]
    return [] if got == known else [f"{row} for {role} in {place}: it is {got}"]


async def test_who_may_use_which_command(tmp_path: Path) -> None:
    """Each command and each deep link, by everybody, in private, in a group and in a topic."""
    async with cast(tmp_path) as people:

        async def all_of(role: str) -> list[str]:
            faults = []
            for row in rows("Commands"):
                places = people.places(row["where"], role)
                for place in places:
                    got = await people.command(row["command"].strip("`/"), role, *place)
                    faults += wrong(row, role, got, place)
                if not places:
                    faults += wrong(row, role, "—", row["where"])
            return faults

        faults = await asyncio.gather(*map(all_of, ROLES))
        assert not [fault for some in faults for fault in some]


async def test_who_may_press_which_button(tmp_path: Path) -> None:
    """Each button, by everybody, in private, in a group and in a topic; and another person's."""
    async with cast(tmp_path) as people:

        async def all_of(role: str) -> list[str]:
            faults = []
            places = people.places("private", role) + people.places("group", role)
            for row in rows("Buttons"):
                data = row["button"].strip("`")
                for place in places:
                    got = await people.press(f"{data}:{ROLES[role]}", role, *place)
                    faults += wrong(row, role, got, place)
                if role in ("owner", "group admin", "allowed", "guest"):
                    got = await people.press(f"{data}:{VERA}", role, people.bot.group)
                    own = role if row[role] == "owner only" else "another's"
                    faults += wrong(row, own, got, "another's")
            return faults

        faults = await asyncio.gather(*map(all_of, ROLES))
        assert not [fault for some in faults for fault in some]


def test_every_command_and_button_has_its_row() -> None:
    """A new one has to be decided about; and no row is left of one that is gone."""
    commands = {(row["command"].strip("`/"), row["where"]) for row in rows("Commands")}
    named = {command.name for command in COMMANDS}
    links = {f"start {name}" for name in DEEP_LINKS}
    assert commands == {
        *((name, where) for name in named for where in ("private", "group")),
        *((link, "private") for link in links),
    }
    samples = [row["button"].strip("`") + ":1" for row in rows("Buttons")]
    for pattern in BUTTONS:
        assert any(re.match(pattern, sample) for sample in samples), pattern
    for sample in samples:
        assert any(re.match(pattern, sample) for pattern in BUTTONS), sample


FORGED = (
    "{data}", "{data}:{me}:{me}", "{data}:²", "{data}:-{me}", "{verb}:{me}",
    "{verb}:{nines}:{me}", "{data}:{nines}", "{data}:" + "x" * 5000,
)  # fmt: skip
"""What a client that somebody wrote may send in place of a button's data."""


async def test_forged_data_harm_nothing(tmp_path: Path) -> None:
    """Broken in any way, and of any length: each press gets a sentence, and none is an accident."""
    accident = say("accident", number="X")[:30]
    async with cast(tmp_path) as people:
        me = ROLES["allowed"]
        menu = people.bot.playground.world.post.add(
            people.bot.playground.world.chats.change(me, started=True),
            people.bot.playground.world.bot,
            {"text": "x"},
        )
        for row in rows("Buttons"):
            data = row["button"].strip("`")
            fields = {"data": data, "verb": data.partition(":")[0], "me": me, "nines": "9" * 40}
            for form in FORGED:
                forged = form.format(**fields)
                said = await alert(people.bot, menu, forged, me, forged=True)
                assert said, forged
                assert not said.startswith(accident), forged


async def test_another_persons_album_stays_theirs(tmp_path: Path) -> None:
    """Their job's number in one's own data, under a message that is out of the bot's reach.

    Then nobody can say whether the button was there: a forged press looks like a real one.
    """
    async with cast(tmp_path) as people:
        bot = people.bot
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.album()
        world, me = bot.playground.world, ROLES["allowed"]
        world.chats.change(me, started=True)
        before = world.messages(me)
        gone = {"chat": world.chats.get(me)["chat"], "message_id": 1, "date": 0}
        for row in rows("Buttons"):
            data = row["button"].strip("`").replace("9", "1") + f":{me}"
            if row["of a job"] != "yes":
                continue
            with world.feed.listen() as events:
                query = {"person": me, "chat": me, "date": world.now()}
                world.queries[data] = query
                world.updates.add(
                    "callback_query",
                    {
                        "id": data,
                        "from": world.chats.person(me),
                        "message": gone,
                        "chat_instance": "1",
                        "data": data,
                    },
                )
                world.changed()
                assert await said(events, data), data
        assert world.messages(me) == before
        await bot.say("/history")
        await bot.answer("🗂")
