"""The precision in which a model computes. Imports torch."""

import torch

from generation.engine.devices import Device

MOST_LOST = 2
"""Pictures that half precision may lose. One may be an accident; a card that loses two loses many
(GTX 16xx: pytorch#58123), and each costs two pictures' time and a change of precision."""


class Precision:
    """That of one loaded model: its device's own, until half precision has lost too much.

    `lost` counts the pictures that half precision lost.
    """

    def __init__(self, device: Device) -> None:
        self.device = device
        self.dtype: torch.dtype = getattr(torch, device.dtype)
        self.lost = 0
        self.given_up = False
        """Whether half precision was: `dtype` is float32 since."""

    @property
    def is_full(self) -> bool:
        return self.dtype == torch.float32

    def give_up_if_hopeless(self) -> bool:
        """Stay in full precision if too many pictures were lost; say whether that is new."""
        if self.is_full or self.lost < MOST_LOST:
            return False
        self.dtype, self.given_up = torch.float32, True
        return True
