"""Measures the time and the memory that loading a model takes, in a fresh process."""

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path

import psutil
from safetensors import safe_open

from generation.benchmark import album
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.models.files import ModelFiles, locate
from generation.models.resolve import resolve
from generation.modes import MODES

_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""Unit of `ru_maxrss`, in bytes."""

_NUMBER_BYTES = {"float16": 2, "bfloat16": 2, "float32": 4}
"""Bytes of a number by precision."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The seconds and the bytes of memory that loading takes.

    `imports_s` is the part of `seconds` in which the libraries are imported. `weights` are the
    bytes of all tensors in the device's precision. `peak` is the most memory that the process held
    until then, and `drawn` that after a picture in each mode; `libraries` is what it held before
    the first tensor.
    """

    imports_s: float
    seconds: float
    weights: int
    peak: int
    libraries: int
    drawn: int

    def __str__(self) -> str:
        return (
            f"Loaded in {self.seconds:.1f} s, of which importing the libraries "
            f"{self.imports_s:.1f} s; at most {self.peak / 1e9:.2f} GB of memory, "
            f"{self.peak / self.weights:.2f} times the weights' {self.weights / 1e9:.2f} GB "
            f"(the libraries alone: {self.libraries / 1e9:.2f} GB); "
            f"drawing {self.drawn / 1e9:.2f} GB"
        )


def measure(model: str, device: Device, *, few_steps: bool) -> Loading:
    """Load in a fresh process, and draw a picture in FAST; with `few_steps` one in TURBO, too.

    FAST takes two steps: more take no more memory. The system may read the files from its cache.
    """
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as process:
        return process.submit(_load, model, device, few_steps=few_steps).result()


def _load(model: str, device: Device, *, few_steps: bool) -> Loading:
    began = time.perf_counter()
    from generation.engine import pipeline  # noqa: F401, PLC0415 - this import is timed

    imported = time.perf_counter()
    libraries = _measure_peak()
    resolved = resolve(model) if few_steps else replace(resolve(model), few_steps=None)
    generator = DiffusionGenerator(resolved, device)
    generator.load()
    loaded, peak = time.perf_counter(), _measure_peak()
    modes = [replace(MODES["FAST"], steps=2), *([MODES["TURBO"]] if few_steps else [])]
    for mode in modes:
        list(generator.album(album.order(mode, 1), lambda _step: None))
    weights = _count_weights(locate(resolved)) * _NUMBER_BYTES[device.dtype]
    return Loading(
        imported - began, loaded - began, weights, peak, libraries, drawn=_measure_peak()
    )


def _count_weights(files: ModelFiles) -> int:
    """Count the numbers in all of the model's files."""
    network, transformer = "diffusion_pytorch_model", "model"
    stems = {
        "unet": files.base / "unet" / network,
        "vae": files.vae / network,
        "text_encoder": files.base / "text_encoder" / transformer,
        "image_encoder": files.image_encoder / transformer,
        **({"tiny_vae": files.tiny_vae / network} if files.tiny_vae else {}),
    }
    networks = [_name_file(stem, files.variants.get(name)) for name, stem in stems.items()]
    few_steps = [files.few_steps] if files.few_steps else []
    return sum(map(_count_numbers, [*networks, files.adapter, *few_steps]))


def _name_file(stem: Path, variant: str | None) -> Path:
    """Name a file of weights as diffusers and transformers do."""
    name = f"{stem.name}.{variant}" if variant else stem.name
    return stem.with_name(f"{name}.safetensors")


def _count_numbers(file: Path) -> int:
    with safe_open(file, framework="np") as tensors:
        return sum(prod(tensors.get_slice(name).get_shape()) for name in tensors.keys())  # noqa: SIM118 - tensors is no dict


def _measure_peak() -> int:
    """Measure the most memory that this process has held, in bytes.

    On Linux `ru_maxrss` is inherited from the process that started this one, so it is of no use.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="utf-8").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM:"))
        return int(peak.split()[1]) * 1024
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_BYTES
    return int(psutil.Process().memory_info().peak_wset)
