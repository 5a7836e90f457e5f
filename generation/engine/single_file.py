"""The networks of a single-file checkpoint. Imports torch and diffusers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import torch
from accelerate import init_empty_weights
from diffusers import ModelMixin
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint,
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
)
from safetensors import safe_open

from generation.engine.tensor_file import TensorFiles
from generation.models.checkpoint import TEXT_ENCODER, UNET, plain_names

_TOGETHER = 50
"""Tensors that are read of one mapping of the file, all of which stays in memory meanwhile: a
twentieth of it."""


class SingleFile(TensorFiles):
    """The tensors of one network in such a file, by the names that its library gives them.

    `folder` has the network's config.json; its name says which it is: unet, vae or text_encoder.

    diffusers' converters are given names instead of tensors: they say which of the file's tensors
    is which of the network's, and nothing is read for that. Its own loader would have two copies
    in memory.
    """

    def __init__(self, file: Path, folder: Path) -> None:
        super().__init__([file])
        self._file = file
        self._config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        plain = plain_names({name: _Name(name) for name in self.shapes})
        names = _named(folder.name, plain, self._config)
        self._places = {own: (file, theirs) for own, theirs in names.items()}
        self.shapes = {own: self.shapes[theirs] for own, theirs in names.items()}

    def build(self, kind: Any, dtype: torch.dtype) -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        """Make the network, of this class and in this precision.

        Raises KeyError for a tensor that the file lacks, RuntimeError for one of another size.
        """
        network = self.empty(kind)
        shapes = {name: empty.shape for name, empty in network.state_dict().items()}
        weights = {
            name: tensor.to(dtype, copy=True).reshape(shapes[name])  # some wrote 1 x 1 pixels
            for name, tensor in self._read(list(shapes))
        }
        network.load_state_dict(weights, assign=True)
        return network.eval()

    def empty(self, kind: Any) -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        """Make the network without weights; other threads' modules have none meanwhile either."""
        with init_empty_weights():
            if issubclass(kind, ModelMixin):
                return cast("torch.nn.Module", kind.from_config(self._config))
            return cast("torch.nn.Module", kind(kind.config_class(**self._config)))

    def _read(self, names: list[str]) -> Iterator[tuple[str, torch.Tensor]]:
        """Read many tensors: mapping the file anew for each would take seconds."""
        for begin in range(0, len(names), _TOGETHER):
            self.refuse_others()
            with safe_open(self._file, framework="pt") as tensors:
                for name in names[begin : begin + _TOGETHER]:
                    yield name, tensors.get_tensor(self._places[name][1])


def _named(network: str, names: dict[str, "_Name"], config: Any) -> dict[str, str]:  # noqa: ANN401
    if network == "unet":
        own = {name: theirs for name, theirs in names.items() if name.startswith(UNET)}
        return dict(convert_ldm_unet_checkpoint(own, config))
    if network == "vae":
        return dict(convert_ldm_vae_checkpoint(names, config))
    own = {name: theirs for name, theirs in names.items() if name.startswith(TEXT_ENCODER)}
    converted = convert_ldm_clip_checkpoint(own)
    return {name.removeprefix("text_model."): theirs for name, theirs in converted.items()}


class _Name(str):
    """A tensor's name where a converter wants a tensor, and looks at its shape."""

    __slots__ = ()
    shape = ()
    ndim = 0
