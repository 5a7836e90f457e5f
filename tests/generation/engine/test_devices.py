from collections.abc import Mapping

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from generation.engine.backends import BACKENDS, Backend, Cpu, Cuda, Metal
from generation.engine.devices import Device, DeviceUnavailable, choose

SD15, POCKET = 860_000_000, 7_000_000
"""Parameters of their UNets."""


def machine(
    *devices: str, matrix_units: bool = False, memory: int = 16 * 10**9
) -> Mapping[str, type[Backend]]:
    """Make up a machine that has these devices beside its CPU."""

    class MadeUp(Backend):
        @classmethod
        def count(cls) -> int:
            if cls.name not in {"cpu", *devices}:
                return 0
            return 2 if cls.name == "cuda" else 1

        def memory(self) -> int:
            return memory

        def free_memory(self) -> int:
            return memory

    class MadeUpMetal(MadeUp, Metal):
        def memory(self) -> int:
            return memory * 2 // 3

        def installed_memory(self) -> int:
            return memory

    class MadeUpCuda(MadeUp, Cuda):
        pass

    class MadeUpCpu(MadeUp, Cpu):
        def multiplies_bfloat16(self) -> bool:
            return matrix_units

    made_up = {kind.name: kind for kind in (MadeUpMetal, MadeUpCuda, MadeUpCpu)}
    return {name: made_up[name] for name in BACKENDS}


@pytest.mark.parametrize(
    ("backends", "device"),
    [
        (machine("mps", "cuda"), Device("mps", "float16")),
        (machine("cuda"), Device("cuda", "float16")),
        (machine(), Device("cpu", "float32")),
        (machine(matrix_units=True), Device("cpu", "bfloat16")),
    ],
)
def test_auto_takes_the_fastest_device_in_its_fastest_precision(
    backends: Mapping[str, type[Backend]], device: Device
) -> None:
    """Half precision where the device has it; a CPU without matrix units stays in float32."""
    assert choose("auto", backends) == device


def test_a_wanted_device_is_taken_even_where_a_faster_one_is() -> None:
    """DEVICE is obeyed."""
    assert choose("cpu", machine("mps")).name == "cpu"


@pytest.mark.parametrize("wanted", ["mps", "cuda", "quantum"])
def test_an_absent_device_is_refused_by_name(wanted: str) -> None:
    """Nobody waits an hour for a CPU that was taken in silence."""
    with pytest.raises(DeviceUnavailable) as refusal:
        choose(wanted, machine())
    assert refusal.value.fields == {"device": wanted}


def test_workers_share_out_several_cards() -> None:
    """Each takes another one, and the third begins anew."""
    cards = [choose("cuda", machine("cuda"), worker) for worker in range(3)]
    assert [card.torch_name for card in cards] == ["cuda:0", "cuda:1", "cuda:0"]


def test_this_very_machine_has_a_device() -> None:
    """What torch says of the machine leads to a choice."""
    assert choose().name in ("mps", "cuda", "cpu")


@pytest.mark.parametrize("name", BACKENDS)
def test_every_backend_answers_for_itself(name: str) -> None:
    """Either this machine has it and it can be asked everything, or it is refused."""
    kind = BACKENDS[name]
    assert kind.name == name
    assert {kind.shares_memory, kind.tries_channels_last, kind.captures} <= {True, False}
    if not kind.count():
        with pytest.raises(DeviceUnavailable):
            choose(name)
        return
    device = choose(name)
    backend = device.backend
    assert (type(backend), backend.number) == (kind, 0)
    assert device.torch_name.partition(":")[0] == name
    assert 0 < backend.free_memory() <= backend.memory() <= backend.installed_memory()
    assert device.batch(backend.free_memory(), 512**2, SD15) >= 1
    assert backend.hardware_name() != ""
    backend.synchronize()
    assert backend.compiles() in {True, False}
    assert not backend.has_room(pictures=10**6, decoded=1, pixels=512**2, dtype=device.dtype)
    backend.release_memory()


def test_no_word_reads_those_after_it() -> None:
    """In this machine's own precision: a prompt would mean something else (pytorch#195910)."""
    device = choose()
    rows = torch.randn(3, 1, 8, 77, 64, generator=torch.Generator().manual_seed(1))
    query, key, value = rows.to(device.torch_name, getattr(torch, device.dtype))
    before = scaled_dot_product_attention(query, key, value, is_causal=True)
    key[..., 40:, :], value[..., 40:, :] = 9, 9
    after = scaled_dot_product_attention(query, key, value, is_causal=True)
    assert torch.equal(before[..., :40, :], after[..., :40, :])


def test_a_made_up_backend_is_never_taken_for_another() -> None:
    """A name that is not in the table is refused, whatever is asked of its device."""
    quantum = Device("quantum", "float32")
    for ask in (
        lambda: quantum.backend,
        lambda: quantum.torch_name,
        lambda: quantum.batch(10**9, 512**2, SD15),
    ):
        with pytest.raises(DeviceUnavailable) as refusal:
            ask()
        assert refusal.value.fields == {"device": "quantum"}


def test_a_device_is_added_by_one_class() -> None:
    """Its row in the table is enough for it to be chosen."""

    class Quantum(Cpu):
        name = "quantum"

    backends: Mapping[str, type[Backend]] = {"quantum": Quantum, **machine("cuda")}
    assert choose("auto", backends).name == "quantum"
    assert choose("quantum", backends).name == "quantum"
    assert choose("cuda", backends).name == "cuda"


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
    assert device.batch(free_gb * 10**9, side**2, parameters) == pictures


@pytest.mark.parametrize(
    ("backends", "device"),
    [
        (machine("mps", memory=int(8.6e9)), Device("mps", "float16", cramped=True)),
        (machine("mps", memory=int(12e9)), Device("mps", "float16")),
        (machine("mps", memory=int(17e9)), Device("mps", "float16")),
        (machine("cuda", memory=int(8e9)), Device("cuda", "float16", cramped=True)),
        (machine("cuda", memory=int(12e9)), Device("cuda", "float16")),
    ],
)
def test_a_device_of_eight_gigabytes_is_cramped(
    backends: Mapping[str, type[Backend]], device: Device
) -> None:
    """It saves memory at the cost of time, unless the owner says otherwise."""
    assert choose("auto", backends) == device
