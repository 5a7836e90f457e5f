"""Low-rank weights that are added into a model's own, and taken out again. Imports torch.

Layers beside the weights, as peft has them, would nearly double a step's time on a fast card.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

from generation.engine import low_rank
from generation.engine.damage import UNREADABLE, damage_named
from generation.engine.low_rank import Layers
from generation.engine.memory import is_full
from generation.engine.tensor_file import TensorFiles, Version, version_of
from generation.models.sources import LoraUnfit, ModelDamaged

_log = logging.getLogger(__name__)

Pristine = Callable[[str], TensorFiles]
"""Gives the weights of a network, by its name, as its file has them: each is read when asked for.
"""


class Merging:
    """What is merged into the networks of one model that are in memory.

    A sum is made in float32 of the file's weights, and not of what was merged before: so nothing
    adds up, and what is taken out leaves the file's numbers, bit for bit. It is written where the
    weights are, so code that was compiled for them goes on. Only one layer is in memory twice.

    `dtype` is the precision in which the model was read: weights keep what it has of their numbers
    when they are moved to another, so what is written has no more.

    ModelDamaged says that a file is gone, or the model's another one than was read: the model has
    to be read anew.
    """

    def __init__(self, model: str, pristine: Pristine, dtype: torch.dtype) -> None:
        self._model, self._pristine, self._dtype = model, pristine, dtype
        self._networks: dict[str, torch.nn.Module] = {}
        self._changed: dict[str, set[str]] = {}
        """Layers of each network whose weights may not be the file's."""
        self._merged: dict[tuple[Path, Version], float] | None = {}
        """How much is merged of each file, as it was; None: it was broken off."""
        self._fits: dict[tuple[Path, Version], bool] = {}
        """Whether each file that was looked at, as it was, fits."""

    def add(self, name: str, network: torch.nn.Module) -> None:
        """Take in a network as its file has it, and merge into it what is merged.

        Raises LoraUnfit and ModelDamaged.
        """
        self._networks[name], self._changed[name] = network, set()
        if self._merged:
            wanted = {file: scale for (file, _), scale in self._merged.items()}
            self._write(name, self._read(wanted))

    def remove(self, name: str) -> None:
        """Let go of a network that leaves the memory."""
        del self._networks[name], self._changed[name]

    def set(self, wanted: Mapping[Path, float]) -> None:
        """Merge these files, each so many times, and nothing else.

        Raises LoraUnfit for a file that fits no layer, or only some; then nothing is changed.
        Raises ModelDamaged.
        """
        wanted = {file: scale for file, scale in wanted.items() if scale}
        versions = {(file, self._version(file)): scale for file, scale in wanted.items()}
        if versions == self._merged:
            return
        several = self._read(wanted)
        self._merged = None
        for name in self._networks:
            self._write(name, several)
        self._merged = versions

    def check(self, file: Path) -> None:
        """Raise LoraUnfit if a file does not fit, ModelDamaged if it is gone."""
        self._read({file: 1.0})

    def fits(self, file: Path) -> bool:
        """Say whether a file is there and fits. Each version of it is looked at once."""
        try:
            looked_at = file, self._version(file)
            if looked_at not in self._fits:
                self._fits[looked_at] = self._is_fitting(file)
            return self._fits[looked_at]
        except ModelDamaged as refusal:
            _log.warning("%s is not used: %r", file.name, refusal.__cause__)
            return False

    def _is_fitting(self, file: Path) -> bool:
        try:
            self.check(file)
        except LoraUnfit as refusal:
            _log.warning("%s is not used: %r", file.name, refusal.__cause__ or refusal)
            return False
        return True

    def _version(self, file: Path) -> Version:
        with damage_named(self._model, file.name):
            return version_of(file)

    def _read(self, wanted: Mapping[Path, float]) -> "list[tuple[float, dict[str, Layers]]]":
        return [(scale, self._fitting(file)) for file, scale in wanted.items()]

    def _fitting(self, file: Path) -> dict[str, Layers]:
        try:
            found = low_rank.read(file)
            fits = any(found.values()) and all(
                weights.fits(self._shape(name, layer))
                for name, layers in found.items()
                for layer, weights in layers.items()
            )
        except UNREADABLE as error:
            if is_full(error):
                raise
            if isinstance(error, OSError):
                raise ModelDamaged(model=self._model, file=file.name) from error
            raise LoraUnfit(model=self._model, file=file.name) from error
        if not fits:
            raise LoraUnfit(model=self._model, file=file.name)
        return found

    def _shape(self, name: str, layer: str) -> tuple[int, ...]:
        """Give the shape of a layer's weights. Raises KeyError if there is no such layer."""
        network = self._networks.get(name)
        if network is None:
            return self._pristine(name).shapes[f"{layer}.weight"]
        try:
            weight = network.get_parameter(f"{layer}.weight")
        except AttributeError as error:
            raise KeyError(layer) from error
        return weight.shape

    @torch.no_grad()
    def _write(self, name: str, several: "list[tuple[float, dict[str, Layers]]]") -> None:
        network, changed = self._networks[name], self._changed[name]
        own = [(scale, found[name]) for scale, found in several]
        pristine = self._pristine(name)
        for layer in sorted(changed.union(*(layers for _, layers in own))):
            weight = network.get_parameter(f"{layer}.weight").data
            sums = [(scale, layers[layer]) for scale, layers in own if layer in layers]
            with damage_named(self._model, name):
                values = pristine[f"{layer}.weight"]
            changed.add(layer)
            if sums:
                values = values.to(weight.device, torch.float32, copy=True)
                for scale, weights in sums:
                    weights.add_to(values, scale)
            weight.copy_(values.to(self._dtype).view_as(weight))  # some wrote 1 x 1 pixels
            if not sums:
                changed.remove(layer)
