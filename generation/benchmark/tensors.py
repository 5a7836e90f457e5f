"""The names and shapes of the tensors in a published face adapter and in a few-step LoRA."""

from collections.abc import Iterator

from diffusers import UNet2DConditionModel

Shapes = dict[str, tuple[int, ...]]

FACE_TOKENS = 16
"""Number of tokens that the adapter's resampler makes of a face."""

FACE_LAYERS = 4
"""Number of the resampler's layers."""

FEW_STEPS_ON = (
    *("to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2", "proj_in", "proj_out"),
    *("conv1", "conv2", "conv_shortcut", "time_emb_proj", "downsamplers.0.conv"),
    "upsamplers.0.conv",
)
"""The UNet's layers that published few-step LoRAs change."""


def list_face_adapter(unet: UNet2DConditionModel, image: int) -> Shapes:
    """List the tensors of a published "plus" adapter: the resampler, then keys and values.

    `image` is the width of the image encoder's tokens.
    """
    text = unet.config.cross_attention_dim
    return {
        **{f"image_proj.{name}": shape for name, shape in _list_resampler(text, image)},
        **{
            f"ip_adapter.{position}.{name}.weight": (channels, text)
            for position, channels in _find_cross_attentions(unet)
            for name in ("to_k_ip", "to_v_ip")
        },
    }


def _list_resampler(width: int, image: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield "latents", (1, FACE_TOKENS, width)
    yield "proj_in.weight", (width, image)
    yield "proj_in.bias", (width,)
    for k in range(FACE_LAYERS):
        for norm in ("0.norm1", "0.norm2", "1.0"):
            yield f"layers.{k}.{norm}.weight", (width,)
            yield f"layers.{k}.{norm}.bias", (width,)
        yield f"layers.{k}.0.to_q.weight", (width, width)
        yield f"layers.{k}.0.to_kv.weight", (2 * width, width)
        yield f"layers.{k}.0.to_out.weight", (width, width)
        yield f"layers.{k}.1.1.weight", (4 * width, width)
        yield f"layers.{k}.1.3.weight", (width, 4 * width)
    yield "proj_out.weight", (width, width)
    yield "proj_out.bias", (width,)
    yield "norm_out.weight", (width,)
    yield "norm_out.bias", (width,)


def _find_cross_attentions(unet: UNet2DConditionModel) -> Iterator[tuple[int, int]]:
    """Yield the position of each one among all of the UNet's attentions, and its channels."""
    for position, name in enumerate(unet.attn_processors):
        attention = unet.get_submodule(name.removesuffix(".processor"))
        if attention.is_cross_attention:
            yield position, attention.to_k.out_features


def list_few_steps(unet: UNet2DConditionModel, rank: int = 64) -> Shapes:
    """List the tensors of a few-step LoRA, in the format of Hyper-SD's."""
    shapes: Shapes = {}
    for name, layer in unet.named_modules():
        if not name.endswith(tuple(f".{target}" for target in FEW_STEPS_ON)):
            continue
        prefix = f"lora_unet_{name.replace('.', '_')}"
        outputs, inputs, *kernel = layer.weight.shape
        shapes[f"{prefix}.lora_down.weight"] = (rank, inputs, *kernel)
        shapes[f"{prefix}.lora_up.weight"] = (outputs, rank, *(1 for _ in kernel))
        shapes[f"{prefix}.alpha"] = ()
    return shapes
