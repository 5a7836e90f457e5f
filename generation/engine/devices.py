"""The device that a model computes on, and in which precision."""

from collections.abc import Mapping
from dataclasses import dataclass

from generation.engine.backends import BACKENDS, Backend, DTypeName
from generation.errors import Refusal


class DeviceUnavailable(Refusal):
    """The machine has no such device. Fields: device."""


@dataclass(frozen=True, slots=True)
class Device:
    """`name` is one of BACKENDS; any other raises DeviceUnavailable when it is put to use.

    `number` is which one, of several; `cramped`: it has so little memory that saving some is worth
    the time.
    """

    name: str
    dtype: DTypeName
    number: int = 0
    cramped: bool = False

    @property
    def backend(self) -> Backend:
        return _kind(self.name, BACKENDS)(self.number)

    @property
    def torch_name(self) -> str:
        return self.backend.torch_name

    def batch(self, free_memory: int, pixels: int, parameters: int) -> int:
        """Say how many pictures are drawn at once; see `Backend.batch`."""
        return self.backend.batch(
            free_memory=free_memory,
            pixels=pixels,
            parameters=parameters,
            dtype=self.dtype,
            cramped=self.cramped,
        )


def choose(
    wanted: str = "auto", backends: Mapping[str, type[Backend]] = BACKENDS, worker: int = 0
) -> Device:
    """Take the wanted device, or with `auto` the first of the backends that the machine has.

    Of several devices each worker, counted from 0, takes another one. Raises DeviceUnavailable
    when the wanted one isn't there.
    """
    for name in backends if wanted == "auto" else [wanted]:
        kind = _kind(name, backends)
        if count := kind.count():
            one = kind(worker % count)
            return Device(name, one.dtype(), one.number, one.is_cramped())
    raise DeviceUnavailable(device=wanted)


def _kind(name: str, backends: Mapping[str, type[Backend]]) -> type[Backend]:
    if name not in backends:
        raise DeviceUnavailable(device=name)
    return backends[name]
