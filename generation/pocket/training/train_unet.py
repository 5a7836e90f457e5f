"""Trains the UNet, together with the face adapter, to draw what words and faces say."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import NamedTuple

import torch
from diffusers import UNet2DConditionModel
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import mse_loss

from generation.pocket.training import architecture
from generation.pocket.training.dataset import Dataset
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import Trainer


class Batch(NamedTuple):
    """What one step is trained on.

    `latents` and the `noise` that is added to them (n, channels, 16, 16); how much of either is
    in the mixture, `signal` and `noisiness` (n, 1, 1, 1), as of the `times` (n,); `words` (n, 77,
    width) and `faces` (n, tokens, width).
    """

    latents: torch.Tensor
    noise: torch.Tensor
    signal: torch.Tensor
    noisiness: torch.Tensor
    times: torch.Tensor
    words: torch.Tensor
    faces: torch.Tensor


def train_unet(
    parts: Parts, dataset: Dataset, schedule: Schedule, directory: Path, machine: Machine
) -> None:
    """Train the UNet and the face adapter; the other parts stay as they are."""
    unet, device = parts.unet, machine.device
    machine.fast(unet)
    networks = nn.ModuleList([unet, parts.face_projection])
    trainer = Trainer("unet", networks, schedule, directory, machine)
    kept = architecture.scheduler().alphas_cumprod.to(device)
    scales = torch.ones(schedule.batch_size, 1, 1, 1, device=device)
    with scaled_by_row(unet, scales):
        error = machine.compiled(partial(_error, unet, parts.face_projection))
        for _step, dice in trainer.steps():
            rows = dataset.sampler.rows(schedule.batch_size, dice)
            scales.copy_(rows.scales[:, None, None, None])
            times = torch.randint(len(kept), (len(scales),), generator=dice, device=device)
            latents = dataset.latents[rows.portraits].float()
            faces = dataset.faces[rows.faces.clamp(min=0)]
            nobody = (rows.faces < 0)[:, None, None]
            batch = Batch(
                latents=latents,
                noise=torch.randn(latents.shape, generator=dice, device=device),
                signal=kept[times].sqrt()[:, None, None, None],
                noisiness=(1 - kept[times]).sqrt()[:, None, None, None],
                times=times,
                words=dataset.words[rows.captions].float(),
                faces=torch.where(nobody, dataset.no_face, faces).float(),
            )
            with machine.half_precision(), _attention(machine):
                loss = error(*batch)
            trainer.descend(loss)


def _error(unet: UNet2DConditionModel, projection: nn.Module, *parts: torch.Tensor) -> torch.Tensor:
    batch = Batch(*parts)
    seen = projection(batch.faces)[:, None]
    noisy = batch.signal * batch.latents + batch.noisiness * batch.noise
    velocity = batch.signal * batch.noise - batch.noisiness * batch.latents
    foreseen = unet(noisy, batch.times, (batch.words, [seen])).sample.float()
    return mse_loss(foreseen, velocity)


@contextmanager
def scaled_by_row(unet: UNet2DConditionModel, scales: torch.Tensor) -> Iterator[None]:
    """Give each row of a batch the adapter's scale in `scales` (n, 1, 1, 1).

    diffusers has one scale for all rows. But attention is linear in its values: to scale these is
    to scale what it gives. So a step sees all scales at once, and is compiled once.
    """
    processors = [p for p in unet.attn_processors.values() if hasattr(p, "to_v_ip")]
    hooks = []
    for processor in processors:
        processor.scale = [1.0]
        hooks.append(
            processor.to_v_ip[0].register_forward_hook(
                lambda _layer, _tokens, values: values * scales.to(values.dtype)
            )
        )
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _attention(machine: Machine) -> AbstractContextManager[None]:
    """Choose plain attention on a CPU.

    There the backward pass of fused attention takes a third of a step, that of plain attention a
    tenth.
    """
    return nullcontext() if machine.is_gpu else sdpa_kernel(SDPBackend.MATH)
