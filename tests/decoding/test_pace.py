import pytest

from decoding import pace
from decoding.pace import SAMPLE_S, SLOWEST, slowness


@pytest.mark.parametrize(("packing", "slow"), [(0.1, 1), (1, 1), (1.5, 1.5), (3, 3), (50, SLOWEST)])
def test_a_slow_computer_gets_more_time(
    monkeypatch: pytest.MonkeyPatch, packing: float, slow: float
) -> None:
    """As much more as it is slower, and a fast one no less."""
    clock = iter(number * packing * SAMPLE_S for number in range(99))
    monkeypatch.setattr(pace, "perf_counter", lambda: next(clock))
    assert slowness() == pytest.approx(slow)
