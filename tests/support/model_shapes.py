"""Models of every shape that the engine reads, small and genuine.

They are the pocket model's networks, with another face adapter, few-step weights and a tiny
autoencoder of random numbers.
"""

import shutil
from pathlib import Path
from typing import Literal

import torch
from diffusers import AutoencoderTiny, UNet2DConditionModel
from safetensors.torch import load_file, save_file

from generation.models import catalogue

WEIGHTS = catalogue.POCKET_WEIGHTS
ADAPTER = "ip_adapter/ip-adapter-plus-face.safetensors"
LORA = "few_steps/few-steps.safetensors"
ENCODER_WIDTH, WORDS_WIDTH = 128, 128
TOKENS = 4
"""Tokens that the plain adapter makes of a face."""

Adapter = Literal["plain", "plus", "full"]


def with_adapter(root: Path, kind: Adapter) -> Path:
    """Copy the pocket model, with a face adapter of this kind."""
    directory = Path(shutil.copytree(WEIGHTS, root / kind))
    if kind != "plus":
        tensors = {
            name: tensor
            for name, tensor in load_file(directory / ADAPTER).items()
            if name.startswith("ip_adapter.")
        }
        projection = _plain() if kind == "plain" else _full()
        save_file(tensors | projection, directory / ADAPTER)
    return directory


def add_few_steps(directory: Path, rank: int = 4) -> None:
    """Add a LoRA over the UNet's attention, and a tiny autoencoder."""
    noise = torch.Generator().manual_seed(3)
    tensors = {}
    unet = UNet2DConditionModel.from_pretrained(directory / "unet")
    for name, layer in unet.named_modules():
        if isinstance(layer, torch.nn.Linear) and name.endswith(("to_q", "to_k", "to_out.0")):
            for part, shape in (
                ("lora_A", (rank, layer.in_features)),
                ("lora_B", (layer.out_features, rank)),
            ):
                weight = torch.randn(shape, generator=noise) * 0.3
                tensors[f"unet.{name}.{part}.weight"] = weight.half()
    (directory / LORA).parent.mkdir()
    save_file(tensors, directory / LORA)
    torch.manual_seed(3)
    # As many levels as the pocket model's own autoencoder: each but one halves the side.
    levels = {f"{half}_block_out_channels": (8,) * 5 for half in ("encoder", "decoder")}
    blocks = {"num_encoder_blocks": (1,) * 5, "num_decoder_blocks": (1,) * 5}
    tiny = AutoencoderTiny(latent_channels=unet.config.in_channels, **levels, **blocks)
    tiny.half().save_pretrained(directory / "tiny_vae")


def _plain() -> dict[str, torch.Tensor]:
    width = TOKENS * WORDS_WIDTH
    return {
        "image_proj.proj.weight": _random(width, ENCODER_WIDTH),
        "image_proj.proj.bias": torch.zeros(width),
        "image_proj.norm.weight": torch.ones(WORDS_WIDTH),
        "image_proj.norm.bias": torch.zeros(WORDS_WIDTH),
    }


def _full() -> dict[str, torch.Tensor]:
    return {
        "image_proj.proj.0.weight": _random(ENCODER_WIDTH, ENCODER_WIDTH),
        "image_proj.proj.0.bias": torch.zeros(ENCODER_WIDTH),
        "image_proj.proj.2.weight": _random(WORDS_WIDTH, ENCODER_WIDTH),
        "image_proj.proj.2.bias": torch.zeros(WORDS_WIDTH),
        "image_proj.proj.3.weight": torch.ones(WORDS_WIDTH),
        "image_proj.proj.3.bias": torch.zeros(WORDS_WIDTH),
    }


def _random(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(1)) * 0.1


def with_least_unet(root: Path) -> Path:
    """Copy the pocket model with a UNet of one block: a compiler reads it in a second."""
    directory = Path(shutil.copytree(WEIGHTS, root / "least"))
    torch.manual_seed(4)
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=16,
        out_channels=16,
        block_out_channels=(32,),
        down_block_types=("CrossAttnDownBlock2D",),
        mid_block_type=None,
        up_block_types=("CrossAttnUpBlock2D",),
        layers_per_block=1,
        norm_num_groups=8,
        attention_head_dim=4,
        cross_attention_dim=WORDS_WIDTH,
    )
    unet.save_pretrained(directory / "unet")
    own = {
        name: tensor
        for name, tensor in load_file(directory / ADAPTER).items()
        if name.startswith("image_proj.")
    }
    values = {
        f"ip_adapter.{2 * k + 1}.{name}.weight": _random(32, WORDS_WIDTH)
        for k in range(len(unet.attn_processors) // 2)
        for name in ("to_k_ip", "to_v_ip")
    }
    save_file(own | values, directory / ADAPTER)
    return directory
