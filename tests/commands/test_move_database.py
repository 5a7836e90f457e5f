"""`python bot.py move-database URL`, as its owner types it."""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import update

from commands.data_folder import locked
from db import Database, State
from db.address import conninfo
from db.machines.tables import DrawnPictureRow
from db.moving import check_target
from db.tables import JobRow
from tests.db.test_postgres import until_somebody_waits
from tests.support.ended_bot import Ended, refused
from tests.support.machines import png_of
from tests.support.postgres import shared
from tests.support.python_process import ROOT, PythonProcess, fork
from tests.support.records import Records, put_database, records_of


@pytest.fixture
def target() -> Iterator[str]:
    """The URL of a database without tables."""
    url = shared().empty_url()
    yield url
    shared().drop(url)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Someone who waits for an album, in SQLite."""
    database = Database(f"sqlite:///{put_database(tmp_path)}")
    yield records_of(database, tmp_path)
    database.close()


async def start(data: Path, url: str, **environment: str) -> PythonProcess:
    settings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DATA_DIR": str(data)}
    command = (str(ROOT / "bot.py"), "move-database", url)
    return await fork(*command, cwd=data, env=settings | environment, stderr=PIPE)


async def moved(data: Path, url: str, **environment: str) -> Ended:
    process = await start(data, url, **environment)
    output, errors = await process.communicate()
    return Ended(process.returncode, output.decode(), errors.decode())


async def test_there_and_back(records: Records, target: str, tmp_path: Path) -> None:
    """Each table is counted aloud; the way back makes the same SQLite database anew."""
    await records.register(1)
    job_id = await records.enqueue(1)
    there = await moved(tmp_path, target)
    assert there.code == 0, there.errors
    assert {"jobs: 1", "faces: 1", "chats: 0"} <= set(there.output.splitlines())
    assert "DATABASE_URL" in there.output.splitlines()[-1]
    back = await moved(
        tmp_path, f"sqlite:///{tmp_path / 'back.db'}", DATABASE_URL=target, LC_ALL="ru_RU.UTF-8"
    )
    assert back.code == 0, back.errors
    assert "пересчитано" in back.output
    assert (tmp_path / "back.db").stat().st_mode & 0o077 == 0
    database = Database(f"sqlite:///{tmp_path / 'back.db'}")
    job = records_of(database, tmp_path).queue.claim()
    assert job
    assert (job.id, job.request.character.faces) == (job_id, (b"a face",))
    database.close()


async def test_what_machines_have_drawn_comes_along(target: str, tmp_path: Path) -> None:
    """Their pictures wait in the old database: they are on this disk before it is left."""
    source = shared().url()
    database = Database(source)
    records = records_of(database, tmp_path)
    await records.register(1)
    job_id = await records.enqueue(1)
    with database.session() as session, session.begin():
        session.execute(update(JobRow).values(state=State.RUNNING, machine="mac"))
        session.add(DrawnPictureRow(job_id=job_id, number=1, png=png_of(1)))
        session.execute(update(JobRow).values(state=State.GENERATED, seconds=1.0))
    ended = await moved(tmp_path, target, DATABASE_URL=source)
    assert ended.code == 0, ended.errors
    assert {"jobs: 1", "drawn_pictures: 0"} <= set(ended.output.splitlines())
    (picture,) = records.albums.of(job_id).pictures
    assert picture.read_bytes() == png_of(1)
    new = Database(target)
    assert await records_of(new, tmp_path).state(job_id) == State.GENERATED
    new.close()
    database.close()
    shared().drop(source)


async def test_what_is_refused(records: Records, target: str, tmp_path: Path) -> None:
    """A bot that runs, a database with something in it, nothing to move, no server: a sentence."""
    await records.register(1)
    with locked(tmp_path):
        assert "Another bot" in refused(await moved(tmp_path, target))
    assert "is not empty" in refused(await moved(tmp_path, f"sqlite:///{tmp_path / 'bot.db'}"))
    assert "is no address" in refused(await moved(tmp_path, "sqlite://"))  # it would go nowhere
    nothing = f"sqlite:///{tmp_path / 'nothing.db'}"
    assert "nothing to move" in refused(await moved(tmp_path, target, DATABASE_URL=nothing))
    sentence = refused(await moved(tmp_path, "postgresql://me:hunter2@/bot?host=/nosuch"))
    assert "does not answer" in sentence
    assert "hunter2" not in sentence
    check_target(target)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
async def test_a_move_that_is_killed_leaves_an_empty_database(
    records: Records, target: str, tmp_path: Path, number: int
) -> None:
    """In the middle, by Ctrl-C, too: it can be done again, and the old database is as it was."""
    await records.register(1)
    await records.enqueue(1)
    database = Database(target)
    database.upgrade()
    database.close()
    with psycopg.connect(conninfo(target)) as other:
        other.execute("LOCK TABLE job_faces IN SHARE MODE")
        process = await start(tmp_path, target)
        await until_somebody_waits(target)
        process.send_signal(number)
        _, errors = await process.communicate()
    assert b"Traceback" not in errors
    assert (b"Nothing was moved" in errors) == (number == signal.SIGINT)
    await asyncio.to_thread(check_target, target)
    assert (await moved(tmp_path, target)).code == 0
