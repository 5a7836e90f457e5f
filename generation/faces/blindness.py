"""What the face recogniser doesn't see of a face.

A part is painted over, and the embedding compared with the one before. If a mouth is seen, the
embedding changes; if a mask is before it, hardly, whatever the mask looks like.
"""

from functools import cached_property

import cv2
import numpy as np

from generation.faces.sface import Seen, SFace, normalised
from generation.faces.yunet import Pixels

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in the aligned face of 112 pixels."""

EYES: tuple[Box, Box] = ((27, 43, 50, 60), (62, 43, 85, 60))
BAND: Box = (22, 40, 90, 62)
"""Both eyes and what is between them."""

MOUTH: Box = (34, 80, 78, 104)
LOWER: Box = (30, 60, 82, 108)
"""Nose, mouth and chin."""

HALVES: tuple[Box, Box] = ((0, 20, 40, 112), (72, 20, 112, 112))

CHEEKS: tuple[Box, Box] = ((32, 66, 44, 76), (68, 66, 80, 76))

BLUR = 1.5
"""Sigma of the edge of what is painted over, in pixels."""

SKIN = 30.0
"""Greatest difference of a colour from the cheeks' that is skin, in OpenCV's Lab of bytes."""

LIGHTNESS = 0.6
"""What a difference of lightness counts for there: half of a face is in shadow."""


class Blindness:
    """One face, asked by its parts. Each answer takes the network a thirtieth of a second."""

    def __init__(self, sface: SFace, seen: Seen) -> None:
        self._sface, self._aligned = sface, seen.aligned
        self.seen = float(np.linalg.norm(seen.features))
        """How much of a face the network saw: 10 to 15 where it is plain."""
        self._embedding = normalised(seen.features)

    @cached_property
    def eyes(self) -> float:
        """Say what is lost with the eyes alone: 0.1 to 0.5 where they are seen."""
        return self._loss(self._covered(EYES))

    @cached_property
    def band(self) -> float:
        """Say what is lost with all that is between the temples: 0.15 to 0.6."""
        return self._loss(self._blanked(BAND))

    @cached_property
    def mouth(self) -> float:
        """Say what is lost with the mouth: 0.03 to 0.2."""
        return self._loss(self._covered((MOUTH,)))

    @cached_property
    def lower(self) -> float:
        """Say what is lost with nose, mouth and chin: 0.1 to 0.4."""
        return self._loss(self._covered((LOWER,)))

    @cached_property
    def half(self) -> float:
        """Say what is lost with the half that is less seen: 0.03 to 0.2, of a turned head less."""
        return min(self._loss(self._blanked(half)) for half in HALVES)

    @cached_property
    def skin_at_eyes(self) -> float:
        """Give the share of the eyes' surroundings that has the colour of the cheeks."""
        lab = cv2.cvtColor(self._aligned, cv2.COLOR_RGB2LAB).astype(np.float32)
        cheeks = [lab[top:bottom, left:right].reshape(-1, 3) for left, top, right, bottom in CHEEKS]
        off = lab - np.median(np.concatenate(cheeks), axis=0)
        off[..., 0] *= LIGHTNESS
        skin = np.linalg.norm(off, axis=2) < SKIN
        return max(float(skin[top:bottom, left:right].mean()) for left, top, right, bottom in EYES)

    def _loss(self, changed: Pixels) -> float:
        return 1 - float(self._embedding @ normalised(self._sface.features(changed)))

    def _covered(self, boxes: tuple[Box, ...]) -> Pixels:
        """Paint each box over with its own colour: what covers it already, stays as it is."""
        changed = self._aligned.astype(np.float32)
        for left, top, right, bottom in boxes:
            colour = np.median(self._aligned[top:bottom, left:right].reshape(-1, 3), axis=0)
            hard = np.zeros(changed.shape[:2], np.float32)
            hard[top:bottom, left:right] = 1
            soft = cv2.GaussianBlur(hard, (0, 0), BLUR)[..., None]
            changed = changed * (1 - soft) + colour * soft
        return changed.astype(np.uint8)

    def _blanked(self, box: Box) -> Pixels:
        """Paint a box over with the face's colour."""
        left, top, right, bottom = box
        changed = self._aligned.copy()
        changed[top:bottom, left:right] = np.median(self._aligned.reshape(-1, 3), axis=0)
        return changed
