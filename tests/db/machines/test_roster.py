"""What machines write of themselves, as the bot reads it."""

import pytest

from db import Machines
from db.jobs.kind import Kind
from db.machines.machine import MachineState, Offers
from db.machines.roster import seconds_of
from tests.support.machines import put_machine
from tests.support.records import Records

KIND = Kind("FAST", 6, 12)

NONSENSE: list[object] = [
    {},
    {"models": 5, "loras": [1], "meets": 7, "turbo": {}},
    {"meets": ["?"]},
]


@pytest.mark.parametrize("offers", NONSENSE)
async def test_nonsense_in_a_row_harms_nobody(records: Records, offers: object) -> None:
    """Whoever has stolen a machine's password may write there what they like."""
    put_machine(
        records.database, "thief", offers=offers, state="?", trouble={"fields": {"a": [1]}},
        seconds={"FAST": "soon", "QUALITY": -1, "ULTRA_FAST": True},
    )  # fmt: skip
    put_machine(records.database, "thief2", trouble={"id": [1], "fields": 5}, channel="portrait")
    machines = Machines(records.database)
    thief, _ = await machines.all()
    assert thief.offers.models == {}
    assert thief.state is MachineState.TROUBLE
    assert not thief.seconds.keys() - {"ULTRA_FAST"}
    assert "portrait" not in await machines.channels()
    with records.database.reading() as session:
        assert [hand.seconds(KIND) for hand in machines.hands(session)] == [None]


async def test_what_a_machine_offers_is_read(records: Records) -> None:
    """Models and LoRAs by their checksums, seconds by mode."""
    offers = {"models": {"pocket": "aa"}, "turbo": "hyper-4", "loras": {"film": "bb"}, "meets": []}
    put_machine(records.database, offers=offers, seconds={"FAST": 2})
    (mac,) = await Machines(records.database).all()
    assert mac.offers == Offers({"pocket": "aa"}, "hyper-4", {"film": "bb"}, ())
    assert seconds_of(mac.seconds, KIND) == 12
