"""The database: opened safely, up to date, and honest when it can't be used."""

import contextlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from PIL import Image
from sqlalchemy import column, inspect, table, text
from sqlalchemy.exc import SQLAlchemyError

import db
from db import (
    Admission,
    Albums,
    Characters,
    Database,
    DatabaseUrlWrong,
    DataDamaged,
    DataForeign,
    DataGone,
    DataUnusable,
    Jobs,
    State,
    Ticket,
    WaitEstimates,
    WorkerQueue,
)
from db.postgres import for_building
from db.tables import Base
from generation.faces.face import Face
from generation.request import AlbumOrder, Picture
from tests.support.records import FAST, LIMITS, Records

ENGINES_TABLES = {
    f"procrastinate_{name}" for name in ("events", "jobs", "periodic_defers", "workers")
}
MIGRATIONS = Path(str(db.__file__)).with_name("migrations")


def sqlite(file: Path) -> str:
    return f"sqlite:///{file}"


def test_the_migrations_make_exactly_the_tables(new_url: str) -> None:
    """What alembic builds is what the code believes in; coming up to date twice changes nothing."""
    database = Database(new_url)
    database.upgrade()
    database.upgrade()
    check_tables(database)
    database.close()


def test_the_migrations_lead_back(own_database: Database) -> None:
    """To the first version, and from there to this one again."""
    downgrade(own_database, "0001")
    own_database.upgrade()
    check_tables(own_database)


def check_tables(database: Database) -> None:
    """The tables are those of the code, but for what the engine has besides in Postgres."""
    ours = {"render_as_batch": True, "include_name": lambda name, *_: name not in ENGINES_TABLES}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, Base.metadata) == []
        indexes = inspect(connection).get_indexes("jobs")
    names = {index["name"] for index in indexes if "duplicates_constraint" not in index}
    assert names == {"jobs_by_turn", "jobs_by_person", "jobs_by_timing_key", "jobs_by_mode"}


def downgrade(database: Database, version: str) -> None:
    migrations = Config()
    migrations.set_main_option("script_location", str(MIGRATIONS))
    with for_building(database.engine).begin() as connection:
        migrations.attributes["connection"] = connection
        command.downgrade(migrations, version)


def test_the_jobs_table_keeps_its_rules(tmp_path: Path) -> None:
    """SQLite's tables are made anew when they change: no id comes twice, no index is widened."""
    database = Database(sqlite(tmp_path / "bot.db"))
    database.upgrade()
    with database.engine.connect() as connection:
        shape = str(connection.execute(text("SELECT sql FROM sqlite_master")).all())
    assert shape.count("AUTOINCREMENT") == 2
    assert "WHERE seconds IS NOT NULL" in shape
    assert "UNIQUE (update_id, chat_id, message_id)" in shape
    database.close()


def test_a_closed_database_is_whole_in_its_file(tmp_path: Path) -> None:
    """Whoever copies bot.db of a stopped bot has everything, though a program still reads it."""
    database = Database(sqlite(tmp_path / "bot.db"))
    database.upgrade()
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as reader:
        reader.execute("SELECT * FROM alembic_version").fetchone()
        with database.session() as session, session.begin():
            session.execute(text("UPDATE alembic_version SET version_num = 'mine'"))
        database.close()
        copy = tmp_path / "copy.db"
        copy.write_bytes((tmp_path / "bot.db").read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as restored:
        assert restored.execute("SELECT * FROM alembic_version").fetchone() == ("mine",)


async def test_little_is_in_the_log_alone(tmp_path: Path) -> None:
    """Whoever copies only bot.db while the bot runs lacks the last few commits, and not all."""
    database = Database(sqlite(tmp_path / "bot.db"))
    database.upgrade()
    characters = Characters(database)
    for person in range(1, 6):
        (face,) = await characters.offer(person, [Face(b"a face" * 4000, 200, 0.9)])
        await characters.add(person, [face.id], "Ann")
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "bot.db").read_bytes())
    with contextlib.closing(sqlite3.connect(copy)) as restored:
        (faces,) = restored.execute("SELECT count(*) FROM faces").fetchone()
    assert faces >= 4
    database.close()


def test_a_database_whose_file_is_gone_is_closed_without_a_new_one(tmp_path: Path) -> None:
    database = Database(sqlite(tmp_path / "bot.db"))
    database.upgrade()
    remove_database(tmp_path)
    database.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_named_to_who_comes_while_others_read(tmp_path: Path) -> None:
    """Whoever finds no free connection opens one: that fails by the folder, not by the disk."""
    database = opened(tmp_path / "data")
    with database.engine.connect():
        shutil.rmtree(tmp_path / "data")
        with pytest.raises(DataGone):
            database.engine.connect()
    database.close()


def test_no_new_file_takes_the_place_of_one_that_is_gone(tmp_path: Path) -> None:
    """Its owner puts the old one back, and finds the place free."""
    database = opened(tmp_path)
    with database.engine.connect():
        remove_database(tmp_path)
        with pytest.raises(DataGone):
            database.engine.connect()
    assert list(tmp_path.iterdir()) == []
    database.close()


def test_what_fails_half_way_for_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    """The file may go after the look at it: SQLite's own words would be of the disk."""
    database = opened(tmp_path)
    with database.engine.begin() as connection:
        remove_database(tmp_path)
        with pytest.raises(DataGone):
            connection.execute(text("SELECT * FROM what_is_not_there"))
    database.close()


def remove_database(folder: Path) -> None:
    for file in folder.glob("bot.db*"):
        file.unlink()


def opened(folder: Path) -> Database:
    folder.mkdir(exist_ok=True)
    database = Database(sqlite(folder / "bot.db"))
    database.upgrade()
    return database


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 10_000), ("secure_delete", 1)],
)
def test_sqlite_is_set_for_many_threads_and_real_erasing(
    tmp_path: Path, pragma: str, value: object
) -> None:
    """Every connection waits for its turn, holds foreign keys and overwrites what is erased."""
    database = Database(sqlite(tmp_path / "bot.db"))
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    database.close()


async def test_an_older_database_keeps_what_it_has(new_url: str, tmp_path: Path) -> None:
    """A person, their face and a waiting job of the first version: the job is drawn afterwards."""
    database = Database(new_url)
    database.upgrade("0001")
    mode = {"name": "FAST", "steps": 12, "guidance_scale": 6.5, "ip_adapter_scale": 0.5}
    rows: dict[str, dict[str, object]] = {
        "users": {"id": 1, "owner": True, "created": "2026-11-01 12:00:00"},
        "faces": {"id": 3, "person_id": 1, "image": b"a face"},
        "characters": {"person_id": 1, "face_id": 3, "name": "Ann", "traits": "{}"},
        "jobs": {
            "id": 7,
            "state": "queued",
            "cancel_wanted": False,
            "claims": 0,
            "crashes": 0,
            "created": "2026-11-01 12:00:00",
            "person_id": 1,
            "chat_id": 1,
            "message_id": 5,
            "language": "ru",
            "face_id": 3,
            "name": "Ann",
            "traits": "{}",
            "words": "a knight",
            "preset": json.dumps(mode),
            "seed": 7,
            "count": 6,
        },
    }
    with database.engine.begin() as connection:
        for name, row in rows.items():
            connection.execute(table(name, *map(column, row)).insert(), row)
    database.upgrade()
    albums = Albums(tmp_path / "albums")
    assert (await Characters(database).active(1)).faces == (b"a face",)
    ((job_record, _),) = await WaitEstimates(database).waiting()
    assert (job_record.id, job_record.mode_name, job_record.words, job_record.ticket.language) == (
        7,
        "FAST",
        "a knight",
        "ru",
    )
    job = WorkerQueue(database, albums).claim()
    assert job
    assert job.request.character.faces == (b"a face",)
    assert (job.request.mode.steps, job.request.seed, job.request.near) == (12, 7, ())
    assert await Jobs(database, albums).untold() == []
    database.close()


async def test_several_faces_go_back_to_one(own_database: Database, tmp_path: Path) -> None:
    """Who goes back to the version before keeps the first photo of each character and job."""
    database = own_database
    albums, characters = Albums(tmp_path / "albums"), Characters(database)
    faces = [Face(name, 200, 0.9, embedding=name, flaws=()) for name in (b"a", b"b", b"c")]
    await characters.add_new(1, faces[:1], "Vera")
    await characters.add_new(2, faces[1:], "Ann")
    order = AlbumOrder("a knight", FAST, seed=7)
    ticket = Ticket(2, chat_id=2, thread_id=None, message_id=5, language="en")
    job = await Admission(database, LIMITS).enqueue(order, ticket, owner=False)
    downgrade(database, "0010")
    with database.engine.begin() as connection:
        query = "SELECT image FROM {0} JOIN faces ON faces.id = face_id ORDER BY {0}.person_id"
        drawn = {name: connection.execute(text(query.format(name))).scalars().all()
                 for name in ("characters", "jobs")}  # fmt: skip
    assert drawn == {"characters": [b"a", b"b"], "jobs": [b"b"]}
    database.upgrade()
    assert (await characters.active(2)).faces == (b"b",)
    claimed = WorkerQueue(database, albums).claim()
    assert claimed
    assert (claimed.id, claimed.request.character.faces) == (job.id, (b"b",))


async def test_a_reader_waits_for_no_writer(records: Records) -> None:
    """Whatever is being written, the last state can be read."""
    with records.database.session() as session, session.begin():
        session.execute(text("SELECT 1"))  # holds the write lock from here on
        assert await records.jobs.in_state(State.QUEUED) == []


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    """A file that is no database is refused with its place, and stays as it is."""
    file = tmp_path / "bot.db"
    file.write_bytes(b"not a database " * 1000)
    database = Database(sqlite(file))
    with pytest.raises(DataUnusable) as refused:
        database.upgrade()
    assert refused.value.fields["where"] == str(file)
    assert file.read_bytes() == b"not a database " * 1000


@pytest.mark.parametrize("content", [b"", b"\0" * 65536, b"U" * 65536, b"\0" * 16])
def test_an_overwritten_database_is_not_read_from_memory(tmp_path: Path, content: bytes) -> None:
    """SQLite remembers pages, and would answer from them and accept what is lost with them."""
    file = tmp_path / "bot.db"
    database = Database(sqlite(file))
    database.upgrade()

    def look() -> None:
        with database.reading() as session:
            session.execute(text("SELECT * FROM alembic_version")).one()

    look()
    with file.open("r+b") as overwritten:
        if not content:
            overwritten.truncate()
        overwritten.write(content)
    for _ in range(2):
        with pytest.raises(DataDamaged):
            look()
    database.close()


def test_another_program_does_not_end_the_log(tmp_path: Path) -> None:
    """Who opens the database besides the bot and closes it leaves the log to the bot."""
    database = Database(sqlite(tmp_path / "bot.db"))
    database.upgrade()
    with database.session() as session, session.begin():
        session.execute(text("UPDATE alembic_version SET version_num = 'mine'"))
    program = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1])\n"
        "other.execute('SELECT 1 FROM users').fetchall()\n"
        "other.close()"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path / "bot.db"], check=True)
    assert (tmp_path / "bot.db-wal").stat().st_size
    database.close()


def test_a_newer_database_is_named(own_database: Database) -> None:
    """What a later version made is refused in words of its own, and stays as it is."""
    version = text("UPDATE alembic_version SET version_num = '9999'")
    with own_database.engine.begin() as connection:
        connection.execute(version)
    with pytest.raises(DataForeign) as refused:
        own_database.upgrade()
    assert refused.value.fields["where"] == own_database.where


def test_a_database_out_of_reach_is_named(tmp_path: Path) -> None:
    """A folder in the database's place is refused in the same way."""
    (tmp_path / "bot.db").mkdir()
    with pytest.raises(DataUnusable):
        Database(sqlite(tmp_path / "bot.db")).upgrade()


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/name", "sqlite+nosuch:///x"])
def test_an_address_that_is_none_is_refused_and_not_repeated(url: str) -> None:
    """DATABASE_URL may hold a password: the refusal names the setting and not its value."""
    with pytest.raises(DatabaseUrlWrong) as refused:
        Database(url)
    assert url not in str(refused.value.fields)


def test_a_picture_is_whole_or_not_there(tmp_path: Path) -> None:
    """What was being written when the process ended is no picture of the album."""
    albums = Albums(tmp_path)
    for index in (9, 0, 1):
        albums.save_picture(7, Picture(index, 0, Image.new("RGB", (8, 8), (index, 0, 0))))
    (tmp_path / "7" / "3.part").write_bytes(b"half a pic")
    (tmp_path / "7" / "._1.png").write_bytes(b"a Mac's notes about 1.png")
    album = albums.of(7)
    assert [kept.number for kept in album.pictures] == [1, 2, 10]
    for kept, red in zip(album.pictures, (0, 1, 9), strict=True):
        with Image.open(io.BytesIO(kept.read_bytes())) as picture:
            assert picture.getpixel((0, 0)) == (red, 0, 0)


def test_an_album_is_numbered_anew(tmp_path: Path) -> None:
    """A picture that was removed takes no other one with it; nor does an album that is gone."""
    albums = Albums(tmp_path)
    for index in range(4):
        picture = Picture(index, 7 + index, Image.new("RGB", (8, 8)))
        albums.save_picture(1, picture, f"Seed: {picture.seed}")
    albums.arrange(1, [3, 1, 0, 2])
    assert albums.of(1).seeds == (10, 8, 7, 9)
    (tmp_path / "1" / "2.png").unlink()
    albums.arrange(1, [3, 1, 0, 2])
    assert [kept.number for kept in albums.of(1).pictures] == [1, 3, 4]
    assert albums.of(1).seeds == (9, 10, 7)
    albums.drop([1])
    albums.arrange(1, [3, 1, 0, 2])
    assert albums.job_ids() == []


def test_dropped_albums_are_gone(tmp_path: Path) -> None:
    """Dropping takes the files away, and an album that never was is no error."""
    albums = Albums(tmp_path)
    albums.save_picture(7, Picture(0, 0, Image.new("RGB", (8, 8))))
    albums.drop([7, 8])
    assert list(tmp_path.iterdir()) == []
    assert albums.of(7).pictures == ()


def test_an_error_says_nothing_of_the_values(database: Database) -> None:
    """Errors go to the log, and what people wrote must not."""
    with database.session() as session, pytest.raises(SQLAlchemyError) as raised:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "a secret wish"})
    assert "secret" not in str(raised.value)
