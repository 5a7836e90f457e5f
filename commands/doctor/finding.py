"""What one check found out."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    GOOD = "✅"
    WARNING = "⚠️"
    BAD = "❌"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence; `advice` is what to do about it, where something isn't right."""

    verdict: Verdict
    words: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.verdict} {self.words}"
        return f"{line}\n   → {self.advice}" if self.advice else line


def good(words: str) -> Finding:
    return Finding(Verdict.GOOD, words)


def warning(words: str, advice: str = "") -> Finding:
    return Finding(Verdict.WARNING, words, advice)


def bad(words: str, advice: str) -> Finding:
    return Finding(Verdict.BAD, words, advice)
