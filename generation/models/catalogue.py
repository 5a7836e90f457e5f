"""The models that have a name here, and where their parts are."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from generation.face_frame import PORTRAIT
from generation.models.model import (
    AUTOENCODER_FILES,
    IMAGE_ENCODER_FILES,
    PIPELINE_FILES,
    SHAPE_FILES,
    TRANSLATOR_FILES,
    FewSteps,
    Model,
    OptIn,
)
from generation.models.sources import Source
from generation.words.recipes import POCKET
from generation.words.vocabulary import Vocabulary

POCKET_WEIGHTS = Path(__file__).parent.parent / "pocket" / "weights"
"""Directory of the shipped model."""

SD15_SHAPE = Path(__file__).parent / "sd15"
"""Directory of what a single file leaves out: the networks' configs, scheduler and tokenizer."""

_POCKET_GUIDANCE = (0.6, 0.15)
"""The pocket model's `Model.guidance`. The first steps decide what the picture shows, the
others its colours, which burn out when the whole of a guidance scale of 6.5 is used to the end."""

# The commits, sizes and checksums below were read where others had recorded them, each in several
# places; nobody computed them here. Where a file has no checksum, its size follows from the number
# of its parameters.

_FACE_ADAPTER = Source(
    "h94/IP-Adapter",
    "models/ip-adapter-plus-face_sd15.safetensors",
    revision="018e402774aeeddd60609b4ecdb7e298259dc729",
    licence="Apache-2.0",
    size=98_183_288,
    sha256={
        "models/ip-adapter-plus-face_sd15.safetensors": (
            "1c9edc21af6f737dc1d6e0e734190e976cfacf802d6b024b77aa3be922f7569b"
        ),
    },
)
# CLIP ViT-H; it is published in single precision only.
_FACE_ENCODER = replace(
    _FACE_ADAPTER,
    path="models/image_encoder",
    files=IMAGE_ENCODER_FILES,
    size=2_528_373_448,
    sha256={
        "models/image_encoder/model.safetensors": (
            "6ca9667da1ca9e0b0f75e46bb030f7e011f44f86cbfb8d5a36590fcd7507b030"
        ),
    },
)
_TINY_VAE = Source(
    "madebyollin/taesd",
    files=AUTOENCODER_FILES,
    revision="614f76814bbe30edbe2e627ace1c2234c81a2c0e",
    licence="MIT",
    size=9_793_292,
    sha256={
        "diffusion_pytorch_model.safetensors": (
            "db169d69145ec4ff064e49d99c95fa05d3eb04ee453de35824a6d0f325513549"
        ),
    },
)

# The commit of the hub's own converter, which is not merged into `main`: `main` has a pickle only.
# Its checksum was recorded nowhere, so the one that the hub announces is compared.
_TRANSLATOR = Source(
    "Helsinki-NLP/opus-mt-ru-en",
    files=TRANSLATOR_FILES,
    revision="a64ede1bb36da5cd0c7bd9c25d0ee07ce5612124",
    licence="CC-BY-4.0",
    size=311_000_000,
)

_HYPER = Source(
    "ByteDance/Hyper-SD",
    revision="bc08d970a87c74c71209491d64e3525845698863",
    licence="OpenRAIL++",
    size=134_600_000,
)
_LCM = Source(
    "latent-consistency/lcm-lora-sdv1-5",
    "pytorch_lora_weights.safetensors",
    revision="cf2fced511dbe7e26c8d1d397e728fbab875db4b",
    licence="OpenRAIL++",
    size=134_621_556,
    sha256={
        "pytorch_lora_weights.safetensors": (
            "8f90d840e075ff588a58e22c6586e2ae9a6f7922996ee6649a7f01072333afe4"
        ),
    },
)

LIVE = "realistic-vision"
"""What a bot in Telegram draws with unless its owner names another model."""

FewStepsName = Literal["hyper-4", "hyper-8", "lcm", "none"]
"""The few-step weights by the names that the setting TURBO takes; `none` turns TURBO off."""

FEW_STEPS: Mapping[FewStepsName, FewSteps] = {
    "hyper-4": FewSteps(replace(_HYPER, path="Hyper-SD15-4steps-lora.safetensors"), steps=4),
    "hyper-8": FewSteps(replace(_HYPER, path="Hyper-SD15-8steps-lora.safetensors"), steps=8),
    "lcm": FewSteps(_LCM, steps=4, sampler="lcm"),
}

SD15 = Model(
    name="sd15",
    base=Source(
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
        files=PIPELINE_FILES,
        revision="451f4fe16113bff5a5d2269ed5ad43b0592e9a14",
        licence="CreativeML Open RAIL-M",
        size=2_134_191_772,
        sha256={
            "unet/diffusion_pytorch_model.fp16.safetensors": (
                "c83908253f9a64d08c25fc90874c9c8aef9a329ce1ca5fb909d73b0c83d1ea21"
            ),
            "text_encoder/model.fp16.safetensors": (
                "77795e2023adcf39bc29a884661950380bd093cf0750a966d473d1718dc9ef4e"
            ),
            "vae/diffusion_pytorch_model.fp16.safetensors": (
                "4fbcf0ebe55a0984f5a5e00d8c4521d52359af7229bb4d81890039d2aa16dd7c"
            ),
        },
    ),
    image_encoder=_FACE_ENCODER,
    adapter=_FACE_ADAPTER,
    few_steps=FEW_STEPS["hyper-4"],
    tiny_vae=_TINY_VAE,
    translator=_TRANSLATOR,
    wants_sd15=True,
)

COMMON_VAE = Source(
    "stabilityai/sd-vae-ft-mse",
    files=AUTOENCODER_FILES,
    revision="31f26fdeee1355a5c34592e401dd41e45d25a493",
    licence="MIT",
    size=334_643_276,
    sha256={
        "diffusion_pytorch_model.safetensors": (
            "a1d993488569e928462932c8c38a0760b874d166399b14414135bd9c42df5815"
        ),
    },
)
"""The autoencoder that checkpoints without one of their own were made for."""

# A checkpoint for photographs of people. Of its directory only single precision is published, so
# the single file is taken; its card says which autoencoder it needs, and a guidance scale of 3.5 to
# 7, which the modes exceed.
REALISTIC_VISION = replace(
    SD15,
    name="realistic-vision",
    base=Source(SD15_SHAPE, files=SHAPE_FILES),
    checkpoint=Source(
        "SG161222/Realistic_Vision_V5.1_noVAE",
        "Realistic_Vision_V5.1_fp16-no-ema.safetensors",
        revision="1e9f017a7b1eaefb63a1900ea6c5953d2739fd21",
        licence="CreativeML Open RAIL-M",
        size=2_132_625_894,
        sha256={
            "Realistic_Vision_V5.1_fp16-no-ema.safetensors": (
                "99a75a901f4fec732056930a89fa34cf360f6f72d75ce5bf333ddf82adf8dd2a"
            ),
        },
    ),
    vae=COMMON_VAE,
    guidance=(0.92, 0.92),
)

# A face adapter with a stronger likeness, for research only. Nothing here draws with it: it needs
# insightface, whose models are not for commerce either. Its authors publish a pickle, so it is
# refused until they publish safetensors.
FACEID = OptIn(
    name="faceid",
    source=Source(
        "h94/IP-Adapter-FaceID",
        "ip-adapter-faceid-plusv2_sd15.safetensors",
        licence="research only, not for commerce",
    ),
)

CATALOGUE = (REALISTIC_VISION, SD15)
"""The models that the hub has and MODEL may name, besides any other checkpoint's hub id."""


def pocket(directory: Path = POCKET_WEIGHTS) -> Model:
    """Describe the shipped model; its checksums are compared when it is loaded."""
    return Model(
        name="pocket",
        base=Source(directory, files=PIPELINE_FILES),
        image_encoder=Source(directory, "image_encoder", IMAGE_ENCODER_FILES),
        adapter=Source(directory, "ip_adapter/ip-adapter-plus-face.safetensors"),
        sums=directory / "SHA256SUMS",
        guidance=_POCKET_GUIDANCE,
        vocabulary=Vocabulary.of(directory),
        recipe=POCKET,
        frame=PORTRAIT,
        photographs=False,
        squares_only=True,
    )
