"""What a machine must have to draw a job: each is a queue of the engine."""

from enum import StrEnum

from generation.modes import Mode


class Needs(StrEnum):
    ALBUM = "album"
    """The model, as every machine that draws has it."""
    TURBO = "turbo"
    """The weights for few steps, too."""
    LORAS = "loras"
    """The owner's LoRAs, too."""
    BOTH = "turbo-loras"

    @classmethod
    def stored(cls, value: object) -> "Needs":
        """Read what was stored; what another version wrote needs the model alone."""
        return next((needs for needs in cls if needs == value), cls.ALBUM)


def needs_of(mode: Mode, *, loras: bool) -> Needs:
    """Say what an album in this mode needs; `loras`: it is drawn with one, or several."""
    if loras:
        return Needs.BOTH if mode.few_steps else Needs.LORAS
    return Needs.TURBO if mode.few_steps else Needs.ALBUM


def met_by(*, turbo: bool, loras: bool) -> list[Needs]:
    """Give what a machine can draw that has the weights for few steps, and the LoRAs."""
    met = {
        Needs.ALBUM: True,
        Needs.TURBO: turbo,
        Needs.LORAS: loras,
        Needs.BOTH: turbo and loras,
    }
    return [needs for needs, is_met in met.items() if is_met]
