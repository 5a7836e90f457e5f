"""The modes: how much time a picture may take. Only this file defines them."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Likeness(StrEnum):
    """How much of a picture the face decides, as its person likes it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"

    @classmethod
    def stored(cls, value: object) -> "Likeness":
        """Read what was stored; what another version wrote is the usual one."""
        return next((level for level in cls if level == value), cls.NORMAL)


_LIKENESS_STEP = 0.15
"""By how much a level moves a mode's `ip_adapter_scale`: as far as two neighbouring modes are
apart, which shows and leaves the words their say."""


_MENDED_SHARE = 0.45
"""Share of a mode's steps that are taken again where a small face is drawn once more. Fewer leave
it as smeared as it was, more draw another head and another light (ADetailer, which many use for
it, takes 0.4)."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode: denoising steps, classifier-free guidance scale, weight of the face IP-Adapter.

    `guidance_until` is the share of the steps that are guided; the steps after it cost half.
    `few_steps` draws with the model's few-step weights (see `models.model.FewSteps`). `refines`:
    a picture that is not like its person may be drawn again, and a small face once more.
    `likeness` says how its person moved the adapter's scale.
    """

    name: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
    guidance_until: float = 1.0
    few_steps: bool = False
    refines: bool = True
    likeness: Likeness = Likeness.NORMAL

    def with_likeness(self, level: Likeness) -> "Mode":
        """Let the face decide more or less than the mode does by itself."""
        moved = {Likeness.LOW: -_LIKENESS_STEP, Likeness.HIGH: _LIKENESS_STEP}.get(level, 0.0)
        scale = min(max(round(self.ip_adapter_scale + moved, 2), 0.0), 1.0)
        return replace(self, ip_adapter_scale=scale, likeness=level) if moved else self

    @property
    def guided_steps(self) -> int:
        """Number of steps, from the first on, that are guided: at least one if the mode guides."""
        return max(1, round(self.steps * self.guidance_until)) if self.guidance_scale > 1 else 0

    @property
    def cost(self) -> int:
        """Number of rows that the UNet works on for a picture: two in a guided step."""
        return self.steps + self.guided_steps

    @property
    def early_steps(self) -> int:
        """Number of steps, from the first on, that decide what the picture shows.

        `models.model.Model.guidance` says what they are for.
        """
        return max(1, round(0.4 * self.steps))

    @property
    def mending_steps(self) -> int:
        """Number of steps, the last ones, in which a part of a picture is drawn once more."""
        return max(1, round(_MENDED_SHARE * self.steps))


MODES = {
    mode.name: mode
    for mode in (
        Mode("TURBO", 4, 1.0, 0.50, few_steps=True, refines=False),
        Mode("ULTRA_FAST", 10, 6.0, 0.40, refines=False),
        Mode("FAST", 12, 6.5, 0.50),
        Mode("BALANCED", 15, 7.0, 0.65),
        Mode("QUALITY", 20, 7.5, 0.80),
    )
}
"""The modes by name, the fastest first.

TURBO's steps are those of the model's few-step weights. The settings may change FAST's numbers.
"""

FINEST = "QUALITY"
"""The name of the slowest mode, which draws best."""
