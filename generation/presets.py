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
