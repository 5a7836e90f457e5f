import pytest

from generation.engine.devices import (
    Device,
    DeviceName,
    DeviceUnavailable,
    batch,
    choose,
)

SD15, POCKET = 860_000_000, 7_000_000
"""Parameters of their UNets."""


class Machine:
    """A machine made up of the devices that it is given."""

    def __init__(
        self, *devices: DeviceName, matrix_units: bool = False, memory: int = 16 * 10**9
    ) -> None:
        self._devices = {"cpu", *devices}
        self._memory = memory
        self._matrix_units = matrix_units

    def has(self, device: DeviceName) -> bool:
        return device in self._devices

    def cuda_devices(self) -> int:
        return 2

    def multiplies_bfloat16(self) -> bool:
        return self._matrix_units

    def memory(self, device: DeviceName, number: int = 0) -> int:
        return self._memory

    def free_memory(self, device: DeviceName, number: int = 0) -> int:
        return self._memory


@pytest.mark.parametrize(
    ("machine", "device"),
    [
        (Machine("mps", "cuda"), Device("mps", "float16")),
        (Machine("cuda"), Device("cuda", "float16")),
        (Machine(), Device("cpu", "float32")),
        (Machine(matrix_units=True), Device("cpu", "bfloat16")),
    ],
)
def test_auto_takes_the_fastest_device_in_its_fastest_precision(
    machine: Machine, device: Device
) -> None:
    """Half precision where the device has it, a CPU without matrix units stays in float32."""
    assert choose("auto", machine) == device


def test_a_wanted_device_is_taken_even_where_a_faster_one_is() -> None:
    """DEVICE is obeyed."""
    assert choose("cpu", Machine("mps")).name == "cpu"


@pytest.mark.parametrize("wanted", ["mps", "cuda", "quantum"])
def test_an_absent_device_is_refused_by_name(wanted: str) -> None:
    """Nobody waits an hour for a CPU that was taken in silence."""
    with pytest.raises(DeviceUnavailable) as refusal:
        choose(wanted, Machine())
    assert refusal.value.fields == {"device": wanted}


def test_this_very_machine_has_a_device() -> None:
    """What torch says of the machine leads to a choice."""
    assert choose().name in ("mps", "cuda", "cpu")


@pytest.mark.parametrize(
    ("device", "free_gb", "side", "parameters", "pictures"),
    [
        (Device("mps", "float16"), 24, 512, SD15, 1),
        (Device("cuda", "float16"), 70, 512, SD15, 6),
        (Device("cuda", "float16"), 5, 512, SD15, 3),
        (Device("cuda", "float16"), 5, 256, SD15, 6),
        (Device("cuda", "float16"), 1, 512, SD15, 1),
        (Device("cpu", "bfloat16"), 24, 512, SD15, 3),
        (Device("cpu", "bfloat16", cramped=True), 4, 512, SD15, 1),
        (Device("cpu", "bfloat16"), 24, 128, POCKET, 6),
    ],
)
def test_a_batch_is_as_large_as_pays_and_fits(
    device: Device, free_gb: int, side: int, parameters: int, pictures: int
) -> None:
    """One on Metal, what fits on CUDA; on a CPU more of a small model."""
    assert batch(device, free_gb * 10**9, side**2, parameters) == pictures


@pytest.mark.parametrize(
    ("machine", "device"),
    [
        (Machine("mps", memory=int(8.6e9)), Device("mps", "float16", cramped=True)),
        (Machine("mps", memory=int(17e9)), Device("mps", "float16")),
        (Machine("cuda", memory=int(8e9)), Device("cuda", "float16", cramped=True)),
        (Machine("cuda", memory=int(12e9)), Device("cuda", "float16")),
    ],
)
def test_a_device_of_eight_gigabytes_is_cramped(machine: Machine, device: Device) -> None:
    """Time is given for memory there, unless the owner says otherwise."""
    assert choose("auto", machine) == device
