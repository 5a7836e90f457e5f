"""What is too much for the memory or for half precision costs nobody a picture."""

import shutil
from errno import ENOENT, ENOMEM
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL

from generation.engine.backends import GB, Cuda, DTypeName
from generation.engine.batches import Batches
from generation.engine.devices import Device
from generation.engine.face_tokens import FaceTokensInMemory
from generation.engine.generator import DiffusionGenerator
from generation.engine.memory import MemoryFull, is_full
from generation.engine.pipeline import FacePipeline
from generation.engine.rescue import PictureBlack
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.modes import Mode
from generation.sizes import Size
from tests.support.model_shapes import add_few_steps
from tests.support.small_engine import (
    BFLOAT16,
    CPU,
    FACE,
    QUICK,
    ROUNDING,
    SEEDS,
    SIDE,
    Pixels,
    away,
    built,
    draw,
    networks_of,
    output_of,
    ready,
    rows_of_the_unet,
    silent,
    unet_of,
)

TURBO = Mode("TURBO", steps=2, guidance_scale=1.0, ip_adapter_scale=0.5, few_steps=True)


@pytest.fixture(scope="module")
def few(plus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with few-step weights."""
    directory = Path(shutil.copytree(plus, tmp_path_factory.mktemp("few") / "plus"))
    add_few_steps(directory)
    return directory


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


@pytest.mark.parametrize(
    "said",
    [
        "Invalid buffer size: 19.45 GiB",
        "MPS backend out of memory (MPS allocated: 8.00 GiB, max allowed: 9.07 GiB)",
        "Failed to allocate private MTLBuffer for size 4294967296",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
        "[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory",
        "[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: not enough memory",
    ],
)
def test_a_full_memory_is_known_by_what_is_said(said: str) -> None:
    """Each device has words of its own for it."""
    assert is_full(RuntimeError(said))


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Placeholder storage has not been allocated on MPS device!"),
        RuntimeError("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"),
        ValueError("Invalid buffer size: it is a setting"),
        OSError(ENOENT, "No such file or directory"),
    ],
)
def test_another_error_is_no_full_memory(error: Exception) -> None:
    """It would be drawn in ever smaller parts, and be told as what it is not."""
    assert not is_full(error)
    assert is_full(OSError(ENOMEM, "Cannot allocate memory"))


def test_a_full_memory_is_no_damaged_model(plus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is told to fetch it again would do so in vain."""

    def full(*_: object, **__: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 GB")

    monkeypatch.setattr(AutoencoderKL, "from_pretrained", full)
    with pytest.raises(MemoryFull):
        DiffusionGenerator(str(plus), CPU).load()


def test_metals_invalid_buffer_is_drawn_in_slices(plus: Path, drawn: list[Pixels]) -> None:
    """Metal draws one by one, so that there is no smaller batch."""

    def too_large(output: Any, call: int) -> Any:  # noqa: ANN401 - diffusers'
        if call == 1:
            raise RuntimeError("Invalid buffer size: 9.75 GB")
        return output

    engine = built(plus, at_once=1)
    with output_of("UNet2DConditionModel", too_large):
        (picture,) = draw(engine)
    assert away(picture, drawn[0]) <= ROUNDING


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


ENCODER_ROUNDED = 0.02
"""How much tokens of faces, most of which are within 3 of 0, may differ where the image encoder's
weights were rounded too."""


def rounded(engine: FacePipeline) -> FacePipeline:
    """Give its weights the precision of those that were read as bfloat16."""
    for network in networks_of(engine, torch.nn.Module):
        cast("torch.nn.Module", network).to(torch.bfloat16).to(torch.float32)
    return engine


def half_is_lost(output: torch.Tensor, _call: int) -> torch.Tensor:
    """Lose what half precision gives, as a GTX 16xx does."""
    return output * float("nan") if output.dtype == torch.bfloat16 else output


def test_half_precision_that_loses_pictures_is_given_up(
    few: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After two, with all networks, and said once; nobody's picture is lost, now or later."""
    engine, right = built(few, BFLOAT16, low_memory=True), rounded(built(few))
    other = FACE.rotate(10)  # a face that is not read before half precision is given up
    with output_of("Decoder", half_is_lost), output_of("DecoderTiny", half_is_lost):
        pictures = draw(engine, QUICK, SEEDS[:2])
        assert engine.precision.given_up
        pictures += [*draw(engine, TURBO), *draw(engine, face=other)]
    assert (engine.lost, caplog.text.count("given up")) == (2, 1)
    half = ready(built(few, BFLOAT16), QUICK)  # what was read before half precision was given up
    read_later = ready(engine, QUICK, other)
    torch.testing.assert_close(
        read_later.face, ready(right, QUICK, other).face, rtol=0, atol=ENCODER_ROUNDED
    )
    expected = [
        *right.draw_together(half.times(2), QUICK, SEEDS[:2], silent),
        *right.draw_together(read_later, QUICK, SEEDS[:1], silent),
    ]
    turbo = draw(right, TURBO)
    for picture, one in zip(pictures, [*expected[:2], *turbo, expected[2]], strict=True):
        assert away(picture, np.asarray(one, float)) <= ROUNDING
    assert {weights.dtype for weights in unet_of(engine).parameters()} == {torch.float32}


def test_one_lost_picture_is_an_accident(plus: Path) -> None:
    """Half precision goes on: it is twice as fast."""
    engine = built(plus, BFLOAT16)
    with output_of("Decoder", lambda output, call: output * float("nan") if call == 1 else output):
        draw(engine)
    draw(engine, seeds=SEEDS[:2])
    assert not engine.precision.given_up
    assert {weights.dtype for weights in unet_of(engine).parameters()} == {torch.bfloat16}


def test_batches_are_sized_for_full_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a card that half precision was given up on: its pictures take twice the memory."""
    free = iter([9 * GB, 7 * GB])
    monkeypatch.setattr(Cuda, "free_memory", lambda _self: int(next(free)))
    batches = Batches(Device("cuda", "float16"), 860_000_000, None)
    assert batches.at_once(512**2) == 6
    batches.in_full_precision()
    assert batches.at_once(512**2) == 1


def test_words_that_half_precision_loses_are_read_in_full(
    plus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """From then on: the same words would be lost again in the next album."""
    engine = built(plus, BFLOAT16)
    with output_of("CLIPTextModel", half_words_are_lost):
        for _ in range(2):
            draw(engine)
    assert caplog.text.count("lost the words") == 1
    assert not engine.lost


def half_words_are_lost(output: Any, _call: int) -> Any:  # noqa: ANN401 - transformers'
    """Lose the words' embeddings, as an overflow does."""
    output.last_hidden_state = half_is_lost(output.last_hidden_state, 0)
    return output


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
