"""Teaches a trained model's image encoder to read photographs, while all else stays.

The UNet has learnt what the resampler's tokens of a face mean. So a photograph must give the tokens
that a clean drawing of the same person gives: those that the encoder made of it before.
"""

from functools import partial
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from torch import nn
from transformers import CLIPVisionModelWithProjection

from generation.pocket.portraits.attributes import PERSON_NAMES
from generation.pocket.training.augmentation import normalised, varied
from generation.pocket.training.classifier import Classifier, counts, error, errors
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.train_image_encoder import seen_on
from generation.pocket.training.trainer import SEED, Trainer

NAMED = {
    "skin": 1.6,
    "hair_color": 1.2,
    "facial_hair": 1.3,
    "glasses": 1.6,
    "cut": 0.6,
    "gender": 0.3,
    "age": 0.3,
    "eyes": 0.2,
}
"""Weight of naming each trait, beside the distance of the tokens. Naming makes up its mind: the
distance alone is least halfway between two people, and halfway to a beard is a moustache."""

KEPT = 0.55
"""Share of a face's patches that are seen in three of four steps: that is quicker, and teaches not
to rely on one of them."""

READER_STEPS, READER_RATE, READER_BATCH = 300, 2e-3, 128
"""How long the lines that name are learnt, AdamW's rate, and drawings in a batch."""

CHUNK = 64
"""Number of drawings that are read together."""


def train_photographs(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> None:
    torch.manual_seed(SEED)
    parts.to(machine.device)
    taught = {name: rows.to(machine.device) for name, rows in pool.photographs().items()}
    faces, drawings, shown = (taught[name] for name in ("pixels", "drawings", "shown"))
    parts.face_projection.requires_grad_(requires_grad=False)
    meant = _tokens(drawings, parts)
    mistakes = machine.compiled(
        partial(
            _mistakes,
            parts.image_encoder,
            parts.face_projection,
            _weight(parts.unet, meant),
            _reader(meant, shown),
        )
    )
    trainer = Trainer("photographs", parts.image_encoder, schedule, directory, machine)
    patches = parts.image_encoder.vision_model.embeddings.num_patches
    for step, dice in trainer.steps():
        rows = torch.randint(
            len(meant), (schedule.batch_size,), generator=dice, device=machine.device
        )
        order = torch.randperm(patches, generator=dice, device=machine.device)
        kept = order if step % 4 == 0 else order[: round(patches * KEPT)]
        seen = normalised(varied(faces[rows], dice))
        with machine.half_precision():
            loss = mistakes(seen, kept, meant[rows], shown[rows])
        trainer.descend(loss)


def _mistakes(
    encoder: CLIPVisionModelWithProjection,
    projection: nn.Module,
    weight: torch.Tensor,
    reader: Classifier,
    faces: torch.Tensor,
    kept: torch.Tensor,
    meant: torch.Tensor,
    shown: torch.Tensor,
) -> torch.Tensor:
    tokens: torch.Tensor = projection(seen_on(faces, encoder, kept)).float()
    distance: torch.Tensor = ((tokens - meant) @ weight).square().mean()
    weights = torch.tensor([NAMED[name] for name in PERSON_NAMES], device=tokens.device)
    return distance + (errors(reader(tokens.flatten(1)), shown) * weights).mean()


@torch.no_grad()
def _tokens(faces: torch.Tensor, parts: Parts) -> torch.Tensor:
    """Give the resampler's tokens of (n, 3, 96, 96), 0 to 255."""
    return torch.cat(
        [
            parts.face_projection(seen_on(normalised(part), parts.image_encoder))
            for part in torch.split(faces, CHUNK)
        ]
    )


@torch.no_grad()
def _weight(unet: UNet2DConditionModel, meant: torch.Tensor) -> torch.Tensor:
    """Give what tokens are multiplied with, so that distances count as far as the UNet sees them.

    It sees them through the keys and values of its cross-attentions. The tokens that are meant get
    a variance of one.
    """
    seen_by: list[torch.Tensor] = [
        layer.weight
        for processor in unet.attn_processors.values()
        if isinstance(processor, IPAdapterAttnProcessor2_0)
        for layer in (*processor.to_k_ip, *processor.to_v_ip)
    ]
    # The norm of (tokens @ weight) is the sum of the norms of what all layers see.
    squares = sum(layer.T @ layer / layer.square().sum() for layer in seen_by)
    assert isinstance(squares, torch.Tensor)  # noqa: S101 - for the type checker
    values, vectors = torch.linalg.eigh(squares)
    weight: torch.Tensor = vectors * values.clamp(min=0).sqrt()
    away = (meant - meant.mean(dim=0)) @ weight
    return weight / away.square().mean().sqrt()


def _reader(tokens: torch.Tensor, shown: torch.Tensor) -> Classifier:
    """Learn to name what a face shows by its tokens: they are lines, learnt in seconds."""
    width = tokens[0].numel()
    reader = Classifier(counts(PERSON_NAMES), width).to(tokens.device)
    optimizer = torch.optim.AdamW(reader.parameters(), READER_RATE, weight_decay=0.1)
    for _ in range(READER_STEPS):
        rows = torch.randint(len(tokens), (READER_BATCH,), device=tokens.device)
        error(reader(tokens[rows].flatten(1)), shown[rows]).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
    return reader.requires_grad_(requires_grad=False)
