"""What was made of a face is kept with it, and goes with it."""

from db import FaceTokens
from tests.db.test_jobs import House, house

__all__ = ["house"]


async def test_tokens_are_kept_with_their_face(house: House) -> None:
    """For the model that made them, in place of another model's."""
    tokens = FaceTokens(house.database)
    await house.move_in(1, b"a face")
    await house.move_in(2, b"a face")
    tokens.keep(b"a face", "sd15", b"old")
    tokens.keep(b"a face", "pocket", b"new")
    assert tokens.get(b"a face", "pocket") == b"new"
    assert tokens.get(b"a face", "sd15") is None
    assert tokens.get(b"another", "pocket") is None


async def test_tokens_go_with_the_face(house: House) -> None:
    """/forget leaves none, but somebody else's who showed the same photo."""
    tokens = FaceTokens(house.database)
    await house.move_in(1, b"a face")
    await house.move_in(2, b"a face")
    tokens.keep(b"a face", "pocket", b"tokens")
    await house.users.forget(1)
    assert tokens.get(b"a face", "pocket") == b"tokens"
    await house.users.forget(2)
    assert tokens.get(b"a face", "pocket") is None
    tokens.keep(b"a face", "pocket", b"tokens")
    assert tokens.get(b"a face", "pocket") is None
