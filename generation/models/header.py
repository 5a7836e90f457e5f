"""The beginning of a `.safetensors` file: the names and shapes of its tensors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safetensors import SafetensorError, safe_open

_LENGTH = 8
"""Bytes of the number before the header, which says how long it is."""

_LONGEST = 8_000_000
"""Bytes that a header may have: SD 1.5's has 150 thousand, and a LoRA's with all the notes of its
trainer rarely a million. The library would read 100 million, for a quarter of a minute."""

_LARGEST = 10**12
"""Bytes that a file may say it has: no weights for this bot are anywhere near."""

_BEGINNING = 64
"""Bytes that tell what a file is that has no header."""


class HeaderError(ValueError):
    """The file doesn't begin as a safetensors file should. Attributes: beginning: its bytes."""

    def __init__(self, name: str, beginning: bytes = b"") -> None:
        super().__init__(name)
        self.beginning = beginning

    @property
    def damaged(self) -> bool:
        """Whether it was meant to be one: a small number is followed by JSON."""
        length, text = self.beginning[:_LENGTH], self.beginning[_LENGTH:]
        return length.endswith(bytes(4)) and text.startswith(b"{")


class CutShortError(ValueError):
    """The file ends before its tensors do. Attributes: have, whole: bytes."""

    def __init__(self, have: int, whole: int) -> None:
        super().__init__(f"{have} bytes of {whole}")
        self.have = have
        self.whole = whole


_WRONG = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading anybody's JSON can raise."""


@dataclass(frozen=True, slots=True)
class Header:
    """`shapes` by tensor name, and what the file's maker wrote beside them."""

    shapes: Mapping[str, tuple[int, ...]]
    metadata: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> "Header":
        """Read a file's header. Raises HeaderError, CutShortError and OSError.

        What is no regular file, such as a pipe, is not opened. The library has the last word: it
        refuses types that it doesn't know, and tensors that overlap.
        """
        if not file.is_file():
            raise HeaderError(file.name)
        have = file.stat().st_size
        with file.open("rb") as opened:
            beginning = opened.peek(_BEGINNING)[:_BEGINNING]
            length = int.from_bytes(opened.read(_LENGTH), "little")
            if not 0 < length <= _LONGEST or beginning[_LENGTH:][:1] != b"{":
                raise HeaderError(file.name, beginning)
            if have < _LENGTH + length:
                raise CutShortError(have, _LENGTH + length)
            text = opened.read(length)
        try:
            header, end = cls._read(text)
        except _WRONG as error:
            raise HeaderError(file.name, beginning) from error
        whole = _LENGTH + length + end
        if have < whole <= _LARGEST:
            raise CutShortError(have, whole)
        try:
            safe_open(file, framework="np")
        except SafetensorError as error:
            raise HeaderError(file.name, beginning) from error
        return header

    @classmethod
    def _read(cls, text: bytes) -> tuple["Header", int]:
        """Read a header's text; give with it where the last tensor ends, in bytes."""
        said = json.loads(text)
        notes = said.pop("__metadata__", None) or {}
        metadata = {str(name): str(note) for name, note in notes.items()}
        shapes = {name: tuple(map(int, tensor["shape"])) for name, tensor in said.items()}
        ends = (int(tensor["data_offsets"][1]) for tensor in said.values())
        return cls(shapes, metadata), max(ends, default=0)
