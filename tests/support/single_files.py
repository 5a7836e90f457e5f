"""A small model of Stable Diffusion 1.5's shape, as a directory and as a single file."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel

from generation.models.catalogue import POCKET_WEIGHTS, SD15_SHAPE
from generation.models.model import IMAGE_ENCODER_FILES, SHAPE_FILES, Model
from generation.models.resolve import resolve
from generation.models.sources import Source
from tests.support.ldm_names import as_single_file

WORDS, FACE, CHANNELS = 768, 128, 32
"""Widths: of a word, which tells SD 1.5 from its kin; of a face; of every layer."""
BLOCKS = 4
WEIGHTS = "diffusion_pytorch_model.safetensors"


def small_directory(root: Path) -> Path:
    """Write a model with all of SD 1.5's layers, which are narrow, and fewer for words."""
    torch.manual_seed(21)
    folder = root / "small"
    shutil.copytree(POCKET_WEIGHTS / "tokenizer", folder / "tokenizer")
    for name in ("model_index.json", "scheduler"):
        (shutil.copytree if "." not in name else shutil.copy)(SD15_SHAPE / name, folder / name)
    shutil.copytree(POCKET_WEIGHTS / "image_encoder", folder / "image_encoder")
    narrow = {"block_out_channels": (CHANNELS,) * BLOCKS, "norm_num_groups": 8}
    unet = UNet2DConditionModel.from_config(_config("unet") | narrow | {"sample_size": 8})
    unet.half().save_pretrained(folder / "unet")
    vae = AutoencoderKL.from_config(_config("vae") | narrow | {"sample_size": 64})
    vae.half().save_pretrained(folder / "vae")
    few = {"num_hidden_layers": 2, "intermediate_size": 32, "vocab_size": 1790}
    ids = {"bos_token_id": 1788, "eos_token_id": 1789, "pad_token_id": 1789}
    words = CLIPTextModel(CLIPTextConfig(**_config("text_encoder") | few | ids))
    words.half().save_pretrained(folder / "text_encoder")
    (folder / "ip_adapter").mkdir()
    save_file(_adapter(unet), folder / "ip_adapter" / "face.safetensors")
    return folder


def single_file_of(folder: Path) -> dict[str, torch.Tensor]:
    """Give the directory's tensors under the names of a single file."""
    unet, vae = (load_file(folder / name / WEIGHTS) for name in ("unet", "vae"))
    return as_single_file(unet, vae, load_file(folder / "text_encoder" / "model.safetensors"))


def model_of(file: Path, directory: Path) -> Model:
    """Find the model of a single file, with the other parts and the narrow shape of a directory."""
    shape = directory.parent / "shape"
    if not shape.exists():
        weights = shutil.ignore_patterns("*.safetensors", "image_encoder", "ip_adapter")
        shutil.copytree(directory, shape, ignore=weights)
    found = resolve(str(file), "none")
    return replace(
        found,
        base=Source(shape, files=SHAPE_FILES),
        image_encoder=Source(directory, "image_encoder", IMAGE_ENCODER_FILES),
        adapter=Source(directory, "ip_adapter/face.safetensors"),
        vae=found.vae and replace(found.vae, root=directory, path="vae"),
        translator=None,
    )


def _config(network: str) -> dict[str, object]:
    said: dict[str, object] = json.loads((SD15_SHAPE / network / "config.json").read_text())
    return said


def _adapter(unet: UNet2DConditionModel) -> dict[str, torch.Tensor]:
    tokens = 4
    tensors = {
        "image_proj.proj.weight": torch.randn(tokens * WORDS, FACE) * 0.1,
        "image_proj.proj.bias": torch.zeros(tokens * WORDS),
        "image_proj.norm.weight": torch.ones(WORDS),
        "image_proj.norm.bias": torch.zeros(WORDS),
    }
    for number, name in enumerate(unet.attn_processors):
        if ".attn2." in name:
            for part in ("to_k_ip", "to_v_ip"):
                tensors[f"ip_adapter.{number}.{part}.weight"] = torch.randn(CHANNELS, WORDS) * 0.1
    return tensors
