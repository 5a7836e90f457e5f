"""Encryption of what is kept at rest: one cipher for columns and files, by the owner's DATA_KEY."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from generation.errors import Refusal

KEY_BYTES = 32

MAGIC = b"\0portrait sealed 1\0"
"""How everything sealed begins; the id of its key follows. No picture begins so."""

ID_BYTES = 8

CIPHER_BYTES, DIGEST_BYTES = 64, 32
"""Of the keys that are derived: AES-256-SIV takes two of 32 bytes."""


class SealBroken(Refusal):
    """What is kept can't be opened: it was changed, moved, or sealed with another key."""


class DataKeyUnfitError(ValueError):
    """The text is no key, or no keys with commas between."""


def new_key() -> str:
    """Make a key, as DATA_KEY takes it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip("=")


class Key:
    """What is derived of one key. `id` tells keys apart, and says nothing of them."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.id = self._derived(b"id", ID_BYTES)

    @classmethod
    def read(cls, text: str) -> "Key":
        """Raises DataKeyUnfitError."""
        try:
            secret = base64.b64decode(text.strip() + "=", altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise DataKeyUnfitError from error
        if len(secret) != KEY_BYTES:
            raise DataKeyUnfitError
        return cls(secret)

    @cached_property
    def cipher(self) -> AESSIV:
        """Seals equal bytes equally, so that a database can look for a face that it can't read."""
        return AESSIV(self._derived(b"cipher", CIPHER_BYTES))

    @cached_property
    def for_digests(self) -> bytes:
        return self._derived(b"digest", DIGEST_BYTES)

    def _derived(self, purpose: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, None, b"portrait-bot " + purpose).derive(self._secret)


class Seal:
    """Seals with the first of the keys, and opens with each; without a key all is kept as it is.

    `what` names what is sealed, such as a column: what was sealed as something else opens not.
    """

    def __init__(
        self, keys: Sequence[Key] = (), *, sealing: bool = True, takes_plain: bool = False
    ) -> None:
        """`sealing`: whether the first key is used; `takes_plain`: what is not sealed opens, too.

        Both are for the change from one key to another: otherwise whoever may write the data could
        put something of their own in place of what was sealed.
        """
        self._keys = {key.id: key for key in keys}
        self._newest = keys[0] if keys and sealing else None
        self._takes_plain = takes_plain or not keys

    @classmethod
    def read(cls, text: str) -> "Seal":
        """Read keys with commas between, the newest first. Raises DataKeyUnfitError."""
        return cls([Key.read(one) for one in text.split(",")] if text else ())

    def changing(self, *, off: bool = False) -> "Seal":
        """Give the seal for a change to the first key, or from all of them to none."""
        return Seal(tuple(self._keys.values()), sealing=not off, takes_plain=True)

    @property
    def id(self) -> str:
        """The id of the key that seals; empty: none does."""
        return self._newest.id.hex() if self._newest else ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all the keys."""
        return tuple(one.hex() for one in self._keys)

    def close(self, content: bytes, what: str) -> bytes:
        """Seal the bytes."""
        key = self._newest
        if key is None or not content:
            return content
        head = MAGIC + key.id
        return head + key.cipher.encrypt(content, [head, what.encode()])

    def open(self, content: bytes, what: str) -> bytes:
        """Give the bytes as they were. Raises SealBroken."""
        if not content.startswith(MAGIC):
            if self._takes_plain or not content:
                return content
            raise SealBroken
        head = content[: len(MAGIC) + ID_BYTES]
        key = self._keys.get(head[len(MAGIC) :])
        if key is None:
            raise SealBroken
        try:
            return key.cipher.decrypt(content[len(head) :], [head, what.encode()])
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def is_done(self, content: bytes) -> bool:
        """Say whether the bytes are as `close` would leave them now."""
        if self._newest is None or not content:
            return not content.startswith(MAGIC)
        return content.startswith(MAGIC + self._newest.id)

    def digest(self, content: bytes) -> str:
        """Name bytes by 64 letters that, without the key, nobody can compare with a photo."""
        if self._newest is None:
            return hashlib.sha256(content).hexdigest()
        return hmac.new(self._newest.for_digests, content, hashlib.sha256).hexdigest()


OPEN = Seal()
"""Without a key."""
