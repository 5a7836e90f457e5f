"""A face that is seen in a picture, and who sees it in the worker's process."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from generation.character import Traits

if TYPE_CHECKING:
    from PIL.Image import Image

    from generation.faces.eyes import Eyes


@dataclass(frozen=True, slots=True)
class Sight:
    """A face in a picture: its box in the picture's pixels, and whose it is.

    The box may reach over the picture's border. `score` is the detector's, 0 to 1; `embedding` is
    as `generation.faces.sface` writes it.
    """

    x: float
    y: float
    width: float
    height: float
    score: float
    embedding: bytes

    @property
    def length(self) -> float:
        return max(self.width, self.height)


class Sights:
    """Looks at pictures of our own; OpenCV and the networks come in at the first look.

    Any thread may use it. Looking raises generation.faces.shipped.FaceModelDamaged.
    """

    def __init__(self) -> None:
        self._eyes: Eyes | None = None
        self._lock = Lock()

    def look(self, picture: "Image") -> list[Sight]:
        """Find the faces of a picture, the largest first: four at most."""
        return [
            Sight(*closeup.box, closeup.face.score, embedding)
            for closeup, embedding in self._opened().look(picture)
        ]

    def embed_face(self, image: bytes) -> bytes | None:
        """Give the embedding of a Face's image; None where no face is seen in it."""
        return self._opened().embed_face(image)

    def read_traits(self, faces: Sequence[bytes]) -> Traits:
        """Read off the images of somebody's Faces what they are drawn with, in the mean of them."""
        return self._opened().read_traits(faces) if faces else Traits()

    def _opened(self) -> "Eyes":
        with self._lock:
            if self._eyes is None:
                from generation.faces.eyes import Eyes  # noqa: PLC0415 - imports OpenCV

                self._eyes = Eyes()
            return self._eyes
