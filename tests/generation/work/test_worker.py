"""The worker: one job after another, stoppable within a step, ended by nothing."""

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

import pytest
from PIL import Image

from generation.character import Character, Glasses, Traits
from generation.download_news import Downloading, DownloadWaits
from generation.events import (
    Cancelled,
    Event,
    Failed,
    Generated,
    HalfPrecisionGivenUp,
    NotLoaded,
    Progress,
    QueueBroken,
    Reason,
    Started,
    Stuck,
)
from generation.faces import yunet
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.models.hub.refusals import HubBusy
from generation.modes import Mode
from generation.request import GenerationRequest, Job, Picture, PictureNote
from generation.words.prompt import Prompt
from generation.work.queue import QueueUnwritable
from generation.work.watchdog import Watchdog
from generation.work.worker import SILENCE_S, Worker
from generation.work.workers import Workers
from tests.support.photographs import encode, hopper
from tests.support.scripted_generator import ScriptedGenerator

E = TypeVar("E", bound=Event)
STEPS = 4
QUICK = Mode("FAST", STEPS, 6.5, 0.5)
PATIENCE_S = 30


class MemoryQueue:
    """A queue in memory; `broken` names what can't be written the next time."""

    def __init__(self, *words: str) -> None:
        self.waiting: list[Job] = []
        self.pictures: dict[int, list[Picture]] = {}
        self.states: dict[int, str] = {}
        self.cancels: set[int] = set()
        self.taken: list[Job] = []
        self.broken: set[str] = set()
        self.parameters: list[str] = []
        self.orders: dict[int, list[tuple[int, PictureNote]]] = {}
        self.embeddings: dict[bytes, bytes] = {}
        self.prompts: dict[int, Sequence[Prompt]] = {}
        self.smaller: dict[int, tuple[str, Reason]] = {}
        self.cancel_at_picture: int | None = None
        """The picture, from 0, at whose saving a cancel comes."""
        for one in words:
            self.add(one)

    def add(self, words: str, mode: Mode = QUICK) -> None:
        request = GenerationRequest(Character("Ann", (b"",), Traits()), words, mode, 7, count=2)
        self.waiting.append(Job(len(self.states) + 1, request))
        self.states[len(self.states) + 1] = "queued"

    def save_prompts(self, job_id: int, prompts: Sequence[Prompt], model: str) -> None:
        self.prompts[job_id] = prompts

    def claim(self) -> Job | None:
        self._break("claim")
        job = self.waiting.pop(0) if self.waiting else None
        if job:
            self.states[job.id] = "running"
            self.taken.append(job)
        return job

    def save_smaller(self, job_id: int, mode: Mode, reason: Reason) -> None:
        self._break("smaller")
        self.smaller[job_id] = (mode.name, reason)

    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None:
        self._break("disk")
        self._break(f"picture {picture.index}")
        self.pictures.setdefault(job.id, []).append(picture)
        self.parameters.append(parameters)
        if picture.index == self.cancel_at_picture:
            self.cancels.add(job.id)

    def arrange(self, job_id: int, order: Sequence[tuple[int, PictureNote]]) -> None:
        self._break("arrange")
        self.orders[job_id] = list(order)

    def save_embedding(self, face: bytes, embedding: bytes) -> None:
        self.embeddings[face] = embedding

    def finish(self, job_id: int, seconds: float) -> bool:
        self._break("finish")
        if job_id in self.cancels:
            return False
        self.states[job_id] = "generated"
        return True

    def cancelled(self, job_id: int) -> None:
        self._break("cancelled")
        self.states[job_id] = "cancelled"

    def fail(self, job_id: int, error: Exception, /) -> None:
        self._break("fail")
        self.states[job_id] = "failed"

    def put_back(self, job_id: int) -> None:
        self._break("put back")
        self.states[job_id] = "queued"
        self.waiting += [job for job in self.taken if job.id == job_id]

    def cancel_wanted(self, job_id: int) -> bool:
        return job_id in self.cancels

    def _break(self, part: str) -> None:
        if part in self.broken:
            self.broken.discard(part)
            raise QueueUnwritable


class RecordedEvents:
    """Hears the worker's events, and waits for one of a kind; `all` are those that it heard."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._heard: queue.Queue[Event] = queue.Queue()

    def __call__(self, event: Event) -> None:
        self.all.append(event)
        self._heard.put(event)

    def wait_for(self, kind: type[E]) -> E:
        while True:
            event = self._heard.get(timeout=PATIENCE_S)
            if isinstance(event, kind):
                return event


@contextmanager
def working(
    jobs: MemoryQueue,
    generator: ScriptedGenerator,
    silence: float = SILENCE_S,
    sights: Sights | None = None,
) -> Iterator[tuple[Worker, RecordedEvents]]:
    events = RecordedEvents()
    worker = Worker(jobs, generator, [events], silence, sights=sights)
    worker.start()
    try:
        yield worker, events
    finally:
        generator.release()
        assert worker.stop(PATIENCE_S)


def test_jobs_are_drawn_in_their_order() -> None:
    """Every picture is kept, and the album's end is told."""
    jobs = MemoryQueue("one", "two")
    with working(jobs, ScriptedGenerator()) as (_, events):
        assert events.wait_for(Started).job_id == 1
        assert events.wait_for(Generated).job_id == 1
        assert events.wait_for(Generated).job_id == 2
    assert [picture.seed for picture in jobs.pictures[1]] == [7, 8]
    assert set(jobs.states.values()) == {"generated"}


def test_nothing_of_a_person_stays_in_memory() -> None:
    """Whether their album was drawn, failed or was cancelled."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    with working(jobs, generator) as (worker, events):
        events.wait_for(Generated)
        assert generator.forgotten == 1
        generator.error = RuntimeError("no such number")
        jobs.add("two")
        worker.ring()
        events.wait_for(Failed)
        assert generator.forgotten == 2
        generator.error = None
        jobs.cancel_at_picture = 0
        jobs.add("three")
        worker.ring()
        events.wait_for(Cancelled)
        assert generator.forgotten == 3


@pytest.mark.parametrize("photographs", [False, True])
def test_a_model_that_draws_no_photographs_is_told_what_they_show(*, photographs: bool) -> None:
    """It may not see glasses by itself; the person's traits stay as they told them."""
    photo = FaceFinder().find(encode(hopper()))[0].image
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    generator.photographs = photographs
    job = jobs.waiting[0]
    stored = replace(job.request, character=Character("Grace", (photo,)))
    jobs.waiting[0] = replace(job, request=stored)
    with working(jobs, generator, sights=Sights()) as (_, events):
        events.wait_for(Generated)
    character = generator.requests[0].character
    assert character.shown.glasses is (None if photographs else Glasses.GLASSES)
    assert character.traits == Traits()


def test_a_photo_that_cannot_be_looked_at_costs_no_album(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The models for faces are damaged: the face is drawn from as before."""
    monkeypatch.setattr(yunet, "SHA256", "another")
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    with working(jobs, generator, sights=Sights()) as (_, events):
        events.wait_for(Generated)
    assert generator.requests[0].character.shown == Traits()
    assert "no traits can be read off its photos" in caplog.text


def test_a_device_that_falls_silent_is_told() -> None:
    """Once; and when it answers after all the album is drawn."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    generator.hold()
    with working(jobs, generator, silence=0.01) as (_, events):
        assert events.wait_for(Stuck).job_id == 1
        generator.release()
        assert events.wait_for(Generated).job_id == 1


def test_a_silence_is_told_once() -> None:
    """And the next one again, also when the first alarm was an accident."""
    alarms: queue.Queue[int] = queue.Queue()

    def alarm(job_id: int) -> None:
        alarms.put(job_id)
        raise ConnectionError("nobody listens")

    watch = Watchdog(0.01, alarm)
    watch.start()
    for job_id in (1, 2):
        watch.pat(job_id)
        assert alarms.get(timeout=PATIENCE_S) == job_id
    watch.pat(None)
    watch.stop()
    assert alarms.empty()


def test_progress_grows_to_the_whole() -> None:
    """The shares rise step by step and the last one is all of it."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    events: list[Event] = []
    done = threading.Event()

    def hear(event: Event) -> None:
        events.append(event)
        if isinstance(event, Generated):
            done.set()

    worker = Worker(jobs, generator, [hear])
    worker.start()
    assert done.wait(PATIENCE_S)
    assert worker.stop(PATIENCE_S)
    shares = [event.share for event in events if isinstance(event, Progress)]
    assert shares == [step / (2 * STEPS) for step in range(1, 2 * STEPS + 1)]


def test_a_cancel_takes_one_step_at_most() -> None:
    """A running job ends at its next step, and the next job is drawn."""
    jobs, generator = MemoryQueue("one", "two"), ScriptedGenerator()
    generator.hold()
    with working(jobs, generator) as (worker, events):
        events.wait_for(Progress)
        jobs.cancels.add(1)
        worker.cancel()
        generator.release()
        assert events.wait_for(Cancelled).job_id == 1
        assert events.wait_for(Generated).job_id == 2
    assert jobs.states[1] == "cancelled"
    assert generator.steps_taken - 2 * STEPS <= 1


def test_a_cancel_after_the_last_step_counts() -> None:
    """While the pictures are decoded and saved: who was told that it is cancelled gets no album."""
    jobs = MemoryQueue("one")
    jobs.cancel_at_picture = 1
    with working(jobs, ScriptedGenerator()) as (_, events):
        assert events.wait_for(Cancelled).job_id == 1
    assert jobs.states[1] == "cancelled"
    assert len(jobs.pictures[1]) == 2  # they can be asked for


def test_a_cancel_of_one_harms_no_other() -> None:
    """The bell for a job that has just ended finds nothing to cancel."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    generator.hold()
    with working(jobs, generator) as (worker, events):
        events.wait_for(Progress)
        worker.cancel()
        generator.release()
        assert events.wait_for(Generated).job_id == 1


def test_a_cancel_that_a_stop_cut_off_is_remembered() -> None:
    """A job that was to be cancelled when the bot stopped is not drawn after the start."""
    jobs = MemoryQueue("one", "two")
    jobs.cancels.add(1)
    with working(jobs, ScriptedGenerator()) as (_, events):
        assert events.wait_for(Cancelled).job_id == 1
        assert events.wait_for(Generated).job_id == 2


def test_a_stop_puts_the_job_back() -> None:
    """Within a step, and nobody is told that it ended."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    generator.hold()
    with working(jobs, generator) as (worker, events):
        events.wait_for(Progress)
        assert not worker.stop(0)
        generator.release()
        assert worker.stop(PATIENCE_S)
    assert jobs.states[1] == "queued"
    assert generator.steps_taken == 1


def test_an_error_ends_its_job_only() -> None:
    """It is told as it is, and the next job is drawn."""
    jobs, generator = MemoryQueue("one", "two"), ScriptedGenerator()
    generator.error = RuntimeError("out of memory")
    with working(jobs, generator) as (_, events):
        assert str(events.wait_for(Failed).error) == "out of memory"
        assert events.wait_for(Generated).job_id == 2
    assert jobs.states[1] == "failed"


def test_a_broken_queue_does_not_end_the_worker() -> None:
    """A full disk at the claim, or when a job has failed, costs a wait and not the job."""
    jobs, generator = MemoryQueue("one", "two"), ScriptedGenerator()
    jobs.broken = {"claim", "fail"}
    generator.error = RuntimeError("out of memory")
    with working(jobs, generator) as (worker, events):
        for _ in range(2):
            events.wait_for(QueueBroken)
            worker.ring()
        assert {events.wait_for(Generated).job_id, events.wait_for(Generated).job_id} == {1, 2}


def test_a_picture_is_saved_while_the_next_one_is_drawn() -> None:
    """Only the last one is waited for; they are saved in their order."""
    second_drawn = threading.Event()

    class SlowDisk(MemoryQueue):
        def save_picture(self, job: Job, picture: Picture, parameters: str) -> None:
            assert second_drawn.wait(PATIENCE_S)
            super().save_picture(job, picture, parameters)

    def draw(request: GenerationRequest, seed: int) -> Image.Image:
        if seed == request.seed + 1:
            second_drawn.set()
        return Image.new("RGB", (8, 8))

    jobs, generator = SlowDisk("one"), ScriptedGenerator()
    generator.picture = draw
    with working(jobs, generator) as (_, events):
        events.wait_for(Generated)
    assert [picture.index for picture in jobs.pictures[1]] == [0, 1]


@pytest.mark.parametrize("picture", [0, 1])
def test_a_picture_that_can_not_be_saved_costs_a_wait(picture: int) -> None:
    """The first or the last: the job waits until the disk takes pictures, and is whole then."""
    jobs = MemoryQueue("one")
    jobs.broken = {f"picture {picture}"}
    with working(jobs, ScriptedGenerator()) as (worker, events):
        events.wait_for(QueueBroken)
        worker.ring()
        events.wait_for(Generated)
    assert [saved.index for saved in jobs.pictures[1]][-2:] == [0, 1]


def test_a_full_disk_costs_a_wait() -> None:
    """The job is put back, as soon as that can be written; its owner hears of it meanwhile."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    jobs.broken = {"disk", "put back"}
    with working(jobs, generator) as (worker, events):
        events.wait_for(QueueBroken)
        worker.ring()
        events.wait_for(QueueBroken)
        worker.ring()
        assert events.wait_for(Generated).job_id == 1


def test_a_cancel_outlives_a_full_disk() -> None:
    """What could not be written down as cancelled is cancelled as soon as it can."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    jobs.broken = {"cancelled"}
    jobs.cancels = {1}
    with working(jobs, generator) as (worker, events):
        events.wait_for(QueueBroken)
        worker.ring()
        assert events.wait_for(Cancelled).job_id == 1


def test_a_stop_on_a_full_disk_puts_back_what_it_can() -> None:
    """A job that waits to be put back is put back on the way out."""
    jobs, generator = MemoryQueue("one"), ScriptedGenerator()
    jobs.broken = {"finish"}
    with working(jobs, generator) as (worker, events):
        events.wait_for(QueueBroken)
        assert worker.stop(PATIENCE_S)
    assert jobs.states[1] == "queued"


def test_two_workers_draw_two_albums_at_once() -> None:
    """Each has a job of its own; a cancel finds the right one, and a stop puts the other back."""
    jobs, events = MemoryQueue("one", "two"), RecordedEvents()
    generators = [ScriptedGenerator(), ScriptedGenerator()]
    for generator in generators:
        generator.hold()
    workers = Workers(jobs, generators, [events])
    workers.start()
    assert {events.wait_for(Started).job_id, events.wait_for(Started).job_id} == {1, 2}
    jobs.cancels = {2}
    workers.cancel()
    for generator in generators:
        generator.release()
    assert events.wait_for(Cancelled).job_id == 2
    assert workers.stop(PATIENCE_S)
    assert jobs.states[2] == "cancelled"
    assert jobs.states[1] in {"queued", "generated"}


def test_a_device_that_gives_up_half_precision_is_told_once() -> None:
    """With the album in which it did so, though that one was not to be saved."""
    jobs, generator = MemoryQueue("one", "two"), ScriptedGenerator()
    generator.half_precision_given_up, generator.error = True, RuntimeError("black")
    with working(jobs, generator) as (_, events):
        events.wait_for(HalfPrecisionGivenUp)
        assert events.wait_for(Generated).job_id == 2
    assert events.all.count(HalfPrecisionGivenUp()) == 1


def test_a_model_is_loaded_before_it_is_needed() -> None:
    """At the start, with nothing to draw."""
    generator = ScriptedGenerator()
    with working(MemoryQueue(), generator):
        assert generator.loaded.wait(PATIENCE_S)


def test_a_model_that_can_not_be_loaded_is_tried_once_a_job() -> None:
    """The job fails with the reason, and is no reason to wait for the network once more."""
    jobs, generator, error = MemoryQueue("one", "two"), ScriptedGenerator(), OSError("no network")
    generator.unloadable = [error]
    with working(jobs, generator) as (worker, events):
        assert events.wait_for(NotLoaded).error is error
        failed = [events.wait_for(Failed) for _ in range(2)]
        assert [(one.job_id, one.error) for one in failed] == [(1, error), (2, error)]
        jobs.add("three")
        worker.ring()
        assert events.wait_for(Generated).job_id == 3


def test_a_download_is_told_by_whole_percents() -> None:
    """Thousands of blocks are not thousands of edits."""
    generator = ScriptedGenerator()
    generator.to_download = [Downloading(1000 + k, 5000) for k in range(60)]
    generator.go_on()
    with working(MemoryQueue("one"), generator) as (_, events):
        assert events.wait_for(Generated).job_id == 1
    told = [event for event in events.all if isinstance(event, Downloading)]
    assert told == [Downloading(1000, 5000), Downloading(1050, 5000)]


def test_a_wait_is_told_once_and_only_if_it_is_long() -> None:
    """The worker looks every second whether it is to stop; people read one sentence."""
    generator, busy = ScriptedGenerator(), HubBusy(model="m", host="hub", minutes=0)
    generator.to_download = [
        *(DownloadWaits(busy, 2, left) for left in (2, 1)),
        *(DownloadWaits(busy, 30, left) for left in range(30, 0, -1)),
        Downloading(1, 100),
        DownloadWaits(busy, 9, 9),
        Downloading(1, 100),
    ]
    generator.go_on()
    with working(MemoryQueue("one"), generator) as (_, events):
        assert events.wait_for(Generated).job_id == 1
    told = [event for event in events.all if isinstance(event, DownloadWaits | Downloading)]
    assert told == [
        DownloadWaits(busy, 30, 30),
        Downloading(1, 100),
        DownloadWaits(busy, 9, 9),
        Downloading(1, 100),  # or people would go on reading of the wait
    ]


def test_a_stop_breaks_off_a_wait() -> None:
    """The hub may ask for minutes; a Ctrl-C does not wait for these."""
    generator, busy = ScriptedGenerator(), HubBusy(model="m", host="hub", minutes=0)
    generator.to_download = [DownloadWaits(busy, 300, left) for left in range(300, 0, -1)]
    with working(MemoryQueue("one"), generator) as (worker, events):
        events.wait_for(DownloadWaits)
        assert worker.stop(0)
        generator.go_on()
    assert generator.to_download


def test_a_stop_breaks_off_a_download() -> None:
    """Nobody waits for gigabytes at a Ctrl-C; the job still waits at the next start."""
    generator, jobs = ScriptedGenerator(), MemoryQueue("one")
    generator.to_download = [Downloading(k, 100) for k in range(100)]
    with working(jobs, generator) as (worker, events):
        events.wait_for(Downloading)
        assert worker.stop(0)  # it is not waited for
        generator.go_on()
    assert generator.to_download
    assert jobs.states == {1: "queued"}
