"""What a bot has besides where other computers draw for it, too."""

import contextlib
from collections.abc import Callable

from config import Settings
from db import Albums, Database, Machines
from db.machines.collector import Collector
from db.machines.machine import Wanted
from db.machines.presence import Presence
from db.machines.room import Owner, Room
from db.machines.sweeper import Sweeper
from generation.events import Listener
from generation.models.choice import ModelChoice
from generation.models.fingerprint import Fingerprints
from generation.models.loras import Loras

FINGERPRINTS = "fingerprints.json"
"""Name of the file in DATA_DIR in which checksums of models are remembered."""


def room_for(
    settings: Settings,
    database: Database,
    albums: Albums,
    choice: ModelChoice,
    loras: Loras,
    presence: Presence,
    hear: Listener,
    owner: Owner,
) -> Room:
    """Put together what listens to machines. Its database must be a Postgres."""
    return Room(
        database,
        Machines(database),
        Collector(database, albums),
        Sweeper(database),
        presence,
        wanted_of(settings, choice, loras),
        hear,
        owner,
    )


def wanted_of(settings: Settings, choice: ModelChoice, loras: Loras) -> Callable[[], Wanted]:
    """Give what says with what the bot draws now. It reads files, the first time all of them."""
    fingerprints = Fingerprints(settings.data_dir / FINGERPRINTS)

    def wanted() -> Wanted:
        model, fingerprint = choice.current, ""
        with contextlib.suppress(OSError):  # its files may be gone while the bot runs
            fingerprint = fingerprints.of_model(model)
        return Wanted(
            model.name,
            fingerprint,
            settings.turbo if model.few_steps else "",
            fingerprints.of_files(loras.files),
            settings.image_size,
        )

    return wanted
