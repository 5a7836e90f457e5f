"""Where the adapter's tokens of faces are saved, so that a face is encoded only once."""

from hashlib import sha256
from typing import Protocol


class FaceTokens(Protocol):
    """`model` names the networks that made the tokens: others can't draw with them."""

    def get(self, face: bytes, model: str) -> bytes | None:
        """Give what was saved for this face file: the content of a safetensors file."""

    def save(self, face: bytes, model: str, tokens: bytes) -> None:
        """Save the tokens for as long as the face exists."""


class FaceTokensInMemory:
    """Has the tokens of the last few faces."""

    MANY = 64

    def __init__(self) -> None:
        self._saved: dict[tuple[bytes, str], bytes] = {}

    def get(self, face: bytes, model: str) -> bytes | None:
        return self._saved.get((sha256(face).digest(), model))

    def save(self, face: bytes, model: str, tokens: bytes) -> None:
        if len(self._saved) >= self.MANY:
            del self._saved[next(iter(self._saved))]
        self._saved[sha256(face).digest(), model] = tokens
