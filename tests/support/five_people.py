"""People who ask a bot in a process of its own, and what becomes of what they asked for."""

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from playground import Playground
from tests.support.bot_process import bot_process
from tests.support.consenting import consent
from tests.support.python_process import PythonProcess
from tests.support.running_bot import ANN, Json, astronaut, buttons, words_of

PEOPLE = (ANN, 102, 103, 104, 105)
PATIENCE_S = 300
"""Only a broken promise waits so long, however slow the machine."""
LOOK_AGAIN_S = 0.2
ENDS = {"delivered", "failed", "in doubt"}
STANDS = (
    "SELECT words, CASE WHEN told OR state NOT IN ('failed', 'delivered') THEN state"
    " ELSE 'untold' END FROM jobs"
)
"""How the jobs stand, by their words."""


class FivePeople:
    """`commands`: what was asked for, by the number in its words."""

    people: tuple[int, ...] = PEOPLE

    def __init__(self, data: Path, playground: Playground) -> None:
        self._data = data
        self._playground = playground
        self.commands: dict[int, Json] = {}

    def bot(self, **more: object) -> contextlib.AbstractAsyncContextManager[PythonProcess]:
        """Run the bot with the scripted generator; `more` are settings."""
        settings = {name: str(value) for name, value in more.items()}
        return bot_process(
            self._data,
            self._playground,
            ("-m", "tests.support.scripted_bot"),
            WAITING_PER_PERSON="20",
            **settings,
        )

    async def register_all(self) -> None:
        """Have everybody allowed and registered."""
        for person in self.people[2:]:
            self._playground.world.chats.add_person(
                {"id": person, "is_bot": False, "first_name": f"P{person}", "language_code": "en"}
            )
        async with self.bot():
            for person in self.people[1:]:
                await self._playground.send_text(ANN, ANN, f"/allow {person}")
            await self.until(lambda: len(self.said(ANN, "may use")) == len(self.people) - 1)
            for person in self.people:
                await self._playground.send_photo(person, person, astronaut(), "/register")
                await consent(self._playground, person)
                await self.until(partial(self.said, person, "🧬"))

    async def ask(self, number: int, chat: int | None = None) -> None:
        """Have one of them ask for an album, in their private chat or in another one."""
        person = self.people[number % len(self.people)]
        self.commands[number] = await self._playground.send_text(
            person, chat or person, f"/generate job {number}"
        )

    async def answered(self, but: Collection[int] = ()) -> None:
        """Wait until every command is a job, except those of `but`, and every job is answered.

        A command that the bot has taken from Telegram is a moment later a job.
        """

        def all_are() -> bool:
            jobs = self.jobs()
            taken = not self._playground.world.updates.pending()
            return (
                taken and self.commands.keys() - but <= jobs.keys() and set(jobs.values()) <= ENDS
            )

        await self.until(all_are)

    async def ask_again(self) -> tuple[int, set[int]]:
        """Ask once more for what the bot was killed over before it took it down; give how many.

        What Telegram still holds may be among it, and comes by itself: then nothing is asked, and
        the commands that may have been lost are given.
        """
        unheard = self.unheard()
        if self._playground.world.updates.pending():
            return 0, unheard
        for number in unheard:
            await self.ask(number)
        return len(unheard), set()

    def unheard(self) -> set[int]:
        """Give the commands that are no jobs."""
        return self.commands.keys() - self.jobs().keys()

    def jobs(self) -> dict[int, str]:
        """Give the state of every accepted job, by the number in its words.

        What has ended is `untold` until its person knows, or has the buttons under their album.
        """
        rows = self._rows()
        assert len(rows) == len(dict(rows)), "a command became two jobs"
        return {int(words.split()[1]): state for words, state in rows}

    def _rows(self) -> list[tuple[str, str]]:
        file = self._data / "bot.db"
        with contextlib.closing(sqlite3.connect(file, timeout=PATIENCE_S)) as database:
            return database.execute(STANDS).fetchall()

    def fates(self) -> Counter[str]:
        return Counter(map(self.fate, self.commands))

    def fate(self, number: int) -> str:
        """Say what the person got for their command, in any chat."""
        answers = self._answers(number)
        albums = {m["media_group_id"] for m in answers if m.get("media_group_id")}
        if len(albums) > 1:
            return "delivered twice"
        if any("❓" in words_of(m) for m in answers):
            return "asked about"
        if albums:
            return "delivered once"
        if any("😔" in words_of(m) for m in answers):
            return "failure told"
        return "closed" if self.jobs().get(number) == "failed" else "no answer"

    def buttons(self, number: int) -> bool:
        """Say whether the album's buttons came: under the album, or in answer to the command."""
        answers = self._answers(number)
        world = self._playground.world
        for album in answers.copy():
            chat = album["chat"]["id"]
            answers += [m for m in world.messages(chat) if _replies(m, album["message_id"])]
        return any(data.startswith("album:again:") for m in answers for data in buttons(m))

    def _answers(self, number: int) -> list[Json]:
        """Find what replies to the command, or names its words, in any chat."""
        command, world = self.commands[number], self._playground.world

        def answers(message: Json) -> bool:
            return f"“job {number}”" in words_of(message) or (
                message["chat"]["id"] == command["chat"]["id"]
                and _replies(message, command["message_id"])
            )

        chats = map(int, world.chats.conversations)
        return [m for chat in chats for m in world.messages(chat) if answers(m)]

    def said(self, chat: int, part: str) -> list[Json]:
        mine = (m for m in self._playground.world.messages(chat) if m["from"]["is_bot"])
        return [m for m in mine if part in words_of(m)]

    async def until(self, predicate: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await self._comes(predicate):
                    pass
        except TimeoutError as error:
            stands = {n: (state, self.fate(n)) for n, state in self.jobs().items()}
            raise AssertionError(f"no end came; asked {len(self.commands)}: {stands}") from error

    async def _comes(self, predicate: Callable[[], object]) -> bool:
        """Wait a moment. The database changes after the last message, and nobody hears of that."""
        with contextlib.suppress(TimeoutError):
            await self._playground.wait_for(predicate, LOOK_AGAIN_S)
            return True
        return False


def _replies(message: Json, message_id: int) -> bool:
    replied: Json = message.get("reply_to_message", {})
    return replied.get("message_id") == message_id
