"""The machine that is measured: its name, and how fast it multiplies."""

import os
import platform
import subprocess
from functools import partial
from pathlib import Path

import torch

from generation.benchmark.stopwatch import Stopwatch
from generation.engine.devices import Device

SIDES = (1024, 2048, 4096, 8192)
TRIES = 10
"""Of each: something else may have run meanwhile."""
LONG_S = 0.1
"""A product that takes longer is large enough."""


def name(device: Device) -> str:
    """Name what computes, with the CPU cores that this process may use."""
    return device.backend.hardware_name() or f"{_cpu()}, {cores()} cores"


def cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def matmul_peak(device: Device, stopwatch: Stopwatch) -> float:
    """Give the FLOP a second of the fastest of several square products, in the device's dtype."""
    dtype = getattr(torch, device.dtype)
    best = 0.0
    for side in SIDES:
        matrix = torch.rand(side, side, device=device.torch_name).to(dtype)
        seconds = min(stopwatch.seconds(partial(matrix.matmul, matrix)) for _ in range(TRIES))
        best = max(best, 2 * side**3 / seconds)
        if seconds > LONG_S:
            break
    return best


def _cpu() -> str:
    if platform.system() == "Darwin":
        command = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or platform.machine())
