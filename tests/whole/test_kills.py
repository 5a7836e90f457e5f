"""Killed in the middle, again and again: nothing that was accepted is lost or comes twice."""

import asyncio
import contextlib
from pathlib import Path
from random import Random

from playground import Playground
from playground.request import ApiRequest
from tests.support.five_people import ENDS, PATIENCE_S, FivePeople

KILLS, JOBS = 20, 30
STEPS = 6 * 12
"""Denoising steps of an album."""


class Telegram:
    """Counts the requests, and says when so many have come."""

    def __init__(self) -> None:
        self.playground = Playground(port=0, on_request=self._heard)
        self._left = 0
        self._reached = asyncio.Event()

    def _heard(self, _: ApiRequest) -> None:
        self._left -= 1
        if self._left == 0:
            self._reached.set()

    def count(self, requests: int) -> asyncio.Event:
        """Give an event that is set at this request from now on."""
        self._left = requests
        self._reached.clear()
        return self._reached


async def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    """Five people ask for thirty albums: each is delivered once, answered for, or asked about."""
    random = Random(4)  # noqa: S311 - nothing secret
    telegram = Telegram()
    unheard = 0
    async with telegram.playground as playground:
        people = FivePeople(tmp_path, playground)
        await people.register_all()
        for kill in range(KILLS):
            asked, doubtful = await people.ask_again()
            unheard += asked
            for _ in range(2 if kill < JOBS - KILLS else 1):
                await people.ask(len(people.commands))
            at_step = random.choice((True, False))
            last = random.randrange(1, 2 * STEPS) if at_step else -1
            async with people.bot(DIES_AT_STEP=last) as process:
                reached = telegram.count(random.randrange(8, 40))
                await first(
                    process.wait() if at_step else reached.wait(), people.answered(doubtful)
                )
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        while people.unheard():
            asked, doubtful = await people.ask_again()
            unheard += asked
            begun = telegram.count(1)
            async with people.bot():
                await begun.wait()  # before its first request SIGTERM may end it in another way
                await people.answered(doubtful)
        begun = telegram.count(1)
        async with people.bot():
            await begun.wait()
            await people.answered()
        fates = people.fates()
        delivered = [n for n in people.commands if people.fate(n) == "delivered once"]
        assert all(map(people.buttons, delivered))
    assert people.jobs().keys() == people.commands.keys()
    assert set(people.jobs().values()) <= ENDS
    print(f"{KILLS} kills, {JOBS} jobs: {dict(fates)}; {unheard} were asked for again")
    assert set(fates) <= {"delivered once", "asked about", "failure told"}
    assert fates.total() == JOBS
    assert fates["delivered once"]


async def first(*waits: object) -> None:
    """Wait until one of them is over, and give up the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]  # type: ignore[call-overload]
    await asyncio.wait(tasks, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
