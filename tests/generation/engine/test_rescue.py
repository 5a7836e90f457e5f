"""What is too much for the memory or for half precision costs nobody a picture."""

from pathlib import Path

import numpy as np
import pytest
import torch

from generation.engine.backends import DTypeName
from generation.engine.devices import Device
from generation.engine.face_tokens import FaceTokensInMemory
from generation.engine.memory import MemoryFull
from generation.engine.pipeline import FacePipeline
from generation.engine.rescue import PictureBlack
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.sizes import Size
from tests.support.small_engine import (
    BFLOAT16,
    QUICK,
    ROUNDING,
    SEEDS,
    SIDE,
    Pixels,
    away,
    built,
    draw,
    output_of,
    ready,
    rows_of_the_unet,
    silent,
    unet_of,
)


def test_what_is_too_much_for_the_memory_is_drawn_in_parts(plus: Path, drawn: list[Pixels]) -> None:
    """The same six pictures; the next album begins with what fits."""
    engine = built(plus, at_once=6)
    with rows_of_the_unet(most=4) as rows:
        pictures = draw(engine, QUICK, SEEDS)
    assert rows[:3] == [12, 6, 2]
    assert engine.at_once() == 1
    assert max(map(away, drawn, pictures)) <= ROUNDING


def test_a_batch_of_another_shape_fits_by_its_area(plus: Path) -> None:
    """What was too much for the memory is too much in pixels: fewer landscapes than squares."""
    engine = built(plus, at_once=6)
    conditions = ready(engine, QUICK).times(6)
    landscape = Size.LANDSCAPE
    alone = engine.draw(conditions.split()[0], QUICK, SEEDS[0], silent, size=landscape)
    with rows_of_the_unet(most=6) as rows:
        pictures = engine.draw_together(conditions, QUICK, SEEDS, silent, size=landscape)
    assert rows[:2] == [12, 6]
    assert (engine.at_once(landscape), engine.at_once()) == (3, 4)
    assert {picture.size for picture in pictures} == {landscape.pixels(SIDE)}
    assert away(np.asarray(pictures[0], float), np.asarray(alone, float)) <= ROUNDING


def test_one_landscape_too_many_is_a_sentence(plus: Path) -> None:
    """As one square is; the next square is drawn."""
    engine = built(plus)
    conditions = ready(engine, QUICK)
    with rows_of_the_unet(most=1), pytest.raises(MemoryFull):
        engine.draw(conditions, QUICK, 1, silent, size=Size.LANDSCAPE)
    assert draw(engine)


def test_one_picture_too_many_is_a_sentence(plus: Path, drawn: list[Pixels]) -> None:
    """If slices don't help either, it is refused; the next album is drawn again."""
    engine = built(plus)
    with rows_of_the_unet(most=1) as rows, pytest.raises(MemoryFull):
        draw(engine, QUICK, SEEDS[:2])
    assert rows == [4, 2, 2]
    assert away(draw(engine)[0], drawn[0]) <= ROUNDING


def test_a_lost_picture_is_drawn_again_alone(plus: Path) -> None:
    """The others of its batch are not drawn again; lost pictures are counted."""
    right = draw(built(plus, size=None), QUICK, SEEDS[:3])
    engine = built(plus, BFLOAT16, size=None)
    conditions = ready(engine, QUICK).times(3)
    steps: list[int] = []
    # The second picture that is decoded is lost, once.
    with output_of("Decoder", lambda output, call: output * float("nan") if call == 2 else output):
        pictures = engine.draw_together(conditions, QUICK, SEEDS[:3], steps.append)
    assert engine.lost == 1
    assert steps == [1, 2, 3, 1, 2, 3]
    assert {weights.dtype for weights in unet_of(engine).parameters()} == {torch.bfloat16}
    for picture, expected in zip(pictures, right, strict=True):
        assert np.abs(np.asarray(picture, dtype=float) - expected).mean() < 3  # bfloat16's error


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_a_picture_that_stays_black_is_a_sentence(plus: Path, dtype: DTypeName) -> None:
    """It is refused; the next picture is as good as ever."""
    engine = built(plus, Device("cpu", dtype))
    (expected,) = draw(engine)
    with (
        output_of("Decoder", lambda output, _call: output * float("nan")),
        pytest.raises(PictureBlack),
    ):
        draw(engine)
    assert away(draw(engine)[0], expected) == 0


def test_a_face_that_half_precision_loses_is_read_in_full(plus: Path) -> None:
    """Only tokens that can be drawn with are saved."""
    saved = FaceTokensInMemory()
    files, device, tuning = locate(resolve(str(plus))), BFLOAT16, Tuning()
    half = FacePipeline(files, device, tuning, saved)
    projection = "IPAdapterPlusImageProjection"
    with output_of(projection, lambda output, call: output * float("nan") if call == 1 else output):
        (picture,) = draw(half)
    (expected,) = draw(FacePipeline(files, device, tuning))
    assert np.abs(picture - expected).mean() < 3  # the tokens are finer than half precision's
    (again,) = draw(FacePipeline(files, device, tuning, saved))
    assert away(again, picture) == 0
