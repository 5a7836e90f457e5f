from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Database
from tests.support.postgres import shared
from tests.support.records import Records, put_database, records_of


@pytest.fixture(params=["sqlite", "postgres"])
def server(request: pytest.FixtureRequest) -> str:
    """Each kind of database: what is promised of one is promised of both."""
    return str(request.param)


@pytest.fixture
def url(server: str, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty database, up to date."""
    if server == "sqlite":
        yield f"sqlite:///{put_database(tmp_path)}"
    else:
        with shared().emptied() as url:
            yield url


@pytest.fixture
def new_url(server: str, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without tables."""
    if server == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
    else:
        url = shared().empty_url()
        yield url
        shared().drop(url)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database, up to date."""
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def own_url(server: str, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty database, up to date, to a test that changes its tables."""
    if server == "sqlite":
        yield f"sqlite:///{put_database(tmp_path)}"
    else:
        url = shared().url()
        yield url
        shared().drop(url)


@pytest.fixture
def own_database(own_url: str) -> Iterator[Database]:
    """An empty database, up to date, for a test that changes its tables."""
    database = Database(own_url)
    yield database
    database.close()


@pytest.fixture
def records(database: Database, tmp_path: Path) -> Records:
    """The parts of an empty database, up to date."""
    return records_of(database, tmp_path)
