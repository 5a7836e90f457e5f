"""How much time a picture may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """A mode: denoising steps, classifier-free guidance scale, weight of the face IP-Adapter."""

    name: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
