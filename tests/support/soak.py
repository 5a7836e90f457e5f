"""Everything fails now and then, for as long as one likes; and each album's end is counted."""

import asyncio
import contextlib
import math
import time
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from db import Characters, Database, Decision, GuestList
from playground import Playground
from playground.faults import BadGateway, DropAfter, DropBefore, Fault, Refused, RetryAfter
from tests.support.bot_process import bot_process
from tests.support.five_people import FivePeople
from tests.support.python_process import ROOT, PythonProcess, fresh
from tests.support.records import put_database
from tests.support.running_bot import astronaut_as_found, words_of

METHODS = {
    "sendMessage": 3,
    "editMessageText": 4,
    "sendMediaGroup": 4,
    "getUpdates": 1,
    "deleteMessage": 1,
}
"""Which requests of the bot fail, and how often."""

FAULTS: tuple[Fault, ...] = (RetryAfter(1), BadGateway(), DropBefore(), DropAfter())
"""How they fail; an album is refused for good, too."""

REFUSED = "😔"
"""Begins the answer to an order that could not be taken down."""

NOT_SENT = "📦"
"""Begins the answer to an order whose album Telegram refuses for good."""

HOURS_S = (-86_400, -3_700, -5, 5, 3_700, 86_400)
"""By how many seconds the clock jumps."""

FAILING_STEPS = 0.002
"""The share of steps at which the generator fails, in bad times: an album has 72."""

ENDS = {"delivered", "failed", "in doubt", "cancelled"}

UNKNOWN = {"no answer", "delivered twice", "untold", "closed"}
"""Fates that nobody may have."""


@dataclass
class Toll:
    """What came of it."""

    troubles: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    tracebacks: int = 0
    """Messages in chats that show one."""
    log: str = ""
    unanswered: list[str] = field(default_factory=list)
    """The orders without an answer, and what was said after each."""

    def check(self) -> None:
        """Raise AssertionError unless each order has one end, and its person knows."""
        assert set(self.states) <= ENDS, self.states
        assert not UNKNOWN & set(self.fates), self.fates
        assert not self.tracebacks, "a person got to see a traceback"


class Crew(FivePeople):
    def __init__(self, data: Path, playground: Playground) -> None:
        super().__init__(data / "bot", playground)
        self.troubles = data / "troubles"
        self.troubles.mkdir()
        self.log = data / "log"

    async def register_all(self) -> None:
        """Let everybody in, with a face: what a photo goes through is not what a soak is about."""
        put_database(self._data)
        database = Database(f"sqlite:///{self._data / 'bot.db'}")
        guests, characters = GuestList(database), Characters(database)
        for person in self.people:
            if str(person) not in self._playground.world.chats.people:
                self._playground.world.add_person(person, f"P{person}", language_code="en")
            await guests.decide(person, Decision.ALLOW)
            await characters.add_new(person, [astronaut_as_found()], f"P{person}")
        database.close()

    def bot(self, **more: object) -> contextlib.AbstractAsyncContextManager[PythonProcess]:
        settings = {"WAITING_PER_PERSON": "20", "TROUBLES": str(self.troubles)}
        program = ("-m", "tests.support.troubled_bot")
        said = {name: str(value) for name, value in more.items()}
        return bot_process(self._data, self._playground, program, self._start, **settings, **said)

    async def _start(
        self, *arguments: str, env: Mapping[str, str], cwd: Path = ROOT, stderr: int = PIPE
    ) -> PythonProcess:
        """Start it with a log that is read at the end."""
        with self.log.open("w") as log:
            return await fresh(*arguments, env=env, cwd=cwd, stderr=log.fileno() or stderr)

    def order(self, name: str, words: str = "") -> None:
        (self.troubles / name).write_text(words, encoding="ascii")

    def end(self, name: str) -> None:
        (self.troubles / name).unlink(missing_ok=True)

    def fate(self, number: int) -> str:
        """Say the same, and tell refusals from what nobody answered."""
        fate = super().fate(number)
        if fate == "no answer" and number not in self.jobs() and self._is_refused(number):
            return "refused, and told so"
        if fate == "closed" and any(NOT_SENT in words_of(m) for m in self._answers(number)):
            return "not sent, and told so"
        return fate

    def unanswered(self) -> list[str]:
        """Give the orders without an answer, each with what its chat said until the next one."""
        return [self._after(number) for number in self.commands if self.fate(number) in UNKNOWN]

    def _after(self, number: int) -> str:
        command, following = self.commands[number], self.commands.get(number + len(self.people))
        until = following["message_id"] if following else math.inf
        heard = [
            words_of(message)
            for message in self._playground.world.messages(command["chat"]["id"])
            if command["message_id"] < message["message_id"] <= until
        ]
        return f"job {number}, {self.fate(number)}, at {command['date']}: {heard}"

    def _is_refused(self, number: int) -> bool:
        """Look for the answer before the person's next order, or after that one."""
        chat = self.commands[number]["chat"]["id"]
        later = [self.commands.get(number + n * len(self.people)) for n in (1, 2)]
        until = later[1]["message_id"] if later[1] else math.inf
        asked = self.commands[number]["message_id"]
        refusals = [m for m in self.said(chat, REFUSED) if asked < m["message_id"] < until]
        return any(m["text"].startswith(REFUSED) for m in refusals)


async def soak(data: Path, minutes: float, random: Random, pause_s: float = 2.0) -> Toll:
    """Let people ask for albums for so long while all this fails; wait for the last end."""
    toll = Toll()
    async with Playground(port=0) as playground:
        crew = Crew(data, playground)
        await crew.register_all()
        async with crew.bot():
            end = time.monotonic() + minutes * 60
            troubling = asyncio.create_task(_trouble(crew, playground, random, toll, pause_s))
            while time.monotonic() < end:
                await crew.ask(len(crew.commands))
                await asyncio.sleep(random.uniform(0, 2 * pause_s))
            troubling.cancel()
            await asyncio.gather(troubling, return_exceptions=True)
            playground.faults.clear()
            for name in ("generator", "disk", "clock"):
                crew.end(name)
            await crew.until(partial(_is_over, crew, playground))
        toll.log = crew.log.read_text(encoding="utf-8", errors="replace")
        toll.states = Counter(crew.jobs().values())
        toll.fates = crew.fates()
        toll.unanswered = crew.unanswered()
        toll.tracebacks = sum(len(crew.said(person, "Traceback")) for person in crew.people)
    return toll


def _is_over(crew: Crew, playground: Playground) -> bool:
    return not playground.world.updates.pending() and set(crew.jobs().values()) <= ENDS


async def _trouble(
    crew: Crew, playground: Playground, random: Random, toll: Toll, pause_s: float
) -> None:
    """Do harm by lot, and mend it a while later."""
    while True:
        await asyncio.sleep(random.uniform(0, 2 * pause_s))
        what = random.choice(("Telegram", "Telegram", "generator", "disk", "clock"))
        toll.troubles[what] += 1
        if what == "Telegram":
            (method,) = random.choices(list(METHODS), list(METHODS.values()))
            refused = (Refused("not enough rights"),) if method == "sendMediaGroup" else ()
            fault = random.choice((*FAULTS, *refused))
            toll.troubles[f"{method}: {type(fault).__name__}"] += 1
            playground.faults.add(method, fault, random.randint(1, 3))
            continue
        words = {"generator": str(FAILING_STEPS), "clock": str(random.choice(HOURS_S)), "disk": ""}
        crew.order(what, words[what])
        await asyncio.sleep(random.uniform(0, 2 * pause_s))
        crew.end(what)
