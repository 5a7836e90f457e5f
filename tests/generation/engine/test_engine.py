"""The engine's shortcuts draw what the long way draws, with every kind of face adapter."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
)
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import CLIPImageProcessor, CLIPTextModel

from generation.engine import attention
from generation.engine.face_tokens import FaceTokensInMemory
from generation.engine.networks import Networks
from generation.engine.pipeline import FacePipeline
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.models.sources import LoraUnfit, NoFewSteps
from generation.modes import Mode
from generation.pocket.sizes import FACE_SIDE
from generation.sizes import Size
from generation.words.prompt import Prompt
from tests.support.model_shapes import LORA, Adapter, add_few_steps, with_adapter
from tests.support.photographs import encode
from tests.support.small_engine import (
    CPU,
    FACE,
    PROMPT,
    QUICK,
    ROUNDING,
    SEEDS,
    SIDE,
    Pixels,
    away,
    built,
    draw,
    networks_of,
    ready,
    rows_of_the_unet,
    silent,
)

UNGUIDED = replace(QUICK, guidance_scale=1.0)
TURBO = Mode("TURBO", steps=2, guidance_scale=1.0, ip_adapter_scale=0.5, few_steps=True)
OTHER_FACES = [FACE.rotate(180), FACE.transpose(Image.Transpose.FLIP_LEFT_RIGHT)]


@pytest.fixture(scope="module", params=["plain", "plus", "full"])
def directory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with each kind of face adapter, and with few-step weights."""
    kind = cast("Adapter", request.param)
    model = with_adapter(tmp_path_factory.mktemp("model"), kind)
    add_few_steps(model)
    return model


@pytest.fixture(scope="module")
def engine(directory: Path) -> FacePipeline:
    return built(directory)


@pytest.fixture(scope="module")
def picture(engine: FacePipeline) -> Pixels:
    """What the engine draws from the first seed."""
    return draw(engine)[0]


@pytest.fixture(scope="module")
def documented(directory: Path) -> Any:  # noqa: ANN401 - diffusers ships no types
    return set_up_as_documented(directory)


def set_up_as_documented(directory: Path) -> Any:  # noqa: ANN401 - diffusers ships no types
    """Set diffusers up as its manual says."""
    pipe = StableDiffusionPipeline.from_pretrained(directory, dtype=torch.float32)
    adapter = next((directory / "ip_adapter").iterdir())
    pipe.load_ip_adapter(str(directory), subfolder="ip_adapter", weight_name=adapter.name)
    pipe.set_ip_adapter_scale(QUICK.ip_adapter_scale)
    pipe.scheduler = DPMSolverMultistepScheduler.from_config(
        pipe.scheduler.config, use_karras_sigmas=True
    )
    return pipe


def called(pipe: Any, mode: Mode, face: Image.Image = FACE) -> Pixels:  # noqa: ANN401
    image = pipe(
        PROMPT.positive,
        negative_prompt=PROMPT.negative,
        ip_adapter_image=face,
        height=SIDE,
        width=SIDE,
        num_inference_steps=mode.steps,
        guidance_scale=mode.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(SEEDS[0]),
    ).images[0]
    return np.asarray(image, dtype=float)


def test_an_album_is_six_single_pictures(engine: FacePipeline) -> None:
    """Drawn together or alone, a seed gives its picture."""
    ends = (0, len(SEEDS) - 1)
    modes = {
        replace(QUICK, steps=2): range(len(SEEDS)),
        replace(UNGUIDED, steps=2): ends,
        TURBO: ends,
    }
    for mode, some in modes.items():
        together = draw(engine, mode, SEEDS)
        for k in some:
            (alone,) = draw(engine, mode, [SEEDS[k]])
            assert away(together[k], alone) <= ROUNDING
        assert min(away(together[0], other) for other in together[1:]) > ROUNDING


@pytest.mark.parametrize(
    ("mode", "face"),
    zip([QUICK, UNGUIDED], OTHER_FACES, strict=True),
    ids=["guided", "unguided"],
)
def test_what_is_embedded_and_projected_once_draws_the_documented_picture(
    engine: FacePipeline,
    documented: Any,  # noqa: ANN401
    mode: Mode,
    face: Image.Image,
) -> None:
    """Kept tokens and words do not change it; unguided, no negative row is mixed in."""
    picture = called(documented, mode, face)
    assert away(draw(engine, mode, face=face)[0], picture) <= ROUNDING
    # The engine has met this face now, and draws from the tokens that it saved.
    assert away(draw(engine, mode, face=face)[0], picture) <= ROUNDING


def test_a_guidance_cut_is_a_loop_that_leaves_the_negative_rows_out(
    documented: Any,  # noqa: ANN401
    engine: FacePipeline,
) -> None:
    """Guided steps have two rows, the last steps only the positive one; written out by hand."""
    mode = replace(QUICK, steps=4, guidance_until=0.5)
    whole = draw(engine, replace(mode, guidance_until=1.0))[0]
    with rows_of_the_unet() as rows:
        cut = draw(engine, mode)[0]
    assert rows == [2, 2, 1, 1]
    with rows_of_the_unet() as rows:
        draw(engine, replace(mode, guidance_until=0.01))
    assert rows == [2, 1, 1, 1]
    assert away(cut, by_hand(documented, mode)) <= ROUNDING
    assert away(cut, whole) > 10


def test_guidance_that_fades_is_a_loop_with_another_scale_at_the_end(
    directory: Path,
    documented: Any,  # noqa: ANN401
    engine: FacePipeline,
    picture: Pixels,
) -> None:
    """For models that need less guidance once it is decided what there is to see."""
    files = locate(resolve(str(directory)))
    gentle = FacePipeline(replace(files, guidance=(0.8, 0.2)), CPU, Tuning(size=SIDE))
    faded = draw(gentle)[0]
    assert away(faded, by_hand(documented, QUICK, (0.8, 0.2))) <= ROUNDING
    assert away(faded, picture) > 10
    assert away(draw(gentle, UNGUIDED)[0], draw(engine, UNGUIDED)[0]) <= ROUNDING


@torch.no_grad()
def by_hand(
    pipe: Any,  # noqa: ANN401
    mode: Mode,
    guidance: tuple[float, float] = (1.0, 1.0),
) -> Pixels:
    guided = True
    positive, negative = pipe.encode_prompt(PROMPT.positive, "cpu", 1, guided, PROMPT.negative)
    (face,) = pipe.prepare_ip_adapter_image_embeds([FACE], None, "cpu", 1, guided)
    scheduler = pipe.scheduler
    scheduler.set_timesteps(mode.steps)
    noise = torch.Generator("cpu").manual_seed(SEEDS[0])
    side = SIDE // pipe.vae_scale_factor
    latents = torch.randn((1, pipe.unet.config.in_channels, side, side), generator=noise)

    def predict(words: torch.Tensor, face: torch.Tensor, time: torch.Tensor) -> torch.Tensor:
        given = scheduler.scale_model_input(latents, time)
        conditions = {"image_embeds": [face]}
        return cast(
            "torch.Tensor", pipe.unet(given, time, words, added_cond_kwargs=conditions).sample
        )

    for index, time in enumerate(scheduler.timesteps):
        foreseen = predict(positive, face[1:], time)
        if index < mode.steps * mode.guidance_until:
            unwanted = predict(negative, face[:1], time)
            share = guidance[index >= round(0.4 * mode.steps)]
            scale = 1 + (mode.guidance_scale - 1) * share
            foreseen = unwanted + scale * (foreseen - unwanted)
        latents = scheduler.step(foreseen, time, latents).prev_sample
    decoded = pipe.vae.decode(latents / pipe.vae.config.scaling_factor).sample
    image = pipe.image_processor.postprocess(decoded)[0]
    return np.asarray(image, dtype=float)


def test_attention_in_slices_draws_the_same(
    directory: Path, engine: FacePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The face adapter stays, and no picture shows the seams."""
    monkeypatch.setattr(attention, "SLICE", 3)  # of the four places that so small a picture has
    mode = replace(UNGUIDED, steps=1)
    whole = draw(engine, mode)[0]
    sliced = draw(built(directory, attention_slicing=True), mode)[0]
    assert away(whole, sliced) <= ROUNDING


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """What a listener may raise."""


@pytest.mark.parametrize("mode", [QUICK, replace(QUICK, guidance_until=0.4), TURBO])
def test_an_album_that_was_broken_off_harms_no_other(
    engine: FacePipeline, picture: Pixels, mode: Mode
) -> None:
    """The next picture is the same to the bit, whatever mode was broken off."""

    def cancel(step: int) -> None:
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        draw(engine, mode, SEEDS[:2], cancel)
    with pytest.raises(OSError, match="cannot identify"):
        engine.embed(PROMPT, [b"no picture"], mode)
    assert away(draw(engine)[0], picture) == 0


def test_few_steps_draw_as_their_authors_document(
    directory: Path, engine: FacePipeline, picture: Pixels
) -> None:
    """The LoRA with trailing DDIM steps, unguided; and it leaves the other modes as they were."""
    full = built(directory, tiny_vae=False)
    turbo = draw(full, TURBO)[0]
    pipe = set_up_as_documented(directory)
    pipe.load_lora_weights(str(directory / "few_steps"), weight_name=Path(LORA).name)
    pipe.scheduler = DDIMScheduler.from_config(
        pipe.scheduler.config, timestep_spacing="trailing", clip_sample=False
    )
    assert away(turbo, called(pipe, TURBO)) <= ROUNDING
    assert away(turbo, draw(full, replace(TURBO, few_steps=False))[0]) > 10
    assert away(draw(engine, TURBO)[0], turbo) > 10  # decoded by the tiny autoencoder
    assert away(draw(engine)[0], picture) == 0


def test_a_model_without_few_step_weights_says_so(plus: Path) -> None:
    """A job that waited while the model was changed ends in a sentence."""
    engine = built(plus)
    with pytest.raises(NoFewSteps) as refusal:
        engine.begin(TURBO)
    assert refusal.value.fields == {"mode": "TURBO"}
    assert draw(engine)


def widened(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: torch.cat([tensor, tensor], dim=-1) for name, tensor in tensors.items()}


def elsewhere(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name.replace("blocks.0", "blocks.7"): tensor for name, tensor in tensors.items()}


def strange(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {f"layer.{k}": tensor for k, tensor in enumerate(tensors.values())}


@pytest.mark.parametrize("change", [widened, elsewhere, strange])
def test_a_lora_of_another_architecture_is_refused(
    tmp_path: Path, change: Callable[[dict[str, torch.Tensor]], dict[str, torch.Tensor]]
) -> None:
    """The sentence names its file; nor is a half that happens to fit drawn with."""
    model = with_adapter(tmp_path, "plus")
    add_few_steps(model)
    save_file(change(load_file(model / LORA)), model / LORA)
    with pytest.raises(LoraUnfit) as refusal:
        built(model)
    assert refusal.value.fields == {"model": "plus", "file": Path(LORA).name}


@pytest.mark.parametrize("side", [72, 200])
def test_an_odd_side_has_its_portrait_too(plus: Path, side: int) -> None:
    """IMAGE_SIZE may be any multiple of eight, which the UNet can't always halve three times."""
    engine = built(plus, size=side)
    picture = engine.draw(ready(engine, QUICK), QUICK, 1, silent, size=Size.PORTRAIT)
    wanted = Size.PORTRAIT.pixels(side)
    latent = 16  # pixels of this model's: of a part of one nothing can be drawn
    assert picture.size == tuple(edge // latent * latent for edge in wanted)
    assert np.asarray(picture).std() > 1


def test_a_story_on_a_small_machine_reads_the_text_encoder_once(
    plus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many scenes it has; between albums it is not in memory."""
    read: list[None] = []
    text_encoder = Networks.text_encoder

    def counted(networks: Networks) -> torch.nn.Module:
        read.append(None)
        return text_encoder(networks)

    monkeypatch.setattr(Networks, "text_encoder", counted)
    engine = built(plus, low_memory=True)
    prompts = [Prompt(f"scene {k}", "blurry") for k in range(8)]
    several = engine.embed_each(prompts, [encode(FACE)], QUICK)
    assert (len(several), len(read)) == (8, 1)
    assert networks_of(engine, CLIPTextModel) == []


def test_another_crop_reads_a_known_face_anew(plus: Path, tmp_path: Path) -> None:
    """The saved tokens were made of another crop."""
    model, saved = Path(shutil.copytree(plus, tmp_path / "model")), FaceTokensInMemory()
    face = encode(FACE)

    def tokens() -> torch.Tensor:
        engine = FacePipeline(locate(resolve(str(model))), CPU, face_tokens=saved)
        return engine.embed(PROMPT, [face], QUICK).face

    before = tokens()
    assert torch.equal(tokens(), before)
    side = 2 * FACE_SIDE
    CLIPImageProcessor(size=side, crop_size=FACE_SIDE).save_pretrained(model / "feature_extractor")
    assert not torch.equal(tokens(), before)


class Spoiled(FaceTokensInMemory):
    """Gives back what nobody can read."""

    def get(self, face: bytes, model: str) -> bytes | None:
        return b"damaged" if super().get(face, model) else None


def test_saved_tokens_that_are_damaged_are_made_anew(plus: Path) -> None:
    """A broken row costs a second, not every album to come."""
    files = locate(resolve(str(plus)))
    engine = FacePipeline(files, CPU, Tuning(size=SIDE), Spoiled())
    (first,) = draw(engine)
    assert away(draw(engine)[0], first) == 0


def test_low_memory_lets_the_words_encoder_go(plus: Path) -> None:
    """It is read again for each album, and the pictures are the same."""
    engine, other = built(plus, low_memory=True), built(plus)
    expected = draw(other)[0]
    for _ in range(2):
        assert away(draw(engine)[0], expected) == 0
        assert not networks_of(engine, CLIPTextModel)
    assert networks_of(other, CLIPTextModel)


def test_channels_last_draws_the_same(plus: Path, drawn: list[Pixels]) -> None:
    """The memory format changes no picture."""
    last = draw(built(plus, channels_last=True))[0]
    assert away(last, drawn[0]) <= ROUNDING


def test_a_size_is_the_size_of_the_pictures(plus: Path) -> None:
    """IMAGE_SIZE reaches the latents."""
    assert Image.fromarray(draw(built(plus, size=192))[0].astype("uint8")).size == (192, 192)
