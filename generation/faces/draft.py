"""What a photo shows of somebody's traits, for them to confirm."""

from dataclasses import dataclass, field, replace
from typing import Any

from generation.character import CHOICES, Traits


@dataclass(frozen=True, slots=True)
class Draft:
    """What is clear, and what is guessed: that is drawn all the same if nobody says otherwise.

    No trait is in both.
    """

    sure: Traits = field(default_factory=Traits)
    guessed: Traits = field(default_factory=Traits)

    @property
    def whole(self) -> Traits:
        """Both together."""
        guesses: dict[str, Any] = {
            trait: guess for trait in CHOICES if (guess := getattr(self.guessed, trait))
        }
        return replace(self.sure, **guesses)
