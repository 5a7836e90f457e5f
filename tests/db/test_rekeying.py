"""A change of DATA_KEY reaches everything, and goes on after it was broken off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import LargeBinary, insert, select, type_coerce

from db import Albums, Database, key_mark
from db.key_mark import DataKeyChanging, DataKeyLost, DataKeyUnused, DataKeyWrong
from db.machines.tables import DrawnPictureRow
from db.rekeying import change_key
from db.sealing import MAGIC, Seal, SealBroken, new_key
from db.tables import FaceRow, FaceTokensRow
from generation.faces.face import Face
from generation.request import Picture
from tests.support.records import records_of

OLD, NEW = new_key(), new_key()
FACE, EMBEDDING, PNG = b"the face of Ann", b"numbers of Ann", b"\x89PNG of a machine"
SEALED = (FaceRow.image, FaceRow.embedding, DrawnPictureRow.png)


class Kept:
    """A bot's database and albums, opened with keys."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder = url, folder
        self._opened: list[Database] = []

    def opened(self, keys: str) -> tuple[Database, Albums]:
        database = Database(self._url, seal=Seal.read(keys))
        self._opened.append(database)
        return database, Albums(self._folder / "albums", database.seal)

    async def fill(self, keys: str) -> int:
        """Keep a face, an album and a machine's picture; give the job's id."""
        database, albums = self.opened(keys)
        key_mark.check(database, albums)
        records = records_of(database, self._folder)
        (offered,) = await records.characters.offer(1, [Face(FACE, 200, 0.9, EMBEDDING)])
        await records.characters.begin_anew(1, offered.id, "Ann")
        job_id = await records.enqueue()
        albums.save_picture(job_id, Picture(0, 7, Image.new("RGB", (8, 8), "red")), "Seed: 7")
        with database.session() as session, session.begin():
            session.execute(insert(DrawnPictureRow).values(job_id=job_id, number=1, png=PNG))
        return job_id

    def change(self, keys: str, *, off: bool = False, breaks_off_at: str = "") -> None:
        def tell(what: str, _: int) -> None:
            if what == breaks_off_at:
                raise KeyboardInterrupt

        change_key(*self.opened(keys), tell, off=off)

    def raw(self) -> list[bytes]:
        """Give what lies there, column by column, and the picture's file."""
        database, _ = self.opened("")
        with database.reading() as session:
            values = [
                session.scalars(select(type_coerce(one, LargeBinary))).one() for one in SEALED
            ]
        (file,) = (self._folder / "albums").glob("*/*.png")
        return [*map(bytes, values), file.read_bytes()]

    def check_whole(self, keys: str, job_id: int) -> None:
        """Check that the bot starts with these keys, and reads everything."""
        database, albums = self.opened(keys)
        key_mark.check(database, albums)
        with database.reading() as session:
            values = [session.scalars(select(one)).one() for one in SEALED]
        assert values == [FACE, EMBEDDING, PNG]
        assert albums.of(job_id).seeds == (7,)

    def close(self) -> None:
        for database in self._opened:
            database.close()


@pytest.fixture
def kept(url: str, tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(url, tmp_path)
    yield kept
    kept.close()


def is_sealed(raw: list[bytes], key: str) -> list[bool]:
    head = MAGIC + bytes.fromhex(Seal.read(key).id)
    return [content.startswith(head) for content in raw]


async def test_on_to_another_and_off(kept: Kept) -> None:
    """After each change all of it is as the command says, and the bot reads it."""
    job_id = await kept.fill("")
    kept.change(OLD)
    assert all(is_sealed(kept.raw(), OLD))
    kept.check_whole(OLD, job_id)
    kept.change(f"{NEW},{OLD}")
    assert all(is_sealed(kept.raw(), NEW))
    kept.check_whole(NEW, job_id)
    kept.change(NEW, off=True)
    assert kept.raw()[:3] == [FACE, EMBEDDING, PNG]
    kept.check_whole("", job_id)


@pytest.mark.parametrize("off", [False, True])
async def test_a_change_that_broke_off_goes_on(kept: Kept, *, off: bool) -> None:
    """Until it is done the bot does not start; what is done already is not done again."""
    job_id = await kept.fill(OLD)
    keys = OLD if off else f"{NEW},{OLD}"
    with pytest.raises(KeyboardInterrupt):
        kept.change(keys, off=off, breaks_off_at="faces-image")
    half = kept.raw()
    done = is_sealed(half, OLD if off else NEW)
    assert any(done)
    assert not all(done)
    for wrong in (OLD, keys):
        with pytest.raises((DataKeyChanging, DataKeyWrong)):
            key_mark.check(*kept.opened(wrong))
    if not off:
        with pytest.raises(SealBroken):
            kept.change(NEW)  # the old key was taken out too early
    kept.change(keys, off=off)
    kept.check_whole("" if off else NEW, job_id)


async def test_only_the_right_key_starts(kept: Kept) -> None:
    """A lost key, another bot's, one that was not used yet: each is another sentence."""
    await kept.fill(OLD)
    for keys, refusal in (
        ("", DataKeyLost),
        (NEW, DataKeyWrong),
        (f"{NEW},{OLD}", DataKeyChanging),
    ):
        with pytest.raises(refusal):
            key_mark.check(*kept.opened(keys))
    with pytest.raises(DataKeyWrong):
        kept.change(NEW)
    kept.change(OLD, off=True)
    with pytest.raises(DataKeyUnused):
        key_mark.check(*kept.opened(NEW))


async def test_tokens_go_with_their_key(kept: Kept) -> None:
    """They are found by a digest that is the key's, and made anew with the next album."""
    await kept.fill(OLD)
    database, _ = kept.opened(OLD)
    from db.face_tokens import FaceTokens  # noqa: PLC0415

    tokens = FaceTokens(database)
    tokens.save(FACE, "m", b"tokens of Ann")
    assert tokens.get(FACE, "m") == b"tokens of Ann"
    kept.change(f"{NEW},{OLD}")
    with database.reading() as session:
        assert not session.scalars(select(FaceTokensRow.face_id)).all()
