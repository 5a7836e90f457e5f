"""What is sealed opens with its key, as what it was, or not at all."""

import pytest

from db.sealing import MAGIC, DataKeyUnfitError, Seal, SealBroken, new_key

FACE = b"\x89PNG a face" * 50


def test_only_the_key_opens_it() -> None:
    """Neither a glance at the bytes nor another bot's key tells what it is."""
    seal = Seal.read(new_key())
    sealed = seal.close(FACE, "faces.image")
    assert FACE[:8] not in sealed
    assert seal.open(sealed, "faces.image") == FACE
    for other in (Seal.read(new_key()), Seal()):
        if other.ids:
            with pytest.raises(SealBroken):
                other.open(sealed, "faces.image")


@pytest.mark.parametrize("at", [0, len(MAGIC), len(MAGIC) + 8, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    """Wherever it is: in the head, the key's name, or the content."""
    seal = Seal.read(new_key())
    sealed = bytearray(seal.close(FACE, "faces.image"))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        seal.open(bytes(sealed), "faces.image")


def test_one_thing_is_not_taken_for_another() -> None:
    """A face is no picture, a picture of one album none of another, and plain bytes are nothing."""
    seal = Seal.read(new_key())
    for what, content in (
        ("picture of 2", seal.close(FACE, "picture of 1")),
        ("faces.embedding", seal.close(FACE, "faces.image")),
        ("faces.image", FACE),
    ):
        with pytest.raises(SealBroken):
            seal.open(content, what)


def test_a_new_key_stands_before_the_old_one() -> None:
    """Both open, the first seals; only the first is done."""
    old, new = new_key(), new_key()
    before, both = Seal.read(old), Seal.read(f"{new}, {old}")
    sealed = before.close(FACE, "x")
    assert both.open(sealed, "x") == FACE
    assert not both.is_done(sealed)
    assert Seal.read(new).open(both.close(FACE, "x"), "x") == FACE
    assert both.id == Seal.read(new).id != before.id


def test_a_database_can_look_for_what_it_cannot_read() -> None:
    """Equal bytes are sealed equally, and digests are the key's: a photo is no proof of itself."""
    seal, other = Seal.read(new_key()), Seal.read(new_key())
    assert seal.close(FACE, "x") == seal.close(FACE, "x")
    assert len({each.digest(FACE) for each in (seal, other, Seal())}) == 3


@pytest.mark.parametrize("text", ["short", "!" * 43, "{}x", "{},", "=" * 43])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(DataKeyUnfitError):
        Seal.read(text.format(new_key()))
