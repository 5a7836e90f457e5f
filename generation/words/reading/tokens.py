"""Words and signs, one after the other, and how they are looked at."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cache

CLAUSE_ENDS = frozenset(',;.!?:|\n—–―‒−-/"«»“”„<>*…()')
"""Signs that end what is denied."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, its weight, and whether it stands at once behind the one before it."""

    text: str
    weight: float = 1.0
    glued: bool = False
    small: str = field(init=False, compare=False)
    """The word as the lists of words have it."""
    is_word: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "small", self.text.lower().replace("ё", "е"))
        object.__setattr__(self, "is_word", any(sign.isalnum() for sign in self.text))


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Give the word or sign in small letters; empty: the text has ended."""
    return tokens[at].small if at < len(tokens) else ""


def follows(tokens: Sequence[Token], at: int, phrase: str) -> int:
    """Count the tokens of the phrase if it stands here; 0: it doesn't."""
    return first_of(tokens, at, (phrase,))


def first_of(tokens: Sequence[Token], at: int, phrases: tuple[str, ...]) -> int:
    """Count the tokens of the longest of the phrases that stands here; 0: none does."""
    for phrase in _by_first_word(phrases).get(word_at(tokens, at), ()):
        if all(word_at(tokens, at + k) == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


@cache
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Sort phrases by their first word, the longest first: they are looked up at every word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(one.split()) for one in phrases), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def begins_clause(tokens: Sequence[Token], at: int, small_words: Container[str]) -> bool:
    """Say whether a clause begins here: at the start, behind a sign or one of the small words."""
    before = tokens[at - 1] if at else None
    return before is None or not before.is_word or before.small in small_words


def begins_emphasis(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a bracket opens before this token: what is denied ends there."""
    return at > 0 and tokens[at].weight != tokens[at - 1].weight == 1


def is_latin(token: Token) -> bool:
    return token.text.isascii()


def is_cyrillic(token: Token) -> bool:
    return any("\u0400" <= sign <= "\u04ff" for sign in token.text)
