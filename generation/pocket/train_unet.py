"""Teaches the UNet to draw what words and faces say, together with the face adapter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import cast

import torch
from diffusers import DDPMScheduler
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import mse_loss
from tqdm import tqdm
from transformers import CLIPVisionModelWithProjection

from generation.pocket import architecture
from generation.pocket.attributes import Person, Portrait, random_person, random_scene
from generation.pocket.captions import caption
from generation.pocket.drawing import draw
from generation.pocket.parts import Parts
from generation.pocket.pixels import to_tensor
from generation.pocket.reference import normalised, reference
from generation.pocket.run import SEED, Run, half_precision
from generation.pocket.sizes import FACE_SIDE
from generation.pocket.train_encoders import tokenize, words

CHUNK = 50
"""Portraits that are drawn and encoded together."""

NO_FACE = 0.2
"""Of the faces, replaced by what the "plus" adapter sees in the negative row: all zeros."""

NO_ADAPTER = 0.2
"""Of the steps, taken with the adapter's scale at nought; the others have it at 0.4 to 1."""

OTHER_GLASSES = 0.3
"""Of the faces, with glasses or none by chance: people take them off. Where a face is no proof,
`glasses` in the negative prompt can outweigh it."""

OTHER_FACE = 0.15
"""Of the faces, somebody else's, while the words tell everything: hair that the words call red is
red, whatever the photo shows."""

ALWAYS_TOLD = frozenset({"hat", "look"})
"""Of captions: who did not ask for a hat gets none."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Drawn once, shown many times, each time with another caption.

    `latents` (n, channels, 16, 16) have a standard deviation of one; `faces` (n, tokens, width)
    are the image encoder's last but one hidden states of another drawing of the same person.
    """

    portraits: list[Portrait]
    latents: torch.Tensor
    faces: torch.Tensor
    scaling_factor: float


def train_unet(
    parts: Parts, pool: Pool, steps: int, directory: Path, rate: float, batch: int = 32
) -> None:
    """Teach the UNet and the face adapter; the other parts are held still."""
    unet = parts.unet
    processors = [p for p in unet.attn_processors.values() if hasattr(p, "to_k_ip")]
    schedule = DDPMScheduler.from_config(architecture.scheduler().config)
    no_face = _look(parts.image_encoder, torch.zeros(1, 3, FACE_SIDE, FACE_SIDE))
    run = Run("unet", nn.ModuleList([unet, parts.face_projection]), steps, directory, rate)
    for step in run.remaining():
        random = Random(f"unet {SEED} {step}")  # noqa: S311 - nothing secret
        chosen = random.sample(range(len(pool.portraits)), batch)
        latents = pool.latents[chosen].float()
        lessons = [_lesson(pool, k, random) for k in chosen]
        faces = torch.cat(
            [
                no_face if random.random() < NO_FACE else pool.faces[whose : whose + 1].float()
                for _, whose in lessons
            ]
        )
        said = [text for text, _ in lessons]
        dice = torch.Generator().manual_seed(step)
        noise = torch.randn(latents.shape, generator=dice)
        times = torch.randint(schedule.config.num_train_timesteps, (batch,), generator=dice)
        scale = 0.0 if random.random() < NO_ADAPTER else random.uniform(0.4, 1)
        for processor in processors:
            processor.scale = [scale]
        # On a CPU the fused attention's backward takes a third of a step; the plain one a tenth.
        with half_precision(), sdpa_kernel(SDPBackend.MATH):
            with torch.no_grad():
                told = parts.text_encoder(tokenize(parts.tokenizer, said)).last_hidden_state
            seen = parts.face_projection(faces)[:, None]
            noisy = schedule.add_noise(latents, noise, times)
            foreseen = unet(noisy, times, (told, [seen])).sample.float()
        run.descend(mse_loss(foreseen, schedule.get_velocity(latents, noise, times)))


def _lesson(pool: Pool, k: int, random: Random) -> tuple[str, int]:
    """Give a caption of portrait `k`, and whose face goes with it."""
    portrait = pool.portraits[k]
    if random.random() < OTHER_FACE:
        return caption(portrait, random, 1.0).text, random.randrange(len(pool.portraits))
    return words(portrait, random, ALWAYS_TOLD).text, k


def fill_pool(parts: Parts, size: int, directory: Path) -> Pool:
    """Draw and encode `size` portraits and faces, or read those of an earlier run."""
    random = Random(f"pool {SEED}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(size)]
    file = directory / "pool.pt"
    if not file.is_file():
        chunks = list(_encoded(parts, portraits))
        latents, faces = (torch.cat(part) for part in zip(*chunks, strict=True))
        unfinished = file.with_suffix(".part")
        torch.save({"latents": latents, "faces": faces}, unfinished)
        unfinished.replace(file)
    read = torch.load(file, weights_only=True)
    factor = float(1 / read["latents"].float().std())
    return Pool(portraits, read["latents"].float() * factor, read["faces"], factor)


def _another_day(person: Person, random: Random) -> Person:
    if random.random() < OTHER_GLASSES:
        return replace(person, glasses=random_person(random).glasses)
    return person


@torch.no_grad()
def _encoded(
    parts: Parts, portraits: list[Portrait]
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    for start in tqdm(range(0, len(portraits), CHUNK), "pool"):
        random = Random(f"pool {SEED} {start}")  # noqa: S311 - nothing secret
        chunk = portraits[start : start + CHUNK]
        pixels = to_tensor([draw(portrait, random) for portrait in chunk])
        faces = normalised(
            [reference(_another_day(portrait.person, random), random) for portrait in chunk]
        )
        latents = parts.autoencoder.encode(pixels).latent_dist.mode()
        yield latents.half(), _look(parts.image_encoder, torch.from_numpy(faces)).half()


@torch.no_grad()
def _look(encoder: CLIPVisionModelWithProjection, faces: torch.Tensor) -> torch.Tensor:
    hidden = encoder(faces, output_hidden_states=True).hidden_states[-2]
    return cast("torch.Tensor", hidden)
