"""Reports what the speed test measured: on the terminal, and in a file that the bot reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.benchmark.measurement import Measurement, Times
from generation.engine.backends import BACKENDS
from generation.modes import Mode
from generation.sizes import Size

FILE = "benchmark.json"
ALBUM = 6
"""Number of pictures in the bot's album by default."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What was measured, and where.

    `size` is the side of a square in pixels, and `shape` that of the pictures. `peak` is the speed
    of the fastest matrix product, in FLOP per second. `wanted_device` (perhaps `auto`) and
    `wanted_size` (None: the model's own) are what the options said. `compiled`: the options wanted
    our UNet compiled by torch.
    """

    model: str
    random_weights: bool
    device: str
    dtype: str
    size: int
    machine: str
    date: str
    rounds: int
    peak: float
    wanted_device: str = "auto"
    wanted_size: int | None = None
    compiled: bool = False
    shape: Size = Size.SQUARE

    def __str__(self) -> str:
        weights = " (random weights)" if self.random_weights else ""
        device = f"{self.device}, compiled" if self.compiled else self.device
        width, height = self.shape.pixels(self.size)
        pixels = self.size if self.shape is Size.SQUARE else f"{width} x {height}"
        return (
            f"{self.model}{weights}, {pixels} px, {self.dtype} on {device}: {self.machine}; "
            f"{self.peak / 1e12:.3g} TFLOP/s at most; {self.date}"
        )


HEADINGS = (
    f"{'mode':<11} {'pictures':>8}  {'plain diffusers, s':>24}  {'ours, s':>24}  {'ratio':>6}"
    f"  {'s a picture':>11}  {'of peak: plain':>14}  {'ours':>5}"
)


def write_row(measured: Measurement, peak: float) -> str:
    """Write a line under HEADINGS. Seconds are the rounds' median, with the least and the most."""
    plain, ours = _compute_shares(measured, peak)
    text = (
        f"{measured.mode:<11} {measured.pictures:>8}  {_write_span(measured.plain):>24}"
        f"  {_write_span(measured.ours):>24}  {measured.ratio:>6.2f}"
        f"  {measured.ours.median / measured.pictures:>11.2f}  {plain:>14.0%}  {ours:>5.0%}"
    )
    if measured.faceless is None:
        return text
    return f"{measured.mode:<11} {'no face':>8}  {_write_span(measured.faceless):>24}\n{text}"


def conclude(measurements: Sequence[Measurement]) -> Iterator[str]:
    """Say what matters in the table: the least ratio, and our TURBO against plain FAST."""
    by_mode = {measured.mode: measured for measured in choose_one_per_mode(measurements)}
    least = min(by_mode.values(), key=lambda measured: measured.ratio)
    yield f"Least ratio of all modes: {least.ratio:.2f}, in {least.mode}"
    fast, turbo = by_mode.get("FAST"), by_mode.get("TURBO")
    if fast and turbo and fast.pictures == turbo.pictures:
        ratio = fast.plain.median / turbo.ours.median
        yield f"TURBO against plain diffusers in FAST: {ratio:.2f}"


def choose_one_per_mode(measurements: Sequence[Measurement]) -> list[Measurement]:
    """Choose each mode's album of six, or the largest that was measured."""
    chosen: dict[str, Measurement] = {}
    for measured in measurements:
        rival = chosen.setdefault(measured.mode, measured)
        chosen[measured.mode] = max(
            rival, measured, key=lambda m: (m.pictures == ALBUM, m.pictures)
        )
    return list(chosen.values())


def save(setting: Setting, measurements: Sequence[Measurement], directory: Path) -> Path:
    """Replace the file at once: the bot may be reading it."""
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / FILE
    unfinished = file.with_suffix(".part")
    text = json.dumps(_make_content(setting, measurements), indent=2)
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(file)
    return file


def load(
    directory: Path,
    model: str,
    modes: Mapping[str, Mode],
    device: str = "auto",
    size: int | None = None,
    *,
    compiled: bool | None = None,
) -> dict[str, float]:
    """Give the seconds of one square by mode, as far as they were measured; {}: none were.

    Those of another shape count by their area.
    They count only if they were measured with this model and not with random weights, on this
    device, in this size (None: the model's own), with as many steps as the mode has now, and on
    CUDA with networks that were compiled or not, as `compiled` says (None: either).
    """
    try:
        found = json.loads((directory / FILE).read_text(encoding="utf-8"))
        if found["model"] != model or found["random_weights"]:
            return {}
        if device not in (found["device"], found["wanted_device"]):
            return {}
        if size not in (found["size"], found["wanted_size"]):
            return {}
        measured = found["compiled"] if BACKENDS[found["device"]].captures else compiled
        if compiled is not None and measured is not compiled:
            return {}
        cost = Size.stored(found.get("shape")).cost
        return {
            mode: float(one["seconds"]) / int(one["pictures"]) / cost
            for mode, one in found["modes"].items()
            if mode in modes and one["steps"] == modes[mode].steps
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ZeroDivisionError):
        return {}  # a missing or broken report is no reason to fail


def _make_content(setting: Setting, measurements: Sequence[Measurement]) -> dict[str, Any]:
    """Make the report: `modes` has one album per mode, `measurements` has all. Times in seconds."""
    return {
        "model": setting.model,
        "random_weights": setting.random_weights,
        "device": setting.device,
        "dtype": setting.dtype,
        "compiled": setting.compiled,
        "size": setting.size,
        "shape": setting.shape,
        "wanted_device": setting.wanted_device,
        "wanted_size": setting.wanted_size,
        "machine": setting.machine,
        "date": setting.date,
        "rounds": setting.rounds,
        "peak_tflops": setting.peak / 1e12,
        "modes": {
            measured.mode: _make_fields(measured, setting.peak)
            for measured in choose_one_per_mode(measurements)
        },
        "measurements": [
            {"mode": measured.mode, **_make_fields(measured, setting.peak)}
            for measured in measurements
        ],
    }


def _make_fields(measured: Measurement, peak: float) -> dict[str, Any]:
    plain, ours = _compute_shares(measured, peak)
    fields: dict[str, Any] = {
        "steps": measured.steps,
        "seconds": measured.ours.median,
        "pictures": measured.pictures,
        "all_seconds": measured.ours.seconds,
        "plain_seconds": measured.plain.median,
        "all_plain_seconds": measured.plain.seconds,
        "ratio": measured.ratio,
        "tflop": measured.ours_flops / 1e12,
        "plain_tflop": measured.plain_flops / 1e12,
        "share_of_peak": ours,
        "plain_share_of_peak": plain,
    }
    if measured.faceless:
        fields["plain_seconds_without_adapter"] = measured.faceless.median
        fields["all_plain_seconds_without_adapter"] = measured.faceless.seconds
    return fields


def _compute_shares(measured: Measurement, peak: float) -> tuple[float, float]:
    """Compute the shares of the peak that plain diffusers and this bot reach."""
    return (
        measured.plain_flops / measured.plain.median / peak,
        measured.ours_flops / measured.ours.median / peak,
    )


def _write_span(times: Times) -> str:
    return f"{times.median:.2f} ({times.least:.2f} to {times.most:.2f})"
