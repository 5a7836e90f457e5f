"""How like their people pictures are: measured on photographs that stand for drawn ones."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageColor, ImageEnhance

import generation.faces.finder
from generation.benchmark import likeness_report, people
from generation.benchmark.likeness import Comparison, Measurement, Order
from generation.benchmark.people import Person
from generation.faces.face import Face, Flaw
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.models.catalogue import POCKET_WEIGHTS
from generation.modes import MODES, Likeness
from generation.request import GenerationRequest
from tests.support import unjudged
from tests.support.photographs import astronaut, encode, hopper
from tests.support.scripted_generator import ScriptedGenerator
from tests.support.speed_test import run_speed_test

FAST = MODES["FAST"]


def silent(_words: str) -> None:
    """Hear what is left out."""


@pytest.fixture(scope="module", autouse=True)
def _faces_are_not_judged() -> Iterator[None]:
    """Only one test is about what is said of a face, and says it; it takes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation.faces.finder, "CROP_FACES", unjudged.CROP_FACES)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two people, and of what else lies about in folders."""
    folder = tmp_path_factory.mktemp("photos")
    for name, photos in {"ann": [astronaut()], "grace": [hopper(), warmer(hopper())]}.items():
        (folder / name).mkdir()
        for k, photo in enumerate(photos):
            (folder / name / f"{k}.png").write_bytes(encode(photo))
    (folder / "ann" / "README.md").write_text("By NASA.")
    (folder / "grace" / "moon.png").write_bytes(encode(Image.new("RGB", (300, 300), "gray")))
    (folder / "nobody").mkdir()
    return folder


@pytest.fixture(scope="module")
def both(folder: Path) -> list[Person]:
    return people.read(folder, FaceFinder().find, silent)


def warmer(photo: Image.Image) -> Image.Image:
    return ImageEnhance.Color(ImageEnhance.Brightness(photo).enhance(0.9)).enhance(1.3)


def photograph_of(person: str, seed: int) -> Image.Image:
    """Give an augmented photograph."""
    photo = astronaut() if person == "ann" else hopper()
    turned = photo.rotate(4 * (seed % 3 - 1), Image.Resampling.BICUBIC)
    return ImageEnhance.Brightness(turned).enhance(0.8 + 0.1 * (seed % 4))


def compared(
    both: list[Person], picture: Callable[[GenerationRequest, int], Image.Image], pictures: int = 4
) -> list[Measurement]:
    generator = ScriptedGenerator()
    generator.picture = picture
    seconds = iter(range(1, 100))

    def time(work: Callable[[], object]) -> float:
        work()
        return next(seconds)

    comparison = Comparison(generator, Sights(), both, Order(pictures=pictures), time)
    return list(comparison.measure([FAST]))


def test_a_folder_has_people_or_is_one(folder: Path) -> None:
    """What is no good photograph is named and left out; so is whoever has none."""
    left_out: list[str] = []
    found = people.read(folder, FaceFinder().find, left_out.append)
    assert [(p.character.name, len(p.character.faces)) for p in found] == [("ann", 1), ("grace", 2)]
    assert left_out == ["README.md is left out: not-a-picture", "moon.png is left out: no-face"]
    (alone,) = people.read(folder / "grace", FaceFinder().find, silent)
    assert alone.character.faces == found[1].character.faces
    assert people.read(folder / "nobody", FaceFinder().find, silent) == []


def test_people_are_drawn_from_their_good_photographs(folder: Path) -> None:
    """As the bot draws them: from others only where none is good."""

    def flawed(photo: bytes) -> list[Face]:
        (face, *_) = FaceFinder().find(photo)
        is_good = photo == (folder / "grace" / "0.png").read_bytes()
        return [replace(face, flaws=() if is_good else (Flaw.DARK,))]

    ann, grace = people.read(folder, flawed, silent)
    assert [len(ann.character.faces), len(grace.character.faces)] == [1, 1]


def test_each_level_is_measured_with_the_same_pictures(both: list[Person]) -> None:
    """The same people, words and seeds; only the face's weight moves."""
    asked: list[GenerationRequest] = []

    def picture(request: GenerationRequest, seed: int) -> Image.Image:
        asked.append(request)
        return photograph_of(request.character.name, seed)

    measured = compared(both, picture)
    assert [(one.level, one.scale) for one in measured] == [
        (Likeness.LOW, 0.35),
        (Likeness.NORMAL, 0.5),
        (Likeness.HIGH, 0.65),
    ]
    assert {one.pictures for one in measured} == {8}
    assert len({(r.words, r.seed, r.count) for r in asked if r.count > 1}) == 1
    assert {r.mode.ip_adapter_scale for r in asked} == {0.35, 0.5, 0.65}
    # The first album, of one picture, is for warming up; then two albums of four a level.
    assert [one.seconds for one in measured] == [(2 + 3) / 8, (4 + 5) / 8, (6 + 7) / 8]


def test_people_others_and_nobody_are_told_apart(both: list[Person]) -> None:
    """Half of the pictures show the person, a quarter somebody else, a quarter no face."""

    def picture(request: GenerationRequest, seed: int) -> Image.Image:
        own = request.character.name
        other = {"ann": "grace", "grace": "ann"}[own]
        shown = (own, own, other, None)[seed % 4]
        blank = Image.new("RGB", (400, 400), "gray")
        return photograph_of(shown, seed) if shown else blank

    for one in compared(both, picture):
        assert (one.faceless_share, one.strangers_share) == (0.25, 0.25)
        assert len(one.likenesses) == 6
        assert one.mean
        assert one.spread
        assert 0.5 < one.mean < 0.8
        assert one.spread > 0.2
        assert sorted(one.likenesses)[2] > 0.9


def test_without_a_face_there_is_no_likeness(both: list[Person], tmp_path: Path) -> None:
    """It is a dash, not a nought, and the chart is drawn all the same."""
    measured = compared(both, lambda _request, _seed: Image.new("RGB", (300, 300), "gray"), 1)
    assert {(one.mean, one.spread, one.faceless_share) for one in measured} == {(None, None, 1.0)}
    assert likeness_report.write_row(measured[0]).split()[3:6] == ["-", "-", "100%"]
    assert likeness_report.plot("nobody", measured, tmp_path).is_file()


def made(mode: str, level: Likeness, likenesses: tuple[float, ...]) -> Measurement:
    return Measurement(mode, level, 0.5, 4, likenesses, strangers=1, faceless=1, seconds=2.5)


def test_the_report_has_every_figure(tmp_path: Path) -> None:
    """In the table, in the file and in the chart, whose bars are as high as the means."""
    measured = [
        made("FAST", level, (mean - 0.1, mean, mean + 0.1))
        for level, mean in zip(Likeness, (0.3, 0.6, 0.6), strict=True)
    ]
    row = likeness_report.write_row(measured[1])
    assert row.split() == ["FAST", "normal", "0.50", "60%", "8%", "25%", "25%", "2.50"]
    assert len(likeness_report.HEADINGS) == len(row)
    content = json.loads(likeness_report.save({"model": "m"}, measured, tmp_path).read_text())
    assert content["model"] == "m"
    assert [one["level"] for one in content["measurements"]] == ["low", "normal", "high"]
    assert content["measurements"][0]["mean"] == pytest.approx(0.3)
    assert content["measurements"][0]["faceless_share"] == 0.25
    with Image.open(likeness_report.plot("some machine", measured, tmp_path)) as picture:
        colours = {colour: n for n, colour in picture.getcolors(maxcolors=1 << 24) or []}
    low, normal, high = (
        colours[ImageColor.getrgb(likeness_report.COLOURS[level])] for level in Likeness
    )
    assert normal / low == pytest.approx(2, rel=0.05)
    assert normal == pytest.approx(high, rel=0.01)


def test_a_run_leaves_a_file_and_a_chart(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With a model that says it draws photographs."""
    model = Path(shutil.copytree(POCKET_WEIGHTS, tmp_path / "model"))
    (model / "about.json").unlink()
    options = ["--modes", "ULTRA_FAST", "--pictures", 1, "--size", 64, "--device", "cpu"]
    options += ["--output", tmp_path]
    run_speed_test(
        monkeypatch, "--model", model, "--likeness", folder, "--output", tmp_path, *options
    )
    said = capsys.readouterr().out
    assert "README.md is left out: not-a-picture" in said
    assert said.count("ULTRA_FAST") == 3
    content = json.loads((tmp_path / "likeness.json").read_text())
    about = (content["model"], content["people"], content["photographs"], content["pictures"])
    assert about == ("model", 2, 3, 1)
    assert (tmp_path / "likeness.png").is_file()


@pytest.mark.parametrize(
    ("model", "photos", "why"),
    [("pocket", "", "pocket draws no photographs"), ("sd15", "nobody", "No photograph in")],
)
def test_a_number_that_would_be_false_is_none(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    model: str,
    photos: str,
    why: str,
) -> None:
    """Drawings have no likeness, nor has a folder without people."""
    with pytest.raises(SystemExit) as end:
        run_speed_test(
            monkeypatch, "--model", model, "--likeness", folder / photos, "--output", tmp_path
        )
    assert why in str(end.value)
