"""Stable Diffusion 1.5 and the image encoder of its face adapter, as networks of their own size."""

from dataclasses import dataclass

from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from generation.prompt import TOKEN_LIMIT

LATENT_FACTOR = 8
HEAD = 64
"""Width of an attention head of the text encoder."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """`width` 1 is the real one; a part of it is for machines that it would take too long on.

    `size` is the side of a picture in pixels, a multiple of 64.
    """

    width: float = 1.0
    size: int = 512

    @property
    def name(self) -> str:
        whole = (self.width, self.size) == (1.0, 512)
        return "sd15" if whole else f"sd15-w{self.width:g}-{self.size}"

    def scaled(self, channels: int, multiple: int) -> int:
        return max(multiple, round(channels * self.width / multiple) * multiple)

    def unet(self) -> UNet2DConditionModel:
        return UNet2DConditionModel(
            sample_size=self.size // LATENT_FACTOR,
            block_out_channels=self._channels(320, 640, 1280, 1280),
            layers_per_block=2,
            cross_attention_dim=self.text_width,
            attention_head_dim=8,
        )

    def autoencoder(self) -> AutoencoderKL:
        return AutoencoderKL(
            sample_size=self.size,
            block_out_channels=self._channels(128, 256, 512, 512),
            layers_per_block=2,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
        )

    def text_encoder(self, ids: dict[str, int]) -> CLIPTextModel:
        """Build CLIP ViT-L's; `ids` are the tokenizer's own of bos, eos and pad."""
        width = self.text_width
        config = CLIPTextConfig(
            hidden_size=width,
            intermediate_size=4 * width,
            projection_dim=width,
            num_hidden_layers=12,
            num_attention_heads=width // HEAD,
            max_position_embeddings=TOKEN_LIMIT,
            **ids,
        )
        return CLIPTextModel(config)

    def image_encoder(self) -> CLIPVisionModelWithProjection:
        """Build CLIP ViT-H/14's: 257 tokens of a picture of 224 px."""
        config = CLIPVisionConfig(
            hidden_size=self.image_width,
            intermediate_size=4 * self.image_width,
            projection_dim=self.scaled(1024, HEAD),
            num_hidden_layers=32,
            num_attention_heads=16,
            image_size=224,
            patch_size=14,
            hidden_act="gelu",
        )
        return CLIPVisionModelWithProjection(config)

    @property
    def text_width(self) -> int:
        return self.scaled(768, HEAD)

    @property
    def image_width(self) -> int:
        return self.scaled(1280, HEAD)

    def _channels(self, *full: int) -> tuple[int, ...]:
        return tuple(self.scaled(channels, 32) for channels in full)  # 32 groups are normalised
