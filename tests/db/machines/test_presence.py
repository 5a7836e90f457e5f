"""Who waits hears why, where nobody draws."""

from datetime import time

import pytest

from db.machines.machine import Machine, MachineState
from db.machines.presence import Presence
from generation.events import Event, NotLoaded, Reason, Resting, Resumed
from tests.support.machines import machine

NIGHT = Resting(Reason.QUIET_HOURS, time(8))
NO_MACHINE = Resting(Reason.NO_MACHINE)


@pytest.fixture
def heard() -> list[Event]:
    return []


def test_without_workers_of_its_own_the_bot_waits_for_machines(heard: list[Event]) -> None:
    """It says so at once, and once, and when one is back."""
    presence = Presence(heard.append, own_workers=False)
    for machines in ([], [], [machine()], [machine(), machine("attic")], []):
        presence.see(machines)
    assert heard == [NO_MACHINE, Resumed(), NO_MACHINE]


@pytest.mark.parametrize(
    "away",
    [
        machine(paused=True),
        machine(draining=True),
        machine(seen_ago=3600.0),
        machine(state=MachineState.GONE),
        machine(state=MachineState.TROUBLE),
        machine(state=MachineState.RESTING),
    ],
)
def test_a_machine_that_takes_no_jobs_is_none(heard: list[Event], away: Machine) -> None:
    """It is there, but nobody's album would be begun."""
    presence = Presence(heard.append, own_workers=False)
    presence.see([away])
    presence.see([away, machine("other", state=MachineState.LOADING)])
    assert heard == [NO_MACHINE, Resumed()]


def test_while_machines_draw_the_bots_own_rest_keeps_nobody_waiting(heard: list[Event]) -> None:
    """Once they are gone it does; everything else is passed on as it comes."""
    presence = Presence(heard.append, own_workers=True)
    other = NotLoaded(ValueError())
    presence.see([machine()])
    presence.hear(NIGHT)
    presence.hear(other)
    assert heard == [other]
    presence.see([])
    presence.hear(Resumed())
    assert heard == [other, NIGHT, Resumed()]
    presence.see([machine()])
    assert len(heard) == 3
