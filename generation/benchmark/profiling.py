"""Where an album's time goes, by kind of operation: `--profile`. Imports torch."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from torch.profiler import ProfilerActivity, profile

from generation.benchmark.stopwatch import Stopwatch
from generation.engine.devices import Device

KINDS: Mapping[str, tuple[str, ...]] = {
    "attention": ("attention", "flash", "fmha", "sdpa"),
    "convolutions": ("conv", "fprop", "winograd", "cudnn_infer"),
    "matrix products": ("gemm", "addmm", "::mm", "bmm", "linear", "matmul", "nvjet", "gemv"),
    "norms": ("norm", "moments", "welford"),
    "order in memory": ("nchw", "nhwc", "copy", "clone", "transpose", "memcpy", "memset", "cat"),
    "compiled code": ("triton",),
}
"""Kinds of operations, by parts of their names, of which the first that is found counts."""

OTHERS = "element by element and others"
IDLE = "waiting for Python"

LONGEST = 10
"""How many single operations are named."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The seconds of an album, and those of each operation, by its name."""

    seconds: float
    operations: Mapping[str, float]

    def shares(self) -> dict[str, float]:
        """Give each kind's share of the time, the largest first."""
        total: dict[str, float] = defaultdict(float)
        for name, seconds in self.operations.items():
            total[kind_of(name)] += seconds
        busy = sum(total.values())
        whole = max(self.seconds, busy)  # the profiler itself takes time
        total[IDLE] = whole - busy
        largest = sorted(total.items(), key=lambda one: -one[1])
        return {kind: seconds / whole for kind, seconds in largest}

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.seconds:.3f} s"
        for kind, share in self.shares().items():
            yield f"  {share:6.1%}  {kind}"
        longest = sorted(self.operations.items(), key=lambda one: -one[1])[:LONGEST]
        for name, seconds in longest:
            yield f"  {seconds * 1000:8.1f} ms  {name[:90]}"


def kind_of(operation: str) -> str:
    name = operation.lower()
    return next((kind for kind, parts in KINDS.items() if any(p in name for p in parts)), OTHERS)


def measure(draw: Callable[[], object], device: Device) -> Profile:
    """Draw an album twice: once to be timed, and once under torch's profiler, which slows it."""
    seconds = Stopwatch(device).time(draw)
    on_card = device.name == "cuda"
    activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if on_card else [])]
    with profile(activities=activities) as profiled:
        draw()
        device.backend.synchronize()
    operations: dict[str, float] = defaultdict(float)
    for one in profiled.key_averages():
        if on_card and one.device_type.name == "CUDA":
            operations[one.key] += one.self_device_time_total / 1e6
        elif not on_card:
            operations[one.key] += one.self_cpu_time_total / 1e6
    return Profile(seconds, operations)
