"""What puts Russian words into English: the models read nothing else."""

from dataclasses import dataclass
from typing import Protocol

from generation.errors import Refusal


class NotTranslated(Refusal):
    """Words that can't be put into English: nothing would be drawn of them. Field: words."""


class TranslatorMissing(NotTranslated):
    """Russian words, and the model has nothing that translates them. Field: words."""


class LanguageUnread(NotTranslated):
    """Words that are neither English nor Russian. Fields: words; language: see `languages`."""


@dataclass(frozen=True, slots=True)
class Translation:
    """`english` is what the words say; `unknown` are the words that it leaves out."""

    english: str
    unknown: tuple[str, ...] = ()


class Translator(Protocol):
    """Translates on the worker's thread."""

    def translate(self, words: str) -> Translation:
        """Put words into English; English words among them stay.

        Signs between the words stay too: brackets and weights as in `(word:1.2)`, commas, bars.
        Raises NotTranslated if nothing of them can be translated, and ModelUnavailable.
        """
