"""Pictures of the styles: drawn once, while no job waits, and given up for one at the next step."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from generation.events import Failed, Generated, NotLoaded
from generation.models.sources import ModelUnknown
from generation.modes import MODES
from generation.request import GenerationRequest, Picture, Step
from generation.words.prompt import Prompt
from generation.words.style import Style
from generation.work import worker as worker_room
from generation.work.drawing import Interrupted
from generation.work.samples import WORDS, Samples
from generation.work.worker import Worker
from tests.generation.work.test_worker import MemoryQueue, RecordedEvents
from tests.support.scripted_generator import ScriptedGenerator

PATIENCE_S = 30

OIL = Style("oil", "oil painting")
PENCIL = Style("pencil", "pencil drawing", "photo")


def nobody_calls() -> None:
    """Interrupt nothing."""


class CallingGenerator(ScriptedGenerator):
    """Calls for the worker in its first step; `drawn` is set when a sample is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.call = nobody_calls
        self.drawn = threading.Event()

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        def step(one: Step) -> None:
            call, self.call = self.call, nobody_calls
            call()
            on_step(one)

        yield from super().album(request, step, prompts)
        if request.words == WORDS:
            self.drawn.set()


def samples(
    folder: Path, styles: Sequence[Style | None] = (None, OIL, PENCIL), model: str = "pocket"
) -> Samples:
    return Samples(folder, lambda: model, MODES["FAST"], styles)


def test_each_style_is_drawn_once(tmp_path: Path) -> None:
    """Nobody's face is in it; what is drawn is there after the next start."""
    generator = ScriptedGenerator()
    samples(tmp_path).draw(generator, nobody_calls)
    samples(tmp_path).draw(generator, nobody_calls)
    assert [request.style for request in generator.requests] == [None, OIL, PENCIL]
    for request in generator.requests:
        assert not request.character.faces
        assert request.mode.ip_adapter_scale == 0
        assert request.count == 1
    assert all(samples(tmp_path).read(style) for style in (None, OIL, PENCIL))
    assert not samples(tmp_path).wanted


def test_what_has_changed_is_drawn_anew(tmp_path: Path) -> None:
    """Other words, another model; of one model only the newest picture of a style is kept."""
    generator = ScriptedGenerator()
    samples(tmp_path, [OIL]).draw(generator, nobody_calls)
    changed = Style("oil", "thick oil")
    assert samples(tmp_path, [changed]).read(changed) is None
    samples(tmp_path, [changed]).draw(generator, nobody_calls)
    samples(tmp_path, [changed], "someone/a model").draw(generator, nobody_calls)
    assert [request.style for request in generator.requests] == [OIL, changed, changed]
    assert len(list(tmp_path.rglob("*.jpg"))) == 2
    assert samples(tmp_path, [OIL]).read(OIL) is None


def test_an_error_ends_it_until_the_next_start(tmp_path: Path) -> None:
    """Whatever is wrong with the model or the disk, nobody is to suffer from it."""
    generator, own = ScriptedGenerator(), samples(tmp_path)
    generator.error = MemoryError()
    own.draw(generator, nobody_calls)
    assert not own.wanted
    (tmp_path / "file").write_bytes(b"")
    unwritable = samples(tmp_path / "file")
    unwritable.draw(generator, nobody_calls)
    assert not unwritable.wanted
    assert generator.forgotten == 2


def test_it_ends_at_the_next_step(tmp_path: Path) -> None:
    """What was drawn before stays."""
    generator, own = ScriptedGenerator(), samples(tmp_path)

    def interrupt() -> None:
        if len(generator.requests) == 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        own.draw(generator, interrupt)
    assert own.wanted
    assert own.read(None)
    assert own.read(OIL) is None


def test_a_job_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that draws samples leaves off for a job at the next step, and goes on after it."""
    monkeypatch.setattr(worker_room, "QUIET_S", 0)
    jobs, own = MemoryQueue(), samples(tmp_path, [OIL])
    generator = CallingGenerator()
    worker = Worker(jobs, generator, [events := RecordedEvents()], samples=own)

    def call() -> None:
        jobs.add("a knight")
        worker.ring()

    generator.call = call
    worker.start()
    try:
        events.wait_for(Generated)
        assert generator.drawn.wait(PATIENCE_S)
    finally:
        assert worker.stop(PATIENCE_S)
    assert [request.words for request in generator.requests] == [WORDS, "a knight", WORDS]
    assert own.read(OIL)
    assert not [event for event in events.all if isinstance(event, Failed)]


def test_without_a_model_nothing_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot waits for its owner, and then draws."""
    monkeypatch.setattr(worker_room, "QUIET_S", 0)
    own, generator = samples(tmp_path, [OIL]), CallingGenerator()
    generator.unloadable.append(ModelUnknown(model="x"))
    worker = Worker(MemoryQueue(), generator, [events := RecordedEvents()], samples=own)
    worker.start()
    try:
        events.wait_for(NotLoaded)
        assert own.wanted
        worker.ring()
        assert generator.drawn.wait(PATIENCE_S)
    finally:
        assert worker.stop(PATIENCE_S)
    assert own.read(OIL)
