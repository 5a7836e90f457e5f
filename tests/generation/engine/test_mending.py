"""A part of a picture is drawn once more, and nothing else changes."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionImg2ImgPipeline
from PIL import Image
from transformers import CLIPTextModel, CLIPVisionModelWithProjection

from generation.character import Character
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.engine.patch import Patch
from generation.engine.tuning import Tuning
from generation.models.catalogue import POCKET_WEIGHTS
from generation.modes import MODES, Mode
from generation.request import GenerationRequest, Picture, Square, Step
from generation.words.prompt import Prompt
from tests.support.photographs import astronaut, encode

CPU = Device("cpu", "float32")
SIDE = 64
"""Pixels that the model draws: what a picture shows is not asked here."""
SQUARE: Square = (200, 96, 150)
MODE = Mode("QUICK", steps=6, guidance_scale=6.5, ip_adapter_scale=0.5)
FACE = encode(astronaut().crop((160, 40, 288, 168)))
REQUEST = GenerationRequest(Character("Ann", (FACE,)), "an astronaut", MODE, seed=11, count=2)

Pixels = np.ndarray[Any, np.dtype[np.float64]]


@pytest.fixture(scope="module")
def generator() -> DiffusionGenerator:
    return DiffusionGenerator("pocket", CPU, tuning=Tuning(at_once=2, size=SIDE))


@pytest.fixture(scope="module")
def album(generator: DiffusionGenerator) -> list[Picture]:
    return list(generator.album(REQUEST, silent))


@pytest.fixture(scope="module")
def picture(album: list[Picture]) -> Image.Image:
    return album[0].image


def silent(_step: Step) -> None:
    """Ignore a step."""


def mended(
    generator: DiffusionGenerator,
    picture: Image.Image,
    mode: Mode = MODE,
    seed: int = 3,
    on_step: Callable[[Step], None] = silent,
) -> Image.Image:
    (prompt,) = generator.prompts(REQUEST)
    return generator.mend(replace(REQUEST, mode=mode), prompt, picture, SQUARE, seed, on_step)


def pixels(picture: Image.Image) -> Pixels:
    return np.asarray(picture, dtype=float)


def inside(picture: Image.Image, square: Square = SQUARE) -> Pixels:
    left, top, side = square
    return pixels(picture)[top : top + side, left : left + side]


def test_nothing_changes_but_the_square(
    generator: DiffusionGenerator, picture: Image.Image
) -> None:
    """To the bit; a seed gives the same face each time, and another one another."""
    before = picture.tobytes()
    new = mended(generator, picture)
    assert picture.tobytes() == before
    assert (new.size, new.mode) == (picture.size, "RGB")
    changed = np.abs(pixels(new) - pixels(picture)).max(axis=-1)
    left, top, side = SQUARE
    assert changed[top : top + side, left : left + side].mean() > 2
    changed[top : top + side, left : left + side] = 0
    assert not changed.any()
    assert mended(generator, picture).tobytes() == new.tobytes()
    assert mended(generator, picture, seed=4).tobytes() != new.tobytes()


@pytest.mark.parametrize("guidance_scale", [6.5, 1.0])
def test_it_is_drawn_as_diffusers_documents(picture: Image.Image, guidance_scale: float) -> None:
    """The enlarged square, noised and taken through the mode's last steps."""
    mode = replace(MODE, guidance_scale=guidance_scale)
    generator = DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE))
    (prompt,) = generator.prompts(REQUEST)
    pipe = StableDiffusionImg2ImgPipeline.from_pretrained(POCKET_WEIGHTS, dtype=torch.float32)
    pipe.load_ip_adapter(
        str(POCKET_WEIGHTS), subfolder="ip_adapter", weight_name="ip-adapter-plus-face.safetensors"
    )
    pipe.set_ip_adapter_scale(mode.ip_adapter_scale)
    pipe.scheduler = DPMSolverMultistepScheduler.from_config(
        pipe.scheduler.config, use_karras_sigmas=True
    )
    drawn = pipe(
        prompt.positive,
        image=Patch(picture, SQUARE).enlarged(SIDE),
        negative_prompt=prompt.negative,
        ip_adapter_image=astronaut().crop((160, 40, 288, 168)),
        num_inference_steps=mode.steps,
        strength=0.55,  # three of six steps, rounded down
        guidance_scale=1 + 0.15 * (guidance_scale - 1),  # the pocket model's late guidance
        generator=torch.Generator("cpu").manual_seed(3),
    ).images[0]
    documented = Patch(picture, SQUARE).put_back(drawn)
    assert np.abs(pixels(mended(generator, picture, mode)) - pixels(documented)).max() <= 2


def test_most_of_the_way_is_kept(generator: DiffusionGenerator, picture: Image.Image) -> None:
    """Fewer than half of the steps are taken, each is reported, and at least one."""
    for mode, steps in ((MODE, 3), (replace(MODE, steps=1), 1), (MODES["QUALITY"], 9)):
        heard: list[Step] = []
        mended(generator, picture, mode, on_step=heard.append)
        assert heard == [Step(0, step, steps) for step in range(1, steps + 1)]


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """What a listener may raise."""


def test_one_that_is_broken_off_harms_nothing(
    generator: DiffusionGenerator, album: list[Picture], picture: Image.Image
) -> None:
    """The next album, and the next face, are the same to the bit."""
    right = mended(generator, picture)

    def cancel(step: Step) -> None:
        if step.step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        mended(generator, picture, on_step=cancel)
    again = list(generator.album(REQUEST, silent))
    assert [one.image.tobytes() for one in again] == [one.image.tobytes() for one in album]
    assert mended(generator, picture).tobytes() == right.tobytes()


def test_between_the_pictures_of_an_album_it_harms_neither(
    album: list[Picture], picture: Image.Image
) -> None:
    """A worker may mend a picture before the next one is drawn."""
    one_by_one = DiffusionGenerator("pocket", CPU, tuning=Tuning(at_once=1, size=SIDE))
    drawn = []
    for one in one_by_one.album(REQUEST, silent):
        drawn.append(one.image)
        mended(one_by_one, one.image)
    for image, expected in zip(drawn, album, strict=True):
        assert np.abs(pixels(image) - pixels(expected.image)).max() <= 2  # batches sum otherwise


@contextmanager
def passes() -> Iterator[Counter[str]]:
    """Count the passes of every kind of network."""
    counted: Counter[str] = Counter()

    def note(module: torch.nn.Module, *_: object) -> None:
        counted[type(module).__name__] += 1

    handle = torch.nn.modules.module.register_module_forward_hook(note)
    try:
        yield counted
    finally:
        handle.remove()


def test_words_and_face_are_not_embedded_again(picture: Image.Image) -> None:
    """Not for pictures of the album's own prompt; other prompts are, and what was forgotten."""
    generator = DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE))
    list(generator.album(replace(REQUEST, seed=99, count=1), silent))
    with passes() as counted:
        mended(generator, picture)
    assert counted["UNet2DConditionModel"]
    assert not counted[CLIPTextModel.__name__] + counted[CLIPVisionModelWithProjection.__name__]
    for _ in range(2):
        with passes() as counted:
            generator.mend(REQUEST, Prompt("a pirate", ""), picture, SQUARE, 3, silent)
        assert counted[CLIPTextModel.__name__]
        generator.forget()


@contextmanager
def unet_rows(fails: Callable[[int], bool] = lambda _call: False) -> Iterator[list[int]]:
    """Note the rows of each call of the UNet; calls that `fails` names are out of memory."""
    rows: list[int] = []

    def note(module: torch.nn.Module, given: tuple[Any, ...]) -> None:
        if type(module).__name__ == "UNet2DConditionModel":
            rows.append(len(given[0]))
            if fails(len(rows)):
                raise torch.OutOfMemoryError("out of memory")

    handle = torch.nn.modules.module.register_module_forward_pre_hook(note)
    try:
        yield rows
    finally:
        handle.remove()


def test_a_guidance_that_was_cut_before_stays_cut(
    generator: DiffusionGenerator, picture: Image.Image
) -> None:
    """A step that is not guided in the album is none here, and costs half."""
    for until, expected in ((1.0, [2, 2, 2]), (0.7, [2, 1, 1]), (0.4, [1, 1, 1])):
        with unet_rows() as rows:
            mended(generator, picture, replace(MODE, guidance_until=until))
        assert rows == expected


def test_a_full_memory_slices_and_then_keeps_the_picture(picture: Image.Image) -> None:
    """The album is worth more than a face in it."""
    generator = DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE))
    right = mended(generator, picture)
    with unet_rows(fails=lambda call: call == 1) as rows:
        sliced = mended(generator, picture)
    assert rows == [2, 2, 2, 2]
    assert np.abs(pixels(sliced) - pixels(right)).max() <= 2
    with unet_rows(fails=lambda _call: True):
        assert mended(generator, picture).tobytes() == picture.tobytes()
    assert mended(generator, picture).tobytes() == sliced.tobytes()


@contextmanager
def lost(calls: Callable[[int], bool]) -> Iterator[None]:
    """Lose the decoded pictures of these calls."""
    made: list[None] = []

    def hook(module: torch.nn.Module, _given: object, output: Any) -> Any:  # noqa: ANN401
        if type(module).__name__ != "Decoder":
            return output
        made.append(None)
        return output * float("nan") if calls(len(made)) else output

    handle = torch.nn.modules.module.register_module_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def test_what_half_precision_loses_is_drawn_in_full(picture: Image.Image) -> None:
    """And where that is lost too, the picture stays."""
    half = DiffusionGenerator("pocket", Device("cpu", "bfloat16"), tuning=Tuning(size=SIDE))
    with lost(lambda call: call == 1):
        rescued = mended(half, picture)
    assert np.abs(inside(rescued) - inside(picture)).mean() > 1
    with lost(lambda _call: True):
        assert mended(half, picture).tobytes() == picture.tobytes()
    assert np.abs(inside(mended(half, picture)) - inside(picture)).mean() > 1


def test_a_face_is_put_back_in_the_colours_that_were_there() -> None:
    """A drawing that came out greener or darker leaves no stain."""
    photo = astronaut()
    square = (180, 60, 120)
    drawn = Patch(photo, square).enlarged(256)
    assert Patch(photo, square).put_back(drawn.resize((120, 120))).size == photo.size
    darker = Image.fromarray((pixels(drawn) * (0.6, 0.8, 0.7)).astype("u1"))
    back = Patch(photo, square).put_back(darker)
    means = inside(back, square).mean(axis=(0, 1)), inside(photo, square).mean(axis=(0, 1))
    assert np.abs(means[0] - means[1]).max() < 3


def test_what_was_drawn_fades_into_what_was_there() -> None:
    """No line shows where the square ended, and its middle is new."""
    flat = Image.new("RGB", (200, 200), (120, 120, 120))
    square = (40, 60, 100)
    noise = np.random.default_rng(1).integers(0, 255, (100, 100, 3)).astype("u1")
    back = inside(Patch(flat, square).put_back(Image.fromarray(noise)), square)
    change = np.abs(back - 120).mean(axis=-1)
    edges = [change[0], change[-1], change[:, 0], change[:, -1]]
    assert max(edge.max() for edge in edges) < 3
    assert change[40:60, 40:60].mean() > 40
