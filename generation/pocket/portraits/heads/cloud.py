"""A head as a cloud of points, and how a camera sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.regions import MARKED, Region
from generation.pocket.portraits.heads.makehuman import Floats, Numbers
from generation.pocket.portraits.photograph.film import MIDDLE, REACH, SIDE, Colours, Plane
from generation.pocket.portraits.photograph.light import Lamp

FINE = 2
"""Points are seen on so many pixels a side for each of the picture's, which then has their mean."""

_REACH = 2.6
"""Half of the box that throws shadows, in halves of the face's width."""

_SHADOW_CELLS, _SKY_CELLS = 96, 72
"""Cells of a side of the maps of what the lamp sees, and of what the sky sees."""

_NEAR = 0.12
"""How far behind its neighbours a point is seen through a hole between them."""

_BEHIND = -0.3
"""Where shoulders begin, which clothes cover; face and hair are nearer."""

_FAR = np.float32(-9)
"""Where nothing is."""

FILL = np.float32(1.3)
"""How much more of the fill light falls on a head than on a plane that faces the camera."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Linear colours, how much of each pixel is covered, and how much by face and hair.

    `regions` (side, side, 3) are how much of it is skin, hair and beard.
    """

    colours: Colours
    covered: Plane
    before: Plane
    regions: Colours


class Cloud:
    """Points of a head, as in `surface.py`: where they are and face, their colours and gloss."""

    def __init__(self) -> None:
        self._parts: list[tuple[Floats, Floats, Floats, Floats]] = []

    def __bool__(self) -> bool:
        """Say whether there is any point."""
        return any(len(part[0]) for part in self._parts)

    def add(
        self,
        positions: Floats,
        facing: Floats,
        colours: NDArray[np.floating],
        *,
        gloss: float = 0.0,
        one_sided: bool = False,
        eye: bool = False,
        region: Region | NDArray[np.integer] = Region.OTHER,
    ) -> None:
        """Add points (n, 3); `one_sided` ones aren't seen from behind.

        Nothing quite shades an `eye`: lids and lashes are drawn too coarsely for that. `region` is
        that of all points, or of each, (n,).
        """
        rows = np.empty((len(positions), 4), np.float32)
        rows[:, :3] = gloss, one_sided, eye
        rows[:, 3] = region
        wide = np.broadcast_to(np.asarray(colours, np.float32), positions.shape)
        self._parts.append((positions, facing, wide, rows))

    def hide_hair(self, beneath: Callable[[Floats], NDArray[np.bool_]]) -> None:
        """Take away hair at those positions (n, 3) that lie beneath something."""
        kept = [~((part[3][:, 3] == Region.HAIR) & beneath(part[0])) for part in self._parts]
        self._parts = [
            (at[k], facing[k], colours[k], rows[k])
            for (at, facing, colours, rows), k in zip(self._parts, kept, strict=True)
        ]

    def seen(self, lamp: Lamp, turn: float, nod: float) -> Seen:
        """Turn the head to its left and down, by radians, and see it under a lamp."""
        at, facing, colours, rows = (
            np.concatenate(part) for part in zip(*self._parts, strict=True)
        )
        at, facing = _turned(at, facing, turn, nod)
        side = SIDE * FINE
        across, down = (
            ((at[:, 0] + REACH) * (side / (2 * REACH))).astype(np.int32),
            ((at[:, 1] - MIDDLE + REACH) * (side / (2 * REACH))).astype(np.int32),
        )
        inside = (across >= 0) & (across < side) & (down >= 0) & (down < side)
        shown = np.flatnonzero(inside & ((rows[:, 1] == 0) | (facing[:, 2] > -0.05)))
        shown = shown[np.argsort(at[shown, 2])]
        first = np.full(side * side, -1, np.int64)
        first[down[shown] * side + across[shown]] = shown  # the nearest comes last
        pixels = np.flatnonzero(first >= 0)
        nearest = first[pixels]
        picture = np.zeros((side * side, 3), np.float32)
        depth = np.full(side * side, _FAR, np.float32)
        lit = _Light(at[::3], lamp)
        picture[pixels] = lit.on(at[nearest], facing[nearest], colours[nearest], rows[nearest])
        depth[pixels] = at[nearest, 2]
        regions = np.zeros(side * side, np.float32)
        regions[pixels] = rows[nearest, 3]
        square = (side, side)
        return _whole(picture.reshape(*square, 3), depth.reshape(square), regions.reshape(square))


class _Light:
    """The lamp's light and the sky's, and what throws shadows."""

    def __init__(self, at: Floats, lamp: Lamp) -> None:
        self._lamp = lamp
        self._towards = np.array(lamp.towards, np.float32)
        beside = np.cross(self._towards, [0, 1, 0.01]).astype(np.float32)
        self._beside = beside / np.linalg.norm(beside)
        self._below = np.cross(self._towards, self._beside).astype(np.float32)
        order = np.argsort(at @ self._towards)
        self._nearest = np.full(_SHADOW_CELLS**2, _FAR, np.float32)
        self._nearest[self._cells(at)[order]] = (at @ self._towards)[order]
        order = np.argsort(-at[:, 1])
        self._highest = np.full(_SKY_CELLS**2, -_FAR, np.float32)
        self._highest[self._floor(at)[order]] = at[order, 1]

    def on(self, at: Floats, facing: Floats, colours: Floats, rows: Floats) -> Floats:
        """Give the light that points send to the camera, (n, 3)."""
        gloss, eye = rows[:, 0], rows[:, 2] > 0
        lamp, towards = self._lamp, self._towards
        hidden = self._nearest[self._cells(at)] - at @ towards - np.float32(0.07)
        lit = np.clip(1 - hidden / np.float32(0.12), 0, 1)
        roofed = at[:, 1] - self._highest[self._floor(at)] - np.float32(0.1)
        open_ = 1 - np.float32(0.5) * np.clip(roofed / np.float32(0.4), 0, 1)
        lit[eye], open_[eye] = np.maximum(lit[eye], 0.6), np.maximum(open_[eye], 0.85)
        key = np.clip((facing @ towards + 0.2) / 1.2, 0, 1) * (0.3 + 0.7 * lit)
        sky = (0.8 - 0.25 * facing[:, 1]) * open_ * (0.75 + 0.25 * np.clip(facing[:, 2], 0, 1))
        half = towards + np.array([0, 0, 1], np.float32)
        shine = np.clip(facing @ (half / np.linalg.norm(half)), 0, 1)
        glint = lamp.gloss * gloss * (0.35 * shine**10 + 1.1 * shine**42) * lit
        light = key[:, None] * lamp.key + sky[:, None] * lamp.fill * FILL
        return np.asarray(colours * light + glint[:, None] * lamp.key, np.float32)

    def _cells(self, at: Floats) -> Numbers:
        return _cell(at @ self._below, at @ self._beside, _SHADOW_CELLS)

    def _floor(self, at: Floats) -> Numbers:
        return _cell(at[:, 2], at[:, 0], _SKY_CELLS)


def _cell(row: Floats, column: Floats, cells: int) -> Numbers:
    y, x = (((v + _REACH) / (2 * _REACH) * cells).astype(np.int32) for v in (row, column))
    return np.asarray(y.clip(0, cells - 1) * cells + x.clip(0, cells - 1), np.int32)


def _turned(at: Floats, facing: Floats, turn: float, nod: float) -> tuple[Floats, Floats]:
    """Turn and nod the head; the eyes stay in the middle, nearly."""
    c, s = np.cos(turn), np.sin(turn)
    turned = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    c, s = np.cos(nod), np.sin(nod)
    both = (turned @ np.array([[1, 0, 0], [0, c, -s], [0, s, c]])).astype(np.float32)
    neck = np.array([0, 0.3, -0.9], np.float32)
    eyes = (np.array([0, 0, 0.2], np.float32) - neck) @ both.T
    at = (at - neck) @ both.T - eyes * np.array([0.55, 0.8, 0], np.float32)
    at[:, :2] *= (1 + 0.12 * at[:, 2:]) / np.float32(1.108)  # what is nearer is larger
    return at, facing @ both.T


def _whole(picture: Colours, depth: Plane, regions: Plane) -> Seen:
    """Fill holes, and points that are seen through holes, with what is around; halve the sides."""
    three = np.ones((3, 3), np.uint8)
    five = np.ones((5, 5), np.uint8)
    there = (depth > _FAR) & (cv2.dilate(depth, three) - depth <= _NEAR)
    kept = there.astype(np.float32)

    def around(size: int) -> tuple[Colours, Plane]:
        sums, share = (
            cv2.blur(part, (size, size), borderType=cv2.BORDER_CONSTANT)
            for part in (picture * kept[..., None], kept)
        )
        means: Colours = sums / (share[..., None] + np.float32(1e-6))
        return means, np.asarray(share, np.float32)

    (close, share), (wide, _) = around(3), around(7)
    filling = np.where((share > 0.15)[..., None], close, wide)
    picture = np.where(there[..., None], picture, filling)
    covered = cv2.morphologyEx((depth > _FAR).astype(np.uint8), cv2.MORPH_CLOSE, five)
    before = cv2.morphologyEx(depth, cv2.MORPH_CLOSE, five) > _BEHIND

    def halved(plane: NDArray[Any]) -> Plane:
        small = cv2.resize(plane.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32)

    mask = covered.astype(np.float32)
    counted = cv2.blur(kept, (5, 5)) + np.float32(1e-6)
    marked = [
        halved(cv2.blur(kept * (regions == region), (5, 5)) / counted * mask) for region in MARKED
    ]
    return Seen(
        halved(picture * mask[..., None]), halved(mask), halved(before), np.stack(marked, axis=-1)
    )
