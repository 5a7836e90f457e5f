"""Whether the memory format `channels_last` suits a device.

Metal has given wrong results with it (pytorch#180984), so it is tried. It is not tried on CPUs: it
was slower on all that were measured (docs/benchmarks.md), and a choice by a busy machine's clock
would change the last digits of a seed's picture after a restart.
"""

from typing import Any

import torch

from generation.engine import trial
from generation.engine.devices import Device
from generation.engine.trial import Verdict


@torch.no_grad()
def try_channels_last(unet: Any, device: Device) -> Verdict:  # noqa: ANN401 - diffusers ships no types
    """Try both formats on noise of a quarter of the latents' area. The UNet stays as it was."""
    config = unet.config
    noise = torch.Generator("cpu").manual_seed(0)
    side = max(8, config.sample_size // 2)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=noise).to(device.torch_name, unet.dtype)

    latents = random(2, config.in_channels, side, side)
    words = random(2, 77, config.cross_attention_dim)
    conditions = {"image_embeds": [random(2, 1, 4, config.cross_attention_dim)]}

    def call(given: torch.Tensor) -> torch.Tensor:
        (output,) = unet(given, 500, words, added_cond_kwargs=conditions, return_dict=False)
        return output  # type: ignore[no-any-return]

    def prepare(last: bool) -> None:  # noqa: FBT001 - it is the value
        unet.to(memory_format=torch.channels_last if last else torch.contiguous_format)

    given = latents.to(memory_format=torch.channels_last)
    verdict = trial.compare(lambda: call(latents), lambda: call(given), prepare=prepare)
    unet.to(memory_format=torch.contiguous_format)
    return verdict
