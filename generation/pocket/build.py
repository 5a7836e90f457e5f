"""Writes a pocket model with fresh weights: `python -m generation.pocket.build [directory]`.

It draws coloured patterns, not people: it has the real one's architecture and obeys words and face
in the sense that they change every picture.
"""

import sys
from pathlib import Path

import diffusers
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import save_file
from torch import nn

from generation.pocket import architecture
from generation.pocket.vocabulary import build_tokenizer, save_tokenizer

WEIGHTS = Path(__file__).parent / "weights"
SEED = 20


def build(directory: Path, seed: int = SEED) -> None:
    """Write a model directory as `models.resolve` reads it, in half precision."""
    diffusers.logging.set_verbosity_error()  # it suggests a loading option; nothing is loaded
    torch.manual_seed(seed)
    tokenizer = build_tokenizer()
    unet = architecture.unet()
    pipeline = StableDiffusionPipeline(
        unet=unet,
        vae=architecture.autoencoder(),
        text_encoder=architecture.text_encoder(tokenizer),
        tokenizer=tokenizer,
        scheduler=architecture.scheduler(),
        image_encoder=architecture.image_encoder(),
        feature_extractor=None,
        safety_checker=None,
        requires_safety_checker=False,
    )
    pipeline.to(dtype=torch.float16).save_pretrained(directory)
    save_tokenizer(tokenizer, directory / "tokenizer")
    save_adapter(
        architecture.face_projection(), architecture.face_attention(unet), directory / "ip_adapter"
    )


def save_adapter(projection: nn.Module, attention: nn.Module, directory: Path) -> None:
    """Write an IP-Adapter "plus" file with the official names of its tensors."""
    tensors = {
        **{f"image_proj.{_official(name)}": t for name, t in projection.state_dict().items()},
        **{f"ip_adapter.{name}": t for name, t in attention.state_dict().items()},
    }
    for name in [name for name in tensors if name.endswith("to_k.weight")]:
        keys, values = tensors.pop(name), tensors.pop(name.replace("to_k", "to_v"))
        tensors[name.replace("to_k", "to_kv")] = torch.cat([keys, values])
    directory.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: tensor.half().contiguous() for name, tensor in tensors.items()},
        directory / "ip-adapter-plus-face.safetensors",
    )


def _official(name: str) -> str:
    """Translate diffusers' name of a resampler tensor to the one in published adapters."""
    for ours, theirs in (
        (".ln0.", ".0.norm1."),
        (".ln1.", ".0.norm2."),
        (".attn.to_out.0.", ".0.to_out."),
        (".attn.", ".0."),
        (".ff.0.", ".1.0."),
        (".ff.1.net.0.proj.", ".1.1."),
        (".ff.1.net.2.", ".1.3."),
    ):
        name = name.replace(ours, theirs)
    return name


if __name__ == "__main__":
    build(Path(sys.argv[1]) if sys.argv[1:] else WEIGHTS)
