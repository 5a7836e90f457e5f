"""Teaches the UNet to draw what words and faces say, together with the face adapter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
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

from generation.character import Glasses
from generation.pocket import architecture
from generation.pocket.attributes import Person, Portrait, random_person, random_scene
from generation.pocket.captions import caption, without
from generation.pocket.drawing import draw
from generation.pocket.parts import Parts
from generation.pocket.pixels import to_tensor
from generation.pocket.reference import normalised, reference
from generation.pocket.run import SEED, Run, half_precision
from generation.pocket.sizes import FACE_SIDE
from generation.pocket.train_encoders import RULED_OUT, tokenize, words

CHUNK = 50
"""Portraits that are drawn and encoded together."""

NO_FACE = 0.2
"""Of the captions, without a face: with what the "plus" adapter sees in the negative row, zeros."""

NO_ADAPTER = 0.2
"""Of the steps, taken with the adapter's scale at nought; the others have it at 0.4 to 1."""

PUT_ON, TAKEN_OFF = 0.35, 0.15
"""Of the faces of those who are drawn without glasses, with them, and the other way round. With
guidance g the first step foresees g P(face) - (g - 1) P(negative words): were a face with glasses
a proof of them, no negative prompt could outweigh it."""

DOUBT = 1.4
"""Less the adapter's scale: of the faces with other glasses, how many are shown. The higher the
scale, the more a face weighs."""

OTHER_FACE = 0.15
"""Of the faces, somebody else's, while the words tell everything: hair that the words call red is
red, whatever the photo shows."""

ALWAYS_TOLD = frozenset({"hat", "look"})
"""Of captions: who did not ask for a hat gets none."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Drawn once, shown many times, each time with another caption.

    `latents` (n, channels, 16, 16) have a standard deviation of one; `faces` (n, tokens, width)
    are the image encoder's last but one hidden states of another drawing of the same person;
    `changed` (n,) tells whose glasses are others there.
    """

    portraits: list[Portrait]
    latents: torch.Tensor
    faces: torch.Tensor
    changed: torch.Tensor
    scaling_factor: float

    def choices(self, scale: float, random: Random) -> Iterator[int]:
        """Choose portraits without end; the higher the adapter's scale, the fewer changed ones."""
        while True:
            k = random.randrange(len(self.portraits))
            if not self.changed[k] or random.random() < DOUBT - scale:
                yield k

    def lesson(self, k: int, random: Random) -> tuple[str, int | None]:
        """Give a caption of portrait `k`, and whose face goes with it, if any."""
        portrait = self.portraits[k]
        if random.random() < RULED_OUT:  # guidance leads away from there: no face stands there
            return without(portrait, random).text, None
        if random.random() < NO_FACE:
            return words(portrait, random, ALWAYS_TOLD).text, None
        if random.random() < OTHER_FACE:
            return caption(portrait, random, 1.0).text, random.randrange(len(self.portraits))
        return words(portrait, random, ALWAYS_TOLD).text, k


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
        scale = 0.0 if random.random() < NO_ADAPTER else random.uniform(0.4, 1)
        chosen = list(islice(pool.choices(scale, random), batch))
        latents = pool.latents[chosen].float()
        lessons = [pool.lesson(k, random) for k in chosen]
        faces = torch.cat(
            [
                no_face if whose is None else pool.faces[whose : whose + 1].float()
                for _, whose in lessons
            ]
        )
        said = [text for text, _ in lessons]
        dice = torch.Generator().manual_seed(step)
        noise = torch.randn(latents.shape, generator=dice)
        times = torch.randint(schedule.config.num_train_timesteps, (batch,), generator=dice)
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


def fill_pool(parts: Parts, size: int, directory: Path) -> Pool:
    """Draw and encode `size` portraits and faces, or read those of an earlier run."""
    random = Random(f"pool {SEED}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(size)]
    file = directory / "pool.pt"
    if not file.is_file():
        chunks = list(_encoded(parts, portraits))
        unfinished = file.with_suffix(".part")
        torch.save({name: torch.cat([c[name] for c in chunks]) for name in chunks[0]}, unfinished)
        unfinished.replace(file)
    read = torch.load(file, weights_only=True)
    factor = float(1 / read["latents"].float().std())
    latents = read["latents"].float() * factor
    return Pool(portraits, latents, read["faces"], read["changed"], factor)


def another_day(person: Person, random: Random) -> Person:
    """Put glasses on or take them off, or do neither."""
    worn = person.glasses is not Glasses.NONE
    if random.random() >= (TAKEN_OFF if worn else PUT_ON):
        return person
    put_on = random.choice((Glasses.GLASSES, Glasses.SUNGLASSES))
    return replace(person, glasses=Glasses.NONE if worn else put_on)


@torch.no_grad()
def _encoded(parts: Parts, portraits: list[Portrait]) -> Iterator[dict[str, torch.Tensor]]:
    for start in tqdm(range(0, len(portraits), CHUNK), "pool"):
        random = Random(f"pool {SEED} {start}")  # noqa: S311 - nothing secret
        chunk = portraits[start : start + CHUNK]
        pixels = to_tensor([draw(portrait, random) for portrait in chunk])
        shown = [another_day(portrait.person, random) for portrait in chunk]
        faces = torch.from_numpy(normalised([reference(person, random) for person in shown]))
        yield {
            "latents": parts.autoencoder.encode(pixels).latent_dist.mode().half(),
            "faces": _look(parts.image_encoder, faces).half(),
            "changed": torch.tensor([a is not b.person for a, b in zip(shown, chunk, strict=True)]),
        }


@torch.no_grad()
def _look(encoder: CLIPVisionModelWithProjection, faces: torch.Tensor) -> torch.Tensor:
    hidden = encoder(faces, output_hidden_states=True).hidden_states[-2]
    return cast("torch.Tensor", hidden)
