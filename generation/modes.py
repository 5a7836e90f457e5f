"""The modes: how much time a picture may take. Only this file defines them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode: denoising steps, classifier-free guidance scale, weight of the face IP-Adapter.

    `guidance_until` is the share of the steps that are guided; the steps after it cost half.
    `few_steps` draws with the model's few-step weights (see `models.model.FewSteps`).
    """

    name: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
    guidance_until: float = 1.0
    few_steps: bool = False

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


MODES = {
    mode.name: mode
    for mode in (
        Mode("TURBO", 4, 1.0, 0.50, few_steps=True),
        Mode("ULTRA_FAST", 10, 6.0, 0.40),
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
