"""The queue: nothing accepted is lost, and nothing is made by two."""

import asyncio
import sys
import threading
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from db import (
    Albums,
    Characters,
    Database,
    DatabaseLine,
    JobQueue,
    Jobs,
    Limits,
    Line,
    NoCharacter,
    State,
    Ticket,
    Users,
)
from generation.character import Character, Traits
from generation.presets import Preset
from generation.request import GenerationRequest, Picture
from tests.process import ROOT

PRESET = Preset("FAST", 12, 6.5, 0.5)


@dataclass(frozen=True)
class House:
    """The database's parts, and people with a face in it."""

    database: Database
    jobs: Jobs
    line: Line
    queue: JobQueue
    albums: Albums
    users: Users
    characters: Characters

    async def move_in(self, person: int, face: bytes = b"a face") -> None:
        (face_id,) = await self.characters.offer(person, [face])
        await self.characters.take(person, face_id, "Ann")

    async def accept(self, person: int = 1, words: str = "a knight") -> int:
        request = GenerationRequest(Character("Ann", b"", Traits()), words, PRESET, seed=7)
        ticket = Ticket(person, chat_id=person, thread_id=None, message_id=5, language="en")
        return (await self.line.join(request, ticket, owner=False)).id

    async def state(self, job_id: int) -> State:
        card = await self.jobs.card(job_id)
        assert card is not None
        return card.state


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade()
    albums = Albums(tmp_path / "albums")
    yield House(
        database,
        Jobs(database, albums),
        DatabaseLine(database, Limits(in_all=200)),
        JobQueue(database, albums),
        albums,
        Users(database),
        Characters(database),
    )
    database.close()


async def test_a_job_goes_to_one_only(house: House) -> None:
    """However many claim at the same moment, each job is given out once, oldest first."""
    accepted = []
    for person in range(1, 9):
        await house.move_in(person)
        accepted.append(await house.accept(person))
    together = threading.Barrier(4)

    def claim_all() -> list[int]:
        together.wait()
        claimed = []
        while job := house.queue.claim():
            claimed.append(job.id)
        return claimed

    with ThreadPoolExecutor(4) as pool:
        claims = [pool.submit(claim_all) for _ in range(4)]
    lists = [claim.result() for claim in claims]
    assert sorted(job for mine in lists for job in mine) == accepted
    assert all(mine == sorted(mine) for mine in lists)


async def test_two_processes_of_two_threads_take_no_job_twice(house: House, tmp_path: Path) -> None:
    """Two hundred jobs on one file: each is claimed once, and no lock is given up on."""
    jobs = []
    for person in range(1, 101):
        await house.move_in(person)
        jobs += [await house.accept(person), await house.accept(person)]
    command = (sys.executable, "-m", "tests.claimer", str(tmp_path))
    processes = [
        await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=ROOT
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
    ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [errors for _, errors in ends] == [b"", b""]
    claimed = [[int(job) for job in output.split()] for output, _ in ends]
    assert all(claimed)
    assert sorted([*claimed[0], *claimed[1]]) == jobs


async def test_a_job_is_a_snapshot(house: House) -> None:
    """What is drawn is what was asked for: a new face or trait afterwards changes nothing."""
    await house.move_in(1, b"the old face")
    await house.accept(1, "a knight")
    await house.move_in(1, b"the new face")
    await house.characters.set_trait(1, "words", "a scar")
    job = house.queue.claim()
    assert job is not None
    assert job.request == GenerationRequest(
        Character("Ann", b"the old face", Traits()), "a knight", PRESET, seed=7
    )


async def test_without_a_character_there_is_no_job(house: House) -> None:
    """Somebody who was erased meanwhile has nothing to draw from."""
    with pytest.raises(NoCharacter):
        await house.accept(1)


async def test_a_jobs_life(house: House) -> None:
    """queued, running, generated; then each step is taken once only."""
    await house.move_in(1)
    job_id = await house.accept(1)
    assert await house.state(job_id) == State.QUEUED
    assert house.queue.claim()
    assert await house.state(job_id) == State.RUNNING
    house.queue.finish(job_id, 2.5)
    card = await house.jobs.card(job_id)
    assert card is not None
    assert (card.state, card.seconds) == (State.GENERATED, 2.5)
    assert await house.jobs.move(job_id, old=State.GENERATED, new=State.DELIVERING)
    assert not await house.jobs.move(job_id, old=State.GENERATED, new=State.DELIVERING)


async def test_a_crash_costs_a_wait_and_a_second_one_ends_the_job(house: House) -> None:
    """What a crash cut off is made once more, even beside the next one; then it has failed."""
    await house.move_in(1)
    job_id = await house.accept(1)
    assert house.queue.claim()
    await house.accept(1)
    await house.jobs.recover()
    assert await house.jobs.untold() == []
    assert await house.state(job_id) == State.QUEUED
    job = house.queue.claim()
    assert job is not None
    assert job.id == job_id
    await house.jobs.recover()
    assert [card.id for card in await house.jobs.untold()] == [job_id]
    assert await house.state(job_id) == State.FAILED
    await house.jobs.told(job_id)
    assert await house.jobs.untold() == []


async def test_putting_back_is_no_crash(house: House) -> None:
    """However often the bot is stopped in the middle of a job, the job stays good."""
    await house.move_in(1)
    job_id = await house.accept(1)
    for _ in range(3):
        assert house.queue.claim()
        house.queue.put_back(job_id)
        await house.jobs.recover()
    assert await house.state(job_id) == State.QUEUED


async def test_an_erased_job_leaves_nothing(house: House) -> None:
    """A job that was erased while it ran ends, and its pictures go."""
    await house.move_in(1)
    await house.accept(1)
    job = house.queue.claim()
    assert job is not None
    house.queue.keep(job, Picture(0, 7, Image.new("RGB", (8, 8))), "")
    assert await house.users.forget(1) == [job.id]
    assert house.queue.cancel_wanted(job.id)
    house.queue.cancelled(job.id)
    assert house.albums.of(job.id).pictures == ()
    assert await house.jobs.card(job.id) is None


async def test_cancelling_ends_a_waiting_job_and_marks_a_running_one(house: House) -> None:
    """The worker hears of it by the mark; what has ended can't be cancelled."""
    await house.move_in(1)
    running = await house.accept(1)
    assert house.queue.claim()
    waiting = await house.accept(1)
    assert not await house.jobs.cancel_of(1, chat_id=-5)
    assert [card.id for card in await house.jobs.cancel_of(1, chat_id=1)] == [running, waiting]
    assert await house.state(waiting) == State.CANCELLED
    assert house.queue.cancel_wanted(running)
    house.queue.cancelled(running)
    assert await house.jobs.cancel(running) is None


async def test_a_stop_is_no_crash(house: House) -> None:
    """However often the bot is stopped while a job runs, the job is drawn in the end."""
    await house.move_in(1)
    job = await house.accept(1)
    for _ in range(3):
        assert house.queue.claim()
        await house.jobs.put_all_back()
        await house.jobs.recover()
    assert await house.state(job) == State.QUEUED


async def test_an_id_never_comes_back(house: House) -> None:
    """The number of an erased job, on an old button, must not come to mean somebody else's."""
    await house.move_in(1)
    erased = await house.accept(1)
    await house.users.forget(1)
    await house.move_in(2)
    assert await house.accept(2) > erased
