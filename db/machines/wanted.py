"""What the bot draws with, written down for the machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from db.engine import Database, off_loop
from db.machines.machine import Machine, Wanted
from db.tables import ChoiceRow

WANTED = "wanted"
"""The name of the choice that says it."""


class Wanteds:
    """Only the bot writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def write(self, wanted: Wanted) -> None:
        """Let machines draw with this from their next look on."""
        with self._database.session() as session, session.begin():
            session.merge(ChoiceRow(name=WANTED, value=json.dumps(asdict(wanted))))

    @off_loop
    def read(self) -> Wanted | None:
        """Give what the bot wants; None: it has not said so, or in words of another version."""
        with self._database.reading() as session:
            row = session.get(ChoiceRow, WANTED)
        try:
            return Wanted(**json.loads(row.value)) if row else None
        except (TypeError, ValueError):
            return None


def agreed(own: Wanted, before: Wanted | None, machines: Sequence[Machine]) -> Wanted:
    """Complete what the bot wants by the model's fingerprint, where it has no files of the model.

    Then it is the one that was agreed on `before`, as long as a machine has those files; else that
    of the machine which is there longest.
    """
    if own.fingerprint:
        return own
    having = [machine for machine in machines if machine.offers.models.get(own.model)]
    there = [machine for machine in having if machine.there]
    offered = [(machine.started, machine.offers.models[own.model]) for machine in there or having]
    known = before.fingerprint if before and before.model == own.model else ""
    if known and (not offered or known in {fingerprint for _, fingerprint in offered}):
        return replace(own, fingerprint=known)
    return replace(own, fingerprint=min(offered)[1] if offered else "")
