import pytest

from generation.device import Device, DeviceName, DeviceUnavailable, choose


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
