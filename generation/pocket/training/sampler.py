"""Chooses what the UNet sees in the rows of a batch: portraits, captions, faces and scales."""

from typing import NamedTuple

import torch

from generation.pocket.training.pool import FACES, KINDS

NO_ADAPTER = 0.2
"""Share of the rows with the adapter's scale at nought; the others have it between LEAST and 1."""

LEAST = 0.3
"""Lowest scale of the other rows."""

RULED_OUT = 0.18
"""Share of the captions that are negative prompts. No face stands beside them: the bot shows none
there either."""

NO_FACE = 0.2
"""Share of the other captions that stand without a face: the adapter then sees what the "plus"
adapter sees beside negative words, the encoding of zeros."""

OTHER_FACE = 0.15
"""Share of the faces that are somebody else's, while the caption tells everything: hair that the
words call red must come out red, whatever the photo shows."""

DOUBTED, BELIEVED = 0.5, 0.75
"""Highest scale at which a face's glasses are doubted as often as the pool has other ones, as FAST
does, and lowest at which they never are. In between doubt falls evenly. A model that is taught to
doubt a fifth of the faces at 0.8 draws a fifth of them without their glasses."""

CAPTIONS = {kind: (KINDS.index(kind), KINDS.count(kind)) for kind in dict.fromkeys(KINDS)}
"""Where the captions of a kind begin among a portrait's, and how many there are."""


class Rows(NamedTuple):
    """For each row the numbers of a portrait, a caption and a face (-1 for none), and the scale."""

    portraits: torch.Tensor
    captions: torch.Tensor
    faces: torch.Tensor
    scales: torch.Tensor


class Sampler:
    """Knows of each face, (n, FACES), whether it has other glasses than its portrait."""

    def __init__(self, changed: torch.Tensor) -> None:
        self._portraits = len(changed)
        self._device = changed.device
        self._captions = [
            torch.tensor(CAPTIONS[kind], device=self._device)
            for kind in ("ruled out", "everything", "said")
        ]
        flat = changed.flatten()
        self._same, self._changed = ((flat == kind).nonzero()[:, 0] for kind in (False, True))

    def rows(self, count: int, dice: torch.Generator) -> Rows:
        def chance(share: float) -> torch.Tensor:
            return torch.rand(count, generator=dice, device=self._device) < share

        def number(below: int) -> torch.Tensor:
            return torch.randint(below, (count,), generator=dice, device=self._device)

        scales = LEAST + (1 - LEAST) * torch.rand(count, generator=dice, device=self._device)
        scales = scales.masked_fill(chance(NO_ADAPTER), 0.0)
        ruled_out = chance(RULED_OUT)
        no_face = ruled_out | chance(NO_FACE)
        other = ~no_face & chance(OTHER_FACE)
        own_face = self._own_faces(scales, dice)
        # Only who shows a face is chosen by it: else a high scale itself would mean glasses.
        portraits = torch.where(no_face | other, number(self._portraits), own_face // FACES)
        faces = torch.where(other, number(self._portraits * FACES), own_face)
        first, many = (
            torch.where(ruled_out, out, torch.where(other, everything, said))
            for out, everything, said in zip(*self._captions, strict=True)
        )
        which = first + number(1_000) % many
        return Rows(
            portraits,
            portraits * len(KINDS) + which,
            faces.masked_fill(no_face, -1),
            scales,
        )

    def _own_faces(self, scales: torch.Tensor, dice: torch.Generator) -> torch.Tensor:
        """Choose faces, the seldomer with other glasses the higher the adapter's scale."""
        same, changed = self._same, self._changed
        weight = len(changed) * ((BELIEVED - scales) / (BELIEVED - DOUBTED)).clamp(0, 1)
        share = weight / (weight + len(same))
        dies = [torch.rand(len(scales), generator=dice, device=self._device) for _ in range(2)]

        def of(faces: torch.Tensor) -> torch.Tensor:
            return faces[(dies[1] * len(faces)).long().clamp(max=max(len(faces) - 1, 0))]

        if not len(changed):
            return of(same)
        if not len(same):
            return of(changed)
        return torch.where(dies[0] < share, of(changed), of(same))
