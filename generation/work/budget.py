"""What an album may cost beside its pictures."""

from dataclasses import dataclass

from generation.request import GenerationRequest


@dataclass(frozen=True, slots=True)
class Budget:
    """As the owner sets it.

    `share` is that of the album's own work; `mends`: small faces may be drawn once more.
    """

    share: float = 0.5
    mends: bool = True

    def pictures(self, request: GenerationRequest) -> float:
        """Give the number of pictures that cost as much as a request may cost more."""
        return self.share * request.count if request.mode.refines else 0.0
