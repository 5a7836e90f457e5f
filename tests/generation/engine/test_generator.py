import shutil
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline
from diffusers.models.embeddings import IPAdapterPlusImageProjection
from PIL import Image, UnidentifiedImageError
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPVisionModelWithProjection

from generation.character import Character, Glasses, Traits
from generation.engine.backends import DTypeName
from generation.engine.devices import Device, DeviceUnavailable
from generation.engine.face_tokens import FaceTokensInMemory
from generation.engine.generator import DiffusionGenerator
from generation.engine.tuning import Tuning
from generation.models import catalogue
from generation.models.sources import ModelUnknown
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Step
from generation.sizes import Size
from tests.support.photographs import astronaut, encode, hopper

CPU = Device("cpu", "float32")
WEIGHTS = catalogue.POCKET_WEIGHTS
ANN = Character("Ann", (encode(astronaut().crop((160, 40, 288, 168))),))
QUICK = Mode("QUICK", steps=3, guidance_scale=6.5, ip_adapter_scale=0.5)
SIDE = 64
"""Pixels that a picture's side is drawn with, where it is not asked what it shows."""
REQUEST = GenerationRequest(ANN, "an astronaut on the moon", QUICK, seed=11, count=1)


@pytest.fixture(scope="module")
def generator() -> DiffusionGenerator:
    return one_by_one()


@pytest.fixture(scope="module")
def picture(generator: DiffusionGenerator) -> Picture:
    """What it draws of the request."""
    return draw(generator, REQUEST)[0]


@pytest.fixture(scope="module")
def shipped() -> DiffusionGenerator:
    """The pocket model at its own size."""
    return DiffusionGenerator("pocket", CPU, tuning=Tuning(at_once=1))


def one_by_one(model: str | Path = "pocket", device: Device = CPU) -> DiffusionGenerator:
    """Make one that draws as a large model's pictures are drawn on a CPU, but small ones."""
    return DiffusionGenerator(str(model), device, tuning=Tuning(at_once=1, size=SIDE))


def draw(
    generator: DiffusionGenerator,
    request: GenerationRequest,
    on_step: Callable[[Step], None] = lambda step: None,
) -> list[Picture]:
    return list(generator.album(request, on_step))


def silent(_step: Step) -> None:
    """Ignore a step."""


def pixels(pictures: list[Picture]) -> list[bytes]:
    return [picture.image.tobytes() for picture in pictures]


def distance(one: Picture, other: Picture) -> float:
    """Give the mean absolute difference of two pictures, in levels of 255."""
    first, second = (np.asarray(picture.image, dtype=float) for picture in (one, other))
    return float(np.abs(first - second).mean())


def test_without_a_face_the_words_alone_are_drawn(
    generator: DiffusionGenerator, picture: Picture
) -> None:
    """It is nobody's picture: as if the face had no say."""
    nobody = draw(generator, replace(REQUEST, character=Character("", ())))[0]
    silent_face = replace(REQUEST, mode=replace(QUICK, ip_adapter_scale=0.0))
    assert pixels([nobody]) == pixels(draw(generator, silent_face))
    assert pixels([nobody]) != pixels([picture])


def test_an_album_of_six_is_six_pictures_by_their_seeds(generator: DiffusionGenerator) -> None:
    """Picture k is what seed + k draws alone."""
    album = draw(generator, replace(REQUEST, count=6))
    assert [(picture.index, picture.seed) for picture in album] == [(k, 11 + k) for k in range(6)]
    alone = [draw(generator, replace(REQUEST, seed=11 + k))[0] for k in range(6)]
    assert pixels(album) == pixels(alone)


def test_a_variation_is_near_its_picture(shipped: DiffusionGenerator) -> None:
    """Nearer than any other seed's, different from each other, and the same each time."""
    (base,) = draw(shipped, REQUEST)
    others = draw(shipped, replace(REQUEST, seed=100, count=3))
    near = draw(shipped, replace(REQUEST, seed=100, count=3, near=(REQUEST.seed,)))
    distances = [distance(base, one) for one in near]
    assert max(distances) < min(distance(base, one) for one in others)
    assert min(distances) > 1
    assert len(set(pixels(near))) == 3
    assert pixels(draw(shipped, replace(REQUEST, seed=100, near=(REQUEST.seed,)))) == pixels(
        near[:1]
    )


def test_a_model_that_was_let_go_is_read_again(picture: Picture) -> None:
    """Nothing of it stays in memory meanwhile, and it draws as before."""
    generator = one_by_one()
    generator.unload()  # what is not there costs nothing
    assert pixels(draw(generator, REQUEST)) == pixels([picture])
    pipeline = weakref.ref(generator._pipeline)  # noqa: SLF001 - what is to go
    generator.unload()
    assert pipeline() is None
    assert pixels(draw(generator, REQUEST)) == pixels([picture])


def test_the_same_request_gives_the_same_bytes(generator: DiffusionGenerator) -> None:
    """Even from another generator, and after other albums."""
    album = pixels(draw(generator, replace(REQUEST, count=2)))
    draw(generator, replace(REQUEST, words="a pirate", mode=replace(QUICK, steps=2)))
    assert pixels(draw(generator, replace(REQUEST, count=2))) == album
    assert pixels(draw(one_by_one(), replace(REQUEST, count=2))) == album


def test_pictures_are_pictures(shipped: DiffusionGenerator) -> None:
    """Neither flat nor alike, in colour, and large enough for a chat."""
    album = draw(shipped, replace(REQUEST, count=6))
    for picture in album:
        assert (picture.image.size, picture.image.mode) == ((512, 512), "RGB")
        assert np.asarray(picture.image).std(axis=(0, 1)).min() > 15
    distances = [distance(one, other) for one in album for other in album if one is not other]
    assert min(distances) > 15


OTHER_REQUESTS = {
    "words": replace(REQUEST, words="a pirate in a forest"),
    "face": replace(
        REQUEST, character=Character("Grace", (encode(hopper().crop((150, 60, 420, 330))),))
    ),
    "traits": replace(REQUEST, character=replace(ANN, traits=Traits(words="red hair"))),
    "negative words": replace(REQUEST, character=replace(ANN, traits=Traits(glasses=Glasses.NONE))),
    "scale": replace(REQUEST, mode=replace(QUICK, ip_adapter_scale=0.8)),
    "no face": replace(REQUEST, mode=replace(QUICK, ip_adapter_scale=0.0)),
    "guidance": replace(REQUEST, mode=replace(QUICK, guidance_scale=7.5)),
    "steps": replace(REQUEST, mode=replace(QUICK, steps=4)),
}


@pytest.mark.parametrize("other", OTHER_REQUESTS.values(), ids=OTHER_REQUESTS)
def test_everything_that_is_asked_shows_in_the_pixels(
    generator: DiffusionGenerator, picture: Picture, other: GenerationRequest
) -> None:
    """Nothing of a request is dropped on its way into the model."""
    assert distance(picture, *draw(generator, other)) > 0.1


def test_without_guidance_the_negative_words_and_face_draw_nothing(
    generator: DiffusionGenerator,
) -> None:
    """At a guidance of 1 or less only the positive half is drawn from."""
    unguided = replace(REQUEST, mode=replace(QUICK, guidance_scale=1.0))
    negated = replace(unguided, character=replace(ANN, traits=Traits(glasses=Glasses.NONE)))
    assert generator.prompts(unguided)[0].negative != generator.prompts(negated)[0].negative
    assert pixels(draw(generator, unguided)) == pixels(draw(generator, negated))


@pytest.mark.parametrize("guidance_scale", [6.5, 1.0, 0.0])
def test_a_picture_is_the_one_that_diffusers_documents(
    shipped: DiffusionGenerator, guidance_scale: float
) -> None:
    """Embedding once, with a new scheduler, draws what the pipeline's manual draws."""
    pipe = StableDiffusionPipeline.from_pretrained(WEIGHTS, dtype=torch.float32)
    pipe.load_ip_adapter(
        str(WEIGHTS), subfolder="ip_adapter", weight_name="ip-adapter-plus-face.safetensors"
    )
    pipe.set_ip_adapter_scale(QUICK.ip_adapter_scale)
    pipe.scheduler = DPMSolverMultistepScheduler.from_config(
        pipe.scheduler.config, use_karras_sigmas=True
    )
    (prompt,) = shipped.prompts(REQUEST)

    early, late = (1 + (guidance_scale - 1) * share for share in catalogue.pocket().guidance)

    def fade(pipe: Any, index: int, _time: object, tensors: Any) -> Any:  # noqa: ANN401 - diffusers'
        if guidance_scale > 1 and index + 1 == round(0.4 * QUICK.steps):
            pipe._guidance_scale = late  # noqa: SLF001
        return tensors

    documented = pipe(
        prompt.positive,
        negative_prompt=prompt.negative,
        ip_adapter_image=astronaut().crop((160, 40, 288, 168)),
        num_inference_steps=QUICK.steps,
        guidance_scale=early,
        callback_on_step_end=fade,
        generator=torch.Generator("cpu").manual_seed(REQUEST.seed),
    ).images[0]
    mode = replace(QUICK, guidance_scale=guidance_scale)
    (picture,) = draw(shipped, replace(REQUEST, mode=mode))
    enlarged = documented.resize((512, 512), Image.Resampling.LANCZOS)
    assert picture.image.tobytes() == enlarged.tobytes()


@contextmanager
def forward_passes() -> Iterator[Counter[type[torch.nn.Module]]]:
    """Count the passes of every kind of network."""
    passes: Counter[type[torch.nn.Module]] = Counter()

    def note(module: torch.nn.Module, *_: Any) -> None:  # noqa: ANN401 - torch's
        passes[type(module)] += 1

    handle = torch.nn.modules.module.register_module_forward_hook(note)
    yield passes
    handle.remove()


@pytest.fixture(scope="module")
def passes_of_an_album() -> Counter[type[torch.nn.Module]]:
    """What an album of three takes of a generator that has not met its face."""
    with forward_passes() as passes:
        draw(DiffusionGenerator("pocket", CPU), replace(REQUEST, count=3))
    return passes


@pytest.mark.parametrize(
    ("kind", "passes"),
    [(CLIPTextModel, 2), (CLIPVisionModelWithProjection, 2), (IPAdapterPlusImageProjection, 1)],
)
def test_words_and_face_are_embedded_once_an_album(
    passes_of_an_album: Counter[type[torch.nn.Module]], kind: type[torch.nn.Module], passes: int
) -> None:
    """The positive and the negative one, however many pictures and steps."""
    assert passes_of_an_album[kind] == passes


def test_a_face_is_encoded_once_and_for_all() -> None:
    """Its tokens are saved: the next start draws the same picture without the image encoder."""
    saved = FaceTokensInMemory()
    first = draw(DiffusionGenerator("pocket", CPU, face_tokens=saved), REQUEST)
    with forward_passes() as passes:
        second = draw(DiffusionGenerator("pocket", CPU, face_tokens=saved), REQUEST)
    assert passes[CLIPTextModel]
    assert not passes[CLIPVisionModelWithProjection]
    assert pixels(first) == pixels(second)


def test_a_small_model_draws_an_album_at_once(generator: DiffusionGenerator) -> None:
    """Every step is told of all six pictures, and they are those that are drawn one by one."""
    steps: list[Step] = []
    request = replace(REQUEST, count=6)
    together = DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE))
    album = draw(together, request, steps.append)
    assert steps == [Step(0, step, 3, together=6) for step in (1, 2, 3)]
    for picture, alone in zip(album, draw(generator, request), strict=True):
        assert (picture.index, picture.seed) == (alone.index, alone.seed)
        assert distance(picture, alone) < 0.1


def test_every_step_is_reported(generator: DiffusionGenerator) -> None:
    """Each picture's steps are counted from 1, and come before the picture."""
    reports: list[Step | int] = []
    album = generator.album(replace(REQUEST, count=2), reports.append)
    reports.extend(picture.index for picture in album)
    first, second = ([Step(picture, step, 3) for step in (1, 2, 3)] for picture in (0, 1))
    assert reports == [*first, 0, *second, 1]


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """What a listener may raise."""


@pytest.fixture(scope="module")
def two_pictures(generator: DiffusionGenerator) -> list[bytes]:
    return pixels(draw(generator, replace(REQUEST, count=2)))


@pytest.mark.parametrize("last", [Step(0, 1, 3), Step(0, 3, 3), Step(1, 2, 3)])
def test_what_a_listener_raises_ends_the_album_and_harms_no_other(
    generator: DiffusionGenerator, two_pictures: list[bytes], last: Step
) -> None:
    """A cancelled album stops within the step, and the next one is the same to the bit."""
    steps: list[Step] = []

    def cancel(step: Step) -> None:
        steps.append(step)
        if step == last:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw(generator, replace(REQUEST, words="a pirate", count=2), cancel)
    assert steps[-1] == last
    assert pixels(draw(generator, replace(REQUEST, count=2))) == two_pictures


def test_an_album_left_in_the_middle_harms_no_other(
    generator: DiffusionGenerator, picture: Picture
) -> None:
    """A worker may stop asking for pictures."""
    next(generator.album(replace(REQUEST, seed=5, count=3), lambda step: None))
    assert pixels(draw(generator, REQUEST)) == pixels([picture])


def test_a_face_that_is_no_picture_harms_no_other_album(
    generator: DiffusionGenerator, picture: Picture
) -> None:
    """A failing album leaves nothing behind."""
    with pytest.raises(UnidentifiedImageError):
        draw(generator, replace(REQUEST, character=Character("Nobody", (b"not a picture",))))
    assert pixels(draw(generator, REQUEST)) == pixels([picture])


def test_nobody_else_is_left_without_gradients(generator: DiffusionGenerator) -> None:
    """Its caller has torch as it was, whenever a picture is handed over."""
    for _ in generator.album(REQUEST, lambda step: None):
        assert torch.is_grad_enabled()


def test_a_picture_lost_in_half_precision_is_drawn_again(tmp_path: Path) -> None:
    """Only pictures that are black from overflow are drawn in full precision."""
    root = Path(shutil.copytree(WEIGHTS, tmp_path / "model"))
    weights = root / "vae" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(weights)
    tensors["decoder.conv_in.weight"] *= 10_000  # beyond what float16 can hold, once multiplied
    save_file(tensors, weights, metadata={"format": "pt"})
    half, full = one_by_one(root, Device("cpu", "float16")), one_by_one(root)
    steps: list[Step] = []
    (again,) = draw(half, REQUEST, steps.append)
    (right,) = draw(full, REQUEST)
    assert distance(again, right) < 2
    assert np.asarray(again.image).std() > 15
    assert [step.step for step in steps] == [1, 2, 3, 1, 2, 3]
    assert pixels(draw(half, REQUEST)) == pixels([again])


@pytest.mark.parametrize(("dtype", "size"), [("bfloat16", None), ("float16", SIDE)])
def test_half_precision_draws_the_same_picture(dtype: DTypeName, size: int | None) -> None:
    """To the eye: a few levels of 255.

    In float16 a CPU is slow; bfloat16 is coarse, and wants the size that the model was taught.
    """
    full, half = (
        DiffusionGenerator("pocket", Device("cpu", one), tuning=Tuning(at_once=1, size=size))
        for one in ("float32", dtype)
    )
    assert distance(*draw(full, REQUEST), *draw(half, REQUEST)) < 3


def test_nothing_is_loaded_before_it_is_wanted() -> None:
    """A wrong setting is refused at the first request, as often as it is tried."""
    unknown = DiffusionGenerator("no-such-model")
    for _ in range(2):
        with pytest.raises(ModelUnknown):
            unknown.prompts(REQUEST)
    absent = DiffusionGenerator("pocket", "quantum")
    with pytest.raises(DeviceUnavailable):
        absent.load()


def test_the_pocket_model_says_what_it_can_not_draw(generator: DiffusionGenerator) -> None:
    """The person's words only, those about themselves too; what was cut is not named twice."""
    ann = replace(ANN, traits=Traits(glasses=Glasses.NONE, words="a scar"))
    words = "two pirates on a zorgblat, игуана --- without violin"
    (prompt,) = generator.prompts(replace(REQUEST, character=ann, words=words))
    assert prompt.unknown == ("scar", "two", "zorgblat", "игуана")
    assert ", pirate, at sea, " in prompt.positive
    known = ("forest", "castle", "garden", "city", "desert", "library", "kitchen", "street")
    places = ", ".join(f"{where} a {one}" for where in ("in", "near", "by") for one in known)
    words = f"a knight, zorgblat, {places}, a drum on a ship"
    (long,) = generator.prompts(replace(REQUEST, words=words))
    assert long.unknown == ("zorgblat",)
    assert "drum" in long.cut


def test_an_album_is_drawn_from_the_prompts_that_it_is_given(
    generator: DiffusionGenerator, picture: Picture
) -> None:
    """They were written and shown before: nobody writes them anew."""
    prompts = generator.prompts(REQUEST)
    album = generator.album(replace(REQUEST, words="a king"), lambda _: None, prompts)
    assert pixels(list(album)) == pixels([picture])


STORY = replace(REQUEST, count=3, scenes=("a pirate at sea", "a king", "in a forest"))


def alone(generator: DiffusionGenerator, story: GenerationRequest) -> list[Picture]:
    """Draw each picture of a story by itself."""
    prompts = generator.prompts(story)
    return [
        next(generator.album(replace(story, seed=story.seed + k, count=1), silent, [prompts[k]]))
        for k in range(story.count)
    ]


def test_each_picture_of_a_story_shows_its_scene(generator: DiffusionGenerator) -> None:
    """Picture k is scene k, drawn from seed + k: one by one, and all at once."""
    expected = alone(generator, STORY)
    assert pixels(draw(generator, STORY)) == pixels(expected)
    together = draw(DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE)), STORY)
    for one, other in zip(together, expected, strict=True):
        assert distance(one, other) < 0.1


SHAPES = {Size.PORTRAIT: (512, 768), Size.LANDSCAPE: (768, 512)}


@pytest.mark.parametrize(("size", "shape"), SHAPES.items())
def test_a_picture_has_the_shape_that_is_asked(
    generator: DiffusionGenerator, size: Size, shape: tuple[int, int]
) -> None:
    """So has each of a batch."""
    request = replace(REQUEST, size=size, count=2)
    album = draw(generator, request)
    assert [picture.image.size for picture in album] == [shape] * 2
    together = draw(DiffusionGenerator("pocket", CPU, tuning=Tuning(size=SIDE)), request)
    assert max(distance(one, other) for one, other in zip(album, together, strict=True)) < 0.1


@pytest.mark.parametrize(("size", "shape"), SHAPES.items())
def test_a_variation_of_any_shape_is_near_its_picture(
    shipped: DiffusionGenerator, size: Size, shape: tuple[int, int]
) -> None:
    """At the model's own size: a smaller picture of it shows nothing that could be near."""
    request = replace(REQUEST, size=size)
    (base,) = draw(shipped, request)
    others = draw(shipped, replace(request, seed=100, count=2))
    near = draw(shipped, replace(request, seed=100, count=2, near=(request.seed,)))
    assert {picture.image.size for picture in near} == {shape}
    assert max(distance(base, one) for one in near) < min(distance(base, one) for one in others)


PLACES_OF_THE_SQUARE = {
    Size.PORTRAIT: (0, 256, 512, 768),
    Size.LANDSCAPE: (128, 0, 640, 512),
}


@pytest.mark.parametrize(("size", "place"), PLACES_OF_THE_SQUARE.items())
def test_a_model_that_has_seen_squares_only_extends_its_square(
    shipped: DiffusionGenerator, size: Size, place: tuple[int, int, int, int]
) -> None:
    """So it draws no second head: the seed's square is in the picture, and every step is told."""
    (square,) = draw(shipped, REQUEST)
    steps: list[Step] = []
    (picture,) = draw(shipped, replace(REQUEST, size=size), steps.append)
    inside = replace(picture, image=picture.image.crop(place))
    assert distance(inside, square) < 10  # other seeds are 15 away or more
    assert steps == [Step(0, step, 4) for step in (1, 2, 3, 4)]
    about = np.asarray(picture.image, dtype=float)
    new = about[:256] if size is Size.PORTRAIT else about[:, :128]
    assert new.std() > 1  # not black: a studio's wall is plain


@pytest.mark.parametrize("until", [1.0, 0.5])
@pytest.mark.parametrize("guidance_scale", [6.5, 1.0])
def test_an_extension_is_guided_as_far_as_its_mode(
    generator: DiffusionGenerator, guidance_scale: float, until: float
) -> None:
    """Neither kind of guidance mixes the two halves of what it is drawn from."""
    mode = replace(QUICK, steps=4, guidance_scale=guidance_scale, guidance_until=until)
    for size, shape in SHAPES.items():
        (picture,) = draw(generator, replace(REQUEST, mode=mode, size=size))
        assert picture.image.size == shape
        assert np.asarray(picture.image).std() > 5


def test_a_model_that_is_read_again_has_left_the_memory() -> None:
    """Two at once may not fit."""
    generator = one_by_one()
    generator.load()
    old = weakref.ref(generator._loaded())  # noqa: SLF001 - what is in memory
    generator._pipeline = generator._read(whole=True)  # noqa: SLF001 - few-step weights came late
    assert old() is None
