"""Teaches the encoders to understand before anything is drawn.

Both learn to name a portrait's attributes: the text encoder from captions, the image encoder and
the face adapter's resampler from faces. The UNet then finds each attribute ready to be used,
which saves it most of the steps that it would take to learn both languages itself.
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
from generation.pocket.training.course import Course
from generation.pocket.training.parts import Parts
from generation.pocket.training.run import SEED, Run
from generation.pocket.training.workshop import Workshop

RULED_OUT = 0.18
"""Of the captions, negative prompts."""

SILENCE = 0.06
"""Of the other captions, with nothing in them."""


class Reader(nn.Module):
    """Names attributes by linear classifiers: `choices` has each one's number of values."""

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
    course: Course,
    directory: Path,
    workshop: Workshop,
) -> None:
    torch.manual_seed(SEED)
    encoder = parts.text_encoder
    reader = Reader({name: len(values) + 1 for name, values in CHOICES.items()})  # 1: untold
    run = Run("text-encoder", nn.ModuleList([encoder, reader]), course, directory, workshop)
    make = partial(_read, parts.tokenizer, course.batch)
    for tokens, ends, anywhere, wanted in run.lessons(make):
        with workshop.half_precision():
            hidden = encoder(tokens.to(workshop.device)).last_hidden_state
        rows = torch.arange(len(tokens))
        run.descend(
            _error(reader(hidden[rows, ends].float()), wanted)
            + _error(reader(hidden[rows, anywhere].float()), wanted)
        )


def _read(
    tokenizer: CLIPTokenizer, batch: int, step: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]:
    """Give token ids, where the texts end, a place of the padding, and the attributes' numbers."""
    random = Random(f"text {SEED} {step}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(batch)]
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
    """Write a caption, and sometimes nothing."""
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
    course: Course,
    directory: Path,
    workshop: Workshop,
) -> None:
    """Teach the image encoder and the resampler."""
    torch.manual_seed(SEED)
    encoder, projection = parts.image_encoder, parts.face_projection
    reader = Reader({name: len(CHOICES[name]) for name in PERSON_NAMES})
    networks = nn.ModuleList([nn.ModuleList([encoder, projection]), reader])
    run = Run("image-encoder", networks, course, directory, workshop)
    for faces, wanted in run.lessons(partial(_seen, course.batch)):
        with workshop.half_precision():
            seen = encoder(faces.to(workshop.device), output_hidden_states=True).hidden_states[-2]
            tokens = projection(seen)
        run.descend(_error(reader(tokens.mean(dim=1).float()), wanted))


def _seen(batch: int, step: int) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """Give faces, (batch, 3, 96, 96), and the attributes' numbers."""
    random = Random(f"face {SEED} {step}")  # noqa: S311 - nothing secret
    people = [random_person(random) for _ in range(batch)]
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
