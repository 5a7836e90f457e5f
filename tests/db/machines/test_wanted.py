"""What the bot draws with, as machines read it."""

from datetime import timedelta

import pytest

from db.machines.machine import Offers, Wanted
from db.machines.wanted import WANTED, Wanteds, agreed
from db.tables import ChoiceRow, now
from tests.support.machines import machine
from tests.support.records import Records

OWN = Wanted("pocket")
LONG_AGO = now() - timedelta(days=1)


async def test_what_is_written_is_read(records: Records) -> None:
    """All of it; a second word takes the first one's place."""
    wanteds = Wanteds(records.database)
    assert await wanteds.read() is None
    for wanted in (OWN, Wanted("sd15", "aa", "hyper-4", {"film": "bb"}, 384)):
        await wanteds.write(wanted)
        assert await wanteds.read() == wanted


@pytest.mark.parametrize("value", ["{broken", "[]", '{"model": "a", "of_tomorrow": 1}'])
async def test_words_of_another_version_say_nothing(records: Records, value: str) -> None:
    """Then machines wait for the bot's own."""
    with records.database.session() as session, session.begin():
        session.add(ChoiceRow(name=WANTED, value=value))
    assert await Wanteds(records.database).read() is None


def test_the_bots_own_files_decide() -> None:
    """Whatever machines have."""
    own = Wanted("pocket", "own")
    assert agreed(own, OWN, [machine()]) == own


def test_without_files_the_oldest_machines_count() -> None:
    """Among those that have the model at all; without any nothing is agreed on."""
    machines = [
        machine("new", print_="new"),
        machine("old", print_="old", started=LONG_AGO),
        machine("other", model="sd15", started=LONG_AGO - timedelta(days=1)),
        machine("empty", offers=Offers(), started=LONG_AGO),
    ]
    assert agreed(OWN, None, machines).fingerprint == "old"
    assert agreed(OWN, Wanted("sd15", "aa"), machines).fingerprint == "old"
    assert agreed(OWN, None, machines[2:]).fingerprint == ""


def test_what_was_agreed_on_stays_while_somebody_has_it() -> None:
    """A machine with other files under that name waits, until all have changed to them."""
    before = Wanted("pocket", "aa")
    changed = machine("first", print_="bb", started=LONG_AGO)
    assert agreed(OWN, before, [changed, machine("second")]).fingerprint == "aa"
    assert agreed(OWN, before, [changed]).fingerprint == "bb"
    assert agreed(OWN, before, []).fingerprint == "aa"
