"""A model directory with random weights: what Stable Diffusion 1.5 costs, without a download.

Every part has the classes, the sizes and the file format of the published one. Only the tokenizer
is the pocket model's: its ids fit into the large vocabulary.
"""

import json
import shutil
from math import prod
from pathlib import Path
from typing import Any

import diffusers
import torch
import transformers
from diffusers import AutoencoderTiny, PNDMScheduler
from safetensors.torch import save_file
from torch import nn

from generation.benchmark.architecture import Architecture
from generation.benchmark.tensors import Shapes, face_adapter, few_steps
from generation.models import catalogue
from generation.pocket.training import architecture as pocket

diffusers.logging.set_verbosity_error()  # it suggests a loading option; nothing is loaded
transformers.logging.disable_progress_bar()

SEED = 15


def write(architecture: Architecture, directory: Path) -> None:
    """Write a directory that `models.resolve` reads, in half precision: 3.6 GB at full width.

    Part after part, so that memory holds one of them at a time. The same architecture gives the
    same weights.
    """
    torch.manual_seed(SEED)
    tokenizer = Path(str(catalogue.pocket().base.root)) / "tokenizer"
    shutil.copytree(tokenizer, directory / "tokenizer")
    with torch.device("meta"):  # no numbers yet
        parts = {
            "unet": architecture.unet(),
            "vae": architecture.autoencoder(),
            "tiny_vae": AutoencoderTiny(),
            "text_encoder": architecture.text_encoder(_special_ids(tokenizer)),
            "image_encoder": architecture.image_encoder(),
        }
    adapter = face_adapter(parts["unet"], architecture.image_width)
    lora = few_steps(parts["unet"])
    for name in list(parts):
        _filled(parts.pop(name)).save_pretrained(directory / name)
    _save(adapter, directory / "ip_adapter" / "ip-adapter-plus-face.safetensors")
    _save(lora, directory / "few_steps" / "lora.safetensors")
    _scheduler().save_pretrained(directory / "scheduler")
    (directory / "model_index.json").write_text(json.dumps(_INDEX, indent=2), encoding="utf-8")


_INDEX = {
    "_class_name": "StableDiffusionPipeline",
    "feature_extractor": [None, None],
    "image_encoder": ["transformers", "CLIPVisionModelWithProjection"],
    "requires_safety_checker": False,
    "safety_checker": [None, None],
    "scheduler": ["diffusers", "PNDMScheduler"],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "tokenizer": ["transformers", "CLIPTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderKL"],
}


def _scheduler() -> PNDMScheduler:
    """Make the pocket model's, which is Stable Diffusion 1.5's, with a UNet that foresees noise."""
    return PNDMScheduler.from_config(pocket.scheduler().config, prediction_type="epsilon")


def _special_ids(tokenizer: Path) -> dict[str, int]:
    config = json.loads((tokenizer / "tokenizer_config.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    return {f"{kind}_token_id": vocabulary[config[f"{kind}_token"]] for kind in _SPECIAL}


_SPECIAL = ("bos", "eos", "pad")


def _filled(network: Any) -> Any:  # noqa: ANN401 - diffusers ships no types
    network.to(torch.float16).to_empty(device="cpu")
    for name, parameter in network.named_parameters():
        parameter.data = _random(name, tuple(parameter.shape))
    return network


def _save(shapes: Shapes, file: Path) -> None:
    file.parent.mkdir()
    save_file({name: _random(name, shape) for name, shape in shapes.items()}, file)


def _random(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Draw as torch does for new layers, so that activations stay of one size from end to end."""
    if len(shape) > 1:
        fan_in = prod(shape[1:])
        return nn.init.normal_(torch.empty(shape), std=(3 * fan_in) ** -0.5).half()
    return torch.full(shape, 0.0 if name.endswith("bias") else 1.0, dtype=torch.float16)
