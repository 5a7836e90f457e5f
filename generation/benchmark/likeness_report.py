"""Reports what was measured of likeness: on the terminal, in a file, and as a chart."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generation.benchmark.chart import Bar, Chart, Group
from generation.benchmark.likeness import Measurement
from generation.modes import Likeness

FILE, PLOT = "likeness.json", "likeness.png"
COLOURS = {Likeness.LOW: "#a3acb9", Likeness.NORMAL: "#2454ce", Likeness.HIGH: "#d9822b"}

HEADINGS = (
    f"{'mode':<11} {'likeness':<8} {'face':>5}  {'mean':>5}  {'spread':>6}"
    f"  {'no face':>7}  {'somebody else':>13}  {'s a picture':>11}"
)


def write_row(measured: Measurement) -> str:
    """Write a line under HEADINGS: the face's weight, and shares of all the pictures."""
    mean, spread = (
        "-" if value is None else f"{value:.0%}" for value in (measured.mean, measured.spread)
    )
    return (
        f"{measured.mode:<11} {measured.level:<8} {measured.scale:>5.2f}  {mean:>5}  {spread:>6}"
        f"  {measured.faceless_share:>7.0%}"
        f"  {measured.strangers_share:>13.0%}  {measured.seconds:>11.2f}"
    )


def save(about: dict[str, Any], measurements: Sequence[Measurement], directory: Path) -> Path:
    """Write all figures, and what was measured."""
    content = {**about, "measurements": [_make_fields(measured) for measured in measurements]}
    file = directory / FILE
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return file


def _make_fields(measured: Measurement) -> dict[str, Any]:
    return {
        **asdict(measured),
        "mean": measured.mean,
        "spread": measured.spread,
        "faceless_share": measured.faceless_share,
        "strangers_share": measured.strangers_share,
    }


def plot(subtitle: str, measurements: Sequence[Measurement], directory: Path) -> Path:
    """Draw a bar for each level of each mode: the mean, and a spread to either side."""
    modes = list(dict.fromkeys(measured.mode for measured in measurements))
    chart = Chart(
        title="Likeness of the pictures with a face, %",
        subtitle=subtitle,
        legend=[(f"likeness {level}", COLOURS[level]) for level in Likeness],
        groups=[_group([one for one in measurements if one.mode == mode]) for mode in modes],
        write=lambda percent: f"{percent:g} %",
    )
    file = directory / PLOT
    chart.draw().save(file)
    return file


def _group(measurements: Sequence[Measurement]) -> Group:
    pictures = sum(measured.pictures for measured in measurements)
    faceless = sum(measured.faceless for measured in measurements) / pictures
    strangers = sum(measured.strangers for measured in measurements) / pictures
    note = f"no face {faceless:.0%}, somebody else {strangers:.0%}"
    return Group(measurements[0].mode, note, tuple(map(_bar, measurements)))


def _bar(measured: Measurement) -> Bar:
    mean, spread = (100 * (value or 0.0) for value in (measured.mean, measured.spread))
    return Bar(mean, max(mean - spread, 0.0), mean + spread)
