from collections.abc import Iterator
from pathlib import Path

import pytest

from db import (
    Admission,
    Albums,
    Characters,
    Database,
    Jobs,
    Users,
    WaitEstimates,
    WorkerQueue,
)
from tests.support.records import LIMITS, Records, put_database


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """An empty database, up to date."""
    database = Database(f"sqlite:///{put_database(tmp_path)}")
    albums = Albums(tmp_path / "albums")
    yield Records(
        database,
        Jobs(database, albums),
        Admission(database, LIMITS),
        WaitEstimates(database),
        WorkerQueue(database, albums),
        albums,
        Users(database),
        Characters(database),
    )
    database.close()
