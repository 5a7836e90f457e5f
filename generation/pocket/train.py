"""Trains the pocket model: `python -m generation.pocket.train [--directory PATH] [--write PATH]`.

It trains on a GPU where there is one. Portraits, captions and faces are drawn by all cores; then
the parts come one after another: the autoencoder, the text encoder, the image encoder, and the UNet
together with the face adapter, while the others stay as they are. Last, the image encoder learns to
read photographs of likely people; for that MakeHuman's heads are fetched once, 89 MB. A run that
was cut off goes on where it was. `--from MODEL` fine-tunes a trained model, in fewer steps.
`--only PART` does one part of it, so that several can be done at the same time by several
processes; `--from MODEL --only photographs` writes a model that reads photographs anew and draws as
before, and `--only unet` one that draws anew and reads as before. `--from MODEL --only looks`
writes another network, which drafts skin and hair of whoever sends a photo: it goes on from the one
that is shipped. `--only regions` in its place writes the one that marks hair, `--only age` and
`--only seen` those that read what the face recogniser sees. With `--people FOLDER` the last layers
of `seen` are taught by photographs (`generation.pocket.training.labelled`),
and the numbers of `generation/faces/calibration.py` that go with it are printed.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import torch

from generation.errors import Refusal
from generation.faces.looks import VIEWS
from generation.faces.looks_file import AGE_FILE, FILE, REGIONS_FILE, SEEN_FILE
from generation.faces.sface import CHANNELS, GRID
from generation.models.catalogue import POCKET_WEIGHTS
from generation.pocket.sizes import FACE_SIDE
from generation.pocket.training import parts as parts_module
from generation.pocket.training.dataset import encoded
from generation.pocket.training.export import export
from generation.pocket.training.hair_toning import rendered_hair
from generation.pocket.training.labelled import LABELS
from generation.pocket.training.labels import AGE
from generation.pocket.training.last_layers import report, source, teach_last_layers
from generation.pocket.training.looks_reader import LooksReader
from generation.pocket.training.machine import CPU, Machine, this_machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.region_reader import RegionReader
from generation.pocket.training.schedule import (
    AUTOENCODER_POOL,
    FINE_TUNING,
    FROM_SCRATCH,
    POOL,
    READER_POOL,
    Schedule,
    Schedules,
)
from generation.pocket.training.seen_reader import SeenReader
from generation.pocket.training.sitters import sitters_of
from generation.pocket.training.train_autoencoder import train_autoencoder
from generation.pocket.training.train_image_encoder import train_image_encoder
from generation.pocket.training.train_looks import train_looks
from generation.pocket.training.train_photographs import train_photographs
from generation.pocket.training.train_regions import train_regions
from generation.pocket.training.train_seen import train_age, train_seen
from generation.pocket.training.train_text_encoder import train_text_encoder
from generation.pocket.training.train_unet import train_unet

ENCODERS: dict[str, Callable[[Parts, Pool, Schedule, Path, Machine], None]] = {
    "autoencoder": train_autoencoder,
    "text": train_text_encoder,
    "image": train_image_encoder,
}
DRAWN = ("portraits", "faces")
UNET = "unet"
"""The part that needs all others, and learns together with the face adapter."""

LAST = "photographs"
"""The part that comes after the UNet, and leaves what it learnt its meaning."""

LOOKS, REGIONS, SEEN = "looks", "regions", "seen"
READERS = {LOOKS: FILE, REGIONS: REGIONS_FILE, AGE: AGE_FILE, SEEN: SEEN_FILE}
"""What is no part of the model; where the first isn't shipped, it begins as one."""

Reader = LooksReader | SeenReader | RegionReader


def train(
    parts: Parts,
    schedules: Schedules,
    pool_size: int,
    directory: Path,
    weights: Path,
    machine: Machine,
) -> None:
    """Train the parts that have a schedule, with checkpoints in `directory`; write to `weights`."""
    if LAST in schedules:  # without a network a training is to fail now, and not at its end
        Pool(parts.tokenizer, pool_size, directory, machine).fetch_heads()
    for name in ENCODERS:
        if name in schedules:
            train_one(name, parts, schedules[name], pool_size, directory, machine)
    dataset = encoded(parts, Pool(parts.tokenizer, pool_size, directory, machine), machine)
    train_unet(parts, dataset, schedules[UNET], directory, machine)
    parts.autoencoder.register_to_config(scaling_factor=dataset.scaling_factor)
    train_last(parts, schedules, pool_size, directory, weights, machine)


def train_last(
    parts: Parts,
    schedules: Schedules,
    pool_size: int,
    directory: Path,
    weights: Path,
    machine: Machine,
) -> None:
    """Teach a trained model to read photographs, if that has a schedule; write it to `weights`."""
    if LAST in schedules:
        pool = Pool(parts.tokenizer, pool_size, directory, machine)
        train_photographs(parts, pool, schedules[LAST], directory, machine)
    parts.to(CPU.device)
    export(parts, parts.autoencoder.config.scaling_factor, weights)


def train_one(
    name: str, parts: Parts, schedule: Schedule, pool_size: int, directory: Path, machine: Machine
) -> None:
    """Train one of ENCODERS."""
    size = min(pool_size, AUTOENCODER_POOL) if name == "autoencoder" else pool_size
    pool = Pool(parts.tokenizer, size, directory, machine)
    ENCODERS[name](parts, pool, schedule, directory, machine)


def train_reader(
    name: str, parts: Parts, schedule: Schedule, directory: Path, machine: Machine
) -> tuple[Reader, torch.Tensor]:
    """Train one of READERS; give it, and something of the shape that it reads."""
    pool = Pool(parts.tokenizer, READER_POOL[name], directory, machine)
    reader: Reader
    if name == LOOKS:
        reader = train_looks(parts, pool, schedule, directory, machine)
        return reader, torch.zeros(VIEWS, 3, FACE_SIDE, FACE_SIDE)
    if name == REGIONS:
        reader = train_regions(pool, schedule, directory, machine)
        return reader, torch.zeros(VIEWS, 3, FACE_SIDE, FACE_SIDE)
    teach = train_age if name == AGE else train_seen
    return teach(pool, schedule, directory), torch.zeros(1, CHANNELS, GRID, GRID)


def write_reader(
    reader: Reader, read: torch.Tensor, file: Path, people: tuple[Path, Pool] | None
) -> None:
    """Write a reader to `file`; before that people teach its last layers.

    They lie in a folder as `generation.pocket.training.labelled` wants it, and a pool has what
    renderings say beside them. What goes with these layers is printed.
    """
    from generation.pocket.training.export_looks import export_looks  # noqa: PLC0415 - wants onnx

    if people and isinstance(reader, SeenReader):
        folder, pool = people
        sitters, rendered = sitters_of(folder, reader), rendered_hair(pool)
        print(*report(reader, sitters, rendered), sep="\n")
        print(f"\n{source(teach_last_layers(reader, sitters, rendered))}")
    export_looks(reader, read, file)


def _asked() -> tuple[argparse.ArgumentParser, argparse.Namespace]:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument(
        "--directory", type=Path, help="for checkpoints: a directory for each training"
    )
    parser.add_argument("--write", type=Path, help="where the model goes")
    parser.add_argument("--from", type=Path, dest="trained", help="a trained model to fine-tune")
    parser.add_argument("--people", type=Path, help="labelled portraits, for --only seen")
    parser.add_argument("--only", choices=[*DRAWN, *ENCODERS, UNET, LAST, *READERS])
    options = parser.parse_args()
    if options.people and (options.only != SEEN or not (options.people / LABELS).is_file()):
        parser.error(f"--people goes with --only {SEEN}, and names a folder with {LABELS}")
    return parser, options


def main() -> None:
    parser, options = _asked()
    machine = this_machine()
    kind = machine.device.type
    if options.trained:
        try:
            parts, schedules = parts_module.trained(options.trained), FINE_TUNING[kind]
        except Refusal as refusal:
            sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    else:
        parts, schedules = parts_module.fresh(), FROM_SCRATCH[kind]
    weights = options.write or POCKET_WEIGHTS
    name = "training-further" if options.trained else "training"
    directory = options.directory or Path("data", name)
    if options.only in DRAWN:
        Pool(parts.tokenizer, POOL[kind], directory, machine).draw(options.only)
    elif options.only in {UNET, LAST, *READERS} and not options.trained:
        parser.error(f"{options.only} needs a model that is trained: name it with --from MODEL")
    elif options.only == LAST:
        train_last(parts, schedules, POOL[kind], directory, weights, machine)
    elif options.only == UNET:
        train(parts, {UNET: schedules[UNET]}, POOL[kind], directory, weights, machine)
    elif options.only in READERS:
        schedule, file = schedules[options.only], options.write or READERS[options.only]
        reader, read = train_reader(options.only, parts, schedule, directory, machine)
        pool = Pool(parts.tokenizer, READER_POOL[REGIONS], directory, machine)
        write_reader(reader, read, file, (options.people, pool) if options.people else None)
    elif options.only and options.only not in schedules:
        parser.error(f"{options.only} is not fine-tuned on this machine")
    elif options.only:
        train_one(options.only, parts, schedules[options.only], POOL[kind], directory, machine)
    else:
        train(parts, schedules, POOL[kind], directory, weights, machine)


if __name__ == "__main__":
    main()
