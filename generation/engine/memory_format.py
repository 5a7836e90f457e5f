"""Whether the memory format `channels_last` gives right results, and faster, on this very device.

Metal has given wrong results with it (pytorch#180984), so it is tried. It is not tried on CPUs: it
was slower on all that were measured (docs/benchmarks.md), and a choice by a busy machine's clock
would change the last digits of a seed's picture after a restart.
"""

import time
from typing import Any

import torch

from generation.engine.devices import Device

ROUNDS = 5
TOLERANCE = {torch.float32: 1e-3, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""The difference that still counts as right, as a share of the output's largest value.

Sums in another order differ by less, a wrong channel by far more."""


@torch.no_grad()
def prefers_channels_last(unet: Any, device: Device) -> bool:  # noqa: ANN401 - diffusers ships no types
    """Try both formats on noise of a quarter of the latents' area. The UNet stays as it was.

    `channels_last` is faster if its slowest round took less time than the other's fastest.
    """
    if not device.backend.tries_channels_last:
        return False
    run = _runner(unet, device)
    formats = {False: torch.contiguous_format, True: torch.channels_last}
    outputs, times = {}, dict[bool, list[float]]({False: [], True: []})
    for _ in range(ROUNDS + 1):
        for last, memory_format in formats.items():
            unet.to(memory_format=memory_format)
            seconds, outputs[last] = run(memory_format)
            times[last].append(seconds)
    unet.to(memory_format=torch.contiguous_format)
    plain, other = (outputs[last].float() for last in (False, True))
    right = bool((plain - other).abs().max() <= TOLERANCE[unet.dtype] * plain.abs().max())
    # The first round is left out: it also does what is done only once.
    return right and max(times[True][1:]) < min(times[False][1:])


def _runner(unet: Any, device: Device) -> Any:  # noqa: ANN401 - a function of a memory format
    config = unet.config
    noise = torch.Generator("cpu").manual_seed(0)
    side = max(8, config.sample_size // 2)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=noise).to(device.torch_name, unet.dtype)

    latents = random(2, config.in_channels, side, side)
    words = random(2, 77, config.cross_attention_dim)
    face = [random(2, 1, 4, config.cross_attention_dim)]

    def run(memory_format: torch.memory_format) -> tuple[float, torch.Tensor]:
        given = latents.to(memory_format=memory_format)
        started = time.perf_counter()
        (output,) = unet(
            given, 500, words, added_cond_kwargs={"image_embeds": face}, return_dict=False
        )
        output = output.cpu()  # which waits for the device
        return time.perf_counter() - started, output

    return run
