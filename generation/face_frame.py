"""How much around a face a model's face adapter wants to see."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """`name` is kept beside what was made of a face, so that another frame makes it anew.

    `eye_distance` is the distance of the eyes as a share of the picture's side; None: the adapter
    gets the portrait as it is stored, head and hair, with its border continued.
    """

    name: str
    eye_distance: float | None = None


PORTRAIT = FaceFrame("portrait")
"""What the pocket model was trained on."""
