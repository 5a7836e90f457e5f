"""The pool as the UNet sees it: encoded by the other networks, once."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from generation.pocket.sizes import FACE_SIDE
from generation.pocket.training.augmentation import normalised
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.sampler import Sampler
from generation.pocket.training.train_image_encoder import seen_on

CHUNK = 400
"""Number of rows that are encoded together."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is shown many times, in other pairs each time.

    - latents: (n, channels, 16, 16), with a standard deviation of one; they are the autoencoder's,
      multiplied by `scaling_factor`
    - words: (n captions, 77, width), the text encoder's last hidden states
    - faces: (n faces, tokens, width), the image encoder's last but one; `no_face` (tokens, width)
      is what it makes of zeros
    """

    sampler: Sampler
    latents: torch.Tensor
    words: torch.Tensor
    faces: torch.Tensor
    no_face: torch.Tensor
    scaling_factor: float


@torch.no_grad()
def encoded(parts: Parts, pool: Pool, machine: Machine) -> Dataset:
    """Encode the pool, in half precision."""
    parts.to(machine.device)
    drawn, photographed = pool.portraits(), pool.faces()

    def latents(pixels: torch.Tensor) -> torch.Tensor:
        read = parts.autoencoder.encode(pixels.float() / 127.5 - 1)
        return read.latent_dist.mode()  # type: ignore[no-any-return]

    def words(tokens: torch.Tensor) -> torch.Tensor:
        return parts.text_encoder(tokens.long()).last_hidden_state  # type: ignore[no-any-return]

    def faces(pixels: torch.Tensor) -> torch.Tensor:
        return seen_on(normalised(pixels), parts.image_encoder)

    found = _in_chunks(latents, drawn["pixels"], machine)
    factor = float(1 / found.float().std())
    nobody = torch.zeros(1, 3, FACE_SIDE, FACE_SIDE, device=machine.device)
    return Dataset(
        Sampler(photographed["changed"].to(machine.device)),
        found * factor,
        _in_chunks(words, drawn["tokens"].flatten(0, 1), machine),
        _in_chunks(faces, photographed["pixels"].flatten(0, 1), machine),
        seen_on(nobody, parts.image_encoder)[0],
        factor,
    )


def _in_chunks(
    encode: Callable[[torch.Tensor], torch.Tensor], rows: torch.Tensor, machine: Machine
) -> torch.Tensor:
    done = []
    for part in torch.split(rows, CHUNK):
        with machine.half_precision():
            done.append(encode(part.to(machine.device)).half())
    return torch.cat(done)
