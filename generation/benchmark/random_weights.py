"""Writes a model with random weights, which takes the time and memory of Stable Diffusion 1.5.

Every part has the classes, the sizes and the file format of the published one. Only the tokenizer
is the pocket model's: its ids fit into the larger vocabulary.
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
from generation.benchmark.tensors import Shapes, list_face_adapter, list_few_steps
from generation.models import catalogue
from generation.pocket.training import architecture as pocket

diffusers.logging.set_verbosity_error()  # it would suggest an option for loading
transformers.logging.disable_progress_bar()

SEED = 15


def write(architecture: Architecture, directory: Path) -> None:
    """Write a directory that `models.resolve` takes, in half precision: 3.6 GB at full width.

    It writes part after part, so that memory holds one at a time. The same architecture always gets
    the same weights.
    """
    torch.manual_seed(SEED)
    tokenizer = Path(str(catalogue.pocket().base.root)) / "tokenizer"
    shutil.copytree(tokenizer, directory / "tokenizer")
    with torch.device("meta"):  # shapes only
        parts = {
            "unet": architecture.build_unet(),
            "vae": architecture.build_autoencoder(),
            "tiny_vae": AutoencoderTiny(),
            "text_encoder": architecture.build_text_encoder(_read_special_ids(tokenizer)),
            "image_encoder": architecture.build_image_encoder(),
        }
    adapter = list_face_adapter(parts["unet"], architecture.image_width)
    lora = list_few_steps(parts["unet"])
    for name in list(parts):
        _fill(parts.pop(name)).save_pretrained(directory / name)
    _save(adapter, directory / "ip_adapter" / "ip-adapter-plus-face.safetensors")
    _save(lora, directory / "few_steps" / "lora.safetensors")
    _make_scheduler().save_pretrained(directory / "scheduler")
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


def _make_scheduler() -> PNDMScheduler:
    """Make Stable Diffusion 1.5's: the pocket model's, but for a UNet that predicts the noise."""
    return PNDMScheduler.from_config(pocket.scheduler().config, prediction_type="epsilon")


def _read_special_ids(tokenizer: Path) -> dict[str, int]:
    config = json.loads((tokenizer / "tokenizer_config.json").read_text(encoding="utf-8"))
    vocabulary = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    return {f"{kind}_token_id": vocabulary[config[f"{kind}_token"]] for kind in _SPECIAL}


_SPECIAL = ("bos", "eos", "pad")


def _fill(network: Any) -> Any:  # noqa: ANN401 - diffusers ships no types
    network.to(torch.float16).to_empty(device="cpu")
    for name, parameter in network.named_parameters():
        parameter.data = _draw(name, tuple(parameter.shape))
    return network


def _save(shapes: Shapes, file: Path) -> None:
    file.parent.mkdir()
    save_file({name: _draw(name, shape) for name, shape in shapes.items()}, file)


def _draw(name: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Draw numbers as torch does for new layers, so that activations neither grow nor vanish."""
    if len(shape) > 1:
        fan_in = prod(shape[1:])
        return nn.init.normal_(torch.empty(shape), std=(3 * fan_in) ** -0.5).half()
    return torch.full(shape, 0.0 if name.endswith("bias") else 1.0, dtype=torch.float16)
