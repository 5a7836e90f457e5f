"""What a repository of the hub holds."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

SHA1_LENGTH = 40
"""Hex digits of a commit, or of git's checksum of a small file."""

SHA256_LENGTH = 64
"""Hex digits of a large file's checksum."""

MAIN = "main"
"""The branch that every repository has."""


class Digest(Protocol):
    """A checksum that is being computed."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository, and its size in bytes.

    `checksum` is a large file's SHA-256, and of a small one what git computes of it. It is the
    file's name in the cache.
    """

    name: str
    size: int
    checksum: str

    @property
    def sha256(self) -> str | None:
        """The SHA-256, which is known of large files only."""
        return self.checksum if len(self.checksum) == SHA256_LENGTH else None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at one commit, with its files by name. `revision` is how it was asked for."""

    hub_id: str
    revision: str
    commit: str
    files: dict[str, HubFile]


def digest_like(checksum: str, size: int) -> Digest | None:
    """Begin the checksum that this one is, of a file of `size` bytes. None: it is none."""
    if len(checksum) == SHA256_LENGTH:
        return hashlib.sha256()
    if len(checksum) == SHA1_LENGTH:
        return hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    return None
