"""Low-rank weights become a part of the model's own, and leave them without a trace."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel

from generation.engine.pipeline import FacePipeline
from generation.engine.tensor_file import TensorFiles
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.models.sources import LoraUnfit, LoraUnknown
from generation.modes import Mode
from generation.words.lora import LoraUse
from tests.support.model_shapes import add_few_steps
from tests.support.photographs import encode
from tests.support.small_engine import (
    BFLOAT16,
    CPU,
    FACE,
    PROMPT,
    ROUNDING,
    SEEDS,
    SHORT,
    SIDE,
    Pixels,
    away,
    draw,
    output_of,
    unet_of,
)

Tensors = dict[str, torch.Tensor]

TURBO = Mode("TURBO", steps=2, guidance_scale=1.0, ip_adapter_scale=0.5, few_steps=True)
RANK = 2
ATTENTION = "down_blocks.1.attentions.0.transformer_blocks.0"
LAYERS = {
    f"{ATTENTION}.attn1.to_q": 4.0,
    f"{ATTENTION}.attn2.to_out.0": 1.0,
    f"{ATTENTION}.ff.net.0.proj": 2.0,
    "down_blocks.0.resnets.0.conv1": 3.0,
    "down_blocks.0.resnets.0.time_emb_proj": 2.0,
    "down_blocks.0.downsamplers.0.conv": 0.5,
    "conv_in": 2.0,
}
"""Layers of the UNet, each with another alpha."""
WORDS = {"encoder.layers.0.self_attn.q_proj": 1.0, "encoder.layers.1.mlp.fc1": 6.0}
"""Layers of the text encoder."""


@pytest.fixture(scope="module")
def model(plus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = Path(shutil.copytree(plus, tmp_path_factory.mktemp("merging") / "plus"))
    add_few_steps(directory)
    return directory


@pytest.fixture(scope="module")
def factors(model: Path) -> dict[str, tuple[torch.Tensor, torch.Tensor, float]]:
    """What a LoRA has for each layer: down, up and alpha."""
    noise = torch.Generator().manual_seed(5)
    own = {
        **{name: f"unet/diffusion_pytorch_model:{name}" for name in LAYERS},
        **{name: f"text_encoder/model:{name}" for name in WORDS},
    }
    made = {}
    for name, alpha in {**LAYERS, **WORDS}.items():
        file, layer = own[name].split(":")
        outputs, inputs, *kernel = load_file(model / f"{file}.safetensors")[f"{layer}.weight"].shape
        down = torch.randn((RANK, inputs, *kernel), generator=noise) * 0.1
        up = torch.randn((outputs, RANK, *(1 for _ in kernel)), generator=noise) * 0.1
        made[name] = (down.half(), up.half(), alpha)
    return made


@pytest.fixture(scope="module")
def loras(
    tmp_path_factory: pytest.TempPathFactory,
    factors: dict[str, tuple[torch.Tensor, torch.Tensor, float]],
) -> dict[str, Path]:
    """The same LoRA in the formats in which LoRAs are published."""
    folder = tmp_path_factory.mktemp("loras")
    kohya: Tensors = {}
    peft: Tensors = {}
    older: Tensors = {}
    alphas: dict[str, dict[str, float]] = {"unet": {}, "text_encoder": {}}
    for name, (down, up, alpha) in factors.items():
        unet = name in LAYERS
        network = "unet" if unet else "text_encoder"
        alphas[network][name] = alpha
        kohyas = f"lora_unet_{name}" if unet else f"lora_te_text_model_{name}"
        prefix = kohyas.replace(".", "_")
        kohya[f"{prefix}.lora_down.weight"], kohya[f"{prefix}.lora_up.weight"] = down, up
        kohya[f"{prefix}.alpha"] = torch.tensor(alpha)
        peft[f"{network}.{name}.lora_A.weight"], peft[f"{network}.{name}.lora_B.weight"] = down, up
        place = f"unet.{name}.lora" if unet else f"text_encoder.text_model.{name}.lora_linear_layer"
        older[f"{place}.down.weight"] = down.float()
        older[f"{place}.up.weight"] = up.float() * alpha / RANK
    about = {
        f"{network}.{key}": value
        for network, own in alphas.items()
        for key, value in (("r", RANK), ("lora_alpha", RANK), ("alpha_pattern", own))
    }
    save_file(kohya, folder / "kohya.safetensors")
    save_file(peft, folder / "peft.safetensors", {"lora_adapter_metadata": json.dumps(about)})
    save_file(older, folder / "older.safetensors")
    return {file.stem: file for file in folder.iterdir()}


@pytest.fixture(scope="module")
def engine(model: Path, loras: dict[str, Path]) -> FacePipeline:
    return with_loras(model, loras)


def with_loras(model: Path, loras: dict[str, Path], *, low_memory: bool = False) -> FacePipeline:
    tuning = Tuning(size=SIDE, low_memory=low_memory)
    return FacePipeline(locate(resolve(str(model))), CPU, tuning, loras=loras)


def weights_of(engine: FacePipeline) -> Tensors:
    networks = {"unet": unet_of(engine), "words": engine._pipe.text_encoder}  # noqa: SLF001 - nobody else needs to know
    return {
        f"{name}.{key}": value.clone()
        for name, network in networks.items()
        for key, value in network.state_dict().items()
    }


def drawn_with(engine: FacePipeline, mode: Mode, *uses: LoraUse) -> Pixels:
    return draw(engine, mode, loras=uses)[0]


@pytest.mark.parametrize("name", ["kohya", "peft", "older"])
def test_a_lora_of_any_format_is_added_layer_by_layer(
    engine: FacePipeline,
    factors: dict[str, tuple[torch.Tensor, torch.Tensor, float]],
    name: str,
) -> None:
    """Each layer has its own alpha; convolutions and the text encoder are no exception."""
    engine.begin(SHORT)
    before = weights_of(engine)
    engine.begin(SHORT, [LoraUse(name, 0.8)])
    after = weights_of(engine)
    changed = {key for key in before if not torch.equal(before[key], after[key])}
    assert changed == {f"unet.{layer}.weight" for layer in LAYERS} | {
        f"words.{layer}.weight" for layer in WORDS
    }
    for layer, (down, up, alpha) in factors.items():
        key = f"{'unet' if layer in LAYERS else 'words'}.{layer}.weight"
        added = torch.einsum("or,ri...->oi...", up.float().flatten(1), down.float())
        expected = before[key] + 0.8 * alpha / RANK * added
        assert torch.allclose(after[key], expected, atol=1e-6)


def test_it_is_gone_without_a_trace(engine: FacePipeline) -> None:
    """Weights and pictures are those of before, to the bit, whatever was merged in between."""
    before = drawn_with(engine, SHORT)
    weights = weights_of(engine)
    assert away(drawn_with(engine, SHORT, LoraUse("kohya", 1.5)), before) > 10
    drawn_with(engine, TURBO, LoraUse("kohya", 0.8), LoraUse("peft", -0.3))
    assert away(drawn_with(engine, SHORT), before) == 0
    after = weights_of(engine)
    assert all(torch.equal(after[key], weights[key]) for key in weights)


def test_what_was_merged_before_leaves_nothing_in_what_is_merged_now(
    engine: FacePipeline, model: Path, loras: dict[str, Path]
) -> None:
    """A fresh engine draws the same picture to the bit."""
    expected = drawn_with(with_loras(model, loras), TURBO, LoraUse("kohya", 0.5))
    drawn_with(engine, SHORT, LoraUse("kohya", 1.5))
    drawn_with(engine, TURBO)
    assert away(drawn_with(engine, TURBO, LoraUse("kohya", 0.5)), expected) == 0


def test_merged_draws_what_layers_beside_the_weights_draw(
    engine: FacePipeline, model: Path, loras: dict[str, Path]
) -> None:
    """As diffusers' manual has it, with peft."""
    pipe = StableDiffusionPipeline.from_pretrained(model, dtype=torch.float32)
    adapter = next((model / "ip_adapter").iterdir())
    pipe.load_ip_adapter(str(model), subfolder="ip_adapter", weight_name=adapter.name)
    engine.begin(SHORT)
    pipe.set_ip_adapter_scale(SHORT.ip_adapter_scale)
    pipe.scheduler = engine._pipe.scheduler  # noqa: SLF001 - the same steps
    pipe.load_lora_weights(str(loras["older"].parent), weight_name="older.safetensors")
    noise = torch.Generator().manual_seed(1)
    side = SIDE // pipe.vae_scale_factor
    latents = torch.randn((1, pipe.unet.config.in_channels, side, side), generator=noise)
    result = pipe(
        PROMPT.positive,
        negative_prompt=PROMPT.negative,
        ip_adapter_image=FACE,
        latents=latents,
        num_inference_steps=SHORT.steps,
        guidance_scale=SHORT.guidance_scale,
        output_type="pt",
    ).images
    ours = engine._pipe  # noqa: SLF001 - what it draws from is the same noise
    engine.begin(SHORT, [LoraUse("older")])
    conditions = engine.embed(PROMPT, [encode(FACE)], SHORT)
    merged = ours(
        prompt_embeds=conditions.positive,
        negative_prompt_embeds=conditions.negative,
        ip_adapter_image_embeds=[conditions.face],
        latents=latents,
        num_inference_steps=SHORT.steps,
        guidance_scale=SHORT.guidance_scale,
        output_type="pt",
    ).images
    assert (merged - result).abs().max() * 255 <= ROUNDING


def test_half_precision_rounds_the_sum_and_no_part_of_it(
    model: Path, loras: dict[str, Path]
) -> None:
    """The weights are the float32 sum, rounded once."""
    files, tuning = locate(resolve(str(model))), Tuning(size=SIDE)
    half = FacePipeline(files, BFLOAT16, tuning, loras=loras)
    full = FacePipeline(files, CPU, tuning, loras=loras)
    for one in (half, full):
        one.begin(TURBO, [LoraUse("kohya", 0.7)])
    expected = {key: value.to(torch.bfloat16) for key, value in weights_of(full).items()}
    assert all(torch.equal(value, expected[key]) for key, value in weights_of(half).items())


def test_a_text_encoder_that_is_read_for_each_album_has_the_lora_too(
    engine: FacePipeline, model: Path, loras: dict[str, Path]
) -> None:
    """A small machine draws what a large one does, with it and without."""
    small = with_loras(model, loras, low_memory=True)
    for uses in ((LoraUse("kohya"),), (), (LoraUse("peft", 0.5),)):
        assert away(drawn_with(small, SHORT, *uses), drawn_with(engine, SHORT, *uses)) == 0


def test_a_lora_that_is_not_there_is_a_sentence(engine: FacePipeline) -> None:
    """A job that waited while the owner took it away; the next picture is as ever."""
    before = drawn_with(engine, SHORT)
    with pytest.raises(LoraUnknown) as refusal:
        engine.begin(TURBO, [LoraUse("gone")])
    assert refusal.value.fields == {"name": "gone"}
    assert away(drawn_with(engine, SHORT), before) == 0


def dora(tensors: Tensors) -> Tensors:
    name = next(iter(tensors)).split(".")[0]
    return tensors | {f"{name}.dora_scale": torch.ones(1)}


def loha(tensors: Tensors) -> Tensors:
    return {name.replace("lora_down", "hada_w1_a"): tensor for name, tensor in tensors.items()}


def sdxl(tensors: Tensors) -> Tensors:
    return {name.replace("lora_te_", "lora_te2_"): tensor for name, tensor in tensors.items()}


def wider(tensors: Tensors) -> Tensors:
    return {
        name: torch.cat([tensor, tensor], dim=1) if "lora_down" in name else tensor
        for name, tensor in tensors.items()
    }


def elsewhere(tensors: Tensors) -> Tensors:
    return {name.replace("blocks_0", "blocks_7"): tensor for name, tensor in tensors.items()}


def halved(tensors: Tensors) -> Tensors:
    return {name: tensor for name, tensor in tensors.items() if not name.endswith("up.weight")}


@pytest.mark.parametrize("change", [dora, loha, sdxl, wider, elsewhere, halved])
def test_what_fits_only_in_part_changes_nothing(
    model: Path, loras: dict[str, Path], tmp_path: Path, change: Callable[[Tensors], Tensors]
) -> None:
    """Half a LoRA is not drawn with, nor one of a kind that is not read."""
    file = tmp_path / "other.safetensors"
    save_file(change(load_file(loras["kohya"])), file)
    engine = with_loras(model, {"other": file})
    before = weights_of(engine)
    with pytest.raises(LoraUnfit) as refusal:
        engine.begin(SHORT, [LoraUse("other")])
    assert refusal.value.fields == {"model": "plus", "file": "other.safetensors"}
    after = weights_of(engine)
    assert all(torch.equal(after[key], before[key]) for key in before)


def test_a_merge_that_broke_off_is_made_good(
    model: Path, loras: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the memory was full half-way, the next album has the model's own weights again."""
    engine = with_loras(model, loras)
    before = weights_of(engine)
    copy, written = torch.Tensor.copy_, []

    def breaks(into: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        written.append(into)
        if len(written) == 3:
            raise RuntimeError("broken off")
        return copy(into, values)

    monkeypatch.setattr(torch.Tensor, "copy_", breaks)
    with pytest.raises(RuntimeError, match="broken off"):
        engine.begin(SHORT, [LoraUse("kohya")])
    monkeypatch.undo()
    engine.begin(SHORT)
    after = weights_of(engine)
    assert all(torch.equal(after[key], before[key]) for key in before)


def half_is_lost(output: torch.Tensor, _call: int) -> torch.Tensor:
    return output * torch.nan if output.dtype == torch.bfloat16 else output


def test_what_half_precision_rounded_stays_so_when_it_is_given_up(
    model: Path, loras: dict[str, Path], tmp_path: Path
) -> None:
    """To the bit: of a file in single precision too, and in every layer alike."""
    finer = Path(shutil.copytree(model, tmp_path / "finer"))
    for name in ("unet/diffusion_pytorch_model", "text_encoder/model"):
        file = finer / f"{name}.safetensors"
        save_file({key: value.float() * 1.001 for key, value in load_file(file).items()}, file)
    half = FacePipeline(locate(resolve(str(finer))), BFLOAT16, Tuning(size=SIDE), loras=loras)
    with output_of("Decoder", half_is_lost):
        draw(half, SHORT, SEEDS[:2])
    assert half.precision.given_up
    before, picture = weights_of(half), drawn_with(half, SHORT)
    drawn_with(half, TURBO, LoraUse("kohya"))
    assert away(drawn_with(half, SHORT), picture) == 0
    after = weights_of(half)
    assert all(torch.equal(after[key], before[key]) for key in before)


def test_weights_in_shards_are_found(model: Path, loras: dict[str, Path], tmp_path: Path) -> None:
    """They are those that the network was read from, also beside another whole file."""
    sharded = Path(shutil.copytree(model, tmp_path / "sharded"))
    unet, words = sharded / "unet", sharded / "text_encoder"
    UNet2DConditionModel.from_pretrained(unet).half().save_pretrained(unet, max_shard_size="4MB")
    CLIPTextModel.from_pretrained(words).half().save_pretrained(words, max_shard_size="200KB")
    whole = unet / "diffusion_pytorch_model.safetensors"
    save_file(
        {key: value * 2 for key, value in load_file(model / "unet" / whole.name).items()}, whole
    )
    shutil.copy(model / "text_encoder/model.safetensors", words)
    files = locate(resolve(str(sharded)))
    (words / "model.safetensors").unlink()
    engine = FacePipeline(files, CPU, Tuning(size=SIDE), loras=loras)
    expected = with_loras(model, loras)
    for uses in ((LoraUse("kohya"),), ()):
        assert away(drawn_with(engine, SHORT, *uses), drawn_with(expected, SHORT, *uses)) == 0


def test_no_weights_are_read_to_see_whether_a_lora_fits(
    model: Path, loras: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their shapes are in the file's header, which was read with the model."""
    small = with_loras(model, loras, low_memory=True)
    monkeypatch.setattr(TensorFiles, "__getitem__", None)
    assert all(small.has_lora(name) for name in loras)
