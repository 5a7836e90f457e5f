"""`python bot.py worker-role NAME`, as an owner types it."""

import os
import re
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from db import Database
from tests.support.ended_bot import Ended, refused
from tests.support.postgres import shared
from tests.support.python_process import ROOT, fork
from tests.support.records import put_database
from tests.support.thief import connected

NAME = "thief_den"


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of a database; the role that a test has made in it is removed."""
    url = shared().url()
    yield url
    with connected(url) as owner:
        if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
            owner.execute(f"DROP OWNED BY {NAME}; DROP ROLE {NAME}".encode())
    shared().drop(url)


async def role(folder: Path, url: str, *arguments: str, language: str = "C.UTF-8") -> Ended:
    settings = {"PATH": os.environ["PATH"], "LC_ALL": language, "DATABASE_URL": url}
    command = (str(ROOT / "bot.py"), "worker-role", *arguments)
    process = await fork(*command, cwd=folder, env=settings, stderr=PIPE)
    output, errors = await process.communicate()
    return Ended(process.returncode, output.decode(), errors.decode())


def lines(ended: Ended) -> dict[str, str]:
    """Give what is to be put into .env."""
    assert ended.code == 0, ended.errors
    return dict(re.findall(r"^ *([A-Z_]+)=(\S+)$", ended.output, re.MULTILINE))


async def test_a_role_is_given_changed_and_removed(tmp_path: Path, url: str) -> None:
    """What is printed works as it is, until another is printed, or the role is gone."""
    first = lines(await role(tmp_path, url, NAME))
    assert first.keys() == {"DATABASE_URL", "MACHINE"}
    assert first["MACHINE"] == NAME
    assert "secret" not in first["DATABASE_URL"]
    with connected(first["DATABASE_URL"]) as machine:
        assert machine.execute("SELECT session_user").fetchone() == (NAME,)
        second = lines(await role(tmp_path, url, NAME))
        with pytest.raises(psycopg.OperationalError):
            machine.execute("SELECT 1")
    connected(second["DATABASE_URL"]).close()
    removed = await role(tmp_path, url, NAME, "--remove")
    assert (removed.code, removed.output) == (0, f"{NAME} may draw no more.\n")
    for given in (first, second):
        with pytest.raises(psycopg.OperationalError):
            connected(given["DATABASE_URL"])
    assert NAME in refused(await role(tmp_path, url, NAME, "--remove"))


async def test_a_machine_that_drew_by_the_bots_password_keeps_its_row(
    tmp_path: Path, url: str
) -> None:
    """Its seconds, and its pause, are the new role's."""
    with connected(url) as owner:
        owner.execute(
            "INSERT INTO machines VALUES (%s, 'portrait', '', '', '', '{}', '{}', 'gone', NULL,"
            " true, false, now(), now())",
            [NAME],
        )
        lines(await role(tmp_path, url, NAME))
        assert owner.execute("SELECT role, paused FROM machines").fetchall() == [(NAME, True)]


async def test_another_computer_is_told_an_address_that_it_reaches(
    tmp_path: Path, url: str
) -> None:
    """Encrypted, and so that nobody in between can pretend to be the server."""
    told = make_url(lines(await role(tmp_path, url, NAME, "--host", "bot.lan"))["DATABASE_URL"])
    assert (told.host, told.username, told.database) == ("bot.lan", NAME, make_url(url).database)
    assert dict(told.query) == {"sslmode": "require", "channel_binding": "require"}


async def test_a_name_that_is_the_owners_own(tmp_path: Path, url: str) -> None:
    """It is refused in the terminal's language, before anything is changed."""
    assert "portrait" in refused(await role(tmp_path, url, "portrait"))
    said = refused(await role(tmp_path, url, "Mac Mini", language="ru_RU.UTF-8"))
    assert said.startswith("Назвать компьютер Mac Mini здесь нельзя")


async def test_a_bot_on_a_file_has_no_roles(tmp_path: Path) -> None:
    """Nor one whose tables are not there yet."""
    file = put_database(tmp_path)
    assert "move-database" in refused(await role(tmp_path, f"sqlite:///{file}", NAME))
    empty = shared().empty_url()
    assert "Start the bot once" in refused(await role(tmp_path, empty, NAME))
    shared().drop(empty)


async def test_a_user_who_may_make_no_roles(tmp_path: Path, url: str) -> None:
    """The sentence says which rights are missing."""
    new = shared().empty_url()
    plain = make_url(new).set(username="thief_plain", password="x")
    with connected(new) as admin:
        admin.execute("CREATE ROLE thief_plain LOGIN PASSWORD 'x'")
        admin.execute(f"ALTER DATABASE {plain.database} OWNER TO thief_plain".encode())
    address = plain.render_as_string(hide_password=False)
    database = Database(address)
    database.upgrade()
    database.close()
    assert "CREATEROLE" in refused(await role(tmp_path, address, NAME))
    shared().drop(new)
    with connected(url) as admin:
        admin.execute("DROP ROLE thief_plain")
