"""Floating point operations, a multiplication and an addition counted as two."""

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


@dataclass(frozen=True, slots=True)
class Work:
    """Of one row of the UNet, one decoded picture, one text, one photo: all without the adapter.

    A "plus" adapter adds 0.7 % to a row. `tiny_decode` is None where the model has no tiny
    autoencoder.
    """

    unet: int
    decode: int
    text: int
    image: int
    tiny_decode: int | None = None

    def ours(self, mode: Mode, pictures: int) -> int:
        """Count an album's: words are embedded once, and the face was met in an album before."""
        tiny = self.tiny_decode if mode.few_steps else None
        decode = self.decode if tiny is None else tiny
        rows, texts = mode.steps + mode.guided_steps, 1 + (mode.guidance_scale > 1)
        return pictures * (rows * self.unet + decode) + texts * self.text

    def plain(self, mode: Mode, pictures: int, unet_calls: int) -> int:
        """Count an album's: each picture embeds the words, the face, and a black photo."""
        rows = 1 + (mode.guidance_scale > 1)
        return pictures * (
            rows * (unet_calls * self.unet + self.text) + 2 * self.image + self.decode
        )


def count(files: ModelFiles, size: int | None = None) -> Work:
    """Count by the configurations alone: no weights are read, nothing is computed.

    `size` is a picture's height and width in pixels; None is the model's own.
    """
    latent_side = (size or picture_side(files)) // _pixels_a_latent(files)
    with torch.device("meta"):
        return work(
            UNet2DConditionModel.from_config(_config(files.base / "unet")),
            AutoencoderKL.from_config(_config(files.vae)),
            CLIPTextModel(CLIPTextConfig.from_pretrained(files.base / "text_encoder")),
            CLIPVisionModelWithProjection(CLIPVisionConfig.from_pretrained(files.image_encoder)),
            AutoencoderTiny.from_config(_config(files.tiny_vae)) if files.tiny_vae else None,
            latent_side,
        )


def work(
    unet: UNet2DConditionModel,
    vae: AutoencoderKL,
    text: CLIPTextModel,
    image: CLIPVisionModelWithProjection,
    tiny_vae: AutoencoderTiny | None,
    latent_side: int,
) -> Work:
    """Count for networks on the meta device, which has shapes and no numbers."""
    with torch.device("meta"):
        latents = torch.empty(1, unet.config.in_channels, latent_side, latent_side)
        time = torch.empty(1)
        words = torch.empty(1, text.config.max_position_embeddings, dtype=torch.long)
        embedded = torch.empty(*words.shape, unet.config.cross_attention_dim)
        photo = torch.empty(1, 3, *(image.config.image_size,) * 2)
    return Work(
        unet=_counted(lambda: unet(latents, time, embedded)),
        decode=_counted(lambda: vae.decode(latents)),
        text=_counted(lambda: text(words)),
        image=_counted(lambda: image(photo)),
        tiny_decode=_counted(lambda: tiny_vae.decode(latents)) if tiny_vae else None,
    )


def picture_side(files: ModelFiles) -> int:
    """Give the side in pixels of what the model draws."""
    side: int = _config(files.base / "unet")["sample_size"]
    return side * _pixels_a_latent(files)


def _pixels_a_latent(files: ModelFiles) -> int:
    """Count them along a side: each of the autoencoder's levels but the last halves a picture."""
    return int(2 ** (len(_config(files.vae)["block_out_channels"]) - 1))


def _config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def _counted(compute: Callable[[], object]) -> int:
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        compute()
    return int(counter.get_total_flops())
