"""The pocket model's networks, untrained: small, but of the same classes as the large model's.

Pictures are 256 px and latents 16 x 16: a factor of 16 where Stable Diffusion 1.5 has 8, so that
the UNet costs as little as for half the side. It attends at 8 x 8 and 4 x 4 only: at 16 x 16
attention nearly doubles a training step on a CPU.
"""

from diffusers import AutoencoderKL, PNDMScheduler, UNet2DConditionModel
from diffusers.models.embeddings import IPAdapterPlusImageProjection
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from generation.pocket.sizes import FACE_SIDE, LATENT_SIDE, PICTURE_SIDE

WIDTH = 128
"""Width of the text and image embeddings that the UNet attends to."""

LATENT_CHANNELS = 16
"""Four times as many as Stable Diffusion has: one latent stands for four times as many pixels."""

FACE_TOKENS = 16
"""Number of tokens that the UNet gets for a face, as many as from the large face adapter."""


def unet() -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=LATENT_SIDE,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        block_out_channels=(64, 96, 160),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=4,
        cross_attention_dim=WIDTH,
        norm_num_groups=16,
    )


def autoencoder() -> AutoencoderKL:
    return AutoencoderKL(
        sample_size=PICTURE_SIDE,
        block_out_channels=(24, 48, 64, 96, 128),
        layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * 5,
        up_block_types=("UpDecoderBlock2D",) * 5,
        latent_channels=LATENT_CHANNELS,
        norm_num_groups=8,
    )


def text_encoder(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        projection_dim=WIDTH,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=tokenizer.model_max_length,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return CLIPTextModel(config)


def image_encoder() -> CLIPVisionModelWithProjection:
    """Its patches are small: the thin frame of glasses is a pixel or two of a photograph's 96."""
    config = CLIPVisionConfig(
        image_size=FACE_SIDE,
        patch_size=8,
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        projection_dim=WIDTH,
        num_hidden_layers=6,
        num_attention_heads=4,
    )
    return CLIPVisionModelWithProjection(config)


def scheduler() -> PNDMScheduler:
    """The noise schedule of Stable Diffusion 1.5, with its default sampler.

    The UNet predicts the velocity (Salimans & Ho, 2022), as that of Stable Diffusion 2 does: its
    colours settle in fewer training steps.
    """
    return PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        skip_prk_steps=True,
        steps_offset=1,
        prediction_type="v_prediction",
    )


def face_projection() -> IPAdapterPlusImageProjection:
    """The "plus" adapter's resampler: turns the image encoder's tokens into `FACE_TOKENS` tokens.

    The official format has no place for another depth than 4 or another head width than 64.
    """
    return IPAdapterPlusImageProjection(
        embed_dims=WIDTH,
        output_dims=WIDTH,
        hidden_dims=WIDTH,
        depth=4,
        dim_head=64,
        heads=2,
        num_queries=FACE_TOKENS,
    )
