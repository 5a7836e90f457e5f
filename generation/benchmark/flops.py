"""Counts floating point operations (FLOP): a multiplication and an addition are two."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, AutoencoderTiny, UNet2DConditionModel
from torch.utils.flop_counter import FlopCounterMode
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from generation.models.files import ModelFiles
from generation.modes import Mode
from generation.sizes import Size


@dataclass(frozen=True, slots=True)
class Work:
    """FLOP of one row of the UNet, one decoded picture, one text and one photo.

    They leave out the adapter: a "plus" adapter adds 0.7 % to a row. `tiny_decode` is None for a
    model without a tiny autoencoder.
    """

    unet: int
    decode: int
    text: int
    image: int
    tiny_decode: int | None = None

    def count_ours(self, mode: Mode, pictures: int) -> int:
        """Count an album's FLOP: the words are encoded once, the face was in an earlier album."""
        tiny = self.tiny_decode if mode.few_steps else None
        decode = self.decode if tiny is None else tiny
        rows, texts = mode.steps + mode.guided_steps, 1 + (mode.guidance_scale > 1)
        return pictures * (rows * self.unet + decode) + texts * self.text

    def count_plain(self, mode: Mode, pictures: int, unet_calls: int) -> int:
        """Count an album's FLOP: each picture encodes the words, the face, and a black photo."""
        rows = 1 + (mode.guidance_scale > 1)
        return pictures * (
            rows * (unet_calls * self.unet + self.text) + 2 * self.image + self.decode
        )


def count_from_configs(
    files: ModelFiles, size: int | None = None, shape: Size = Size.SQUARE
) -> Work:
    """Count from the configuration files alone: no weights are read, nothing is computed.

    `size` is the side of a square in pixels; None: the model's own.
    """
    width, height = shape.pixels(size or find_picture_side(files))
    latent = _count_latent_pixels(files)
    with torch.device("meta"):
        return count(
            UNet2DConditionModel.from_config(_read_config(files.base / "unet")),
            AutoencoderKL.from_config(_read_config(files.vae)),
            CLIPTextModel(CLIPTextConfig.from_pretrained(files.base / "text_encoder")),
            CLIPVisionModelWithProjection(CLIPVisionConfig.from_pretrained(files.image_encoder)),
            AutoencoderTiny.from_config(_read_config(files.tiny_vae)) if files.tiny_vae else None,
            (height // latent, width // latent),
        )


def count(
    unet: UNet2DConditionModel,
    vae: AutoencoderKL,
    text: CLIPTextModel,
    image: CLIPVisionModelWithProjection,
    tiny_vae: AutoencoderTiny | None,
    latent_sides: tuple[int, int],
) -> Work:
    """Count for networks on the meta device, where tensors have shapes but no numbers."""
    with torch.device("meta"):
        latents = torch.empty(1, unet.config.in_channels, *latent_sides)
        time = torch.empty(1)
        words = torch.empty(1, text.config.max_position_embeddings, dtype=torch.long)
        embedded = torch.empty(*words.shape, unet.config.cross_attention_dim)
        photo = torch.empty(1, 3, *(image.config.image_size,) * 2)
    return Work(
        unet=_count_flop(lambda: unet(latents, time, embedded)),
        decode=_count_flop(lambda: vae.decode(latents)),
        text=_count_flop(lambda: text(words)),
        image=_count_flop(lambda: image(photo)),
        tiny_decode=_count_flop(lambda: tiny_vae.decode(latents)) if tiny_vae else None,
    )


def find_picture_side(files: ModelFiles) -> int:
    """Find the side, in pixels, of the pictures that the model was trained on."""
    side: int = _read_config(files.base / "unet")["sample_size"]
    return side * _count_latent_pixels(files)


def _count_latent_pixels(files: ModelFiles) -> int:
    """Count the pixels along a latent's side: every level but the last of the VAE halves a side."""
    return int(2 ** (len(_read_config(files.vae)["block_out_channels"]) - 1))


def _read_config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def _count_flop(compute: Callable[[], object]) -> int:
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        compute()
    return int(counter.get_total_flops())
