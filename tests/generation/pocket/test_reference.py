"""The faces that the image encoder will be taught with."""

from random import Random

import numpy as np

from generation.pocket.portraits.attributes import Portrait, random_person, random_scene
from generation.pocket.portraits.drawing import draw_large
from generation.pocket.portraits.figure.manner import Manner
from generation.pocket.portraits.figure.pose import Pose
from generation.pocket.portraits.reference import normalised, reference
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


def test_a_cap_leaves_the_face_free() -> None:
    """A uniform's cap covers the top of the head and nothing of the eyes, mouth and beard."""
    person = random_person(Random(3))  # noqa: S311 - nothing secret
    sitter = Portrait(person, random_scene(Random(3), looks=False))  # noqa: S311
    pose = Pose(x=128, y=124, half=56, turn=0)
    for seed in range(20):
        bare, capped = (
            np.asarray(draw_large(sitter, Random(seed), pose, Manner(cap=cap)), int)  # noqa: S311
            for cap in (False, True)
        )
        changed = np.abs(capped - bare).sum(axis=2) > 0
        assert changed[:100].mean() > 0.07
        assert not changed[117:].any()
