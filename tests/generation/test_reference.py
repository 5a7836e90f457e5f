"""The faces that the image encoder will be taught with."""

from random import Random

import numpy as np

from generation.pocket.attributes import random_person
from generation.pocket.reference import normalised, reference
from generation.pocket.sizes import FACE_SIDE


def test_the_same_seed_gives_the_same_face() -> None:
    """Faces are a function of their seed, to the pixel, however hard they are treated."""

    def some(seed: int) -> list[bytes]:
        random = Random(seed)  # noqa: S311 - nothing secret
        return [reference(random_person(random), random).tobytes() for _ in range(6)]

    assert some(1) == some(1)
    assert len(set(some(1))) == 6


def test_faces_are_what_the_encoder_reads() -> None:
    """Square, 96 px, normalised as CLIP's processor does: about nought on average."""
    random = Random(2)  # noqa: S311 - nothing secret
    faces = [reference(random_person(random), random) for _ in range(40)]
    pixels = normalised(faces)
    assert pixels.shape == (40, 3, FACE_SIDE, FACE_SIDE)
    assert pixels.dtype == np.float32
    assert abs(float(pixels.mean())) < 0.6
