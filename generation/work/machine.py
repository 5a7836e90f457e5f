"""How the machine is doing: whether it runs on battery, and whether it is short of memory."""

import ctypes
import logging
import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Protocol

import psutil

log = logging.getLogger(__name__)

LEAST_AVAILABLE = 0.08
"""Share of the memory that is available: with less, a system begins to swap or to end programs."""

STALLED = 10.0
"""Per cent of the last ten seconds in which some program on Linux waited for memory: people notice
that. systemd-oomd begins to end programs at 60."""

STALLS = Path("/proc/pressure/memory")

WARNING = 2
"""macOS's level of memory pressure at which it asks programs to give some back; 1 is normal, and 4
the worst."""

PRESSURE_LEVEL = b"kern.memorystatus_vm_pressure_level"


class Machine(Protocol):
    """What somebody who works at the same machine would notice."""

    def on_battery(self) -> bool: ...
    def short_of_memory(self) -> bool: ...
    def has_room(self, size: int) -> bool:
        """Say whether there would be enough memory with so many bytes less."""

    def available_memory(self) -> int:
        """Give the bytes that programs could have."""

    def clock(self) -> time:
        """Give the time of day where the machine is."""


class ThisMachine:
    """The machine that the bot runs on. What it doesn't tell is taken to be well."""

    def on_battery(self) -> bool:
        try:
            battery = psutil.sensors_battery()
        except Exception:
            log.debug("The battery can't be read", exc_info=True)
            return False
        return battery is not None and battery.power_plugged is False

    def short_of_memory(self) -> bool:
        """Ask the system's own measure; where it has none, what is available decides."""
        if level := pressure_level():
            return level >= WARNING
        return not self.has_room(0) or stalled() >= STALLED

    def has_room(self, size: int) -> bool:
        memory = psutil.virtual_memory()
        return bool(memory.available - size >= LEAST_AVAILABLE * memory.total)

    def available_memory(self) -> int:
        return int(psutil.virtual_memory().available)

    def clock(self) -> time:
        return datetime.now(UTC).astimezone().time()


def pressure_level() -> int:
    """Give macOS's level of memory pressure; 0 elsewhere."""
    try:
        read = ctypes.CDLL(None).sysctlbyname
    except (AttributeError, OSError, TypeError):
        return 0
    level = ctypes.c_int()
    size = ctypes.c_size_t(ctypes.sizeof(level))
    failed = read(PRESSURE_LEVEL, ctypes.byref(level), ctypes.byref(size), None, ctypes.c_size_t(0))
    return 0 if failed else level.value


def stalled(file: Path = STALLS) -> float:
    """Say how many per cent of the last ten seconds some program on Linux waited for memory.

    0 where the kernel doesn't count that.
    """
    try:
        found = re.search(r"^some avg10=([\d.]+)", file.read_text("ascii"), re.MULTILINE)
    except (OSError, ValueError):
        return 0.0
    return float(found[1]) if found else 0.0
