"""How fast this machine draws, and how like: `python -m generation.benchmark`.

Plain diffusers (the loop of its documentation) and this bot draw alternately, mode by mode. The
table goes to the terminal. Two files go to the bot's DATA_DIR: benchmark.json, from which /preset
reads this machine's seconds, and benchmark.png.

With --profile it says instead where an album's time goes, by kind of operation.

With --likeness PHOTOS it draws people instead, in each mode and at each level of /likeness, and
compares the pictures with the photographs: likeness.json and likeness.png. PHOTOS is a folder that
has a folder for each person, or the photographs of one.

It does not read .env. For a live bot set --model to its MODEL (realistic-vision if it has none) and
--output to its DATA_DIR, where they differ from the defaults.
"""

import argparse
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from generation.benchmark import album, likeness, likeness_report, loading, people, plot, report
from generation.benchmark.report import Setting
from generation.engine.backends import BACKENDS, DTypeName
from generation.engine.devices import Device, choose
from generation.engine.generator import DiffusionGenerator
from generation.engine.tuning import Tuning
from generation.errors import Refusal
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.models.files import ModelFiles, locate
from generation.models.model import Model
from generation.models.resolve import label, resolve
from generation.modes import MODES, Mode
from generation.request import GenerationRequest
from generation.sizes import Size

if TYPE_CHECKING:
    from generation.benchmark.measurement import Measurement

SIZES = range(64, 1025, 8)
"""Sides that a picture of a model may have, in pixels."""

ARCHITECTURE_SIZES = SIZES[::8]
"""Sides that a picture of --architecture may have: its UNet halves the latents three times."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The model that is measured. `model` is what `models.resolve` takes."""

    name: str
    model: str
    random_weights: bool = False
    size: int | None = None
    """Side of a picture in pixels; None: the model's own."""


def main() -> None:
    options = _parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the temporary model is removed
    logging.basicConfig(format="%(message)s")
    logging.getLogger("generation.engine").setLevel(logging.INFO)  # what is compiled, and is used
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        device = choose(options.device)
        device = replace(device, dtype=options.dtype or device.dtype)
        with _prepare_subject(options) as subject:
            if options.loading:
                _measure_loading(subject, device)
            elif options.profile:
                _profile(subject, device, options)
            elif options.likeness:
                _compare_with_people(subject, device, options)
            else:
                _run_contest(subject, device, options)
    except Refusal as refusal:
        sys.exit(_put_in_words(refusal))


def _put_in_words(refusal: Refusal) -> str:
    """Write "Model unknown: model sd16" for `ModelUnknown`: only the bot has the sentences."""
    what = refusal.text_id().replace("-", " ").capitalize()
    fields = ", ".join(f"{name} {value}" for name, value in refusal.fields.items())
    return f"{what}: {fields}" if fields else what


def _run_contest(subject: Subject, device: Device, options: argparse.Namespace) -> None:
    # These import torch and diffusers, which --loading must import in another process only.
    from generation.benchmark import flops, machine  # noqa: PLC0415
    from generation.benchmark.contest import Contest  # noqa: PLC0415
    from generation.benchmark.plain import PlainDiffusers  # noqa: PLC0415
    from generation.benchmark.stopwatch import Stopwatch  # noqa: PLC0415

    tuning = Tuning(size=subject.size, compiled=options.compile)
    ours = DiffusionGenerator(subject.model, device, tuning=tuning)
    ours.load()
    ours.finish_compiling()
    model = resolve(subject.model)
    files = locate(model)
    stopwatch = Stopwatch(device)
    peak = machine.measure_matmul_peak(device, stopwatch)
    setting = Setting(
        model=subject.name,
        random_weights=subject.random_weights,
        device=device.name,
        dtype=device.dtype,
        size=subject.size or flops.find_picture_side(files),
        machine=machine.describe(device),
        date=datetime.now(UTC).date().isoformat(),
        rounds=options.rounds,
        peak=peak,
        wanted_device=options.device,
        wanted_size=subject.size,
        shape=options.shape,
        compiled=options.compile and device.backend.compiles(),
    )
    plain = PlainDiffusers(files, device, setting.shape.pixels(setting.size))
    work = flops.count_from_configs(files, subject.size, setting.shape)
    contest = Contest(ours, plain, work, stopwatch, setting.shape)
    print(setting, report.HEADINGS, sep="\n\n", flush=True)
    measurements: list[Measurement] = []
    for mode in _choose_modes(model, files, options.modes):
        # The bot's usual album comes first, so that a run that is stopped has measured it.
        for pictures in sorted(options.pictures, key=lambda count: count != report.ALBUM):
            measured = contest.measure(mode, pictures, options.rounds)
            print(report.write_row(measured, peak), flush=True)
            measurements.append(measured)
            saved = report.save(setting, measurements, options.output)  # the run may be stopped
    print("", *report.conclude(measurements), saved, sep="\n")
    print(plot.save(str(setting), report.choose_one_per_mode(measurements), options.output))


def _measure_loading(subject: Subject, device: Device) -> None:
    without = loading.measure(subject.model, device, few_steps=False)
    print(f"Without few-step weights: {without}", flush=True)
    if resolve(subject.model).few_steps:
        measured = loading.measure(subject.model, device, few_steps=True)
        ratio = measured.drawn / without.drawn
        print(f"With them, in TURBO too: {measured}; {ratio:.2f} times as much")


def _profile(subject: Subject, device: Device, options: argparse.Namespace) -> None:
    from generation.benchmark import profiling  # noqa: PLC0415 - imports torch

    tuning = Tuning(size=subject.size, compiled=options.compile)
    ours = DiffusionGenerator(subject.model, device, tuning=tuning)
    ours.load()
    ours.finish_compiling()
    model = resolve(subject.model)
    for mode in _choose_modes(model, locate(model), options.modes):
        request = album.order(mode, max(options.pictures), options.shape)

        def draw(request: GenerationRequest = request) -> None:
            list(ours.album(request, lambda _step: None))

        for _ in range(2):  # the second album captures what the first one called
            draw()
        print(f"{mode.name}, {request.count} pictures: {profiling.measure(draw, device)}")


def _compare_with_people(subject: Subject, device: Device, options: argparse.Namespace) -> None:
    from generation.benchmark import machine  # noqa: PLC0415 - imports torch
    from generation.benchmark.stopwatch import Stopwatch  # noqa: PLC0415 - imports torch

    model = resolve(subject.model)
    if not model.photographs:
        sys.exit(f"{model.name} draws no photographs: their likeness would be a false number")
    known = people.read(options.likeness, FaceFinder().find, print)
    if not known:
        sys.exit(f"No photograph in {options.likeness} shows a face that is good enough")
    tuning = Tuning(size=subject.size, compiled=options.compile)
    ours = DiffusionGenerator(subject.model, device, tuning=tuning)
    ours.load()
    ours.finish_compiling()
    order = likeness.Order(options.words, options.pictures[0])
    comparison = likeness.Comparison(ours, Sights(), known, order, Stopwatch(device).time)
    about = {
        "model": subject.name,
        "random_weights": subject.random_weights,
        "device": device.name,
        "dtype": device.dtype,
        "machine": machine.describe(device),
        "date": datetime.now(UTC).date().isoformat(),
        "people": len(known),
        "photographs": sum(len(person.character.faces) for person in known),
        "words": order.words,
        "pictures": order.pictures,
        "seed": order.seed,
    }
    title = ", ".join(f"{name}: {value}" for name, value in about.items())
    print(title, likeness_report.HEADINGS, sep="\n\n", flush=True)
    measurements: list[likeness.Measurement] = []
    for measured in comparison.measure(list(_choose_modes(model, locate(model), options.modes))):
        print(likeness_report.write_row(measured), flush=True)
        measurements.append(measured)
        saved = likeness_report.save(about, measurements, options.output)  # the run may be stopped
    print("", saved, likeness_report.plot(title, measurements, options.output), sep="\n")


def _choose_modes(model: Model, files: ModelFiles, wanted: Sequence[str]) -> Iterator[Mode]:
    """Choose the modes that the model can draw; few-step weights set their number of steps."""
    for mode in map(MODES.__getitem__, wanted):
        if not mode.few_steps:
            yield mode
        elif model.few_steps and files.few_steps:
            yield replace(mode, steps=model.few_steps.steps)


@contextmanager
def _prepare_subject(options: argparse.Namespace) -> Iterator[Subject]:
    if not options.architecture:
        yield Subject(label(options.model), options.model, size=options.size)
        return
    from generation.benchmark.architecture import Architecture  # noqa: PLC0415
    from generation.benchmark.random_weights import write  # noqa: PLC0415

    architecture = Architecture(options.width or 1.0, options.size or 512)
    # Beside the data: the system's temporary folder may lie in memory, and these are gigabytes.
    with tempfile.TemporaryDirectory(prefix="architecture-", dir=options.output) as folder:
        write(architecture, Path(folder))
        yield Subject(architecture.name, folder, random_weights=True)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m generation.benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = parser.add_argument_group("what is measured")
    what.add_argument(
        "--model",
        default="pocket",
        help="pocket, sd15, a directory or a hub id; by default pocket, whatever MODEL says",
    )
    what.add_argument("--architecture", choices=["sd15"], help="instead of a model")
    what.add_argument("--random-weights", action="store_true", help="of --architecture")
    what.add_argument("--width", type=float, help="of --architecture: 0.5 is half; by default 1")
    what.add_argument("--size", type=int, help="in pixels; by default the model's own, or 512")
    what.add_argument(
        "--shape", type=Size, choices=Size, default=Size.SQUARE, help="of the pictures"
    )
    what.add_argument("--modes", nargs="+", choices=MODES, default=list(MODES))
    what.add_argument("--pictures", nargs="+", type=int, help="in an album; 1 3 6 8 by default")
    what.add_argument("--rounds", type=int, default=3, help="of each album")
    what.add_argument("--loading", action="store_true", help="only loading, and memory with TURBO")
    what.add_argument(
        "--likeness", type=Path, metavar="PHOTOS", help="compare 6 pictures each with these people"
    )
    what.add_argument("--words", default=likeness.WORDS, help="of --likeness: what is drawn")
    what.add_argument("--profile", action="store_true", help="only: where an album's time goes")
    where = parser.add_argument_group("where")
    where.add_argument("--device", choices=["auto", *BACKENDS], default="auto")
    where.add_argument("--dtype", choices=get_args(DTypeName), help="the device's own by default")
    where.add_argument("--compile", action="store_true", help="ours, on CUDA: the setting COMPILE")
    where.add_argument(
        "--output",
        type=Path,
        default=Path(os.environ.get("DATA_DIR") or "data"),
        help="a folder; by default data, or DATA_DIR of the environment",
    )
    options = parser.parse_args()
    if bool(options.architecture) != options.random_weights:
        parser.error("--architecture and --random-weights go together")
    if options.width and not options.architecture:
        parser.error("--width is of --architecture: a model has its own")
    if options.likeness and not options.likeness.is_dir():
        parser.error(f"--likeness: there is no folder {options.likeness}")
    options.pictures = options.pictures or (
        [report.ALBUM] if options.likeness or options.profile else [1, 3, 6, 8]
    )
    if options.likeness and len(options.pictures) > 1:
        parser.error("--likeness draws albums of one size")
    sizes = ARCHITECTURE_SIZES if options.architecture else SIZES
    if options.compile and options.loading:
        parser.error("--loading loads without --compile")
    if options.size and options.size not in sizes:
        parser.error(f"--size is a multiple of {sizes.step}, up to {sizes[-1]}")
    if min(options.rounds, *options.pictures) < 1:
        parser.error("--rounds and --pictures are at least 1")
    return options


if __name__ == "__main__":
    main()
