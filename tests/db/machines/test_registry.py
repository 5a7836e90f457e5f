"""A machine's own row, through bad weather."""

import asyncio

import pytest
from sqlalchemy.exc import SQLAlchemyError

from db import Choices, Database
from db.machines import registry
from db.machines.machine import MachineState, Offers
from db.machines.registry import NoTablesYet, Registry, Report
from tests.support.postgres import postgres, shared

READY = Report(MachineState.READY, Offers())


def test_signs_of_life_come_again_when_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many could not be given meanwhile: the name is held anew."""
    monkeypatch.setattr(registry, "HEARTBEAT_S", 0.0)
    with postgres() as server:
        database = Database(server.url(), machine=True)
        own = Registry(database, "mac")
        own.begin("cpu", READY)
        server.stop()
        for _ in range(3):
            with pytest.raises(SQLAlchemyError):
                own.beat(READY)
        server.start()
        for _ in range(2):
            assert not own.beat(READY).paused
        own.close()
        database.close()


def test_the_owners_pause_is_an_order() -> None:
    """For every machine, one that registers later too."""
    url = shared().url()
    database = Database(url, machine=True)
    own = Registry(database, "mac")
    own.begin("cpu", READY)
    choices = Choices(database)
    for paused in (True, False):
        asyncio.run(choices.pause(paused))
        assert own.beat(READY).paused == paused
    own.close()
    database.close()
    shared().drop(url)


def test_a_database_without_tables_is_named() -> None:
    """Another one's address is a likely slip: no empty version is told."""
    database = Database(shared().empty_url(), machine=True)
    with pytest.raises(NoTablesYet):
        Registry(database, "mac").begin("cpu", READY)
    database.close()
