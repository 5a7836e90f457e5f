"""Trains the image encoder and the face adapter's resampler to name what a face shows.

That comes before the UNet is trained, as with the text encoder.
"""

from functools import partial
from pathlib import Path

import torch
from torch import nn
from transformers import CLIPVisionModelWithProjection

from generation.pocket.portraits.attributes import PERSON_NAMES
from generation.pocket.training import architecture
from generation.pocket.training.augmentation import normalised, varied
from generation.pocket.training.classifier import Classifier, counts, error
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer


def train_image_encoder(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> None:
    torch.manual_seed(SEED)
    classifier = Classifier(counts(PERSON_NAMES), architecture.WIDTH)
    readers = nn.ModuleList([parts.image_encoder, parts.face_projection])
    networks = nn.ModuleList([readers, classifier])
    trainer = Trainer("image-encoder", networks, schedule, directory, machine)
    if trainer.done:
        return
    mistakes = machine.compiled(
        partial(_mistakes, parts.image_encoder, parts.face_projection, classifier)
    )
    photographed = pool.faces()
    faces = photographed["pixels"].flatten(0, 1).to(machine.device)
    shown = photographed["shown"].flatten(0, 1).to(machine.device)
    for _step, dice in trainer.steps():
        rows = torch.randint(
            len(faces), (schedule.batch_size,), generator=dice, device=machine.device
        )
        seen = normalised(varied(faces[rows], dice))
        with machine.half_precision():
            loss = mistakes(seen, shown[rows])
        trainer.descend(loss)


def _mistakes(
    encoder: CLIPVisionModelWithProjection,
    projection: nn.Module,
    classifier: Classifier,
    faces: torch.Tensor,
    shown: torch.Tensor,
) -> torch.Tensor:
    tokens = projection(seen_on(faces, encoder))
    return error(classifier(tokens.mean(dim=1)), shown)


def seen_on(
    faces: torch.Tensor,
    encoder: CLIPVisionModelWithProjection,
    kept: torch.Tensor | None = None,
) -> torch.Tensor:
    """Read (n, 3, 96, 96); give the last but one hidden states, (n, tokens, width).

    `kept` are the numbers of the patches that are seen; None: all. The adapter takes these states.
    transformers gives them too, in a way that torch can't compile.
    """
    vision = encoder.vision_model
    hidden = vision.embeddings(faces)
    if kept is not None:
        hidden = torch.cat([hidden[:, :1], hidden[:, 1 + kept]], dim=1)  # the first one is no patch
    hidden = vision.pre_layrnorm(hidden)
    for layer in vision.encoder.layers[:-1]:
        hidden = layer(hidden, attention_mask=None)
    assert isinstance(hidden, torch.Tensor)  # noqa: S101 - for the type checker
    return hidden
