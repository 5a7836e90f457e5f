"""The portraits and faces that the UNet is trained with, drawn and encoded once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import cast

import torch
from tqdm import tqdm
from transformers import CLIPVisionModelWithProjection

from generation.character import Glasses
from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import (
    Person,
    Portrait,
    random_person,
    random_scene,
)
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.reference import normalised, reference
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.sampler import Sampler
from generation.pocket.training.trainer import SEED

CHUNK = 200
"""Number of portraits that are drawn and encoded together."""

PUT_ON = {Glasses.GLASSES: 0.2, Glasses.SUNGLASSES: 0.3}
"""Share of the people drawn without glasses whose face wears some. Without these faces, glasses on
a face would be a proof of glasses, and no negative words could outweigh it: with guidance g the
first step foresees g P(face) - (g - 1) P(negative words). More wear sunglasses: people take those
off more often, so a face in them says less."""

TAKEN_OFF = 0.15
"""Share of the people drawn with glasses whose face wears none."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What was drawn once and is shown many times, each time with another caption.

    `latents` (n, channels, 16, 16) have a standard deviation of one; they are the autoencoder's,
    multiplied by `scaling_factor`. `faces` (n, tokens, width) are the image encoder's last but one
    hidden states of another drawing of the same person.
    """

    sampler: Sampler
    latents: torch.Tensor
    faces: torch.Tensor
    scaling_factor: float


def build_dataset(parts: Parts, size: int, directory: Path, machine: Machine) -> Dataset:
    """Draw and encode `size` portraits and faces, or read the file that an earlier run wrote.

    Remove that file when the drawing or an encoder has changed.
    """
    random = Random(f"pool {SEED}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(size)]
    file = directory / f"dataset-{SEED}-{size}.pt"
    if not file.is_file():
        _save(parts, portraits, file, machine)
    read = torch.load(file, weights_only=True)
    factor = float(1 / read["latents"].float().std())
    latents = read["latents"].float() * factor
    return Dataset(Sampler(portraits, read["changed"]), latents, read["faces"], factor)


def another_day(person: Person, random: Random) -> Person:
    """Put glasses on or take them off, or leave the person alone."""
    if person.glasses is not Glasses.NONE:
        other = Glasses.NONE if random.random() < TAKEN_OFF else person.glasses
    else:
        chances = (1 - sum(PUT_ON.values()), *PUT_ON.values())
        (other,) = random.choices((Glasses.NONE, *PUT_ON), chances)
    return person if other is person.glasses else replace(person, glasses=other)


@torch.no_grad()
def encode_faces(encoder: CLIPVisionModelWithProjection, faces: torch.Tensor) -> torch.Tensor:
    """Read (n, 3, 96, 96); give the last but one hidden states, (n, tokens, width)."""
    hidden = encoder(faces, output_hidden_states=True).hidden_states[-2]
    return cast("torch.Tensor", hidden)


def _save(parts: Parts, portraits: list[Portrait], file: Path, machine: Machine) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    chunks = list(_encoded(parts, portraits, machine))
    unfinished = file.with_suffix(".part")
    torch.save({name: torch.cat([c[name] for c in chunks]) for name in chunks[0]}, unfinished)
    unfinished.replace(file)


@torch.no_grad()
def _encoded(
    parts: Parts, portraits: list[Portrait], machine: Machine
) -> Iterator[dict[str, torch.Tensor]]:
    device = machine.device
    parts.to(device)
    drawn = machine.ahead(partial(_drawn, portraits), range(0, len(portraits), CHUNK))
    for pixels, faces, changed in tqdm(drawn, "dataset"):
        yield {
            "latents": parts.autoencoder.encode(pixels.to(device)).latent_dist.mode().half().cpu(),
            "faces": encode_faces(parts.image_encoder, faces.to(device)).half().cpu(),
            "changed": changed,
        }


def _drawn(
    portraits: list[Portrait], start: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Draw a chunk's portraits and faces, and say which faces wear other glasses."""
    random = Random(f"pool {SEED} {start}")  # noqa: S311 - nothing secret
    chunk = portraits[start : start + CHUNK]
    pixels = to_tensor([draw(portrait, random) for portrait in chunk])
    shown = [another_day(portrait.person, random) for portrait in chunk]
    faces = torch.from_numpy(normalised([reference(person, random) for person in shown]))
    changed = [a is not b.person for a, b in zip(shown, chunk, strict=True)]
    return pixels, faces, torch.tensor(changed)
