"""Writes trained parts as a model directory that `catalogue.resolve` reads."""

import json
from hashlib import sha256
from pathlib import Path

import diffusers
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor2_0
from safetensors.torch import save_file
from torch import nn
from transformers import CLIPImageProcessor

from generation.face_frame import PORTRAIT
from generation.models import about
from generation.pocket.portraits.words import KNOWN_WORDS, READ_AS
from generation.pocket.sizes import FACE_SIDE, PORTRAIT_SIDE
from generation.pocket.training import architecture
from generation.pocket.training.parts import Parts
from generation.pocket.training.vocabulary import save_tokenizer
from generation.words import vocabulary
from generation.words.recipes import POCKET


def export(parts: Parts, scaling_factor: float, directory: Path) -> None:
    """Write a StableDiffusionPipeline, and the adapter in its own file, in half precision.

    The words that it knows are listed beside them, and what it draws and wants to see.
    """
    diffusers.logging.set_verbosity_error()  # it suggests an option for loading
    unet = parts.unet
    tensors = {
        **{f"image_proj.{_official(k)}": v for k, v in parts.face_projection.state_dict().items()},
        **{f"ip_adapter.{k}": v for k, v in _face_attention(unet).items()},
    }
    save_adapter(tensors, directory / "ip_adapter")
    unet.set_attn_processor(AttnProcessor2_0())
    for network in (unet, parts.autoencoder):
        network.register_to_config(_name_or_path="")  # a path of the machine that trained
    parts.autoencoder.register_to_config(scaling_factor=scaling_factor)
    pipeline = StableDiffusionPipeline(
        unet=unet,
        vae=parts.autoencoder,
        text_encoder=parts.text_encoder,
        tokenizer=parts.tokenizer,
        scheduler=architecture.scheduler(),
        image_encoder=parts.image_encoder,
        feature_extractor=CLIPImageProcessor(size=PORTRAIT_SIDE, crop_size=FACE_SIDE),
        safety_checker=None,
        requires_safety_checker=False,
    )
    # transformers would name the class that is installed here; another machine may have the other.
    pipeline.register_to_config(feature_extractor=("transformers", "CLIPImageProcessor"))
    pipeline.to(dtype=torch.float16).save_pretrained(directory)
    save_tokenizer(parts.tokenizer, directory / "tokenizer")
    write_words(directory)
    write_about(directory)
    write_sums(directory)


def write_words(directory: Path) -> None:
    """List the words that the captions have taught, for `generation.words.vocabulary`."""
    lines = [
        " ".join([word, *(other for other, same in READ_AS.items() if same == word)])
        for word in sorted(KNOWN_WORDS)
    ]
    (directory / vocabulary.FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_about(directory: Path) -> None:
    """Say for `models.about` that it draws drawings, of portraits as they are stored.

    Its prompts are to be as its captions, and it has seen squares only.
    """
    said = {
        "frame": PORTRAIT.name,
        "photographs": False,
        "recipe": POCKET.name,
        "squares_only": True,
    }
    (directory / about.FILE).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def write_sums(directory: Path) -> None:
    """List the SHA-256 sum of each file of the model, as `sha256sum` does; the card is left out."""
    files = sorted(p for p in directory.rglob("*") if p.is_file() and p.parent != directory)
    first = ("model_index.json", vocabulary.FILE, about.FILE)
    lines = [
        f"{sha256(file.read_bytes()).hexdigest()}  {file.relative_to(directory)}"
        for file in (*(directory / name for name in first), *files)
    ]
    (directory / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def save_adapter(tensors: dict[str, torch.Tensor], directory: Path) -> None:
    """Write the adapter's file, in which the resampler has keys and values as one tensor."""
    for name in [name for name in tensors if name.endswith("to_k.weight")]:
        keys, values = tensors.pop(name), tensors.pop(name.replace("to_k", "to_v"))
        tensors[name.replace("to_k", "to_kv")] = torch.cat([keys, values])
    directory.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: tensor.half().contiguous() for name, tensor in tensors.items()},
        directory / "ip-adapter-plus-face.safetensors",
    )


def _face_attention(unet: UNet2DConditionModel) -> dict[str, torch.Tensor]:
    """Name the adapter's keys and values as published files do: by the processor, 1, 3, 5, ..."""
    return {
        f"{position}.{name.replace('.0.', '.')}": tensor
        for position, processor in enumerate(unet.attn_processors.values())
        if isinstance(processor, nn.Module) and hasattr(processor, "to_k_ip")
        for name, tensor in processor.state_dict().items()
    }


def _official(name: str) -> str:
    """Translate diffusers' name of a resampler tensor to that in published adapters."""
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
