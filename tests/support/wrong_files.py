"""Files that look like checkpoints, with holes instead of numbers; most of them are none."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

UNET = "model.diffusion_model."
BLOCKS = [
    *(f"input_blocks.{number}.1" for number in (1, 2, 4, 5, 7, 8)),
    "middle_block.1",
    *(f"output_blocks.{number}.1" for number in range(3, 12)),
]
Shapes = dict[str, tuple[int, ...]]


def unet(words: int = 768, channels: int = 4) -> Shapes:
    """Name what tells a checkpoint's kind, with its text encoder, in the shapes of SD 1.5."""
    reads = {f"{UNET}{b}.transformer_blocks.0.attn2.to_k.weight": (320, words) for b in BLOCKS}
    embeds = "cond_stage_model.transformer.text_model.embeddings.token_embedding.weight"
    return reads | {
        f"{UNET}input_blocks.0.0.weight": (320, channels, 3, 3),
        embeds: (49408, 768),
        "first_stage_model.decoder.conv_in.weight": (512, 4, 3, 3),
    }


def lora(words: int, layer: str = "attn2_to_k", block: str = "transformer_blocks_0") -> Shapes:
    name = f"lora_unet_down_blocks_1_attentions_0_{block}_{layer}"
    return {f"{name}.lora_down.weight": (8, words), f"{name}.lora_up.weight": (640, 8)}


def without(shapes: Shapes, beginning: str) -> Shapes:
    return {name: shape for name, shape in shapes.items() if not name.startswith(beginning)}


def write(file: Path, shapes: Shapes, metadata: Mapping[str, str] | None = None) -> Path:
    """Write a file that has these tensors, with holes instead of numbers."""
    begin, said = 0, {}
    for name, shape in shapes.items():
        size = 2
        for side in shape:
            size *= side
        said[name] = {"dtype": "F16", "shape": shape, "data_offsets": [begin, begin + size]}
        begin += size
    header = json.dumps({"__metadata__": metadata or {}} | said).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.write(len(header).to_bytes(8, "little") + header)
        opened.truncate(8 + len(header) + begin)
    return file


def cut(file: Path) -> Path:
    write(file, unet())
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - 1)
    return file


def content(file: Path, some: bytes) -> Path:
    file.write_bytes(some)
    return file


def velocity_beside(file: Path) -> Path:
    file.with_suffix(".yaml").write_text('model:\n  params:\n    parameterization: "v"\n')
    return write(file, unet())


WRONG: dict[str, Callable[[Path], Path]] = {
    "sdxl": lambda file: write(file, unet(2048)),
    "sd2": lambda file: write(file, unet(1024)),
    "v-prediction": velocity_beside,
    "inpainting": lambda file: write(file, unet(channels=9)),
    "pix2pix": lambda file: write(file, unet(channels=8)),
    "lora": lambda file: write(file, lora(768)),
    "vae": lambda file: write(file, {"first_stage_model.decoder.conv_in.weight": (8,)}),
    "controlnet": lambda file: write(file, {"control_model.input_blocks.0.0.weight": (8,)}),
    "only a UNet": lambda file: write(file, without(unet(), "cond_stage_model")),
    "cut short": cut,
    "begun only": lambda file: content(file, (4000).to_bytes(8, "little") + b'{"model'),
    "pickle": lambda file: content(file, b"PK\x03\x04" + bytes(400)),
    "web page": lambda file: content(file, b"<!DOCTYPE html><html>Please log in</html>"),
    "text": lambda file: content(file, b"version https://git-lfs.github.com/spec/v1\n"),
    "empty": lambda file: content(file, b""),
}


def _head(said: bytes, behind: int = 100) -> bytes:
    """Begin a file with this header, with `behind` bytes of numbers behind it."""
    return len(said).to_bytes(8, "little") + said + bytes(behind)


def _tensor(dtype: str = '"F16"', shape: str = "[50]", end: str = "100") -> bytes:
    return f'"a": {{"dtype": {dtype}, "shape": {shape}, "data_offsets": [0, {end}]}}'.encode()


BROKEN: dict[str, bytes] = {
    "no number": _head(b"{" + _tensor(shape="[NaN]") + b"}"),
    "endless": _head(b"{" + _tensor(shape="[Infinity]") + b"}"),
    "endless in digits": _head(b"{" + _tensor(shape="[1e999]") + b"}"),
    "an endless file": _head(b"{" + _tensor(end="1e999") + b"}"),
    "an absurd size": _head(b"{" + _tensor(end="1" + "0" * 30) + b"}"),
    "too many digits": _head(b"{" + _tensor(shape=f"[{'1' * 5000}]") + b"}"),
    "nested deeply": _head(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "an unknown type": _head(b"{" + _tensor(dtype='"Q9"') + b"}"),
    "tensors that overlap": _head(
        b"{" + _tensor() + b", " + _tensor().replace(b"a", b"b", 1) + b"}"
    ),
    "a shape of another size": _head(b"{" + _tensor(shape="[7]") + b"}"),
    "no text": _head(b'{"\xff\xfe": 1}'),
    "a list of notes": _head(b'{"__metadata__": [1], ' + _tensor() + b"}"),
    **{
        f"a header of {size} bytes": _head((b'{"a": 1' + b" " * size)[: size - 1] + b"]")
        for size in (9, 10, 13, 60, 123)
    },
    "a header without end": (9_000_000).to_bytes(8, "little") + b"{" + b" " * 9_000_000,
}
"""Files that begin as safetensors do, and go wrong behind that."""
