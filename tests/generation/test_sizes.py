"""The shapes of a picture, in pixels."""

import pytest

from generation.sizes import STEP, Size

SIDES = [64, 72, 200, 256, 328, 384, 512, 768, 1024]
"""Sides that IMAGE_SIZE may have, odd ones among them."""


@pytest.mark.parametrize("side", SIDES)
def test_the_long_side_is_half_as_long_again(side: int) -> None:
    """As nearly as latents allow; the short one is the model's own."""
    width, height = Size.PORTRAIT.pixels(side)
    assert width == side
    assert abs(height - 1.5 * side) <= STEP / 2
    assert height % STEP == 0
    assert Size.LANDSCAPE.pixels(side) == (height, width)
    assert Size.SQUARE.pixels(side) == (side, side)


def test_stable_diffusion_draws_what_its_users_ask_for() -> None:
    """512 x 768 and 768 x 512."""
    assert Size.PORTRAIT.pixels(512) == (512, 768)
    assert Size.LANDSCAPE.pixels(512) == (768, 512)


def test_an_unknown_shape_is_a_square() -> None:
    """Another version may have written it."""
    assert [Size.stored(value) for value in ("round", None, 3)] == [Size.SQUARE] * 3
    assert Size.stored("landscape") is Size.LANDSCAPE
