"""Names what a better photo of a face would not have.

Each threshold stands between what was measured on good photos and on bad ones:
docs/decisions/0025-what-a-better-photo-would-not-have.md.
"""

from collections.abc import Iterator
from math import hypot

from generation.faces.blindness import Blindness
from generation.faces.blocks import measure_blocks
from generation.faces.closeup import EDGE, Closeup
from generation.faces.face import Flaw
from generation.faces.sharpness import measure_sharpness, measure_steadiness
from generation.faces.surface import Surface
from generation.faces.yunet import Detection

GOOD_SIZE = 112
"""Least length of a face that isn't small, in pixels: half of what the image encoder reads."""

GOOD_SHARPNESS = 0.06
"""Least `measure_sharpness` of a face that isn't soft."""

GOOD_STEADINESS = 0.012
"""Least `measure_steadiness` of one that has not moved."""

GOOD_SHARE = 0.95
"""Least `measure_share` of a photo that cuts nothing off."""

GOOD_ROOM = 0.15
"""Least `measure_room` of such a photo. The detector takes a face whose side is cut for a narrower
one; between an eye and the side of a head there are 0.2."""

TURNED = 0.42
"""Distance of the nose from the middle of the eyes, along their line and as a share of their
distance, of a head that is turned by half a profile."""

PROFILE = 0.16
"""Distance of the eyes as a share of the face's height: in a profile they lie upon each other."""

BLOCKS = 1.6
"""`measure_blocks` of a photo that was compressed to quality 20 and less."""

DARK_GLASS = 0.155
SKIN_COUNTS = 0.3
"""Sunglasses hide the eyes from the network, or the skin about them, or a little of both. Glasses
hide neither."""

HIDDEN_BAND = 0.13
HIDDEN_HALF = 0.02
HIDDEN_MOUTH = 0.17
MOUTH_COUNTS = 3.0
"""Least loss of a face that nothing covers: see Blindness."""

FRONTAL = 0.2
"""As TURNED, of a head that shows both halves; of another one the hidden half is turned away."""

LITTLE_SEEN = 7.3
"""`Blindness.seen` of a face that something hides, even if it can't be said what."""

BARELY_FOUND = 0.85
"""YuNet's score of such a face."""


def find_flaws(closeup: Closeup, blindness: Blindness) -> tuple[Flaw, ...]:
    """Name the flaws of a face, the worst first."""
    found = {*_of_the_camera(closeup), *_of_the_surface(closeup)}
    if _is_turned(closeup.face, blindness):
        found.add(Flaw.TURNED)
    if hiding := _what_hides(closeup.face, blindness, explained=bool(found & EXPLAINING)):
        found.add(hiding)
    return tuple(flaw for flaw in WORST_FIRST if flaw in found)


WORST_FIRST = (
    Flaw.SUNGLASSES,
    Flaw.OVEREXPOSED,
    Flaw.DARK,
    Flaw.DRAWN,
    Flaw.COVERED,
    Flaw.TURNED,
    Flaw.CUT,
    Flaw.SOFT,
    Flaw.COMPRESSED,
    Flaw.SMALL,
    Flaw.COLOURLESS,
)

EXPLAINING = frozenset(
    {Flaw.DRAWN, Flaw.TURNED, Flaw.DARK, Flaw.OVEREXPOSED, Flaw.COMPRESSED, Flaw.SOFT}
)
"""Flaws that make a face hard to see, with nothing before it."""


def _of_the_camera(closeup: Closeup) -> Iterator[Flaw]:
    if closeup.size < GOOD_SIZE:
        yield Flaw.SMALL
    if measure_share(closeup) < GOOD_SHARE or measure_room(closeup) < GOOD_ROOM:
        yield Flaw.CUT
    soft = measure_sharpness(closeup) < GOOD_SHARPNESS
    if soft or measure_steadiness(closeup) < GOOD_STEADINESS:
        yield Flaw.SOFT
    if _is_compressed(closeup):
        yield Flaw.COMPRESSED


def _of_the_surface(closeup: Closeup) -> Iterator[Flaw]:
    surface = Surface.of(closeup)
    if surface.is_lined:
        yield Flaw.DRAWN
    elif surface.is_dark:
        yield Flaw.DARK
    elif surface.is_overexposed:
        yield Flaw.OVEREXPOSED
    elif surface.is_painted and not _is_compressed(closeup):
        yield Flaw.DRAWN
    if surface.has_one_tone:
        yield Flaw.COLOURLESS


def _is_turned(face: Detection, blind: Blindness) -> bool:
    right, left = face.landmarks[:2]
    turn = abs(_turn(face))
    if turn > TURNED or hypot(*(left - right)) < PROFILE * face.height:
        return True
    return turn > FRONTAL and blind.half < HIDDEN_HALF


def _turn(face: Detection) -> float:
    """Give where the nose is along the line of the eyes: 0 in the middle, 0.5 at an eye."""
    right, left, nose = face.landmarks[:3]
    across = left - right
    return float((nose - (right + left) / 2) @ across / max(float(across @ across), 1.0))


def _what_hides(face: Detection, blind: Blindness, *, explained: bool) -> Flaw | None:
    mouth = blind.mouth * MOUTH_COUNTS
    if mouth < HIDDEN_MOUTH and mouth + blind.lower < HIDDEN_MOUTH:  # no loss is negative
        return Flaw.COVERED
    if blind.eyes + SKIN_COUNTS * blind.skin_at_eyes < DARK_GLASS:
        return Flaw.SUNGLASSES
    if blind.band < HIDDEN_BAND:
        return Flaw.COVERED
    if abs(_turn(face)) <= FRONTAL and blind.half < HIDDEN_HALF:
        return Flaw.COVERED
    if not explained and (blind.seen < LITTLE_SEEN or face.score < BARELY_FOUND):
        return Flaw.COVERED
    return None


def _is_compressed(closeup: Closeup) -> bool:
    if closeup.view.scale > 1:
        return False
    x, y, width, height = (round(number) for number in closeup.box)
    face = closeup.view.pixels[max(y, 0) : y + height, max(x, 0) : x + width]
    return measure_blocks(face) > BLOCKS


def measure_share(closeup: Closeup) -> float:
    """Give the share of the face's box that lies within the photo."""
    return closeup.square.share_in_photo(closeup.view.pixels, closeup.face, EDGE)


def measure_room(closeup: Closeup) -> float:
    """Give how far eyes, nose and mouth are from the photo's border, in lengths of the face."""
    height, width = closeup.view.pixels.shape[:2]
    points = (closeup.square.to_photo(x, y, EDGE) for x, y in closeup.face.landmarks)
    return float(min(min(x, y, width - x, height - y) for x, y in points)) / closeup.length
