"""Dense points on surfaces: a head is drawn as a cloud of them.

Lengths are halves of the face's width, as in `photograph/film.py`: right, down, and towards the
camera; (0, 0, 0) lies between the eyes.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.heads.makehuman import Floats, MakeHuman, Numbers, Quads

_SEED = 5
"""Of the places of points: the same for every head, for they are chosen once."""


@dataclass(frozen=True, slots=True)
class Spots:
    """Points on a surface: their triangles' corners (n, 3), shares of these, places (n, 2)."""

    corners: Numbers
    shares: Floats
    places: Floats

    def of(self, vertices: Floats) -> Floats:
        """Give each point's mean of what its corners have, (n, channels)."""
        return np.asarray((vertices[self.corners] * self.shares[..., None]).sum(axis=1), np.float32)


def spots(
    vertices: Floats, quads: Quads, count: int, weight: NDArray[np.floating] | None = None
) -> Spots:
    """Choose points evenly on the quads; `weight` (quads,) says how much denser on each."""
    dice = np.random.default_rng(_SEED)
    halves = ([0, 1, 2], [0, 2, 3])
    corners = np.concatenate([quads.corners[:, half] for half in halves])
    mapped = np.concatenate([quads.mapped[:, half] for half in halves])
    a, b, c = (vertices[corners[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    if weight is not None:
        area = area * np.concatenate([weight, weight])
    chosen = dice.choice(len(area), count, p=area / area.sum())
    along, beside = np.sqrt(dice.random(count)), dice.random(count)
    shares = np.stack([1 - along, along * (1 - beside), along * beside], axis=1)
    shares = shares.astype(np.float32)
    places = (quads.places[mapped[chosen]] * shares[..., None]).sum(axis=1)
    return Spots(corners[chosen].astype(np.int32), shares, places.astype(np.float32))


@cache
def spots_on(name: str, data: MakeHuman, count: int) -> Spots:
    """Choose points evenly on something worn by the neutral head, once."""
    worn = data.worn(name)
    return spots(worn.placed(data.vertices, np.ones(3, np.float32)), worn.quads, count)


def normals(vertices: Floats, quads: Quads) -> Floats:
    """Give the direction that each vertex faces, (n, 3), of length one, or nought where no quad is.

    The corners of the quads go round clockwise: these axes mirror those of MakeHuman.
    """
    corners = quads.corners
    a, b, c, d = (vertices[corners[:, k]] for k in range(4))
    facing = np.cross(d - b, c - a)
    total = np.stack(
        [
            sum(
                np.bincount(corners[:, corner], facing[:, axis], len(vertices))
                for corner in range(4)
            )
            for axis in range(3)
        ],
        axis=1,
    )
    return unit(total)


def unit(directions: NDArray[np.floating]) -> Floats:
    """Give directions (n, 3) the length one."""
    length = np.linalg.norm(directions, axis=1, keepdims=True)
    return np.asarray(directions / np.maximum(length, 1e-9), np.float32)
