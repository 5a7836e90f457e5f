"""What this computer can draw with, by its settings."""

import time

from config import Settings
from db.jobs.needs import met_by
from db.machines.machine import Offers, Wanted
from generation.models.choice import ModelChoice
from generation.models.fingerprint import Fingerprints
from generation.models.loras import Loras

LOOK_S = 30.0
"""Seconds until the folder of models is looked through again: its owner may put one there."""


class OwnBelongings:
    """It blocks while files are read: for threads, one at a time."""

    def __init__(self, settings: Settings, choice: ModelChoice, loras: Loras) -> None:
        self._turbo = settings.turbo
        self.image_size = settings.image_size
        self._choice = choice
        self._loras = loras
        self._fingerprints = Fingerprints(settings.data_dir / "fingerprints.json")
        self._models: dict[str, str] = {}
        self._looked_at = -LOOK_S

    def offers(self, wanted: Wanted | None) -> Offers:
        """Say what it can draw with, by what the bot wants now."""
        in_part = not all(self._models.values())  # it may have been downloaded meanwhile
        if in_part or time.monotonic() - self._looked_at >= LOOK_S:
            self._models = {
                name: self._fingerprints.of_model(model)
                for name, model in self._choice.offer().models.items()
            }
            self._looked_at = time.monotonic()
        loras = self._fingerprints.of_files(self._loras.files)
        turbo = self._turbo if self._choice.current.few_steps else ""
        return Offers(
            models=self._models,
            turbo=turbo,
            loras=loras,
            meets=tuple(
                met_by(
                    turbo=bool(turbo) and (wanted is None or wanted.turbo in ("", turbo)),
                    loras=wanted is None or wanted.loras.items() <= loras.items(),
                )
            ),
        )

    def take_up(self, model: str) -> bool:
        """Draw with the model of that name from now on; False: it does already.

        Raises ModelUnavailable.
        """
        if model == self._choice.current.name:
            return False
        self._choice.choose(model)
        return True
