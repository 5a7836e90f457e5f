"""How much time a picture may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """A mode: denoising steps, classifier-free guidance scale, weight of the face IP-Adapter.

    `guidance_until` is the share of the steps that are guided: the last ones cost half without.
    `few_steps` draws with the model's few-step weights (see `models.FewSteps`).
    """

    name: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
    guidance_until: float = 1.0
    few_steps: bool = False

    @property
    def guided_steps(self) -> int:
        """How many steps, from the first on, are guided: where there is guidance, at least one."""
        return max(1, round(self.steps * self.guidance_until)) if self.guidance_scale > 1 else 0

    @property
    def early_steps(self) -> int:
        """How many steps decide what there is to see: see `models.Model.guidance`."""
        return max(1, round(0.4 * self.steps))


MODES = {
    mode.name: mode
    for mode in (
        Preset("TURBO", 4, 1.0, 0.50, few_steps=True),
        Preset("ULTRA_FAST", 10, 6.0, 0.40),
        Preset("FAST", 12, 6.5, 0.50),
        Preset("BALANCED", 15, 7.0, 0.65),
        Preset("QUALITY", 20, 7.5, 0.80),
    )
}
"""As they are unless the owner changes them. TURBO's steps are those of the model's weights."""
