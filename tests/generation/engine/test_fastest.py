"""A network is called in the fastest way that is right, and nothing is compiled in a job."""

import logging
from collections.abc import Iterator
from itertools import chain, islice

import pytest
import torch

from generation.engine.fastest import MOST, Call, Fastest, Shapes, shapes_of
from generation.engine.trial import ROUNDS

Tensors = tuple[torch.Tensor, ...]


def doubled(given: torch.Tensor) -> torch.Tensor:
    return given * 2


class Card:
    """Captures as a card does: what is captured computes in memory of its own."""

    def __init__(self, *, has_memory: bool = True) -> None:
        self.has_memory = has_memory
        self.captured: list[Shapes] = []
        self.replayed = 0

    def capture(self, call: Call, given: Tensors) -> Call | None:
        if not self.has_memory:
            return None
        self.captured.append(shapes_of(given))
        inputs = tuple(one.clone() for one in given)
        output = call(*inputs)

        def replay(*now: torch.Tensor) -> torch.Tensor:
            self.replayed += 1
            for own, one in zip(inputs, now, strict=True):
                own.copy_(one)
            output.copy_(call(*inputs))
            return output.clone()

        return replay


class Broken(Card):
    """Captures, and gives something else afterwards."""

    def capture(self, call: Call, given: Tensors) -> Call | None:
        return lambda *now: call(*now) + 1


class Refusing(Card):
    def capture(self, call: Call, given: Tensors) -> Call | None:
        raise RuntimeError("operation not permitted when stream is capturing")


def clock(known: float, other: float) -> Iterator[float]:
    """Give the time before and after each call, of the known way and the other by turns."""
    now = 0.0
    while True:
        for seconds in (known, other):
            yield now
            now += seconds
            yield now


def fastest(card: Card | None = None, seconds: float = 0.5) -> Fastest:
    """Give a network whose calls take a second, and those of what is tried others."""
    times = clock(1.0, seconds)
    capture = card.capture if card else None
    return Fastest("UNet", doubled, torch.float32, capture, lambda: next(times))


def album(network: Fastest, *counts: int) -> None:
    """Draw an album that calls the network for so many rows."""
    network.begin_album()
    for count in counts:
        assert torch.equal(network(rows(count)), doubled(rows(count)))


def rows(count: int) -> torch.Tensor:
    return torch.arange(count * 3, dtype=torch.float32).reshape(count, 3) + 1


def test_the_second_album_of_a_shape_is_replayed() -> None:
    """Each shape is captured once; what came out before is not overwritten by what comes next."""
    card = Card()
    network = fastest(card)
    album(network, 2, 2, 5)
    assert card.captured == []
    network.begin_album()
    outputs = [network(rows(2) + k) for k in range(3)]
    for k, output in enumerate(outputs):
        assert torch.equal(output, doubled(rows(2) + k))
    album(network, 2, 5, 7)
    assert [shape for ((shape, _),) in card.captured] == [(2, 3), (5, 3)]


def test_a_capture_that_is_no_faster_is_not_used() -> None:
    """Nor is it captured again."""
    card = Card()
    network = fastest(card, seconds=1.0)
    for _ in range(3):
        album(network, 2)
    assert (len(card.captured), card.replayed) == (1, ROUNDS + 1)


def test_where_nothing_is_captured_it_is_called_as_it_is() -> None:
    """A CPU, a Mac, and a card without memory to spare; with memory a later album captures."""
    album(fastest(), 2)
    card = Card(has_memory=False)
    network = fastest(card)
    for _ in range(2):
        album(network, 2, 2)
    card.has_memory = True
    album(network, 2)
    assert card.captured == [shapes_of((rows(2),))]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("card", [Broken(), Refusing()])
def test_a_capture_that_is_wrong_costs_one_line(
    card: Card, caplog: pytest.LogCaptureFixture
) -> None:
    """The network is called as it is from then on, and the picture is right."""
    network = fastest(card)
    for _ in range(4):
        album(network, 2, 2, 3)
    (line,) = warnings(caplog)
    assert "UNet can't be captured here" in line


def test_a_capture_that_another_thread_spoiled_is_tried_again() -> None:
    card = Card()
    network = fastest(Refusing())
    for _ in range(2):
        album(network, 2, 2)
    network._capture = card.capture  # noqa: SLF001 - the card is free again
    album(network, 2)
    assert len(card.captured) == 1


def test_only_the_usual_precision_is_captured() -> None:
    """A picture that half precision lost is drawn once in full: that is no shape to keep."""
    card = Card()
    network = fastest(card)
    for _ in range(2):
        network.begin_album()
        network(rows(2).double())
    assert card.captured == []


def test_the_least_recently_used_shape_goes_for_a_new_one() -> None:
    """A model that draws more shapes than are kept still draws those of today fast."""
    card = Card()
    network = fastest(card)
    several = range(1, MOST + 1)
    for _ in range(2):
        album(network, *several)
    for _ in range(2):
        album(network, 1, MOST + 1)
    assert len(card.captured) == MOST + 1
    album(network, *(count for count in several if count != 2), MOST + 1)
    assert len(card.captured) == MOST + 1
    for _ in range(2):
        album(network, 2)
    assert len(card.captured) == MOST + 2


def test_weights_that_were_moved_are_captured_anew() -> None:
    """And a full memory captures no more."""
    card = Card()
    network = fastest(card)
    for _ in range(2):
        album(network, 2)
    network.forget()
    album(network, 2)
    assert len(card.captured) == 2
    network.stop_capturing()
    replayed = card.replayed
    album(network, 2)
    assert (len(card.captured), card.replayed) == (2, replayed)


def wrong(given: torch.Tensor) -> torch.Tensor:
    return given * 2.5


def failing(given: torch.Tensor) -> torch.Tensor:
    raise RuntimeError("misaligned address")


@pytest.mark.parametrize(
    ("other", "seconds", "used"),
    [(doubled, 0.5, True), (doubled, 1.0, False), (wrong, 0.5, False), (failing, 0.5, False)],
)
def test_compiled_code_is_used_only_if_it_is_right_and_faster(
    other: Call, seconds: float, *, used: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried between albums, and the log says what became of it."""
    caplog.set_level(logging.INFO)
    calls: list[int] = []

    def compiled(given: torch.Tensor) -> torch.Tensor:
        calls.append(len(given))
        return other(given)

    network = fastest(seconds=seconds)
    network.offer(compiled, (rows(6),))
    network(rows(6))
    assert calls == []
    network.adopt()
    calls.clear()
    for count in (6, 2):
        assert torch.equal(network(rows(count)), doubled(rows(count)))
    assert calls == ([6] if used else [])
    assert len(caplog.messages) == 1


def test_one_hiccup_discards_no_compiled_code() -> None:
    """Another thread may hold a call up for a second."""
    times = chain(islice(clock(1.0, 0.5), 4), islice(clock(1.0, 3.0), 4), clock(1.0, 0.5))
    network = Fastest("UNet", doubled, torch.float32, clock=lambda: next(times))
    calls: list[int] = []

    def compiled(given: torch.Tensor) -> torch.Tensor:
        calls.append(len(given))
        return doubled(given)

    network.offer(compiled, (rows(6),))
    network.adopt()
    calls.clear()
    album(network, 6)
    assert calls == [6]


def test_compiled_code_is_captured_and_outlives_weights_that_were_moved() -> None:
    """It is taken for what was captured before; only a changed network needs other code."""
    card = Card()
    network = fastest(card)
    calls: list[int] = []

    def compiled(given: torch.Tensor) -> torch.Tensor:
        calls.append(len(given))
        return doubled(given)

    for _ in range(2):
        album(network, *range(6, MOST + 6))
    network.offer(compiled, (rows(6),))
    network.adopt()
    album(network, 6)
    assert len(card.captured) == MOST + 1
    for forgets in ({}, {"compiled": False}, {"compiled": True}):
        network.forget(**forgets)
        calls.clear()
        replayed = card.replayed
        album(network, 6)
        assert card.replayed > replayed
        assert bool(calls) is not forgets.get("compiled", False)
