"""Teaches the UNet to draw what words and faces say, together with the face adapter."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple, cast

import torch
from diffusers import DDPMScheduler
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import mse_loss
from tqdm import tqdm
from transformers import CLIPTokenizer, CLIPVisionModelWithProjection

from generation.character import Glasses
from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import (
    Person,
    Portrait,
    random_person,
    random_scene,
)
from generation.pocket.portraits.captions import caption, without
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.reference import normalised, reference
from generation.pocket.sizes import FACE_SIDE, LATENT_SIDE
from generation.pocket.training import architecture
from generation.pocket.training.course import Course
from generation.pocket.training.parts import Parts
from generation.pocket.training.run import SEED, Run
from generation.pocket.training.train_encoders import RULED_OUT, tokenize, words
from generation.pocket.training.workshop import Workshop

CHUNK = 200
"""Portraits that are drawn and encoded together."""

NO_FACE = 0.2
"""Of the captions, without a face: with what the "plus" adapter sees in the negative row, zeros."""

NO_ADAPTER = 0.2
"""Of the steps, taken with the adapter's scale at nought; the others have it at 0.4 to 1."""

PUT_ON = {Glasses.GLASSES: 0.2, Glasses.SUNGLASSES: 0.3}
TAKEN_OFF = 0.15
"""Of the faces of those who are drawn without glasses, with them, and the other way round. With
guidance g the first step foresees g P(face) - (g - 1) P(negative words): were a face with glasses
a proof of them, no negative prompt could outweigh it. Fewer wear sunglasses: a face in them says
less."""

OTHER_FACE = 0.15
"""Of the faces, somebody else's, while the words tell everything: hair that the words call red is
red, whatever the photo shows."""

ALWAYS_TOLD = frozenset({"hat", "look"})
"""Of captions: who did not ask for a hat gets none."""


class Row(NamedTuple):
    portrait: int
    text: str
    face: int | None


@dataclass(frozen=True, slots=True)
class Sittings:
    """Who was drawn, and (n,) whose face was drawn with other glasses."""

    portraits: list[Portrait]
    changed: torch.Tensor

    def row(self, scale: float, random: Random) -> Row:
        """Choose a portrait, a caption, and whose face goes with them, if any."""
        k = random.randrange(len(self.portraits))
        portrait = self.portraits[k]
        if random.random() < RULED_OUT:  # guidance leads away from there: no face stands there
            return Row(k, without(portrait, random).text, None)
        if random.random() < NO_FACE:
            return Row(k, words(portrait, random, ALWAYS_TOLD).text, None)
        if random.random() < OTHER_FACE:
            other = random.randrange(len(self.portraits))
            return Row(k, caption(portrait, random, 1.0).text, other)
        while self.changed[k] and random.random() >= _doubt(scale):
            k = random.randrange(len(self.portraits))
        return Row(k, words(self.portraits[k], random, ALWAYS_TOLD).text, k)


@dataclass(frozen=True, slots=True)
class Pool:
    """Drawn once, shown many times, each time with another caption.

    `latents` (n, channels, 16, 16) have a standard deviation of one; `faces` (n, tokens, width)
    are the image encoder's last but one hidden states of another drawing of the same person.
    """

    sittings: Sittings
    latents: torch.Tensor
    faces: torch.Tensor
    scaling_factor: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a step is taught with: numbers of portraits and of faces (-1: none), texts, noise."""

    scale: float
    chosen: torch.Tensor
    whose: torch.Tensor
    tokens: torch.Tensor
    noise: torch.Tensor
    times: torch.Tensor


def train_unet(
    parts: Parts,
    pool: Pool,
    course: Course,
    directory: Path,
    workshop: Workshop,
) -> None:
    """Teach the UNet and the face adapter; the other parts are held still."""
    unet, device = parts.unet, workshop.device
    parts.to(device)
    processors = [p for p in unet.attn_processors.values() if hasattr(p, "to_k_ip")]
    schedule = DDPMScheduler.from_config(architecture.scheduler().config)
    no_face = _look(parts.image_encoder, torch.zeros(1, 3, FACE_SIDE, FACE_SIDE, device=device))
    all_latents, all_faces = pool.latents.to(device), pool.faces.to(device)
    times = schedule.config.num_train_timesteps
    make = partial(_lesson, pool.sittings, parts.tokenizer, times, course.batch)
    run = Run("unet", nn.ModuleList([unet, parts.face_projection]), course, directory, workshop)
    for lesson in run.lessons(make):
        latents = all_latents[lesson.chosen.to(device)]
        whose = lesson.whose.to(device)
        faces = all_faces[whose.clamp(min=0)].float()
        faces = torch.where((whose < 0)[:, None, None], no_face, faces)
        noise, moments = lesson.noise.to(device), lesson.times.to(device)
        for processor in processors:
            processor.scale = [lesson.scale]
        with workshop.half_precision(), _attention(workshop):
            with torch.no_grad():
                told = parts.text_encoder(lesson.tokens.to(device)).last_hidden_state
            seen = parts.face_projection(faces)[:, None]
            noisy = schedule.add_noise(latents, noise, moments)
            foreseen = unet(noisy, moments, (told, [seen])).sample.float()
        run.descend(mse_loss(foreseen, schedule.get_velocity(latents, noise, moments)))


def _attention(workshop: Workshop) -> AbstractContextManager[None]:
    """On a CPU the fused attention's backward takes a third of a step; the plain one a tenth."""
    return sdpa_kernel(SDPBackend.MATH) if workshop.device.type == "cpu" else nullcontext()


def _lesson(
    sittings: Sittings, tokenizer: CLIPTokenizer, times: int, batch: int, step: int
) -> Lesson:
    random = Random(f"unet {SEED} {step}")  # noqa: S311 - nothing secret
    scale = 0.0 if random.random() < NO_ADAPTER else random.uniform(0.4, 1)
    chosen, texts, whose = zip(*(sittings.row(scale, random) for _ in range(batch)), strict=True)
    dice = torch.Generator().manual_seed(step)
    noise = torch.randn(
        (batch, architecture.LATENT_CHANNELS, LATENT_SIDE, LATENT_SIDE), generator=dice
    )
    return Lesson(
        scale,
        torch.tensor(chosen),
        torch.tensor([-1 if face is None else face for face in whose]),
        tokenize(tokenizer, texts),
        noise,
        torch.randint(times, (batch,), generator=dice),
    )


def fill_pool(parts: Parts, size: int, directory: Path, workshop: Workshop) -> Pool:
    """Draw and encode `size` portraits and faces, or read those of an earlier run.

    Where the drawing or an encoder has changed, that file has to be removed.
    """
    random = Random(f"pool {SEED}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(size)]
    file = directory / f"pool-{SEED}-{size}.pt"
    if not file.is_file():
        _save_pool(parts, portraits, file, workshop)
    read = torch.load(file, weights_only=True)
    factor = float(1 / read["latents"].float().std())
    latents = read["latents"].float() * factor
    return Pool(Sittings(portraits, read["changed"]), latents, read["faces"], factor)


def _save_pool(parts: Parts, portraits: list[Portrait], file: Path, workshop: Workshop) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    chunks = list(_encoded(parts, portraits, workshop))
    unfinished = file.with_suffix(".part")
    torch.save({name: torch.cat([c[name] for c in chunks]) for name in chunks[0]}, unfinished)
    unfinished.replace(file)


def another_day(person: Person, random: Random) -> Person:
    """Put glasses on or take them off, or do neither."""
    if person.glasses is not Glasses.NONE:
        other = Glasses.NONE if random.random() < TAKEN_OFF else person.glasses
    else:
        chances = (1 - sum(PUT_ON.values()), *PUT_ON.values())
        (other,) = random.choices((Glasses.NONE, *PUT_ON), chances)
    return person if other is person.glasses else replace(person, glasses=other)


def _doubt(scale: float) -> float:
    """Say how many of the faces with other glasses are shown at the adapter's scale.

    All at a half, where FAST draws, and none at 1: the higher the scale, the more a face weighs.
    """
    return min(1.0, 2 * (1 - scale))


@torch.no_grad()
def _encoded(
    parts: Parts, portraits: list[Portrait], workshop: Workshop
) -> Iterator[dict[str, torch.Tensor]]:
    device = workshop.device
    parts.to(device)
    drawn = workshop.ahead(partial(_drawn, portraits), range(0, len(portraits), CHUNK))
    for pixels, faces, changed in tqdm(drawn, "pool"):
        yield {
            "latents": parts.autoencoder.encode(pixels.to(device)).latent_dist.mode().half().cpu(),
            "faces": _look(parts.image_encoder, faces.to(device)).half().cpu(),
            "changed": changed,
        }


def _drawn(
    portraits: list[Portrait], start: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Give a chunk's pixels, its people's faces, and who wears other glasses there."""
    random = Random(f"pool {SEED} {start}")  # noqa: S311 - nothing secret
    chunk = portraits[start : start + CHUNK]
    pixels = to_tensor([draw(portrait, random) for portrait in chunk])
    shown = [another_day(portrait.person, random) for portrait in chunk]
    faces = torch.from_numpy(normalised([reference(person, random) for person in shown]))
    changed = [a is not b.person for a, b in zip(shown, chunk, strict=True)]
    return pixels, faces, torch.tensor(changed)


@torch.no_grad()
def _look(encoder: CLIPVisionModelWithProjection, faces: torch.Tensor) -> torch.Tensor:
    hidden = encoder(faces, output_hidden_states=True).hidden_states[-2]
    return cast("torch.Tensor", hidden)
