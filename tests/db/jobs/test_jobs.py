"""The queue: nothing accepted is lost, and nothing is made by two."""

import asyncio
import sys
import threading
from asyncio.subprocess import PIPE
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from db import NoCharacter, State, Ticket, WaitEstimates, WorkerQueue
from db.tables import JobRow
from generation.character import Character, Traits
from generation.events import Reason
from generation.modes import MODES
from generation.request import AlbumOrder, GenerationRequest, Job, Picture, PictureNote
from generation.words.lora import LoraUse
from generation.words.prompt import Prompt
from tests.support.python_process import ROOT
from tests.support.records import FAST, Records


async def test_a_job_goes_to_one_only(records: Records) -> None:
    """However many claim at the same moment, each job is given out once, oldest first."""
    accepted = []
    for person in range(1, 9):
        await records.register(person)
        accepted.append(await records.enqueue(person))
    together = threading.Barrier(4)

    def claim_all() -> list[int]:
        together.wait()
        claimed = []
        while job := records.queue.claim():
            claimed.append(job.id)
        return claimed

    with ThreadPoolExecutor(4) as pool:
        claims = [pool.submit(claim_all) for _ in range(4)]
    lists = [claim.result() for claim in claims]
    assert sorted(job for mine in lists for job in mine) == accepted
    assert all(mine == sorted(mine) for mine in lists)


async def test_two_processes_of_two_threads_take_no_job_twice(
    records: Records, server: str, url: str, tmp_path: Path
) -> None:
    """A hundred people's jobs in one database: each is claimed once, and no lock is given up on."""
    jobs = []
    for person in range(1, 101 if server == "sqlite" else 31):
        await records.register(person)
        jobs += [await records.enqueue(person), await records.enqueue(person)]
    command = (sys.executable, "-m", "tests.support.claiming_process", url, str(tmp_path))
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


async def test_a_job_is_a_snapshot(records: Records) -> None:
    """What is drawn is what was asked for: a new face or trait afterwards changes nothing."""
    await records.register(1, b"the old face")
    await records.enqueue(1, "a knight")
    await records.register(1, b"the new face")
    await records.characters.set_trait(1, "words", "a scar")
    job = records.queue.claim()
    assert job is not None
    assert job.request == GenerationRequest(
        Character("Ann", (b"the old face",), Traits(), (None,)), "a knight", FAST, seed=7
    )


async def test_simultaneous_edits_pair_no_new_face_with_old_traits(records: Records) -> None:
    """Each job has the face and the traits of one moment, whoever edits them meanwhile."""
    await records.register(1, b"face 0")
    await records.characters.set_trait(1, "words", "words 0")

    async def edit() -> None:
        for number in range(1, 8):
            await records.register(1, b"face %d" % number)
            await records.characters.set_trait(1, "words", f"words {number}")

    async def ask() -> None:
        for _ in range(7):
            job_id = await records.enqueue(1)
            job = records.queue.claim()
            assert job is not None
            character = job.request.character
            face = int(character.faces[0].split()[1])
            assert character.traits.words in (f"words {face}", f"words {face - 1}")
            records.queue.finish(job_id, 1.0)

    await asyncio.gather(edit(), ask())


async def test_without_a_character_there_is_no_job(records: Records) -> None:
    """Somebody who was erased meanwhile has nothing to draw from."""
    with pytest.raises(NoCharacter):
        await records.enqueue(1)


async def test_a_jobs_life(records: Records) -> None:
    """queued, running, generated; then each step is taken once only."""
    await records.register(1)
    job_id = await records.enqueue(1)
    assert await records.state(job_id) == State.QUEUED
    assert records.queue.claim()
    assert await records.state(job_id) == State.RUNNING
    records.queue.finish(job_id, 2.5)
    job = await records.jobs.get(job_id)
    assert job is not None
    assert (job.state, job.seconds) == (State.GENERATED, 2.5)
    assert await records.jobs.move(job_id, old=State.GENERATED, new=State.DELIVERING)
    assert not await records.jobs.move(job_id, old=State.GENERATED, new=State.DELIVERING)


async def test_a_smaller_mode_is_for_this_once(records: Records) -> None:
    """The job says in which mode it is drawn and why; drawn again it begins as it was ordered."""
    await records.register(1)
    job_id = await records.enqueue(1)
    for _ in range(2):
        job = records.queue.claim()
        assert job is not None
        assert job.request.mode == FAST
        records.queue.save_smaller(job_id, MODES["ULTRA_FAST"], Reason.BATTERY)
        record = await records.jobs.get(job_id)
        assert record is not None
        assert (record.mode_name, record.ordered_mode) == ("ULTRA_FAST", "FAST")
        assert (record.smaller_because, record.remarks) == (Reason.BATTERY, ())
        records.queue.put_back(job_id)
    assert records.queue.claim()
    record = await records.jobs.get(job_id)
    assert record is not None
    assert (record.mode_name, record.smaller_because) == ("FAST", None)
    await records.jobs.erase(job_id)
    records.queue.save_smaller(job_id, MODES["ULTRA_FAST"], Reason.BATTERY)
    assert await records.jobs.get(job_id) is None


async def test_a_job_that_is_to_be_cancelled_is_not_finished(records: Records) -> None:
    """The cancel came after the last step: the person was told, and gets no album."""
    await records.register(1)
    job_id = await records.enqueue(1)
    assert records.queue.claim()
    assert await records.jobs.cancel(job_id)
    assert not records.queue.finish(job_id, 2.5)
    records.queue.cancelled(job_id)
    assert await records.state(job_id) == State.CANCELLED


async def test_a_crash_costs_a_wait_and_a_second_one_ends_the_job(records: Records) -> None:
    """What a crash cut off is made once more, even beside the next one; then it has failed."""
    await records.register(1)
    job_id = await records.enqueue(1)
    assert records.queue.claim()
    await records.enqueue(1)
    await records.jobs.recover()
    assert await records.jobs.untold() == []
    assert await records.state(job_id) == State.QUEUED
    job = records.queue.claim()
    assert job is not None
    assert job.id == job_id
    await records.jobs.recover()
    assert [job.id for job in await records.jobs.untold()] == [job_id]
    assert await records.state(job_id) == State.FAILED
    await records.jobs.told(job_id)
    assert await records.jobs.untold() == []


@pytest.mark.parametrize("arranged", [False, True])
async def test_what_a_crash_left_of_an_album_is_not_mixed_with_the_next(
    records: Records, tmp_path: Path, *, arranged: bool
) -> None:
    """It may have been in another order: only what is drawn afterwards is there."""
    await records.register(1)
    await records.enqueue(1)
    job = records.queue.claim()
    assert job
    draw(records, job, 0, 1, 2)
    if arranged:
        notes = [PictureNote(7 + index, 1, 0.5) for index in range(3)]
        records.queue.arrange(job.id, [(index, notes[index]) for index in (2, 0, 1)])
    else:  # a crash while files are moved
        records.albums.of(job.id).pictures[2].path.replace(tmp_path / "albums/1/1.moved")
    await records.jobs.recover()
    assert records.queue.claim() == job
    draw(records, job, 0)
    records.queue.cancelled(job.id)
    assert records.albums.of(job.id).seeds == (7,)
    assert [file.name for file in (tmp_path / "albums/1").iterdir()] == ["1.png"]
    record = await records.jobs.get(job.id)
    assert record
    assert record.seeds[0] == 7


def draw(records: Records, job: Job, *indices: int) -> None:
    for index in indices:
        picture = Picture(index, 7 + index, Image.new("RGB", (8, 8)))
        records.queue.save_picture(job, picture, f"Seed: {picture.seed}")


@pytest.mark.parametrize("end", ["killed", "stopped"])
async def test_what_was_drawn_before_the_start_goes(records: Records, end: str) -> None:
    """Even if the bot was killed while it put the pictures into their order."""
    await records.register(1)
    await records.enqueue(1)
    job = records.queue.claim()
    assert job is not None
    for index in range(2):
        records.queue.save_picture(job, Picture(index, 7, Image.new("RGB", (8, 8))), "")
    if end == "killed":
        records.queue.arrange(job.id, [(1, PictureNote(8, 1, 0.5)), (0, PictureNote(7, 1, 0.4))])
        first = records.albums.picture(job.id, 1)
        assert first
        first.path.replace(first.path.with_suffix(".moved"))
    else:
        await records.jobs.put_all_back()
    await records.jobs.recover()
    assert await records.jobs.cancel(job.id)
    assert records.albums.job_ids() == []
    cancelled = await records.jobs.get(job.id)
    assert cancelled is not None
    assert cancelled.notes == ()


async def test_putting_back_is_no_crash(records: Records) -> None:
    """However often the bot is stopped in the middle of a job, the job stays good."""
    await records.register(1)
    job_id = await records.enqueue(1)
    for _ in range(3):
        assert records.queue.claim()
        records.queue.put_back(job_id)
        await records.jobs.recover()
    assert await records.state(job_id) == State.QUEUED


async def test_an_erased_job_leaves_nothing(records: Records) -> None:
    """A job that was erased while it ran ends, and its pictures go."""
    await records.register(1)
    await records.enqueue(1)
    job = records.queue.claim()
    assert job is not None
    records.queue.save_picture(job, Picture(0, 7, Image.new("RGB", (8, 8))), "")
    assert await records.users.forget(1) == [job.id]
    assert records.queue.cancel_wanted(job.id)
    records.queue.cancelled(job.id)
    assert records.albums.of(job.id).pictures == ()
    assert await records.jobs.get(job.id) is None


async def test_cancelling_ends_a_waiting_job_and_marks_a_running_one(records: Records) -> None:
    """The worker hears of it by the mark; what has ended can't be cancelled."""
    await records.register(1)
    running = await records.enqueue(1)
    assert records.queue.claim()
    waiting = await records.enqueue(1)
    assert not await records.jobs.cancel_of(1, chat_id=-5)
    assert [job.id for job in await records.jobs.cancel_of(1, chat_id=1)] == [running, waiting]
    assert await records.state(waiting) == State.CANCELLED
    assert records.queue.cancel_wanted(running)
    records.queue.cancelled(running)
    assert await records.jobs.cancel(running) is None


async def test_a_stop_is_no_crash(records: Records) -> None:
    """However often the bot is stopped while a job runs, the job is drawn in the end."""
    await records.register(1)
    job = await records.enqueue(1)
    for _ in range(3):
        assert records.queue.claim()
        await records.jobs.put_all_back()
        await records.jobs.recover()
    assert await records.state(job) == State.QUEUED


async def test_an_id_never_comes_back(records: Records) -> None:
    """The number of an erased job, on an old button, must not come to mean somebody else's."""
    await records.register(1)
    erased = await records.enqueue(1)
    await records.users.forget(1)
    await records.register(2)
    assert await records.enqueue(2) > erased


async def test_a_job_knows_the_model_that_drew_it(records: Records) -> None:
    """And how long an album takes is asked of the model that draws now."""
    await records.register(1)
    queue = WorkerQueue(records.database, records.albums, lambda model: f"{model} 512")
    for model, seconds in (("epic", 60.0), ("deliberate", 10.0)):
        job_id = await records.enqueue(1)
        assert queue.claim()
        queue.save_prompts(job_id, [Prompt("a knight", "")], model)
        assert queue.finish(job_id, seconds)
        job = await records.jobs.get(job_id)
        assert job is not None
        assert job.model == model
        waits = WaitEstimates(records.database, 1, f"{model} 512".strip)
        assert await waits.by_mode([FAST], 6, {}) == {"FAST": seconds}


async def test_a_job_keeps_its_loras(records: Records) -> None:
    """Its worker gets them, and so does who repeats it; damaged ones count as none."""
    await records.register(1)
    order = AlbumOrder("a knight", FAST, 7, loras=(LoraUse("film", 0.8), LoraUse("ink", 0)))
    ticket = Ticket(1, chat_id=1, thread_id=None, message_id=5, language="en")
    record = await records.admission.enqueue(order, ticket, owner=False)
    assert record.loras == order.loras
    job = records.queue.claim()
    assert job is not None
    assert job.request.loras == order.loras
    with records.database.session() as session, session.begin():
        session.execute(update(JobRow).values(loras=[{"name": "film", "much": 2}]))
    damaged = await records.jobs.get(record.id)
    assert damaged is not None
    assert damaged.loras == ()
