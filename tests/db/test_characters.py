"""A character has one photo to five; a job keeps those that it was given."""

from pathlib import Path

import pytest
from sqlalchemy import select

from db import MOST_FACES, FaceLost, NoCharacter, OnlyPhoto, PhotoRemoved, PhotosFull
from db.face_tokens import FaceTokens
from db.tables import FaceRow
from generation.character import Eyes, Glasses, HairLength, Traits
from generation.faces.face import Face, Flaw
from tests.support.records import Records

ANN, VERA = 101, 102


def face(name: str, *flaws: Flaw) -> Face:
    return Face(name.encode(), 200, 0.9, embedding=f"who {name} is".encode(), flaws=flaws)


async def add(records: Records, *new: Face, person: int = ANN) -> None:
    offered = await records.characters.offer(person, new)
    await records.characters.add(person, [one.id for one in offered], "Ann")


async def kept(records: Records, person: int = ANN) -> list[bytes]:
    return [one.image for one in await records.characters.faces(person)]


async def drawn(records: Records, person: int = ANN) -> tuple[bytes, ...]:
    return (await records.characters.active(person)).faces


def stored(records: Records) -> set[bytes]:
    with records.database.reading() as session:
        return set(session.scalars(select(FaceRow.image)))


async def test_up_to_five_photos_are_kept_in_their_order(records: Records) -> None:
    """One after the other or several at once; a sixth is refused, and changes nothing."""
    await add(records, face("a"))
    await add(records, face("b"), face("c"), face("d"))
    await add(records, face("e"))
    sixth = await records.characters.offer(ANN, [face("f")])
    with pytest.raises(PhotosFull) as refused:
        await records.characters.add(ANN, [sixth[0].id], "Ann")
    assert refused.value.fields == {"limit": MOST_FACES}
    assert await kept(records) == [b"a", b"b", b"c", b"d", b"e"]
    assert await records.characters.offers(ANN) == sixth


async def test_what_was_read_of_a_photo_is_kept_with_it(records: Records) -> None:
    """Who it shows, and what a better one would not have, the worst first."""
    await add(records, face("a", Flaw.TURNED, Flaw.DARK))
    (one,) = await records.characters.faces(ANN)
    assert (one.embedding, one.flaws) == (b"who a is", (Flaw.TURNED, Flaw.DARK))


async def test_good_photos_are_drawn_alone_where_there_are_any(records: Records) -> None:
    """The character and a job's snapshot leave out what has flaws where something is better."""
    await add(records, face("dark", Flaw.DARK), face("soft", Flaw.SOFT))
    assert await drawn(records) == (b"dark", b"soft")
    await records.enqueue(ANN)
    await add(records, face("good"))
    assert await drawn(records) == (b"good",)
    await records.enqueue(ANN)
    for faces in ((b"dark", b"soft"), (b"good",)):
        job = records.queue.claim()
        assert job
        assert job.request.character.faces == faces


async def test_a_photo_that_is_removed_stays_with_the_job_that_waits(records: Records) -> None:
    """The job draws it; when the job is erased, so is the photo."""
    await add(records, face("a"), face("b"))
    job_id = await records.enqueue(ANN)
    first, _ = await records.characters.faces(ANN)
    await records.characters.remove(ANN, first.id)
    assert await drawn(records) == (b"b",)
    assert stored(records) == {b"a", b"b"}
    job = records.queue.claim()
    assert job
    assert job.request.character.faces == (b"a", b"b")
    await records.jobs.erase(job_id)
    assert stored(records) == {b"b"}


async def test_a_photo_that_no_job_has_is_erased_at_once(records: Records) -> None:
    """With its embedding and its tokens; an offer that waits for an answer stays."""
    await add(records, face("a"), face("b"))
    tokens = FaceTokens(records.database)
    tokens.save(b"a", "model", b"tokens of a")
    offered = await records.characters.offer(ANN, [face("c")])
    first, _ = await records.characters.faces(ANN)
    await records.characters.remove(ANN, first.id)
    assert stored(records) == {b"b", b"c"}
    assert tokens.get(b"a", "model") is None
    assert await records.characters.offers(ANN) == offered


async def test_an_erased_job_takes_no_photo_of_the_character(records: Records) -> None:
    """Nor one of another job, nor what the person was asked about."""
    await add(records, face("a"))
    job_id = await records.enqueue(ANN)
    await records.enqueue(ANN)
    await records.characters.offer(ANN, [face("b")])
    (first,) = await records.characters.faces(ANN)
    await records.characters.add(ANN, [(await records.characters.offers(ANN))[0].id], "Ann")
    await records.characters.remove(ANN, first.id)
    await records.characters.offer(ANN, [face("c")])
    await records.jobs.erase(job_id)
    assert stored(records) == {b"a", b"b", b"c"}


async def test_the_last_photo_is_not_removed(records: Records) -> None:
    """It can be replaced; a photo that went before, and another person's, can be neither."""
    await add(records, face("a"))
    await add(records, face("hers"), person=VERA)
    (mine,) = await records.characters.faces(ANN)
    with pytest.raises(OnlyPhoto):
        await records.characters.remove(ANN, mine.id)
    (offered,) = await records.characters.offer(ANN, [face("b")])
    await records.characters.replace(ANN, mine.id, offered.id)
    assert await kept(records) == [b"b"]
    (hers,) = await records.characters.faces(VERA)
    for gone in mine.id, hers.id:
        with pytest.raises(PhotoRemoved):
            await records.characters.remove(ANN, gone)
    (offered,) = await records.characters.offer(ANN, [face("c")])
    with pytest.raises(PhotoRemoved):
        await records.characters.replace(ANN, mine.id, offered.id)
    with pytest.raises(FaceLost):
        await records.characters.replace(ANN, offered.id - 1, mine.id)
    assert await kept(records) == [b"b"]


async def test_somebody_else_begins_anew(records: Records) -> None:
    """All photos but the new one go, and the traits stay; five may be sent again."""
    await add(records, *(face(name) for name in "abcde"))
    await records.characters.set_trait(ANN, "eyes", "green")
    (offered,) = await records.characters.offer(ANN, [face("f")])
    await records.characters.begin_anew(ANN, offered.id, "Ann")
    character = await records.characters.active(ANN)
    assert character.faces == (b"f",)
    assert character.traits.eyes is Eyes.GREEN
    assert stored(records) == {b"f"}
    await add(records, *(face(name) for name in "ghij"))
    assert len(await kept(records)) == MOST_FACES


async def test_an_offered_face_is_taken_once(records: Records) -> None:
    """What was taken, or offered before something newer, is no offer any more."""
    old, *_ = await records.characters.offer(ANN, [face("a"), face("b")])
    new, other = await records.characters.offer(ANN, [face("c"), face("d")])
    for lost in old, new:
        if lost is new:
            await records.characters.add(ANN, [new.id], "Ann")
        with pytest.raises(FaceLost):
            await records.characters.add(ANN, [lost.id], "Ann")
    with pytest.raises(FaceLost):
        await records.characters.add(ANN, [other.id], "Ann")
    assert stored(records) == {b"c"}


async def test_a_photo_that_needs_no_answer_leaves_the_question_open(records: Records) -> None:
    """What the person is being asked about can still be taken."""
    offered = await records.characters.offer(ANN, [face("a")])
    await records.characters.add_new(ANN, [face("b"), face("c")], "Ann")
    assert await records.characters.offers(ANN) == offered
    await records.characters.add(ANN, [offered[0].id], "Ann")
    assert await kept(records) == [b"a", b"b", b"c"]


async def test_nobody_has_no_photos(records: Records) -> None:
    """Who is unknown has none to show, to replace or to remove."""
    assert await records.characters.faces(ANN) == []
    for refused in (
        records.characters.active(ANN),
        records.characters.remove(ANN, 1),
        records.characters.replace(ANN, 1, 2),
        records.characters.set_traits(ANN, Traits()),
        records.characters.untold(ANN, ["eyes"]),
    ):
        with pytest.raises(NoCharacter):
            await refused


async def test_a_draft_sets_what_it_says(records: Records) -> None:
    """What it leaves open stays as it was."""
    await add(records, face("a"))
    await records.characters.set_trait(ANN, "eyes", "green")
    await records.characters.set_trait(ANN, "words", "freckles")
    traits = await records.characters.set_traits(
        ANN, Traits(glasses=Glasses.NONE, hair_length=HairLength.LONG)
    )
    assert traits == Traits(
        eyes=Eyes.GREEN, glasses=Glasses.NONE, hair_length=HairLength.LONG, words="freckles"
    )


async def test_a_disagreement_is_told_once(records: Records) -> None:
    """Until the trait is set anew."""
    await add(records, face("a"))
    characters = records.characters
    assert await characters.untold(ANN, ["eyes", "glasses"]) == ["eyes", "glasses"]
    assert await characters.untold(ANN, ["eyes", "hair_length"]) == ["hair_length"]
    await characters.set_trait(ANN, "eyes", "green")
    assert await characters.untold(ANN, ["eyes", "glasses"]) == ["eyes"]


@pytest.mark.parametrize("server", ["sqlite"])
async def test_forget_leaves_nothing_of_several_photos(records: Records) -> None:
    """Faces of the character, offered ones and those of jobs: none is in the files afterwards."""
    new = [face(f"{name} face {number}") for number, name in enumerate("abcd")]
    await add(records, *new[:3])
    await records.enqueue(ANN)
    first, *_ = await records.characters.faces(ANN)
    await records.characters.remove(ANN, first.id)
    FaceTokens(records.database).save(new[1].image, "model", b"tokens of b")
    await records.characters.offer(ANN, [new[3]])
    secrets = [b"tokens of b", *(one.image for one in new), *(one.embedding for one in new)]
    folder = Path(str(records.database.engine.url.database)).parent
    assert all(secret in on_disk(folder) for secret in secrets)
    await records.users.forget(ANN)
    assert not [secret for secret in secrets if secret in on_disk(folder)]


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
