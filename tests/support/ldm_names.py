"""The names that single files of Stable Diffusion 1.5 give to its tensors.

Written by the rules of the reference implementation, the other way round than diffusers converts:
what the bot reads is not tested with the code that reads it.
"""

import re

import torch

_UNET_ENDS = {
    "conv_in.": "input_blocks.0.0.",
    "time_embedding.linear_1.": "time_embed.0.",
    "time_embedding.linear_2.": "time_embed.2.",
    "conv_norm_out.": "out.0.",
    "conv_out.": "out.2.",
}
_RESNET = {
    "norm1.": "in_layers.0.",
    "conv1.": "in_layers.2.",
    "norm2.": "out_layers.0.",
    "conv2.": "out_layers.3.",
    "time_emb_proj.": "emb_layers.1.",
    "conv_shortcut.": "skip_connection.",
}
_LAYERS = 2
"""Resnets in a block of the UNet that goes down; one more in a block that goes up."""


def unet_name(name: str) -> str:
    """Name a tensor of a UNet2DConditionModel as `model.diffusion_model.` does."""
    for ours, theirs in _UNET_ENDS.items():
        if name.startswith(ours):
            return "model.diffusion_model." + name.replace(ours, theirs, 1)
    return "model.diffusion_model." + _in_resnet(re.sub(_BLOCK, _unet_block, name))


_BLOCK = re.compile(
    r"^(?:(down|up)_blocks\.(\d)\.(resnets|attentions|downsamplers|upsamplers)\.(\d)"
    r"|mid_block\.(resnets|attentions)\.(\d))\."
)


def _unet_block(found: re.Match[str]) -> str:
    way, block, kind, layer, middle, middle_layer = found.groups()
    if middle == "attentions":
        return "middle_block.1."
    if middle:
        return f"middle_block.{2 * int(middle_layer)}."
    if way == "down":
        first = 1 + (_LAYERS + 1) * int(block)
        number = first + (_LAYERS if kind == "downsamplers" else int(layer))
        return f"input_blocks.{number}." + {"resnets": "0.", "attentions": "1."}.get(kind, "0.op.")
    number = (_LAYERS + 1) * int(block) + (_LAYERS if kind == "upsamplers" else int(layer))
    upsampler = "1." if block == "0" else "2."  # the first block has no attention before it
    part = {"resnets": "0.", "attentions": "1."}.get(kind, upsampler)
    return f"output_blocks.{number}.{part}"


def _in_resnet(name: str) -> str:
    if ".transformer_blocks." in name or not re.search(r"_block(s\.\d+)?\.\d\.", name):
        return name.replace(".op.conv.", ".op.")
    for ours, theirs in _RESNET.items():
        name = re.sub(rf"(?<=\d\.){re.escape(ours)}", theirs, name)
    return name.replace(".op.conv.", ".op.")


def vae_name(name: str, blocks: int = 4) -> str:
    """Name a tensor of an AutoencoderKL as `first_stage_model.` does."""
    name = re.sub(
        r"encoder\.down_blocks\.(\d)\.downsamplers\.0\.", r"encoder.down.\1.downsample.", name
    )
    name = re.sub(
        r"encoder\.down_blocks\.(\d)\.resnets\.(\d)\.", r"encoder.down.\1.block.\2.", name
    )
    name = re.sub(
        r"decoder\.up_blocks\.(\d)\.(upsamplers\.0|resnets\.(\d))\.",
        lambda found: (
            f"decoder.up.{blocks - 1 - int(found[1])}."
            + (f"block.{found[3]}." if found[3] else "upsample.")
        ),
        name,
    )
    name = re.sub(r"mid_block\.resnets\.(\d)\.", lambda f: f"mid.block_{int(f[1]) + 1}.", name)
    for ours, theirs in {
        "mid_block.attentions.0.group_norm.": "mid.attn_1.norm.",
        "mid_block.attentions.0.to_q.": "mid.attn_1.q.",
        "mid_block.attentions.0.to_k.": "mid.attn_1.k.",
        "mid_block.attentions.0.to_v.": "mid.attn_1.v.",
        "mid_block.attentions.0.to_out.0.": "mid.attn_1.proj_out.",
        "conv_shortcut.": "nin_shortcut.",
        "conv_norm_out.": "norm_out.",
    }.items():
        name = name.replace(ours, theirs)
    return "first_stage_model." + name


def text_name(name: str) -> str:
    """Name a tensor of a CLIPTextModel as `cond_stage_model.` does."""
    return "cond_stage_model.transformer.text_model." + name.removeprefix("text_model.")


def as_single_file(
    unet: dict[str, torch.Tensor], vae: dict[str, torch.Tensor], text: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """Put three networks' tensors under a single file's names, with what else such files have."""
    tensors = {unet_name(name): tensor for name, tensor in unet.items()}
    for name, tensor in vae.items():
        theirs = vae_name(name)
        if ".attn_1." in theirs and tensor.ndim == 2:
            tensor = tensor[:, :, None, None]  # noqa: PLW2901 - the same numbers
        tensors[theirs] = tensor
    tensors |= {text_name(name): tensor for name, tensor in text.items()}
    words = "cond_stage_model.transformer.text_model.embeddings.position_ids"
    tensors[words] = torch.arange(77)[None]
    tensors["alphas_cumprod"] = torch.ones(1000)
    return tensors
