"""What a machine has drawn comes to the bot's disk, once."""

from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from db import Albums, State
from db.machines.collector import Collector, Ending
from db.machines.tables import DrawnPictureRow
from db.sealing import MAGIC
from db.tables import JobRow
from tests.support.machines import HandDriven, png_of
from tests.support.records import Records


@pytest.fixture
def collector(records: Records) -> Collector:
    return Collector(records.database, records.albums)


async def drawn_by(records: Records, *numbers: int) -> tuple[HandDriven, int]:
    """Let a machine draw these pictures of Ann's job."""
    await records.register(1)
    await records.enqueue(1)
    mac = HandDriven(records.database)
    job_id = mac.begin()
    assert job_id is not None
    mac.draw(job_id, *numbers)
    return mac, job_id


def files(albums: Albums, job_id: int) -> list[bytes]:
    return [file.read_bytes() for file in albums.of(job_id).pictures]


def left(records: Records) -> int:
    with records.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DrawnPictureRow)) or 0


async def test_an_album_is_copied_and_taken_over_once(
    records: Records, collector: Collector
) -> None:
    """Then it stands as if the bot had drawn it, and the database has no picture any more."""
    mac, job_id = await drawn_by(records, 1, 2, 3)
    assert await collector.endings() == []
    mac.end(job_id)
    assert await collector.endings() == [job_id]
    assert await records.jobs.drawn() == []
    ending = await collector.take(job_id)
    assert ending == Ending(job_id, State.GENERATED, "FAST", 2.0, None)
    assert files(records.albums, job_id) == [png_of(1), png_of(2), png_of(3)]
    assert left(records) == 0
    assert [job.id for job in await records.jobs.drawn()] == [job_id]
    assert await collector.endings() == []
    assert await collector.take(job_id) is None
    assert files(records.albums, job_id) == [png_of(1), png_of(2), png_of(3)]


async def test_the_first_picture_is_shown_early(records: Records, collector: Collector) -> None:
    """At the end it is copied again: pictures are put into another order."""
    mac, job_id = await drawn_by(records, 1)
    await collector.show_first(job_id)
    assert files(records.albums, job_id) == [png_of(1)]
    assert left(records) == 1
    mac.draw(job_id, 2)
    mac.end(job_id)
    await collector.take(job_id)
    assert files(records.albums, job_id) == [png_of(1), png_of(2)]


async def test_a_picture_of_a_lost_attempt_goes(records: Records, collector: Collector) -> None:
    """It had been shown early; the new attempt drew fewer before it was cancelled."""
    mac, job_id = await drawn_by(records, 1)
    records.albums.keep(job_id, 2, b"of the lost attempt")
    mac.end(job_id, "cancelled")
    ending = await collector.take(job_id)
    assert ending is not None
    assert ending.state is State.CANCELLED
    assert files(records.albums, job_id) == [png_of(1)]


async def test_a_failure_comes_with_its_reason_and_without_pictures(
    records: Records, collector: Collector
) -> None:
    """Also for a bot that was not running: the reason is in the job."""
    mac, job_id = await drawn_by(records, 1)
    await collector.show_first(job_id)
    failure = {"id": "no-words", "fields": {}}
    mac.end(job_id, "failed", failure)
    assert await records.jobs.untold() == []
    assert await collector.take(job_id) == Ending(job_id, State.FAILED, "FAST", 2.0, failure)
    assert files(records.albums, job_id) == []
    assert left(records) == 0
    (job,) = await records.jobs.untold()
    assert job.failure == failure


@pytest.mark.parametrize("early", [True, False])
async def test_what_was_forgotten_never_comes(
    records: Records, tmp_path: Path, *, early: bool
) -> None:
    """/forget comes while a picture is copied: that one, or the whole album."""
    mac, job_id = await drawn_by(records, 1, 2)

    class Interrupted(Albums):
        def keep(self, job_id: int, number: int, png: bytes) -> None:
            with records.database.session() as session, session.begin():
                session.execute(delete(JobRow))
            self.drop([job_id])
            super().keep(job_id, number, png)

    collector = Collector(records.database, Interrupted(tmp_path / "albums"))
    if early:
        await collector.show_first(job_id)
    else:
        mac.end(job_id)
        assert await collector.take(job_id) is None
    assert not (tmp_path / "albums" / str(job_id)).exists()
    assert left(records) == 0


async def test_the_bots_own_jobs_are_none_of_its_business(
    records: Records, collector: Collector
) -> None:
    """Nor are those that were cancelled before anybody drew them."""
    await records.register(1)
    own, cancelled = await records.enqueue(1), await records.enqueue(1)
    assert records.queue.claim()
    assert records.queue.finish(own, 2.0)
    assert await records.jobs.cancel(cancelled)
    assert await collector.endings() == []
    assert [job.id for job in await records.jobs.drawn()] == [own]
    assert [job.id for job in await records.jobs.untold()] == [cancelled]


@pytest.mark.parametrize(
    "harm",
    [b"no picture", png_of(1)[:16] + b"\0\0\x10\0" * 2, MAGIC + b"sealed by who knows which key"],
)
async def test_what_is_no_picture_is_left_out(
    records: Records, collector: Collector, harm: bytes
) -> None:
    """Also one that is too large, or that nobody can open: the database can't look into all."""
    mac, job_id = await drawn_by(records, 1, 2)
    with records.database.session() as session, session.begin():
        session.execute(
            text("UPDATE drawn_pictures SET png = :harm WHERE number = 2"), {"harm": harm}
        )
    mac.end(job_id)
    assert await collector.take(job_id) is not None
    assert files(records.albums, job_id) == [png_of(1)]
