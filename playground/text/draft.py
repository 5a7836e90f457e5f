"""A text that grows while its markup is read."""

from dataclasses import dataclass, field

from playground.request import Json
from playground.text import utf16


@dataclass
class Draft:
    """Plain text so far, and the entities closed so far; `length` is in UTF-16 code units."""

    parts: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    length: int = 0

    def write(self, words: str) -> None:
        self.parts.append(words)
        self.length += utf16.length(words)

    def close(self, kind: str, start: int, **details: str) -> None:
        """End an entity here; an empty one leaves no trace."""
        if self.length > start:
            self.entities.append(
                {"type": kind, "offset": start, "length": self.length - start, **details}
            )

    def finish(self) -> tuple[str, list[Json]]:
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities
