"""The networks of Stable Diffusion 1.5 and of its face adapter's image encoder, in real size."""

from dataclasses import dataclass

from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from generation.words.enhancer import TOKEN_LIMIT

LATENT_FACTOR = 8
"""Side of a latent, in pixels of the picture."""

HEAD = 64
"""Width of an attention head of the text encoder."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The sizes of the networks.

    `width` is a share of the real width: less than 1 is for machines that are too slow for it.
    `size` is the side of a picture in pixels, a multiple of 64.
    """

    width: float = 1.0
    size: int = 512

    @property
    def name(self) -> str:
        whole = (self.width, self.size) == (1.0, 512)
        return "sd15" if whole else f"sd15-w{self.width:g}-{self.size}"

    def scale(self, channels: int, multiple: int) -> int:
        """Give the width of a layer that really has `channels`: a multiple of `multiple`."""
        return max(multiple, round(channels * self.width / multiple) * multiple)

    def build_unet(self) -> UNet2DConditionModel:
        return UNet2DConditionModel(
            sample_size=self.size // LATENT_FACTOR,
            block_out_channels=self._scale_all(320, 640, 1280, 1280),
            layers_per_block=2,
            cross_attention_dim=self.text_width,
            attention_head_dim=8,
        )

    def build_autoencoder(self) -> AutoencoderKL:
        return AutoencoderKL(
            sample_size=self.size,
            block_out_channels=self._scale_all(128, 256, 512, 512),
            layers_per_block=2,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
        )

    def build_text_encoder(self, ids: dict[str, int]) -> CLIPTextModel:
        """Build CLIP ViT-L's; `ids` are the tokenizer's bos, eos and pad tokens."""
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

    def build_image_encoder(self) -> CLIPVisionModelWithProjection:
        """Build CLIP ViT-H/14's: it makes 257 tokens of a picture of 224 px."""
        config = CLIPVisionConfig(
            hidden_size=self.image_width,
            intermediate_size=4 * self.image_width,
            projection_dim=self.scale(1024, HEAD),
            num_hidden_layers=32,
            num_attention_heads=16,
            image_size=224,
            patch_size=14,
            hidden_act="gelu",
        )
        return CLIPVisionModelWithProjection(config)

    @property
    def text_width(self) -> int:
        return self.scale(768, HEAD)

    @property
    def image_width(self) -> int:
        return self.scale(1280, HEAD)

    def _scale_all(self, *full: int) -> tuple[int, ...]:
        return tuple(self.scale(channels, 32) for channels in full)  # GroupNorm has 32 groups
