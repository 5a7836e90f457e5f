"""Where the adapter's tokens of faces are kept, so that a face is encoded only once."""

from hashlib import sha256
from typing import Protocol


class FaceTokens(Protocol):
    """`model` names the networks that made them: other networks' tokens are of no use."""

    def get(self, face: bytes, model: str) -> bytes | None:
        """Give what was kept for this face file, a safetensors file's content."""

    def save(self, face: bytes, model: str, tokens: bytes) -> None:
        """Keep them as long as the face."""


class FaceTokensInMemory:
    """Those of the last few faces."""

    MANY = 64

    def __init__(self) -> None:
        self._kept: dict[tuple[bytes, str], bytes] = {}

    def get(self, face: bytes, model: str) -> bytes | None:
        return self._kept.get((sha256(face).digest(), model))

    def save(self, face: bytes, model: str, tokens: bytes) -> None:
        if len(self._kept) >= self.MANY:
            del self._kept[next(iter(self._kept))]
        self._kept[sha256(face).digest(), model] = tokens
