"""A pipeline on a device that compiles and captures draws what it draws without."""

import os
import threading
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch._dynamo.utils import counters

from generation.engine import backends, compilation, fast_paths
from generation.engine.backends import Cpu
from generation.engine.compilation import LIMIT, Compilation, Part
from generation.engine.decoder_front import DecoderFront
from generation.engine.devices import Device
from generation.engine.fastest import Call, Fastest
from generation.engine.pipeline import FacePipeline
from generation.engine.trial import ROUNDS
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.sizes import Size
from generation.words.lora import LoraUse
from tests.support.model_shapes import LORA, add_few_steps, with_least_unet
from tests.support.small_engine import (
    CPU,
    QUICK,
    ROUNDING,
    SEEDS,
    SHORT,
    SIDE,
    away,
    built,
    draw,
    output_of,
    ready,
    rows_of_the_unet,
    silent,
)

TURBO = replace(SHORT, guidance_scale=1.0, few_steps=True)
TRIED = ROUNDS + 1
"""Calls of what is tried."""


class Card(Cpu):
    """A CPU that can do what graphics cards can."""

    name = "card"
    captures = True

    @property
    def torch_name(self) -> str:
        return "cpu"

    def compiles(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _there_is_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backends.BACKENDS, "card", Card)


CARD = Device("card", "float32")


class Captures:
    """What a card captures: calls in memory of their own."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.replayed = 0

    def capture(self, call: Call, given: tuple[torch.Tensor, ...]) -> Call:
        self.rows.append(len(given[0]))
        inputs = tuple(one.clone() for one in given)

        def replay(*now: torch.Tensor) -> torch.Tensor:
            self.replayed += 1
            for own, one in zip(inputs, now, strict=True):
                own.copy_(one)
            return call(*inputs)

        return replay


@pytest.fixture
def captures(monkeypatch: pytest.MonkeyPatch) -> Captures:
    captures = Captures()
    monkeypatch.setattr(fast_paths, "CudaGraphs", lambda _device, _scale: captures)
    return captures


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = with_least_unet(tmp_path_factory.mktemp("least"))
    add_few_steps(directory)
    return directory


@pytest.fixture(scope="module")
def plain(least: Path) -> FacePipeline:
    return built(least)


def on_a_card(directory: Path, device: Device = CARD, **tuning: Any) -> FacePipeline:  # noqa: ANN401 - Tuning's
    return hurried(built(directory, device, **tuning))


def hurried(engine: FacePipeline) -> FacePipeline:
    """Have what is tried count as faster, whatever this machine is doing."""
    fast = engine.fast
    for front in (fast._front, fast._decoder):  # noqa: SLF001 - a clock is nothing that others know
        times = cycle((0.0, 2.0, 0.0, 1.0))
        front.fastest._clock = partial(next, times)  # noqa: SLF001
    return engine


def test_every_call_of_the_unet_is_a_replay_from_the_second_album_on(
    least: Path, plain: FacePipeline, captures: Captures
) -> None:
    """A shape is captured once, whatever the mode, its scale of the face, or what is merged."""
    engine = on_a_card(least)
    cut = replace(QUICK, guidance_until=0.5)
    for mode in (cut, TURBO, cut, replace(cut, ip_adapter_scale=0.9), TURBO):
        pictures = draw(engine, mode, SEEDS[:3])
        assert max(map(away, pictures, draw(plain, mode, SEEDS[:3]))) == 0
    assert captures.rows == [3, 6]
    assert captures.replayed == 2 * TRIED + 2 * cut.steps + 2 * TURBO.steps


def test_a_shape_of_an_earlier_album_is_captured(
    least: Path, plain: FacePipeline, captures: Captures
) -> None:
    """A portrait, and a single picture."""
    engine = on_a_card(least)
    ready(plain, SHORT)
    for size in (Size.PORTRAIT, Size.SQUARE) * 2:
        conditions = ready(engine, SHORT)
        (one, other) = (
            network.draw(conditions, SHORT, 1, silent, size=size) for network in (engine, plain)
        )
        assert one.tobytes() == other.tobytes()
    assert captures.rows == [2, 2]


def test_a_picture_that_half_precision_lost_is_not_drawn_from_moved_weights(
    least: Path, captures: Captures
) -> None:
    """They lie elsewhere after it: what was captured is captured anew."""
    engine = on_a_card(least, Device("card", "bfloat16"))
    draw(engine, SHORT)
    with output_of("Decoder", lambda output, call: output * float("nan") if call == 1 else output):
        (first,) = draw(engine, SHORT)
    (second,) = draw(engine, SHORT)
    assert engine.lost == 1
    assert captures.rows == [2, 2]
    assert np.abs(first - second).mean() < 3  # bfloat16's error


def test_a_full_memory_captures_no_more(least: Path, captures: Captures) -> None:
    """What was captured is given back first; the album is drawn."""
    engine = on_a_card(least, at_once=6)
    for _ in range(2):
        draw(engine, SHORT, SEEDS[:1])
    with rows_of_the_unet(most=6):
        assert len(draw(engine, SHORT, SEEDS)) == 6
    replayed = captures.replayed
    draw(engine, SHORT, SEEDS[:1])
    assert captures.replayed == replayed > 0


class Compiler:
    """Compiles as torch does it, once it is told to go on, and counts the calls of its code."""

    def __init__(self) -> None:
        self.began, self.may_go_on = threading.Event(), threading.Event()
        self.calls = 0

    def __call__(self, graph: torch.fx.GraphModule, _: object) -> Call:
        self.began.set()
        assert self.may_go_on.wait(60)

        def code(*given: torch.Tensor) -> Any:  # noqa: ANN401 - a graph's
            self.calls += 1
            return graph(*given)

        return code


def test_albums_are_drawn_while_it_compiles_and_nothing_is_compiled_in_a_job(
    least: Path, captures: Captures
) -> None:
    """What was compiled is used in all modes and with all LoRAs; other shapes go without.

    Nothing is captured before all is compiled, and then compiled code is.
    """
    compiler, files = Compiler(), replace(locate(resolve(str(least))), few_steps=None)
    tuning = Tuning(compiled=True, compiler=compiler, at_once=3, channels_last=False, size=SIDE)
    lora = {"few": least / LORA}
    engine = hurried(FacePipeline(files, CARD, tuning, loras=lora))
    other = FacePipeline(files, CPU, Tuning(size=SIDE), loras=lora)
    assert compiler.began.wait(60)
    for uses in ([LoraUse("few")], []):
        pictures = draw(engine, SHORT, SEEDS[:3], loras=uses)
        assert max(map(away, pictures, draw(other, SHORT, SEEDS[:3], loras=uses))) == 0
    assert captures.rows == []
    compiler.may_go_on.set()
    engine.fast.finish()
    assert compiler.calls == 2 * (1 + TRIED)  # compiled, and tried: not plain code twice
    graphs = counters["stats"]["unique_graphs"]
    gentle = replace(SHORT, ip_adapter_scale=0.1)
    for mode, uses in ((SHORT, []), (gentle, []), (SHORT, [LoraUse("few", 0.7)])):
        compiler.calls = 0
        pictures = draw(engine, mode, SEEDS[:3], loras=uses)
        assert compiler.calls >= mode.steps + 3  # three are the autoencoder's, one by one
        assert max(map(away, pictures, draw(other, mode, SEEDS[:3], loras=uses))) <= ROUNDING
    assert captures.rows == [6]
    compiler.calls = 0
    conditions = ready(engine, SHORT)
    engine.draw(conditions, SHORT, 1, silent)
    assert compiler.calls == 1  # the autoencoder's
    engine.draw(conditions, SHORT, 1, silent, size=Size.PORTRAIT)
    assert compiler.calls == 1
    assert counters["stats"]["unique_graphs"] == graphs


def test_a_compiler_that_fails_costs_one_line(
    least: Path,
    plain: FacePipeline,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bot draws as it did."""
    monkeypatch.setattr(Card, "captures", False)
    engine = on_a_card(least, compiled=True, compiler="no such compiler")
    engine.fast.finish()
    assert away(draw(engine, SHORT)[0], draw(plain, SHORT)[0]) == 0
    (line,) = (line for line in caplog.messages if "compile" in line)
    assert line.startswith("torch can't compile the UNet for 12 rows, drawing without")


def test_compiling_ends_where_it_takes_too_long(caplog: pytest.LogCaptureFixture) -> None:
    """The next part is not begun."""
    compiled: list[str] = []

    def part(name: str) -> Part:
        network = Fastest(name, lambda given: given + 1, torch.float32)

        def example() -> tuple[torch.Tensor, ...]:
            compiled.append(name)
            return (torch.ones(3),)

        return Part(name, network, example)

    times = iter([0.0, 0.0, LIMIT + 1, LIMIT + 1])
    Compilation([part("one"), part("two")], None, "eager", lambda: next(times)).wait()
    assert compiled == ["one"]
    assert "two stays as it is" in caplog.text


def test_a_model_that_leaves_the_memory_is_not_compiled_on() -> None:
    """Its part that is being compiled is waited for, for it holds the model; no other is begun."""
    compiler, begun, stopped = Compiler(), [], threading.Event()

    def part(name: str) -> Part:
        def example() -> tuple[torch.Tensor, ...]:
            begun.append(name)
            return (torch.ones(3),)

        return Part(name, Fastest(name, lambda given: given + 1, torch.float32), example)

    running = Compilation([part("one"), part("two")], None, compiler)
    assert compiler.began.wait(60)

    def stop() -> None:
        running.stop()
        assert running.ended
        stopped.set()

    stopping = threading.Thread(target=stop)
    stopping.start()
    compiler.may_go_on.set()
    stopping.join()
    assert stopped.is_set()
    assert begun == ["one"]


def test_code_is_kept_for_this_version_of_torch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where torch looks for it at the next start; another version's is thrown away."""
    monkeypatch.delenv("TORCHINDUCTOR_CACHE_DIR", raising=False)
    other = tmp_path / "compiled" / "torch-1.13.0" / "code"
    other.mkdir(parents=True)
    Compilation([], tmp_path / "compiled", "eager").wait()
    (own,) = (tmp_path / "compiled").iterdir()
    assert own.name == f"torch-{torch.__version__}"
    assert os.environ["TORCHINDUCTOR_CACHE_DIR"] == str(own)


def test_pictures_are_decoded_at_once_where_memory_allows(least: Path, plain: FacePipeline) -> None:
    """If it doesn't after all, one by one: the album is not drawn again."""
    engine = built(least)
    vae, calls = engine._pipe.vae, []  # noqa: SLF001 - as FastPaths stands before it
    DecoderFront(vae, CPU, at_once=True)

    def note(_module: object, given: tuple[torch.Tensor]) -> None:
        calls.append(len(given[0]))
        if len(calls) == 2:
            raise torch.OutOfMemoryError("out of memory")

    handle = vae.decoder.conv_in.register_forward_pre_hook(note)
    for _ in range(2):
        steps: list[int] = []
        pictures = draw(engine, SHORT, SEEDS[:3], steps.append)
        assert max(map(away, pictures, draw(plain, SHORT, SEEDS[:3]))) <= ROUNDING
        assert steps == [1, 2]
    handle.remove()
    assert calls == [3, 3, 1, 1, 1]


def compiling(least: Path, compiler: Any, **tuning: Any) -> FacePipeline:  # noqa: ANN401 - Tuning's
    return on_a_card(least, compiled=True, compiler=compiler, at_once=3, **tuning)


def test_an_album_begins_with_what_was_compiled(least: Path, captures: Captures) -> None:
    """Nobody needs to wait for the compiler: albums are asked for, with gradients switched on."""
    compiler = Compiler()
    compiler.may_go_on.set()
    engine = compiling(least, compiler)
    engine.fast._compilation.wait()  # type: ignore[union-attr]  # noqa: SLF001 - a bot never waits
    compiler.calls = 0
    assert torch.is_grad_enabled()
    ready(engine, SHORT)
    assert compiler.calls == 3 * TRIED  # the UNet guided and not, and the autoencoder
    assert captures.rows == []


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("out of memory"), RuntimeError("misaligned address")]
)
def test_a_trial_that_fails_costs_no_album(
    error: Exception,
    least: Path,
    plain: FacePipeline,
    captures: Captures,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not even if the memory is full in it: the album is drawn without compiled code."""

    class Failing(Compiler):
        def __call__(self, graph: torch.fx.GraphModule, given: object) -> Call:
            code, compiles = super().__call__(graph, given), [True]

            def failing(*now: torch.Tensor) -> Any:  # noqa: ANN401 - a graph's
                if compiles and compiles.pop():
                    return code(*now)
                raise error

            return failing

    compiler = Failing()
    compiler.may_go_on.set()
    engine = compiling(least, compiler)
    engine.fast._compilation.wait()  # type: ignore[union-attr]  # noqa: SLF001 - a bot never waits
    for _ in range(2):
        pictures = draw(engine, SHORT, SEEDS[:3])
        assert max(map(away, pictures, draw(plain, SHORT, SEEDS[:3]))) == 0
    assert sum("fails, going on without" in line for line in caplog.messages) == 3


@pytest.mark.parametrize(("album", "rows"), [(2, 4), (10, 6), (None, 6)])
def test_code_is_compiled_for_the_albums_that_are_usual(
    album: int | None, rows: int, least: Path, captures: Captures, caplog: pytest.LogCaptureFixture
) -> None:
    """ALBUM_SIZE, if it is less than what fits."""
    engine = compiling(least, "no such compiler", album=album)
    engine.fast.finish()
    (line,) = (line for line in caplog.messages if "compile" in line)
    assert f"UNet for {rows} rows" in line


def test_memory_that_the_compiler_takes_for_a_while_halves_no_batch(least: Path) -> None:
    """It is tried once more; and once nothing is compiled, a full memory counts."""
    compiler, engine = Compiler(), built(least, at_once=3)
    network = Fastest("UNet", lambda given: given + 1, torch.float32)
    running = Compilation([Part("UNet", network, lambda: (torch.ones(3),))], None, compiler)
    assert compiler.began.wait(60)
    for batch in (3, 1):
        with output_of("UNet2DConditionModel", full_at_first):
            draw(engine, SHORT, SEEDS[:3])
        assert engine.at_once() == batch
        compiler.may_go_on.set()
        running.wait()


def full_at_first(output: Any, call: int) -> Any:  # noqa: ANN401 - a UNet's
    if call == 1:
        raise torch.OutOfMemoryError("out of memory")
    return output


def test_a_part_that_takes_too_long_is_not_waited_for() -> None:
    """Graphs may be captured then, in the whole process."""
    compiler, now = Compiler(), [0.0]
    network = Fastest("UNet", lambda given: given + 1, torch.float32)
    part = Part("UNet", network, lambda: (torch.ones(3),))
    one = Compilation([part], None, compiler, lambda: now[0])
    assert compiler.began.wait(60)
    assert (one.ended, compilation.is_going_on()) == (False, True)
    now[0] = LIMIT + 1
    assert (one.ended, compilation.is_going_on()) == (True, False)
    compiler.may_go_on.set()
    one.wait()
