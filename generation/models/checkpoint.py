"""What a file of weights is, by the names and shapes of its tensors: nothing of them is read.

The names are those that the makers of these architectures gave their layers, as Civitai's files
have them. This bot draws with Stable Diffusion 1.5 and takes LoRAs of its architecture; every
other kind has a name here, so that its owner learns what they have got instead.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from generation.models.header import Header

T = TypeVar("T")


class Kind(StrEnum):
    """What a file is. The values are what texts choose by."""

    SD15 = "sd15"
    SD15_INPAINTING = "sd15-inpainting"
    SD15_V = "sd15-v"
    """Trained to foretell velocity, not noise."""
    PIX2PIX = "pix2pix"
    SD2 = "sd2"
    SDXL = "sdxl"
    SD3 = "sd3"
    FLUX = "flux"
    LORA_SD15 = "lora-sd15"
    LORA_SD2 = "lora-sd2"
    LORA_SDXL = "lora-sdxl"
    LORA_OTHER = "lora-other"
    """For another architecture than Stable Diffusion's, such as Flux."""
    LYCORIS = "lycoris"
    """Like a LoRA, in a form (LoHa, LoKr, OFT) that nothing here can read."""
    VAE = "vae"
    CONTROLNET = "controlnet"
    IP_ADAPTER = "ip-adapter"
    EMBEDDING = "embedding"
    MOTION = "motion"
    PART = "part"
    """One network of a pipeline's directory."""
    BARE = "bare"
    """SD 1.5 without its text encoder."""
    PAGE = "page"
    """No weights, but a web page: what a download without a sign-in leaves."""
    DAMAGED = "damaged"
    """It begins as such a file does, and what follows can't be read."""
    UNKNOWN = "unknown"

    @property
    def is_lora(self) -> bool:
        return self.value.startswith("lora-") or self is Kind.LYCORIS


UNET = "model.diffusion_model."
AUTOENCODER = "first_stage_model."
TEXT_ENCODER = "cond_stage_model.transformer."

_AVERAGE = "model_ema.diffusion_model"
"""Before the names of a UNet's running average, which have lost their dots."""

_PREDICTION = "modelspec.prediction_type"
"""A file's own word about what its UNet foretells."""

_WRAPPER = "state_dict."
"""What some trainers leave before every name."""

WORDS: Mapping[object, Kind] = {768: Kind.SD15, 1024: Kind.SD2, 2048: Kind.SDXL}
"""Numbers by which a UNet is given a word: the width of its text encoder."""
_LORA_KINDS = {768: Kind.LORA_SD15, 1024: Kind.LORA_SD2, 2048: Kind.LORA_SDXL}

CHANNELS: Mapping[object, Kind] = {9: Kind.SD15_INPAINTING, 8: Kind.PIX2PIX, 4: Kind.SD15}
"""Channels of the picture that a UNet begins with: 4, and what it is to fill or to change."""

_SD15_BLOCKS = frozenset(
    [f"input_blocks.{k}.1" for k in (1, 2, 4, 5, 7, 8)]
    + ["middle_block.1"]
    + [f"output_blocks.{k}.1" for k in range(3, 12)]
)
"""The blocks in which SD 1.5's UNet reads words. Distilled ones lack some."""

_READS_WORDS = re.compile(
    r"model\.diffusion_model\.(.*)\.transformer_blocks\.0\.attn2\.to_k\.weight"
)

_SIGNS: tuple[tuple[str, Kind], ...] = (
    (r"(model\.diffusion_model\.)?joint_blocks\.", Kind.SD3),
    (r"(model\.diffusion_model\.)?(double_blocks|double_stream_)", Kind.FLUX),
    (r"conditioner\.embedders\.", Kind.SDXL),
    (r"(.*\.)?(hada_w1_a|lokr_w1(_a)?|oft_blocks|oft_diag)$", Kind.LYCORIS),
    (r"control_model\.|controlnet_cond_embedding\.|lllite_|adapter\.body\.", Kind.CONTROLNET),
    (r"ip_adapter\.|image_proj\.", Kind.IP_ADAPTER),
    (r".*motion_modules\.", Kind.MOTION),
    (r"(emb_params|string_to_param.*|clip_[lg])$", Kind.EMBEDDING),
)
"""Names that only one kind of file has, in the order in which they are looked for."""

_LORA = re.compile(r"(lora_down|lora_A|lora\.down|lora_up|lora_B|lora\.up)(\.\w+)?\.weight$")
_LORA_OTHER = re.compile(
    r"(.*[._])?(double_blocks|single_blocks|joint_blocks|single_transformer_blocks)[._]"
    r"|(lora_)?transformer[._]"
)
_LORA_DOWN = re.compile(
    r"attn2[._](to_k|to_v|processor\.to_[kv]_lora).*(down|lora_A)(\.\w+)?\.weight$"
)
_LORA_WORDS_DOWN = re.compile(
    r"(lora_te_|text_encoder\.).*(q_proj|fc1).*(down|lora_A)(\.\w+)?\.weight$"
)
_LORA_SDXL = re.compile(r"lora_te2_|text_encoder_2\.|transformer_blocks[._][1-9]")

_AUTOENCODERS = ("decoder.conv_in.weight", "decoder.layers.0.weight", "decoder.1.weight")
_PARTS = ("down_blocks.0.resnets.0.conv1.weight", "conv_in.weight", "text_model.", "vision_model.")


_PIECES = re.compile(
    r"input_blocks|output_blocks|middle_block|transformer_blocks|time_embed|(?:in|out|emb)_layers"
    r"|attn[12]|norm[123]?|to_(?:[qkv]|out)|ff|net|proj(?:_in|_out)?|skip_connection|op|conv|out"
    r"|weight|bias|\d+"
)
"""What the names of a UNet's layers are made of."""


def kind_of(header: Header) -> Kind:
    """Say what the file with this header is."""
    shapes = plain_names(header.shapes)
    if any(name.startswith(UNET + "input_blocks.") for name in shapes):
        return _kind_of_unet(shapes, header.metadata)
    if any(_LORA.search(name) for name in shapes):
        return _kind_of_lora(shapes)
    for sign, kind in _SIGNS:
        if any(re.match(sign, name) for name in shapes):
            return kind
    if any(name.removeprefix(AUTOENCODER) in _AUTOENCODERS for name in shapes):
        return Kind.VAE
    if any(name.startswith(_PARTS) for name in shapes):
        return Kind.PART
    return Kind.UNKNOWN


def has_autoencoder(header: Header) -> bool:
    return any(name.startswith(AUTOENCODER) for name in plain_names(header.shapes))


def plain_names(named: Mapping[str, T]) -> dict[str, T]:
    """Give a checkpoint's tensors the usual names.

    Some trainers leave a word before every name. Where a UNet is there only as its running
    average, that is the UNet.
    """
    named = {name.removeprefix(_WRAPPER): value for name, value in named.items()}
    if any(name.startswith(UNET) for name in named):
        return named
    return {_dotted(name): value for name, value in named.items()}


def _dotted(name: str) -> str:
    """Put the dots back into a name of the running average."""
    if not name.startswith(_AVERAGE):
        return name
    pieces: list[str] = []
    for piece in _PIECES.findall(name.removeprefix(_AVERAGE)):
        if pieces and pieces[-1] in {"input_blocks", "output_blocks"}:
            pieces += [piece[:-1], piece[-1]]  # the last digit counts the layers in the block
        else:
            pieces.append(piece)
    return UNET + ".".join(pieces)


def _kind_of_unet(shapes: Mapping[str, tuple[int, ...]], metadata: Mapping[str, str]) -> Kind:
    reads = {
        found[1]: _width(shape)
        for name, shape in shapes.items()
        if (found := _READS_WORDS.match(name))
    }
    widths = set(reads.values())
    if any(name.startswith("conditioner.") for name in shapes):
        return Kind.SDXL
    if any(name.startswith("control_model.") for name in shapes):
        return Kind.CONTROLNET
    kind = WORDS.get(min(widths), Kind.UNKNOWN) if widths else Kind.UNKNOWN
    if kind is not Kind.SD15:
        return kind
    begins_with = _width(shapes.get(UNET + "input_blocks.0.0.weight", ()))
    kind = CHANNELS.get(begins_with, Kind.UNKNOWN)
    if kind is Kind.SD15 and reads.keys() != _SD15_BLOCKS:
        return Kind.UNKNOWN
    if kind is Kind.SD15 and not any(name.startswith(TEXT_ENCODER) for name in shapes):
        return Kind.BARE
    foretells_velocity = "v_pred" in shapes or metadata.get(_PREDICTION, "").startswith("v")
    return Kind.SD15_V if kind is Kind.SD15 and foretells_velocity else kind


def _kind_of_lora(shapes: Mapping[str, tuple[int, ...]]) -> Kind:
    """Say for which architecture a LoRA is: most change the layers that read words."""
    if any(_LORA_OTHER.match(name) for name in shapes):
        return Kind.LORA_OTHER
    if any(_LORA_SDXL.search(name) for name in shapes):
        return Kind.LORA_SDXL
    widths = {_width(shape) for name, shape in shapes.items() if _LORA_DOWN.search(name)}
    widths = widths or {
        _width(shape) for name, shape in shapes.items() if _LORA_WORDS_DOWN.search(name)
    }
    return _LORA_KINDS.get(min(widths), Kind.LORA_OTHER) if widths else Kind.LORA_SD15


def _width(shape: tuple[int, ...]) -> int:
    """Give how many numbers a layer takes in."""
    return shape[1] if len(shape) > 1 else 0
