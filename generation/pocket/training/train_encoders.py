"""Trains the encoders to name a portrait's attributes, before the UNet is trained.

The text encoder learns it from captions, the image encoder and the face adapter's resampler from
faces. The UNet then finds each attribute ready to be used. Learning words and faces itself would
take it many times the steps.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from random import Random

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import CLIPTokenizer

from generation.pocket.portraits.attributes import (
    CHOICES,
    PERSON_NAMES,
    Portrait,
    number,
    random_person,
    random_scene,
)
from generation.pocket.portraits.captions import (
    Caption,
    caption,
    visible,
    with_strange_words,
    without,
)
from generation.pocket.portraits.reference import normalised, reference
from generation.pocket.training import architecture
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

RULED_OUT = 0.18
"""Share of the captions that are negative prompts."""

SILENCE = 0.06
"""Share of the other captions that are empty."""


class Classifier(nn.Module):
    """Names attributes, each by a linear layer; `choices` has the number of values of each."""

    def __init__(self, choices: dict[str, int]) -> None:
        super().__init__()
        self.heads = nn.ModuleDict(
            {name: nn.Linear(architecture.WIDTH, count) for name, count in choices.items()}
        )

    def forward(self, read: torch.Tensor) -> dict[str, torch.Tensor]:
        """Read (batch, width); give each attribute's logits, (batch, values)."""
        return {name: head(read) for name, head in self.heads.items()}


def train_text_encoder(
    parts: Parts,
    schedule: Schedule,
    directory: Path,
    machine: Machine,
) -> None:
    torch.manual_seed(SEED)
    encoder = parts.text_encoder
    classifier = Classifier({name: len(v) + 1 for name, v in CHOICES.items()})  # 1 for "not told"
    trainer = Trainer(
        "text-encoder", nn.ModuleList([encoder, classifier]), schedule, directory, machine
    )
    make = partial(_read, parts.tokenizer, schedule.batch_size)
    for tokens, ends, anywhere, wanted in trainer.batches(make):
        with machine.half_precision():
            hidden = encoder(tokens.to(machine.device)).last_hidden_state
        rows = torch.arange(len(tokens))
        trainer.descend(
            _error(classifier(hidden[rows, ends].float()), wanted)
            + _error(classifier(hidden[rows, anywhere].float()), wanted)
        )


def _read(
    tokenizer: CLIPTokenizer, batch_size: int, step: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]:
    """Give token ids, where the texts end, a random place after it, and the attributes' numbers."""
    random = Random(f"text {SEED} {step}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(batch_size)]
    captions = [
        without(portrait, random) if random.random() < RULED_OUT else words(portrait, random)
        for portrait in portraits
    ]
    tokens = tokenize(tokenizer, (said.text for said in captions))
    ends = (tokens == tokenizer.eos_token_id).int().argmax(dim=1)
    anywhere = torch.tensor([random.randint(int(end), tokens.shape[1] - 1) for end in ends])
    wanted = {
        name: torch.tensor(
            [
                number(portrait, name)
                if name in visible(portrait, said.told)
                else len(CHOICES[name])
                for portrait, said in zip(portraits, captions, strict=True)
            ]
        )
        for name in CHOICES
    }
    return tokens, ends, anywhere, wanted


def words(portrait: Portrait, random: Random, always: frozenset[str] = frozenset()) -> Caption:
    """Write a caption, which is sometimes empty."""
    if random.random() < SILENCE:
        return Caption("", frozenset())
    said = caption(portrait, random, always=always)
    return Caption(with_strange_words(said.text, random), said.told)


def tokenize(tokenizer: CLIPTokenizer, texts: Iterable[str]) -> torch.Tensor:
    """Give token ids as the pipeline does, (batch, 77)."""
    tokens = tokenizer(
        list(texts),
        padding="max_length",
        truncation=True,
        max_length=tokenizer.model_max_length,
        return_tensors="pt",
    )
    ids = tokens.input_ids
    assert isinstance(ids, torch.Tensor)  # noqa: S101 - for the type checker
    return ids


def train_image_encoder(
    parts: Parts,
    schedule: Schedule,
    directory: Path,
    machine: Machine,
) -> None:
    """Train the image encoder and the resampler."""
    torch.manual_seed(SEED)
    encoder, projection = parts.image_encoder, parts.face_projection
    classifier = Classifier({name: len(CHOICES[name]) for name in PERSON_NAMES})
    networks = nn.ModuleList([nn.ModuleList([encoder, projection]), classifier])
    trainer = Trainer("image-encoder", networks, schedule, directory, machine)
    for faces, wanted in trainer.batches(partial(_seen, schedule.batch_size)):
        with machine.half_precision():
            seen = encoder(faces.to(machine.device), output_hidden_states=True).hidden_states[-2]
            tokens = projection(seen)
        trainer.descend(_error(classifier(tokens.mean(dim=1).float()), wanted))


def _seen(batch_size: int, step: int) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """Give faces, (batch, 3, 96, 96), and the attributes' numbers."""
    random = Random(f"face {SEED} {step}")  # noqa: S311 - nothing secret
    people = [random_person(random) for _ in range(batch_size)]
    faces = torch.from_numpy(normalised([reference(person, random) for person in people]))
    scene = random_scene(random)
    return faces, {
        name: torch.tensor([number(Portrait(person, scene), name) for person in people])
        for name in PERSON_NAMES
    }


def _error(logits: dict[str, torch.Tensor], wanted: dict[str, torch.Tensor]) -> torch.Tensor:
    """Average the cross-entropy over the attributes."""
    errors = [cross_entropy(read, wanted[name].to(read.device)) for name, read in logits.items()]
    return torch.stack(errors).mean()
