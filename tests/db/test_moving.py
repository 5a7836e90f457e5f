"""Everything a bot knows goes to another database, or nothing does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import insert, select, text, update

from db import Characters, Chats, Choices, Corrections, Database, FaceTokens, State
from db.machines.tables import DrawnPictureRow, MachineRow
from db.moving import MoveBrokeOff, TargetNotEmpty, check_target, move
from db.tables import Base, ErasedJobRow, JobRow, now
from generation.faces.face import Face, Flaw
from generation.request import Picture, PictureNote
from tests.support.postgres import shared
from tests.support.records import Records, put_database, records_of

ONE_WAY = pytest.mark.parametrize(
    ("server", "other"),
    [("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres")],
)


@pytest.fixture
def target(other: str, tmp_path: Path) -> Iterator[Database]:
    """Another database, up to date and empty."""
    url = f"sqlite:///{put_database(tmp_path / 'other')}" if other == "sqlite" else shared().url()
    database = Database(url)
    yield database
    database.close()
    if other == "postgres":
        shared().drop(url)


async def live(records: Records) -> None:
    """Have two people use the bot, so that each table has a row."""
    database = records.database
    for person in (101, 102):
        face = Face(b"\0a face", 200, 0.9, embedding=b"who", flaws=(Flaw.DARK,))
        await Characters(database).add_new(person, [face], "Ann")
        await records.characters.set_trait(person, "words", "freckles, Ёжик 🦔")
        for words in ("a knight", "рыцарь"):
            await records.enqueue(person, words)
    FaceTokens(database).save(b"\0a face", "pocket", b"tokens")
    await Chats(database).allow(-(10**12), allowed=True)
    await Choices(database).choose_model("sd15")
    await Corrections(database).remember(101, "витязь", "a hero")
    drawn = records.queue.claim()
    assert drawn
    records.queue.save_picture(drawn, Picture(0, 7, Image.new("RGB", (8, 8))), "")
    records.queue.arrange(drawn.id, [(0, PictureNote(7, 1, None))])
    records.queue.finish(drawn.id, 2.5)
    erased = await records.enqueue(102)
    await records.jobs.erase(erased)
    with database.session() as session, session.begin():
        offers = {"models": {"sd15": "abc"}}
        machine = {
            "name": "mac", "role": "w", "channel": "c", "device": "mps", "version": "1",
            "offers": offers, "seconds": {"FAST": 1.5}, "state": "ready", "started": now(),
            "seen": now(),
        }  # fmt: skip
        session.execute(insert(MachineRow).values(paused=True, draining=False, **machine))
        session.execute(insert(DrawnPictureRow).values(job_id=drawn.id, number=1, png=b"\0png"))


def content(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Give each table's rows, without what only the engine of one database knows."""
    with database.reading() as session:
        return {
            table.name: [
                {**row, "engine_id": None}
                for row in session.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }


@ONE_WAY
async def test_everything_arrives(records: Records, target: Database, tmp_path: Path) -> None:
    """Row by row the same, and counted; what waited keeps its order, and no id comes twice."""
    await live(records)
    before = content(records.database)
    assert all(before.values()), "a table has no row: let `live` fill it"
    counted: dict[str, int] = {}
    assert move(records.database, target, counted.__setitem__) == 0
    assert content(target) == before == content(records.database)
    assert counted == {name: len(rows) for name, rows in before.items()}
    moved = records_of(target, tmp_path)
    assert await moved.enqueue(101) == max(row["job_id"] for row in before["erased_jobs"]) + 1
    old, new = await records.waits.waiting(), await moved.waits.waiting()
    assert [job.id for job, _ in new][: len(old)] == [job.id for job, _ in old]
    (face,) = await moved.characters.offer(101, [Face(b"b", 200, 0.9)])
    assert face.id == max(row["id"] for row in before["faces"]) + 1


@pytest.mark.parametrize(("server", "other"), [("sqlite", "postgres")])
async def test_what_waits_is_lined_up_for_machines(records: Records, target: Database) -> None:
    """A machine that comes to the new database finds the jobs of the old one."""
    await live(records)
    move(records.database, target, lambda *_: None)
    line = text(
        "SELECT jobs.id FROM jobs JOIN procrastinate_jobs line ON line.id = jobs.engine_id"
        " WHERE line.status = 'todo' ORDER BY line.priority DESC, line.id"
    )
    with target.reading() as session:
        assert list(session.scalars(line)) == [job.id for job, _ in await records.waits.waiting()]


@pytest.mark.parametrize("state", [State.RUNNING, State.GENERATED])
@pytest.mark.parametrize(("server", "other"), [("postgres", "sqlite"), ("postgres", "postgres")])
async def test_what_a_machine_draws_is_drawn_anew(
    records: Records, target: Database, tmp_path: Path, state: State
) -> None:
    """It would finish it in the old database: in the new one it waits, without its pictures."""
    await live(records)
    running = records.queue.claim()
    assert running
    with records.database.session() as session, session.begin():
        values = {"machine": "mac", "state": state}
        machines = update(JobRow).where(JobRow.id == running.id).values(**values)
        session.execute(machines)
        session.execute(insert(DrawnPictureRow).values(job_id=running.id, number=1, png=b"x"))
    assert move(records.database, target, lambda *_: None) == 1
    moved = records_of(target, tmp_path)
    again = moved.queue.claim()
    assert again
    assert again.id == running.id
    with target.reading() as session:
        pictures = session.scalars(select(DrawnPictureRow.job_id)).all()
        assert running.id not in pictures
        assert len(pictures) == 1
        assert session.scalar(select(JobRow.machine).where(JobRow.id == running.id)) is None


def too_large(records: Records) -> None:
    change(records, "UPDATE jobs SET thread_id = 1099511627776 WHERE id = 4")


def no_number(records: Records) -> None:
    change(records, "UPDATE jobs SET seed = 'words' WHERE id = 4")


def no_object(records: Records) -> None:
    change(records, "UPDATE characters SET traits = '{brok'")


def change(records: Records, statement: str) -> None:
    with records.database.session() as session, session.begin():
        session.execute(text(statement))


@pytest.mark.parametrize(("server", "other"), [("sqlite", "postgres")])
@pytest.mark.parametrize("harm", [too_large, no_number, no_object])
async def test_what_breaks_off_leaves_nothing(
    records: Records, target: Database, harm: Callable[[Records], None]
) -> None:
    """A value that the other database can't hold: its table is named, and all is as before."""
    await live(records)
    harm(records)
    with pytest.raises(MoveBrokeOff) as refused:
        move(records.database, target, lambda *_: None)
    assert refused.value.fields["table"] in {"jobs", "characters"}
    assert not any(content(target).values())


@pytest.mark.parametrize(("server", "other"), [("sqlite", "postgres")])
async def test_what_only_sqlite_takes_is_mended(records: Records, target: Database) -> None:
    """A damaged list is an empty one, a sign that no text may have is left out."""
    await live(records)
    change(records, "UPDATE jobs SET near = '{brok', words = 'a' || char(0) || 'b' WHERE id = 1")
    change(records, "UPDATE jobs SET created = 'words', claimed = 'words' WHERE id = 1")
    move(records.database, target, lambda *_: None)
    with target.reading() as session:
        row = session.get_one(JobRow, 1)
    assert (row.near, row.words, row.claimed) == ([], "ab", None)


def a_row(database: Database) -> None:
    with database.session() as session, session.begin():
        session.add(ErasedJobRow(job_id=1))


def another_program(database: Database) -> None:
    with database.session() as session, session.begin():
        session.execute(text("DROP TABLE alembic_version"))


def nothing(database: Database) -> None:
    pass


@pytest.mark.parametrize(
    ("harm", "taken"), [(a_row, True), (another_program, True), (nothing, False)]
)
def test_only_an_empty_database_is_moved_to(
    own_database: Database, own_url: str, harm: Callable[[Database], None], *, taken: bool
) -> None:
    """One row is enough, and so is a table of somebody else's; our own empty tables are not."""
    harm(own_database)
    if taken:
        with pytest.raises(TargetNotEmpty) as refused:
            check_target(own_url)
        assert refused.value.fields["where"] == own_database.where
    else:
        check_target(own_url)
