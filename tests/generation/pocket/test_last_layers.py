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
from generation.faces.calibration import CALIBRATIONS, HAIR_TONING, Calibration, Likely
from generation.faces.crop import crop_faces
from generation.faces.hair_tone import ENOUGH, Tone, likely_hair
from generation.faces.looks import READ
from generation.faces.sface import CHANNELS, GRID
from generation.models.catalogue import POCKET_WEIGHTS
from generation.pocket.training import hair_toning
from generation.pocket.training import sitters as sitters_module
from generation.pocket.training.hair_toning import (
    RenderedHair,
    ToneTeacher,
    measured,
    rendered_hair,
)
from generation.pocket.training.labelled import LABELS
from generation.pocket.training.labels import choices
from generation.pocket.training.last_layers import (
    Fit,
    fitted,
    likely_by,
    report,
    source,
    teach_last_layers,
)
from generation.pocket.training.machine import CPU
from generation.pocket.training.parts import trained
from generation.pocket.training.pool import Pool
from generation.pocket.training.seen_reader import WIDTH, SeenReader
from generation.pocket.training.sitters import Sitter, sitters_of
from tests.support.heads import write_heads
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
        sitters.append(Sitter(UNSURE, None, read, right))
    return sitters


def rendered() -> RenderedHair:
    """Give black hair, and light hair: blue, or white if it is an old person's."""
    number = torch.arange(60) % 3
    tones = torch.randn(60, 4).double()
    tones[:, 0] += 70 * (number > 0)
    tones[:, 3] = (number == 2).double()
    colors = [HairColor.BLACK, HairColor.BLUE, HairColor.WHITE]
    numbers = [list(HairColor).index(color) for color in colors]
    return RenderedHair(tones, torch.ones(60, 1), torch.tensor(numbers)[number])


def test_people_teach_what_renderings_did_not() -> None:
    """And they do so of people who taught nothing."""
    glasses = next(
        line for line in report(untaught(), people(60, wears=3), rendered()) if "glasses" in line
    )
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
    teach_last_layers(reader, sitters, rendered())
    head = cast("nn.Linear", untaught().classifier.heads["glasses"])
    fit = fitted("glasses", sitters, head, rendered())
    export_looks(reader, torch.zeros(1, CHANNELS, GRID, GRID), tmp_path / "seen.onnx")
    for sitter in sitters:
        (said,) = sitter.right["glasses"]
        assert likely_by(fit, "glasses", sitter)[Glasses(said)] > 0.8
        shipped = cast("nn.Linear", reader.classifier.heads["glasses"])
        after = likely_by(replace(fit, layer=shipped), "glasses", sitter)
        assert after == pytest.approx(likely_by(fit, "glasses", sitter), abs=0.01)


def test_who_shows_no_colours_teaches_none() -> None:
    gray = {name: shares for name, shares in UNSURE.items() if name != "skin"}
    sitters = [
        replace(one, portrait=gray, right={**one.right, "skin": frozenset(["fair"])})
        for one in people(12, wears=3)
    ]
    taught = teach_last_layers(untaught(), sitters, rendered())
    assert taught["skin"].calibration == CALIBRATIONS["skin"]


def test_a_trait_that_nobody_said_stays_as_it_is() -> None:
    before, taught = untaught(), untaught()
    fits = teach_last_layers(taught, people(12, wears=3), rendered())
    was, learnt = before.classifier.state_dict(), taught.classifier.state_dict()
    changed = {key.split(".")[1] for key in was if not torch.equal(was[key], learnt[key])}
    assert changed == {"glasses"}
    kept = {name for name in READ if fits[name].calibration == CALIBRATIONS[name]}
    assert kept == set(READ) - {"glasses"}
    assert fits["hair_color"].toning == HAIR_TONING


def test_what_is_printed_is_what_the_code_has() -> None:
    """It is pasted into `generation/faces/calibration.py`."""
    said: dict[str, object] = {}
    known = {one.__name__: one for one in WRITTEN}
    fits = {
        name: Fit(one, nn.Linear(1, 1), HAIR_TONING if name == "hair_color" else None)
        for name, one in CALIBRATIONS.items()
    }
    exec(source(fits), known, said)  # noqa: S102 - printed by our own code
    assert said == {"CALIBRATIONS": CALIBRATIONS, "HAIR_TONING": HAIR_TONING}


def test_a_tone_of_hair_is_believed_where_people_say_that_it_is_right() -> None:
    """Renderings say what a colour looks like that nobody of them has, and which one is old."""
    dark, light = (Tone((lightness, 0, 0), share=0.3, old=0) for lightness in (0, 70))
    said = {dark: HairColor.BLACK, light: HairColor.BLOND}
    sitters = [
        replace(one, tone=tone, right={**one.right, "hair_color": frozenset([said[tone]])})
        for one, tone in zip(people(24, wears=3), 12 * [dark, light], strict=True)
    ]
    head = cast("nn.Linear", untaught().classifier.heads["hair_color"])
    hair = fitted("hair_color", sitters, head, rendered())
    for sitter in sitters[:2]:
        (right,) = sitter.right["hair_color"]
        assert likely_by(hair, "hair_color", sitter)[HairColor(right)] > 0.8
    assert hair.toning
    young, old = (likely_hair(replace(light, old=age), hair.toning) for age in (0, 1))
    assert young[HairColor.BLUE] > young[HairColor.PINK]
    assert old[HairColor.WHITE] > young[HairColor.WHITE]


def test_what_is_not_seen_of_hair_says_nothing() -> None:
    enough, half = (Tone((50, 10, 20), share, old=1) for share in (ENOUGH, ENOUGH / 2))
    tones, sure = measured([enough, half, None])
    assert tones[0].tolist() == [50, 10, 20, 1]
    assert sure.flatten().tolist() == [1, 0.5, 0]
    teacher = ToneTeacher(rendered())
    with torch.no_grad():
        for parameter in teacher.parameters:
            parameter.copy_(0.01 * torch.arange(parameter.numel()).view_as(parameter))
        logs = teacher.logs(tones, sure)
    assert logs[0].std() > logs[1].std() > 0.01
    assert torch.allclose(logs[2], logs[2, 0])
    for tone, taught in zip((enough, half), logs.exp(), strict=False):
        assert list(likely_hair(tone, teacher.toning()).values()) == pytest.approx(
            taught.tolist(), abs=0.01
        )


def test_a_damaged_network_teaches_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither renderings nor people."""
    (tmp_path / LABELS).write_text("file\n", encoding="utf-8")
    monkeypatch.setattr(hair_toning, "REGIONS_FILE", tmp_path / "regions.onnx")
    pool = Pool(trained(POCKET_WEIGHTS).tokenizer, 2, tmp_path / "run", CPU)
    write_heads(tmp_path / "makehuman")
    with pytest.raises(SystemExit, match="regions"):
        rendered_hair(pool)
    monkeypatch.setattr(sitters_module, "AGE_FILE", tmp_path / "age.onnx")
    with pytest.raises(SystemExit, match="age"):
        sitters_of(tmp_path, untaught())


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
    assert sitter.tone
    assert sitter.read.shape == (len(READ), WIDTH)


def test_a_picture_without_a_face_is_named(tmp_path: Path) -> None:
    Image.new("RGB", (256, 256), "gray").save(tmp_path / "wall.png")
    (tmp_path / LABELS).write_text("file\nwall.png\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"no face is seen in wall\.png"):
        sitters_of(tmp_path, untaught())
