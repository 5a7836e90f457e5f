"""A good neighbour: whoever else uses the machine comes first, as the owner sets it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generation.events import Cancelled, Generated, QueueBroken, Reason, Resting, Resumed, Started
from generation.modes import MODES, Likeness, Mode
from generation.work import worker as worker_room
from generation.work.machine import ThisMachine, pressure_level, stalled
from generation.work.neighbour import Action, Manners, Neighbour, QuietHours, Verdict
from generation.work.samples import Samples
from generation.work.worker import Worker
from generation.work.workers import Workers
from tests.generation.work.test_samples import CallingGenerator
from tests.generation.work.test_worker import PATIENCE_S, MemoryQueue, RecordedEvents
from tests.support.scripted_generator import ScriptedGenerator
from tests.support.scripted_machine import ScriptedMachine

DRAW, SMALLER, WAIT = Action.DRAW, Action.SMALLER, Action.WAIT
NIGHT = QuietHours(time(22), time(7))
WAITING = Manners(WAIT, WAIT, NIGHT)


@contextmanager
def working(
    jobs: MemoryQueue, manners: Manners, machine: ScriptedMachine, *generators: ScriptedGenerator
) -> Iterator[tuple[Workers, RecordedEvents]]:
    events = RecordedEvents()
    neighbour = Neighbour(manners, machine, MODES.values())
    workers = Workers(jobs, generators or [ScriptedGenerator()], [events], neighbour=neighbour)
    workers.start()
    try:
        yield workers, events
    finally:
        for generator in generators:
            generator.release()
        assert workers.stop(PATIENCE_S)


# What the owner may write


def samples_of(model: str, folder: Path) -> Samples:
    return Samples(folder, lambda: model, MODES["FAST"], [None])


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-7", NIGHT),
        ("9-17", QuietHours(time(9), time(17))),
        ("22:30 – 07:15", QuietHours(time(22, 30), time(7, 15))),
        ("18-24", QuietHours(time(18), time(0))),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: QuietHours) -> None:
    """With minutes or without, and with any dash."""
    assert QuietHours.read(text) == hours


@pytest.mark.parametrize(
    "text", ["8-8", "0-24", "24-0", "25-3", "7", "22-7-9", "night", "9-17:60", ""]
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    """So are equal ones, and a whole day, after which nobody would ever get an album."""
    with pytest.raises(ValueError):  # noqa: PT011 - pydantic asks no more
        QuietHours.read(text)


def test_quiet_hours_go_over_midnight() -> None:
    """They begin with their first minute, and are over with their last."""
    held = [hour for hour in range(24) if NIGHT.hold(time(hour))]
    assert held == [0, 1, 2, 3, 4, 5, 6, 22, 23]
    assert NIGHT.hold(time(6, 59, 59))
    assert [hour for hour in range(24) if QuietHours(time(9), time(12)).hold(time(hour))] == [
        9,
        10,
        11,
    ]


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 28), 8), ((2026, 10, 24), 10)])
def test_quiet_hours_go_by_the_clock_on_the_wall(day: tuple[int, int, int], hours: int) -> None:
    """In the night in which it is put forward they are an hour shorter, and longer in autumn."""
    berlin = ZoneInfo("Europe/Berlin")
    noon = datetime(*day, 12, tzinfo=berlin).astimezone(UTC)
    clocks = [(noon + timedelta(hours=k)).astimezone(berlin).time() for k in range(24)]
    assert sum(NIGHT.hold(clock) for clock in clocks) == hours
    assert QuietHours(time(1), time(2)).hold(time(3)) is False  # two o'clock never came


# The verdict


def verdict(manners: Manners, machine: ScriptedMachine) -> Verdict:
    return Neighbour(manners, machine, MODES.values()).verdict()


def test_an_owner_who_sets_nothing_gets_albums() -> None:
    """On battery, too, and nothing is watched for."""
    machine = ScriptedMachine()
    machine.battery = machine.short = True
    assert verdict(Manners(), machine) == Verdict()
    assert not Neighbour(Manners(), machine, MODES.values()).watches


def test_the_strictest_counts() -> None:
    """Who waits is told of what keeps them waiting."""
    machine = ScriptedMachine()
    manners = Manners(SMALLER, SMALLER, NIGHT, WAIT)
    assert verdict(manners, machine) == Verdict()
    machine.battery = True
    assert verdict(manners, machine) == Verdict(SMALLER, Reason.BATTERY)
    machine.short = True
    assert verdict(manners, machine) == Verdict(SMALLER, Reason.MEMORY)
    machine.hour = time(23)
    assert verdict(manners, machine) == Verdict(WAIT, Reason.QUIET_HOURS, time(7))


def test_the_next_smaller_mode_is_by_cost() -> None:
    """The smallest stays; TURBO is taken only where its weights are; the likeness is kept."""
    neighbour = Neighbour(Manners(), ScriptedMachine(), MODES.values())

    def smaller(mode: Mode, without: str = "") -> str | None:
        found = neighbour.smaller(mode, lambda one: one.name != without)
        return found.name if found else None

    assert smaller(MODES["QUALITY"]) == "BALANCED"
    assert smaller(MODES["ULTRA_FAST"]) == "TURBO"
    assert smaller(MODES["ULTRA_FAST"], without="TURBO") is None
    assert smaller(MODES["TURBO"]) is None
    assert smaller(Mode("OF_OLD", 13, 7.0, 0.5)) == "FAST"  # a mode that is no more
    high = neighbour.smaller(MODES["FAST"].with_likeness(Likeness.HIGH), lambda _mode: True)
    assert high == MODES["ULTRA_FAST"].with_likeness(Likeness.HIGH)


# The worker


@pytest.mark.parametrize(
    ("machine", "told"),
    [
        (ScriptedMachine(battery=True), Resting(Reason.BATTERY)),
        (ScriptedMachine(short=True), Resting(Reason.MEMORY)),
        (ScriptedMachine(hour=time(23)), Resting(Reason.QUIET_HOURS, time(7))),
    ],
)
def test_albums_wait_and_go_on_by_themselves(
    monkeypatch: pytest.MonkeyPatch, machine: ScriptedMachine, told: Resting
) -> None:
    """Nothing is claimed meanwhile; it is told once that they wait, and once that they don't."""
    monkeypatch.setattr(worker_room, "LOOK_S", 0.01)
    jobs = MemoryQueue("one")
    with working(jobs, WAITING, machine) as (workers, events):
        assert events.wait_for(Resting) == told
        workers.ring()
        assert jobs.states == {1: "queued"}
        machine.calm()
        events.wait_for(Resumed)
        events.wait_for(Generated)
    assert [event for event in events.all if isinstance(event, Resting | Resumed)] == [
        told,
        Resumed(),
    ]


def test_a_ring_is_a_look_around() -> None:
    """Whoever comes when the trouble is over does not wait for the next look."""
    jobs, machine = MemoryQueue("one"), ScriptedMachine()
    machine.battery = True
    with working(jobs, WAITING, machine) as (workers, events):
        events.wait_for(Resting)
        machine.calm()
        workers.ring()
        assert events.wait_for(Generated).job_id == 1


def test_an_album_that_has_begun_is_finished() -> None:
    """The next one waits."""
    jobs, machine, generator = MemoryQueue("one", "two"), ScriptedMachine(), ScriptedGenerator()
    generator.hold()
    with working(jobs, WAITING, machine, generator) as (_, events):
        events.wait_for(Started)
        machine.battery = True
        generator.release()
        assert events.wait_for(Generated).job_id == 1
        events.wait_for(Resting)
    assert jobs.states == {1: "generated", 2: "queued"}


def test_a_stop_does_not_wait_for_the_morning() -> None:
    """The albums are where they were, for the next start."""
    jobs, machine = MemoryQueue("one"), ScriptedMachine()
    machine.hour = time(23)
    with working(jobs, WAITING, machine) as (workers, events):
        events.wait_for(Resting)
        assert workers.stop(PATIENCE_S)
    assert jobs.states == {1: "queued"}


def test_two_workers_rest_and_go_on_together() -> None:
    """Neither begins an album while the other one rests."""
    jobs, machine = MemoryQueue("one", "two"), ScriptedMachine()
    machine.battery = True
    with working(jobs, WAITING, machine, ScriptedGenerator(), ScriptedGenerator()) as (
        workers,
        events,
    ):
        events.wait_for(Resting)
        events.wait_for(Resting)
        assert set(jobs.states.values()) == {"queued"}
        machine.calm()
        workers.ring()
        assert {events.wait_for(Generated).job_id, events.wait_for(Generated).job_id} == {1, 2}


def test_a_model_is_got_ready_in_the_night() -> None:
    """A download takes nobody's sleep, and a model that can't be had is told before the morning."""
    machine, generator = ScriptedMachine(), ScriptedGenerator()
    machine.hour = time(23)
    with working(MemoryQueue(), WAITING, machine, generator):
        assert generator.loaded.wait(PATIENCE_S)


def test_short_of_memory_the_model_is_let_go() -> None:
    """And not read before there is more; then it is, without anybody's command."""
    jobs, machine, generator = MemoryQueue("one"), ScriptedMachine(), ScriptedGenerator()
    machine.short = True
    with working(jobs, WAITING, machine, generator) as (workers, events):
        events.wait_for(Resting)
        workers.ring()
        for _ in range(2):  # what the first one led to is done at the second
            assert machine.looked_at.acquire(timeout=PATIENCE_S)
        assert generator.unloaded
        assert not generator.loaded.is_set()
        machine.calm()
        workers.ring()
        events.wait_for(Generated)
        assert generator.loaded.is_set()


def test_a_model_comes_back_when_there_is_room_for_it() -> None:
    """Its own absence is no reason: the machine would be short of memory again at once."""
    machine = ScriptedMachine(short=True)
    neighbour = Neighbour(WAITING, machine, MODES.values())
    assert neighbour.verdict().reason is Reason.MEMORY

    def unload() -> bool:
        machine.available += 3 * 10**9
        return True

    machine.available = 1 * 10**9
    neighbour.give_back(unload)
    machine.short, machine.available = False, 2 * 10**9
    assert neighbour.verdict().reason is Reason.MEMORY
    machine.available = 4 * 10**9
    assert neighbour.verdict().action is Action.DRAW
    machine.available = 2 * 10**9  # it is back, and that is as it was before
    assert neighbour.verdict().action is Action.DRAW


@pytest.mark.parametrize("ordered", ["BALANCED", "FAST"])
def test_an_album_is_drawn_smaller(ordered: str) -> None:
    """It is drawn in the next smaller mode, which is saved with the reason."""
    jobs, machine, generator = MemoryQueue(), ScriptedMachine(), ScriptedGenerator()
    jobs.add("a knight", MODES[ordered])
    machine.battery = True
    smaller = {"BALANCED": "FAST", "FAST": "ULTRA_FAST"}[ordered]
    with working(jobs, Manners(SMALLER), machine, generator) as (_, events):
        assert events.wait_for(Generated).mode_name == smaller
    assert jobs.smaller == {1: (smaller, Reason.BATTERY)}
    assert [request.mode for request in generator.requests] == [MODES[smaller]]
    assert not [event for event in events.all if isinstance(event, Resting)]


def test_the_smallest_mode_stays() -> None:
    """Nothing is told of a change that is none; TURBO needs its weights."""
    jobs, machine, generator = MemoryQueue(), ScriptedMachine(), ScriptedGenerator()
    jobs.add("a knight", MODES["TURBO"])
    jobs.add("a knight", MODES["ULTRA_FAST"])
    machine.battery, generator.lacking = True, {"TURBO"}
    with working(jobs, Manners(SMALLER), machine, generator) as (_, events):
        assert events.wait_for(Generated).mode_name == "TURBO"
        assert events.wait_for(Generated).mode_name == "ULTRA_FAST"
    assert jobs.smaller == {}


def test_a_full_disk_costs_no_album_its_mode() -> None:
    """A smaller mode that could not be saved is chosen again."""
    jobs, machine = MemoryQueue(), ScriptedMachine()
    jobs.add("a knight", MODES["BALANCED"])
    machine.battery, jobs.broken = True, {"smaller"}
    with working(jobs, Manners(SMALLER), machine) as (workers, events):
        events.wait_for(QueueBroken)
        workers.ring()
        assert events.wait_for(Generated).mode_name == "FAST"


def test_a_cancel_goes_before_a_smaller_mode() -> None:
    """What was cancelled while everybody waited is not drawn, and nothing is saved of it."""
    jobs, machine = MemoryQueue("one"), ScriptedMachine()
    machine.battery, jobs.cancels = True, {1}
    with working(jobs, Manners(SMALLER), machine) as (_, events):
        events.wait_for(Cancelled)
    assert jobs.smaller == {}


# What nobody waits for


@pytest.mark.parametrize(
    "machine",
    [ScriptedMachine(battery=True), ScriptedMachine(short=True), ScriptedMachine(hour=time(23))],
)
def test_samples_are_drawn_at_leisure_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: ScriptedMachine
) -> None:
    """Whatever the owner lets albums do; when the machine is free again they are drawn."""
    generator, samples = (
        CallingGenerator(),
        samples_of("pocket", tmp_path),
    )
    with idle(monkeypatch, machine, generator, samples):
        for _ in range(3):
            assert machine.looked_at.acquire(timeout=PATIENCE_S)
        assert not generator.requests
        machine.calm()
        assert generator.drawn.wait(PATIENCE_S)


def test_samples_leave_off_when_the_plug_is_pulled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the next step."""
    generator, samples = (
        CallingGenerator(),
        samples_of("pocket", tmp_path),
    )
    machine, pulled = ScriptedMachine(), threading.Event()

    def pull() -> None:
        machine.battery, machine.looked_at = True, threading.Semaphore(0)
        pulled.set()

    generator.call = pull
    with idle(monkeypatch, machine, generator, samples):
        assert pulled.wait(PATIENCE_S)
        for _ in range(2):  # the one that ended it, and one of the next round
            assert machine.looked_at.acquire(timeout=PATIENCE_S)
    assert samples.wanted
    assert generator.steps_taken == 0


@contextmanager
def idle(
    monkeypatch: pytest.MonkeyPatch,
    machine: ScriptedMachine,
    generator: ScriptedGenerator,
    samples: Samples,
) -> Iterator[None]:
    """Have a worker without jobs, whose owner lets albums be drawn always."""
    monkeypatch.setattr(worker_room, "QUIET_S", 0.01)
    manners = Manners(quiet_hours=NIGHT, in_quiet_hours=DRAW)
    neighbour = Neighbour(manners, machine, MODES.values())
    worker = Worker(MemoryQueue(), generator, [], samples=samples, neighbour=neighbour)
    worker.start()
    try:
        yield
    finally:
        assert worker.stop(PATIENCE_S)


# The machine itself


def test_this_machine_says_how_it_is() -> None:
    """Whatever it doesn't tell is taken to be well."""
    machine = ThisMachine()
    assert machine.on_battery() in {True, False}
    assert machine.short_of_memory() in {True, False}
    assert isinstance(machine.clock(), time)
    assert pressure_level() in {0, 1, 2, 4}


def test_stalls_are_read_as_linux_writes_them(tmp_path: Path) -> None:
    """A kernel that doesn't count them, or a file that is none, means none."""
    file = tmp_path / "memory"
    assert stalled(file) == 0
    file.write_text("some avg10=12.50 avg60=3.00 avg300=1.00 total=5\nfull avg10=99.00 total=1\n")
    assert stalled(file) == 12.5
    file.write_bytes(b"\xff\xfe")
    assert stalled(file) == 0
