"""A crowd at once: `python -m benchmarks.load`, about six minutes.

Starts the bot as a process, with a generator that draws by script, against the playground. 500
people send 20 updates a second in all for five minutes: commands, plain words, buttons, photos,
orders of albums. A time begins when the playground has the update and ends with the first message,
or the button's answer, that the bot sends for it. Printed are these times, what was never answered,
how the memory of the bot and of its children grew after the first minute, and what its log says of
locks.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections import Counter
from pathlib import Path

import psutil

from db import Characters, Database, Decision, GuestList
from playground import ApiRequest, Playground
from tests.support.records import put_database
from tests.support.running_bot import ANN, astronaut, astronaut_as_found, buttons

PROGRAM = """
import sys, bot
from tests.support.scripted_generator import ScriptedGenerator

class Forgetful(ScriptedGenerator):  # what it noted for tests would count as the bot's memory
    def album(self, *order):
        yield from super().album(*order)
        self.requests.clear()
        self.drawn_from.clear()

sys.exit(bot.main([Forgetful()]))
"""

FIRST_ID = 10_000
"""The Telegram id of the first of the people."""

SAID = {
    "/start": 10, "/help": 10, "/queue": 15, "/preset": 10, "/preset balanced": 5, "/traits": 8,
    "/style": 4, "/size": 4, "/cancel": 6, "/history": 4, "/character": 4, "/nonsense": 3,
    "thanks": 5,
    "/generate a knight in a castle": 3, "a wizard in a forest": 1,
}  # fmt: skip
"""What people write, and how often."""

PRESSES = 0.1
PHOTOS = 0.005
"""Shares of updates that press a button, and that bring a photo."""

ALBUMS = ("/generate", "a wizard")
ANSWERS = ("sendMessage", "sendPhoto", "sendDocument")

TARGET_MS = 300
"""Most milliseconds of 99 in 100 answers."""

GROWTH = 0.05
"""Most that the memory may grow after the first minute."""

FIRST_MINUTE_S = 60.0
PATIENCE_S = 60.0
"""Seconds after the last update in which answers may still come."""

LOCKED = "database is locked"


class Crowd:
    """People who write again once they were answered, and whose albums have come."""

    def __init__(self, people: int, lot: int) -> None:
        self.playground = Playground(port=0, on_request=self._heard)
        self.people = range(FIRST_ID, FIRST_ID + people)
        self._random = random.Random(lot)  # noqa: S311 - a lot
        self._asked: dict[int, tuple[str, float]] = {}
        """What each person who has no answer yet did, and when."""
        self._queries: dict[str, int] = {}
        """Whose press each callback query is that has no answer yet."""
        self._drawing: set[int] = set()
        """Who waits for an album, or for the buttons under it."""
        self._photo = astronaut()
        self.took: dict[str, list[float]] = {}
        """Milliseconds, by what was done."""
        self.sent = Counter[str]()

    @property
    def unanswered(self) -> Counter[str]:
        return Counter(what for what, _ in self._asked.values())

    async def register(self, folder: Path) -> None:
        """Let everybody in, with a face: what a photo goes through costs most."""
        put_database(folder)
        database = Database(f"sqlite:///{folder / 'bot.db'}")
        guests, characters = GuestList(database), Characters(database)
        for person in self.people:
            self.playground.world.add_person(person, f"P{person}", language_code="en")
            await guests.decide(person, Decision.ALLOW)
            await characters.add_new(person, [astronaut_as_found()], f"P{person}")
        database.close()

    async def write(self, rate: float, seconds: float) -> None:
        """Send so many updates a second, at even distances, whatever the bot does."""
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(began + number / rate - time.perf_counter())
            idle = [p for p in self.people if p not in self._asked and p not in self._drawing]
            if idle:
                await self._act(self._random.choice(idle))

    async def answered(self) -> None:
        """Wait for the last answers, but not for ever."""
        end = time.perf_counter() + PATIENCE_S
        while self._asked and time.perf_counter() < end:  # noqa: ASYNC110 - a benchmark
            await asyncio.sleep(0.1)

    async def _act(self, person: int) -> None:
        chance = self._random.random()
        if chance < PHOTOS:
            self._note(person, "a photo")
            await self.playground.send_photo(person, person, self._photo)
        elif chance < PHOTOS + PRESSES and (found := self._button(person)):
            self._note(person, "a button")
            query = await self.playground.press(person, person, *found)
            self._queries[query] = person
        else:
            (words,) = self._random.choices(list(SAID), list(SAID.values()))
            self._note(person, words)
            if words.startswith(ALBUMS):
                self._drawing.add(person)
            await self.playground.send_text(person, person, words)

    def _button(self, person: int) -> tuple[int, str] | None:
        """Choose a button of the newest message that has some, but none that draws."""
        for message in reversed(self.playground.world.messages(person)):
            shown = [data for data in buttons(message) if data.startswith(("traits:", "style:"))]
            if shown:
                return message["message_id"], self._random.choice(shown)
        return None

    def _note(self, person: int, what: str) -> None:
        self.sent[what] += 1
        self._asked[person] = what, time.perf_counter()

    def _heard(self, request: ApiRequest) -> None:
        if request.method == "answerCallbackQuery":
            person = self._queries.pop(str(request.params["callback_query_id"]), None)
            self._answered(person)
        chat = request.params.get("chat_id")
        if request.method in ANSWERS and isinstance(chat, int):
            if self._asked.get(chat, ("",))[0] != "a button":
                self._answered(chat)
            if "Tap a number" in str(request.params.get("text")):
                self._drawing.discard(chat)

    def _answered(self, person: int | None) -> None:
        if person in self._asked:
            what, at = self._asked.pop(person)
            self.took.setdefault(what, []).append((time.perf_counter() - at) * 1000)


class Memory:
    """Notes the memory of a process and of its children, in bytes."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.seen: list[tuple[float, int]] = []

    async def watch(self) -> None:
        began = time.perf_counter()
        while True:
            processes = [self._process, *self._process.children(recursive=True)]
            used = sum(process.memory_info().rss for process in processes)
            self.seen.append((time.perf_counter() - began, used))
            await asyncio.sleep(1)

    def growth(self) -> float:
        """Compare the last half minute with the one after the first minute, by their medians."""
        last = self.seen[-1][0]
        first = [used for at, used in self.seen if FIRST_MINUTE_S <= at < FIRST_MINUTE_S + 30]
        end = [used for at, used in self.seen if at > last - 30]
        return statistics.median(end) / statistics.median(first) - 1 if first else 0.0


async def measure(people: int, rate: float, minutes: float, lot: int) -> int:
    crowd = Crowd(people, lot)
    async with crowd.playground as playground:
        with tempfile.TemporaryDirectory() as data:
            await crowd.register(Path(data))
            settings = {
                "TELEGRAM_BOT_TOKEN": playground.token, "TELEGRAM_API_URL": playground.url,
                "OWNER_ID": str(ANN), "MODEL": "pocket", "DATA_DIR": data, "LC_ALL": "C.UTF-8",
                "STYLE_PICTURES": "false",
            }  # fmt: skip
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", PROGRAM, env=os.environ | settings, stdout=PIPE, stderr=PIPE
            )
            log = asyncio.create_task(process.communicate())
            await playground.wait_for(lambda: playground.world.introduced, PATIENCE_S)
            memory = Memory(process.pid)
            watching = asyncio.create_task(memory.watch())
            await crowd.write(rate, minutes * 60)
            await crowd.answered()
            watching.cancel()
            process.terminate()
            _, errors = await log
    print(f"{people} people, {rate:g} updates a second for {minutes:g} minutes, lot {lot}")
    return report(crowd, memory, errors.decode(errors="replace"))


def report(crowd: Crowd, memory: Memory, log: str) -> int:
    """Print what came of it; give the exit code."""
    everything = [took for times in crowd.took.values() for took in times]
    print(f"{'':34}{'n':>6}{'median':>9}{'99 %':>9}{'most':>9}   ms")
    for what, times in sorted(crowd.took.items()):
        _print_row(what, times)
    worst = _print_row("all", everything)
    lost, growth, locked = crowd.unanswered, memory.growth(), log.count(LOCKED)
    mib = [used / 2**20 for _, used in memory.seen]
    print(f"sent {crowd.sent.total()}, never answered {lost.total()} {dict(lost) or ''}")
    print(f"memory {mib[0]:.0f} MiB at first, {mib[-1]:.0f} at the end, most {max(mib):.0f}")
    print(f"grown by {growth:.1%} after the first minute (target under {GROWTH:.0%})")
    print(f"'{LOCKED}': {locked} times; lines of the log: {len(log.splitlines())}")
    print("\n".join(log.splitlines()[-5:]))
    met = worst < TARGET_MS and not lost and growth < GROWTH and not locked
    print(f"99 % within {TARGET_MS} ms, and the rest: {'met' if met else 'NOT met'}")
    return 0 if met else 1


def _print_row(name: str, times: list[float]) -> float:
    """Print a line of figures; give the 99th percentile."""
    worst = statistics.quantiles(times, n=100, method="inclusive")[98] if times[1:] else max(times)
    row = f"{len(times):6}{statistics.median(times):9.1f}{worst:9.1f}{max(times):9.1f}"
    print(f"{name:34}{row}", flush=True)
    return worst


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--rate", type=float, default=20, help="updates a second")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--lot", type=int, default=1, help="another number, another crowd")
    asked = parser.parse_args()
    return asyncio.run(measure(asked.people, asked.rate, asked.minutes, asked.lot))


if __name__ == "__main__":
    sys.exit(main())
