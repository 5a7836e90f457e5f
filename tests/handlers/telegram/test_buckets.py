"""Leaky buckets, by a clock that the test sets."""

from handlers.telegram.buckets import Allowance, Buckets, Verdict

TAKEN, OVER, SILENT = Verdict


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_runs_over_is_told_once_and_taken_again_when_it_has_drained() -> None:
    """One warning; silence until the bucket is empty, however much comes meanwhile."""
    clock = Clock()
    buckets = Buckets(Allowance(burst=3, a_second=0.5), clock)
    assert [buckets.pour("eve") for _ in range(6)] == [TAKEN] * 3 + [OVER, SILENT, SILENT]
    assert buckets.seconds_left("eve") == 6
    clock.now = 5.9
    assert buckets.pour("eve") is SILENT
    assert buckets.pour("ann") is TAKEN
    clock.now = 6
    assert [buckets.pour("eve") for _ in range(4)] == [TAKEN] * 3 + [OVER]


def test_who_sends_no_faster_than_it_drains_never_runs_over() -> None:
    """For as long as they like."""
    clock = Clock()
    buckets = Buckets(Allowance(burst=3, a_second=0.5), clock)
    for second in range(0, 2000, 2):
        clock.now = second
        assert buckets.pour("ann") is TAKEN


def test_an_album_is_poured_as_a_whole_or_not_at_all() -> None:
    """What is too much with it is not poured in part."""
    buckets = Buckets(Allowance(burst=12, a_second=1), Clock())
    assert buckets.pour("ann", 10) is TAKEN
    assert buckets.pour("ann", 10) is OVER
    assert buckets.seconds_left("ann") == 10


def test_strangers_without_number_fill_no_memory() -> None:
    """Of so many buckets the one longest untouched is dropped."""
    buckets = Buckets(Allowance(burst=1, a_second=1), Clock(), most=100)
    buckets.pour("ann")
    for stranger in range(1_000):
        buckets.pour(stranger)
        buckets.pour("ann")
    assert len(buckets) == 100
    assert buckets.pour("ann") is SILENT
