"""Whether a UNet is right and faster in the memory format `channels_last`, on this very device.

Metal has given wrong results with it (pytorch#180984), so it is tried. Not on CPUs: it was slower
on all that were measured (docs/benchmarks.md), and a choice by the clock of a busy machine would
have the same seed give other last digits after a restart.
"""

import time
from typing import Any

import torch

from generation.engine.devices import Device

ROUNDS = 5
TOLERANCE = {torch.float32: 1e-3, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""Of the output's largest value. Sums in another order differ; a wrong channel differs wholly."""


@torch.no_grad()
def prefers_channels_last(unet: Any, device: Device) -> bool:  # noqa: ANN401 - diffusers ships no types
    """Try both on noise, at a quarter of the latents' area. The UNet stays as it was.

    Faster is what took less time in its slowest round than the other in its fastest.
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
    # The first round is left out: it makes what is made once.
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
