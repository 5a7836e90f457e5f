"""What was made of a face is kept with it, and goes with it."""

from db import FaceTokens
from tests.support.records import Records


async def test_tokens_are_kept_with_their_face(records: Records) -> None:
    """For the model that made them, in place of another model's."""
    tokens = FaceTokens(records.database)
    await records.register(1, b"a face")
    await records.register(2, b"a face")
    tokens.save(b"a face", "sd15", b"old")
    tokens.save(b"a face", "pocket", b"new")
    assert tokens.get(b"a face", "pocket") == b"new"
    assert tokens.get(b"a face", "sd15") is None
    assert tokens.get(b"another", "pocket") is None


async def test_tokens_go_with_the_face(records: Records) -> None:
    """/forget leaves none, but somebody else's who showed the same photo."""
    tokens = FaceTokens(records.database)
    await records.register(1, b"a face")
    await records.register(2, b"a face")
    tokens.save(b"a face", "pocket", b"tokens")
    await records.users.forget(1)
    assert tokens.get(b"a face", "pocket") == b"tokens"
    await records.users.forget(2)
    assert tokens.get(b"a face", "pocket") is None
    tokens.save(b"a face", "pocket", b"tokens")
    assert tokens.get(b"a face", "pocket") is None
