"""Small LoRA files, of the kinds that people put into a folder."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

ATTENTION = "down_blocks_1_attentions_0_transformer_blocks_0"
WORDS_WIDTHS = {"sd15": 768, "sd2": 1024, "sdxl": 2048}
"""How wide the words are that each architecture's UNet reads."""


def lora_file(
    folder: Path, name: str, kind: str = "sd15", said: Mapping[str, str] | None = None
) -> Path:
    """Write a LoRA of one layer, named as kohya's scripts do; `said` is its metadata."""
    folder.mkdir(parents=True, exist_ok=True)
    layer = f"lora_unet_{ATTENTION}_attn2_to_k"
    tensors = {
        f"{layer}.lora_down.weight": np.zeros((2, WORDS_WIDTHS[kind]), np.float16),
        f"{layer}.lora_up.weight": np.zeros((640, 2), np.float16),
        f"{layer}.alpha": np.ones((), np.float16),
    }
    file = folder / f"{name}.safetensors"
    save_file(tensors, file, dict(said or {}))
    return file


def loha_file(folder: Path, name: str) -> Path:
    """Write a LyCORIS of the form LoHa."""
    layer = f"lora_unet_{ATTENTION}_attn1_to_q"
    parts = ("hada_w1_a", "hada_w1_b", "hada_w2_a", "hada_w2_b")
    file = folder / f"{name}.safetensors"
    save_file({f"{layer}.{part}": np.zeros((4, 4), np.float16) for part in parts}, file)
    return file


def trained_on(pictures: int, **tags: int) -> dict[str, str]:
    """Give what kohya's scripts write of the pictures that a LoRA was taught on."""
    return {
        "ss_tag_frequency": json.dumps(
            {"10_look": {name.replace("_", " "): count for name, count in tags.items()}}
        ),
        "ss_dataset_dirs": json.dumps({"10_look": {"n_repeats": 10, "img_count": pictures}}),
    }
