"""A bar chart of the seconds that each mode takes."""

from collections.abc import Sequence
from pathlib import Path

from generation.benchmark.chart import Bar, Chart, Group
from generation.benchmark.measurement import Measurement, Times

FILE = "benchmark.png"
PLAIN, OURS = "#a3acb9", "#2454ce"


def save(subtitle: str, measurements: Sequence[Measurement], directory: Path) -> Path:
    """Draw two bars per mode: the median round, with a whisker from the fastest to the slowest."""
    pictures = " or ".join(sorted({str(measured.pictures) for measured in measurements}))
    chart = Chart(
        title=f"Seconds for an album of {pictures}",
        subtitle=subtitle,
        legend=(("plain diffusers", PLAIN), ("this bot", OURS)),
        groups=[
            Group(
                measured.mode,
                f"{measured.ratio:.2f} times as fast",
                (_bar(measured.plain), _bar(measured.ours)),
            )
            for measured in measurements
        ],
        write=lambda seconds: f"{round(seconds, 9):g} s",
    )
    file = directory / FILE
    chart.draw().save(file)
    return file


def _bar(times: Times) -> Bar:
    return Bar(times.median, times.least, times.most)
