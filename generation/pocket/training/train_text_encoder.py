"""Trains the text encoder to name what a caption states, before the UNet is trained.

The UNet then finds each attribute ready to be used. To learn words itself would take it many times
the steps.
"""

from functools import partial
from pathlib import Path

import torch
from torch import nn
from transformers import CLIPTextModel

from generation.pocket.portraits.attributes import CHOICES
from generation.pocket.training import architecture
from generation.pocket.training.classifier import Classifier, counts, error
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer


def train_text_encoder(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> None:
    torch.manual_seed(SEED)
    encoder = parts.text_encoder
    classifier = Classifier(counts(tuple(CHOICES), more=1), architecture.WIDTH)  # "not told"
    networks = nn.ModuleList([encoder, classifier])
    trainer = Trainer("text-encoder", networks, schedule, directory, machine)
    if trainer.done:
        return
    mistakes = machine.compiled(partial(_mistakes, encoder, classifier))
    written = pool.portraits()
    tokens = written["tokens"].flatten(0, 1).to(machine.device)
    told = written["told"].flatten(0, 1).to(machine.device)
    for _step, dice in trainer.steps():
        rows = torch.randint(
            len(tokens), (schedule.batch_size,), generator=dice, device=machine.device
        )
        read = tokens[rows].long()
        ends = (read == parts.tokenizer.eos_token_id).int().argmax(dim=1)
        places = torch.rand(len(rows), generator=dice, device=machine.device)
        anywhere = ends + (places * (read.shape[1] - ends)).long()
        with machine.half_precision():
            loss = mistakes(read, ends, anywhere, told[rows])
        trainer.descend(loss)


def _mistakes(
    encoder: CLIPTextModel,
    classifier: Classifier,
    tokens: torch.Tensor,
    ends: torch.Tensor,
    anywhere: torch.Tensor,
    told: torch.Tensor,
) -> torch.Tensor:
    """Name the attributes where the text ends, and again at any place after it."""
    hidden = encoder(tokens).last_hidden_state
    rows = torch.arange(len(tokens), device=tokens.device)
    return error(classifier(hidden[rows, ends]), told) + error(
        classifier(hidden[rows, anywhere]), told
    )
