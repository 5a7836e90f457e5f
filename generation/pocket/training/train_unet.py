"""Trains the UNet, together with the face adapter, to draw what words and faces say."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import torch
from diffusers import DDPMScheduler
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import mse_loss
from transformers import CLIPTokenizer

from generation.pocket.sizes import FACE_SIDE, LATENT_SIDE
from generation.pocket.training import architecture
from generation.pocket.training.dataset import Dataset, encode_faces
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.sampler import Sampler
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.train_encoders import tokenize
from generation.pocket.training.trainer import SEED, Trainer

NO_ADAPTER = 0.2
"""Share of the steps with the adapter's scale at nought; the others have it between 0.4 and 1."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step is trained on.

    `portraits` and `faces` (n,) are numbers in the dataset, -1 for no face; `tokens` (n, 77) are
    the captions', and `noise` is added to the latents as of the `times` (n,).
    """

    scale: float
    portraits: torch.Tensor
    faces: torch.Tensor
    tokens: torch.Tensor
    noise: torch.Tensor
    times: torch.Tensor


def train_unet(
    parts: Parts,
    dataset: Dataset,
    schedule: Schedule,
    directory: Path,
    machine: Machine,
) -> None:
    """Train the UNet and the face adapter; the other parts stay as they are."""
    unet, device = parts.unet, machine.device
    parts.to(device)
    processors = [p for p in unet.attn_processors.values() if hasattr(p, "to_k_ip")]
    noising = DDPMScheduler.from_config(architecture.scheduler().config)
    nobody = torch.zeros(1, 3, FACE_SIDE, FACE_SIDE, device=device)
    no_face = encode_faces(parts.image_encoder, nobody)
    all_latents, all_faces = dataset.latents.to(device), dataset.faces.to(device)
    make = partial(
        _batch,
        dataset.sampler,
        parts.tokenizer,
        noising.config.num_train_timesteps,
        schedule.batch_size,
    )
    networks = nn.ModuleList([unet, parts.face_projection])
    trainer = Trainer("unet", networks, schedule, directory, machine)
    for batch in trainer.batches(make):
        latents = all_latents[batch.portraits.to(device)]
        whose = batch.faces.to(device)
        faces = all_faces[whose.clamp(min=0)].float()
        faces = torch.where((whose < 0)[:, None, None], no_face, faces)
        noise, times = batch.noise.to(device), batch.times.to(device)
        for processor in processors:
            processor.scale = [batch.scale]
        with machine.half_precision(), _attention(machine):
            with torch.no_grad():
                told = parts.text_encoder(batch.tokens.to(device)).last_hidden_state
            seen = parts.face_projection(faces)[:, None]
            noisy = noising.add_noise(latents, noise, times)
            foreseen = unet(noisy, times, (told, [seen])).sample.float()
        trainer.descend(mse_loss(foreseen, noising.get_velocity(latents, noise, times)))


def _attention(machine: Machine) -> AbstractContextManager[None]:
    """Choose plain attention on a CPU.

    There the backward pass of fused attention takes a third of a step, that of plain attention a
    tenth.
    """
    return sdpa_kernel(SDPBackend.MATH) if machine.device.type == "cpu" else nullcontext()


def _batch(
    sampler: Sampler, tokenizer: CLIPTokenizer, timesteps: int, batch_size: int, step: int
) -> Batch:
    random = Random(f"unet {SEED} {step}")  # noqa: S311 - nothing secret
    scale = 0.0 if random.random() < NO_ADAPTER else random.uniform(0.4, 1)
    rows = [sampler.row(scale, random) for _ in range(batch_size)]
    dice = torch.Generator().manual_seed(step)
    noise = torch.randn(
        (batch_size, architecture.LATENT_CHANNELS, LATENT_SIDE, LATENT_SIDE), generator=dice
    )
    return Batch(
        scale,
        torch.tensor([row.portrait for row in rows]),
        torch.tensor([-1 if row.face is None else row.face for row in rows]),
        tokenize(tokenizer, (row.text for row in rows)),
        noise,
        torch.randint(timesteps, (batch_size,), generator=dice),
    )
