"""The last layers of the network that reads what SFace sees, taught by photographs of people."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import torch
from PIL import Image
from torch import nn

from generation.character import FacialHair, Glasses, HairColor, HairLength, Skin
from generation.faces.calibration import CALIBRATIONS, Calibration, Likely
from generation.faces.crop import crop_faces
from generation.faces.looks import READ
from generation.faces.sface import CHANNELS, GRID
from generation.pocket.training import last_layers
from generation.pocket.training.labelled import LABELS
from generation.pocket.training.labels import choices
from generation.pocket.training.last_layers import (
    fitted,
    likely_by,
    report,
    source,
    teach_last_layers,
)
from generation.pocket.training.seen_reader import WIDTH, SeenReader
from generation.pocket.training.sitters import Sitter, sitters_of
from tests.support.photographs import astronaut, encode

WRITTEN = (FacialHair, Glasses, HairColor, HairLength, Skin, Calibration)

UNSURE: Likely = {
    name: dict.fromkeys(one.corrections, 1 / len(one.corrections))
    for name, one in CALIBRATIONS.items()
}
"""What the network of portraits says of somebody of whom it sees nothing."""


def untaught() -> SeenReader:
    torch.manual_seed(1)
    return SeenReader(choices())


def people(count: int, wears: int) -> list[Sitter]:
    """Make people up of whom each WEARS-th wears glasses, which shows in one of the numbers."""
    torch.manual_seed(2)
    sitters = []
    for place in range(count):
        read = torch.randn(len(READ), WIDTH)
        worn = place % wears == 0
        read[READ.index("glasses"), 7] = 9.0 if worn else -9.0
        right = dict.fromkeys(READ, frozenset[str]())
        right["glasses"] = frozenset([Glasses.GLASSES if worn else Glasses.NONE])
        sitters.append(Sitter(UNSURE, read, right))
    return sitters


def test_people_teach_what_renderings_did_not() -> None:
    """And they do so of people who taught nothing."""
    glasses = next(line for line in report(untaught(), people(60, wears=3)) if "glasses" in line)
    _, _, asked, right, _ = glasses.split("|")
    assert int(asked) == 60
    assert int(right) >= 58


def test_what_is_shipped_says_what_was_learnt(tmp_path: Path) -> None:
    """The layer that was changed and the numbers beside it belong together, in half precision too.

    Whom it was learnt from, it calls what was said of them.
    """
    pytest.importorskip("onnx")
    from generation.pocket.training.export_looks import export_looks  # noqa: PLC0415 - wants onnx

    sitters, reader = people(60, wears=3), untaught()
    teach_last_layers(reader, sitters)
    fit = fitted("glasses", sitters, cast("nn.Linear", untaught().classifier.heads["glasses"]))
    export_looks(reader, torch.zeros(1, CHANNELS, GRID, GRID), tmp_path / "seen.onnx")
    for sitter in sitters:
        (said,) = sitter.right["glasses"]
        assert likely_by(fit, "glasses", sitter)[Glasses(said)] > 0.8
        shipped = cast("nn.Linear", reader.classifier.heads["glasses"])
        after = likely_by((fit[0], shipped), "glasses", sitter)
        assert after == pytest.approx(likely_by(fit, "glasses", sitter), abs=0.01)


def test_gray_hair_is_believed_more_than_these_people_teach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are young: as likely as they make it, gray hair would be called black."""
    sitters = [
        replace(one, right={**one.right, "hair_color": frozenset([colour])})
        for one, colour in zip(people(30, wears=3), 6 * ["gray", *4 * ["black"]], strict=True)
    ]
    head = cast("nn.Linear", untaught().classifier.heads["hair_color"])
    known, _ = fitted("hair_color", sitters, head)
    monkeypatch.setattr(last_layers, "SELDOM", {})
    taught, _ = fitted("hair_color", sitters, head)
    more = {
        colour: round(correction - taught.corrections[colour], 2)
        for colour, correction in known.corrections.items()
    }
    assert {colour for colour in more if more[colour]} == {HairColor.GRAY, HairColor.WHITE}
    assert more[HairColor.GRAY] == 1


def test_who_shows_no_colours_teaches_none() -> None:
    gray = {name: shares for name, shares in UNSURE.items() if name != "skin"}
    sitters = [
        replace(one, portrait=gray, right={**one.right, "skin": frozenset(["fair"])})
        for one in people(12, wears=3)
    ]
    assert teach_last_layers(untaught(), sitters)["skin"] == CALIBRATIONS["skin"]


def test_a_trait_that_nobody_said_stays_as_it_is() -> None:
    before, taught = untaught(), untaught()
    calibrations = teach_last_layers(taught, people(12, wears=3))
    was, learnt = before.classifier.state_dict(), taught.classifier.state_dict()
    changed = {key.split(".")[1] for key in was if not torch.equal(was[key], learnt[key])}
    assert changed == {"glasses"}
    assert {name for name in READ if calibrations[name] != CALIBRATIONS[name]} == {"glasses"}


def test_what_is_printed_is_what_the_code_has() -> None:
    """It is pasted into `generation/faces/calibration.py`."""
    said: dict[str, object] = {}
    known = {one.__name__: one for one in WRITTEN}
    exec(source(CALIBRATIONS), known, said)  # noqa: S102 - printed by our own code
    assert said == {"CALIBRATIONS": CALIBRATIONS}


def test_people_are_read_as_the_bot_reads_them(tmp_path: Path) -> None:
    """From portraits as it stores them; who has no label of a trait teaches nothing about it."""
    labels = {"file": "one.png", **dict.fromkeys(READ, ""), "skin": "fair pale"}
    (face,) = crop_faces(encode(astronaut()))
    (tmp_path / "one.png").write_bytes(face.image)
    with (tmp_path / LABELS).open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, labels)
        table.writeheader()
        table.writerow(labels)
    (sitter,) = sitters_of(tmp_path, untaught())
    assert sitter.right["skin"] == {"fair", "pale"}
    assert not sitter.right["glasses"]
    assert set(sitter.portrait) == set(READ)
    assert sitter.read.shape == (len(READ), WIDTH)


def test_a_picture_without_a_face_is_named(tmp_path: Path) -> None:
    Image.new("RGB", (256, 256), "gray").save(tmp_path / "wall.png")
    (tmp_path / LABELS).write_text("file\nwall.png\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"no face is seen in wall\.png"):
        sitters_of(tmp_path, untaught())
