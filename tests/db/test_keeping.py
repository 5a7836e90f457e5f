"""Old albums go by themselves; a clock that is wrong takes nothing with it."""

from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import Boolean, DateTime, Float, Integer, TypeDecorator, select, update

from db import Consents, Corrections, Keeping, State
from db.keeping import WITHOUT_WORDS
from db.tables import Base, CorrectionRow, FaceRow, JobRow, UserRow
from generation.request import Picture
from tests.support.records import Records

DAY = timedelta(days=1)
TODAY = datetime(2026, 11, 29, 12)  # noqa: DTZ001 - as the rows have it


async def album(records: Records, days_ago: float, state: State = State.DELIVERED) -> int:
    """Draw an album of so many days ago."""
    await records.register(1, f"face of {days_ago}".encode())
    job_id = await records.enqueue(words="a secret knight")
    records.albums.save_picture(job_id, Picture(0, 7, Image.new("RGB", (8, 8))))
    with records.database.session() as session, session.begin():
        session.execute(
            update(JobRow)
            .where(JobRow.id == job_id)
            .values(
                created=TODAY - days_ago * DAY, state=state, seconds=2.5,
                prompts=[{"positive": "a secret prompt"}], file_ids=["secret id"],
                failure={"text": "secret failure"},
            )
        )  # fmt: skip
    return job_id


async def keeping_at(records: Records, *looks: datetime, days: int | None = 30) -> list[int]:
    """Look at each of these times; give what the last look erased."""
    keeping, erased = Keeping(records.database, records.albums, days), []
    for clock in looks:
        erased = await keeping.sweep(clock)
    return erased


async def test_the_old_one_goes_and_the_new_one_stays(records: Records) -> None:
    """Words, names, prompts, pictures and the face that only it had; what is counted remains."""
    old, new = await album(records, 31), await album(records, 29)
    assert await keeping_at(records, TODAY - DAY, TODAY) == [old]
    assert records.albums.job_ids() == [new]
    with records.database.reading() as session:
        row = session.get_one(JobRow, old)
        stored = repr([getattr(row, column.key) for column in JobRow.__table__.columns])
        assert "secret" not in stored
        assert "Ann" not in stored
        assert (row.seconds, row.mode_name, row.state) == (2.5, "FAST", State.DELIVERED)
        assert row.created == TODAY - 31 * DAY
        assert b"face of 31" not in session.scalars(select(FaceRow.image)).all()
    assert [job.id for job in await records.jobs.history(1, 0, 9)] == [new]
    assert await keeping_at(records, TODAY) == []


async def test_forever_keeps_all(records: Records) -> None:
    await album(records, 4000)
    assert await keeping_at(records, TODAY - DAY, TODAY, days=None) == []


@pytest.mark.parametrize(
    "looks",
    [
        [TODAY],  # an update: nobody has looked before
        [TODAY - 90 * DAY, TODAY],  # it may be right: nobody knows yet
        [TODAY - DAY, TODAY - DAY / 2],  # the second start within a day
        [TODAY - DAY, TODAY, TODAY + 3650 * DAY],
        [TODAY - DAY, TODAY, TODAY + 3650 * DAY, TODAY],  # and it was put right
        [TODAY + 3650 * DAY, TODAY + DAY],
    ],
)
async def test_a_jump_of_the_clock_erases_nothing(records: Records, looks: list[datetime]) -> None:
    """Neither at first, nor for a day after it."""
    await album(records, 29.5 if len(looks) > 2 else 31)
    assert await keeping_at(records, *looks) == []
    assert records.albums.job_ids()


async def test_after_a_long_holiday_a_day_is_enough(records: Records) -> None:
    """A bot that was off for months erases once its clock has gone on for a day."""
    old = await album(records, 31)
    assert await keeping_at(records, TODAY - 90 * DAY, TODAY, TODAY + DAY) == [old]


async def test_a_clock_behind_the_newest_album_erases_nothing(records: Records) -> None:
    """Either of the two is wrong."""
    await album(records, 31)
    await album(records, -5)
    assert await keeping_at(records, TODAY - DAY, TODAY) == []


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
async def test_what_is_still_to_be_drawn_stays(records: Records, state: State) -> None:
    """However long it waits."""
    await album(records, 31, state)
    assert await keeping_at(records, TODAY - DAY, TODAY) == []


@pytest.mark.parametrize("state", [State.GENERATED, State.DELIVERING, State.IN_DOUBT])
async def test_what_never_arrived_is_not_asked_about_any_more(
    records: Records, state: State
) -> None:
    """There is nothing left to send."""
    old = await album(records, 31, state)
    assert await keeping_at(records, TODAY - DAY, TODAY) == [old]
    assert await records.state(old) is State.FAILED
    assert await records.jobs.untold() == []


async def test_words_that_were_put_right_go_too(records: Records) -> None:
    """Once they are as old; who puts them right again keeps them."""
    corrections = Corrections(records.database)
    await records.register(1)
    for words in ("secret knight", "secret queen"):
        await corrections.remember(1, words, "a word of mine")
    with records.database.session() as session, session.begin():
        session.execute(
            update(CorrectionRow)
            .where(CorrectionRow.words == "secret knight")
            .values(written=TODAY - 31 * DAY)
        )
        session.execute(
            update(CorrectionRow)
            .where(CorrectionRow.words == "secret queen")
            .values(written=TODAY - 29 * DAY)
        )
    await keeping_at(records, TODAY - DAY, TODAY)
    assert not await corrections.of(1, "secret knight")
    assert await corrections.of(1, "secret queen")


async def test_what_waits_for_a_consent_that_never_comes_goes(records: Records) -> None:
    """Each message by its own age."""
    consents = Consents(records.database)
    for name in ("an old secret", "a new secret"):
        await consents.set_aside(5, {"parts": [{"text": name}]})
    with records.database.session() as session, session.begin():
        row = session.get_one(UserRow, 5)
        ages = (31 * DAY, 29 * DAY)
        row.aside = [
            message | {"at": (TODAY - age).replace(tzinfo=UTC).timestamp()}
            for message, age in zip(row.aside, ages, strict=True)
        ]
    await keeping_at(records, TODAY - DAY, TODAY)
    (left,) = await consents.give(5)
    assert left["parts"] == [{"text": "a new secret"}]


GOES = {
    "jobs": set(WITHOUT_WORDS),
    "corrections": {"words", "english"},
    "users": {"aside"},
}
"""Where words and pictures lie that go after KEEP_DAYS."""

STAYS = {
    "characters": {"name", "traits", "told_traits"},
    "faces": {"image", "embedding", "flaws"},
    "face_tokens": {"digest", "model", "tokens"},
    "users": {
        "mode_name", "likeness", "awaits", "last_media_groups", "style", "size", "ideas", "name",
        "username", "language",
    },
    "jobs": {
        "state", "cancelled_by", "timing_key", "model", "needs", "machine", "language", "mode",
        "mode_name", "size",
    },
    "chats": {"title"},
    "choices": {"name", "value"},
    "machines": {"name", "role", "channel", "device", "version", "offers", "seconds", "state",
                 "trouble"},
    "drawn_pictures": {"png"},
}  # fmt: skip
"""What a person keeps on purpose until /forget, and what has nobody's words in it. A picture that a
machine drew lies in the database only until the bot has copied it."""

NUMBERS = (Integer, Boolean, Float, DateTime)


def test_of_every_column_it_is_known_whether_it_goes() -> None:
    """A new one that holds words can't be forgotten."""
    for table in Base.metadata.sorted_tables:
        texts = {column.name for column in table.columns if not _is_number(column.type)}
        known = GOES.get(table.name, set()) | STAYS.get(table.name, set())
        assert texts <= known, (table.name, texts - known)


def _is_number(kind: object) -> bool:
    kind = kind.impl if isinstance(kind, TypeDecorator) else kind
    return isinstance(kind, NUMBERS)
