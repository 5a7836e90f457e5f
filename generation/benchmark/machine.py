"""The machine that is measured: its name, and how fast it multiplies matrices."""

import os
import platform
import subprocess
from functools import partial
from pathlib import Path

import torch

from generation.benchmark.stopwatch import Stopwatch
from generation.engine.devices import Device

SIDES = (1024, 2048, 4096, 8192)
"""Sides of the square matrices that are multiplied."""

TRIES = 10
"""Number of products of each side: other programs may slow some of them down."""

LONG_S = 0.1
"""Seconds of a product that is large enough: larger ones are not tried."""


def describe(device: Device) -> str:
    """Name the graphics card, or the CPU with the number of cores that this process may use."""
    return device.backend.hardware_name() or f"{_name_cpu()}, {_count_cores()} cores"


def _count_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def measure_matmul_peak(device: Device, stopwatch: Stopwatch) -> float:
    """Measure the fastest product of square matrices in the device's dtype, in FLOP per second."""
    dtype = getattr(torch, device.dtype)
    best = 0.0
    for side in SIDES:
        matrix = torch.rand(side, side, device=device.torch_name).to(dtype)
        seconds = min(stopwatch.time(partial(matrix.matmul, matrix)) for _ in range(TRIES))
        best = max(best, 2 * side**3 / seconds)
        if seconds > LONG_S:
            break
    return best


def _name_cpu() -> str:
    if platform.system() == "Darwin":
        command = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
