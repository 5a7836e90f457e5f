"""Russian into English by a Marian model, on the CPU. Imports torch."""

import bisect
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

import torch

from generation.engine.memory import refusal_when_full
from generation.engine.networks import Networks
from generation.models.files import ModelFiles
from generation.words.translator import Translation, TranslatorMissing

_log = logging.getLogger(__name__)

BEAMS = 4
"""Translations that are weighed against each other: the number that the model's authors use."""

MOST_TOKENS = 128
"""Tokens of a clause that are read at once. The model could read 512; it was trained on sentences,
and leaves out parts of what is longer."""

TOGETHER = 16
"""Clauses that are translated at once: 4,096 characters may have hundreds, and each needs memory
for its beams."""


class Marian:
    """A `ClauseTranslator`. It is loaded for the first Russian words.

    With `low_memory` it is in memory only while it translates.
    """

    def __init__(self, files: ModelFiles, *, low_memory: bool = False) -> None:
        self._networks = Networks(files, torch.float32)  # the CPU is slow in half precision
        self._low_memory = low_memory
        self._read: tuple[Any, Any] | None = None

    @property
    def loaded(self) -> bool:
        return self._read is not None

    def clauses(self, russian: Sequence[str]) -> list[Translation]:
        """Translate each. Raises TranslatorMissing, ModelDamaged and MemoryFull."""
        try:
            with refusal_when_full():
                parts = [list(self._readable(clause)) for clause in russian]
                english = self._translated([part for some in parts for part in some])
                return [
                    Translation(" ".join(filter(None, (next(english) for _ in some))))
                    for some in parts
                ]
        finally:
            if self._low_memory:
                self._read = None

    def _readable(self, clause: str) -> Iterator[str]:
        """Split a clause between its words where it is too long to be read at once."""
        words = [part for word in clause.split() for part in self._word_parts(word)]
        while words:
            count = max(1, self._fitting([" ".join(words[: k + 1]) for k in range(len(words))]))
            yield " ".join(words[:count])
            words = words[count:]

    def _word_parts(self, word: str) -> Iterator[str]:
        """Split a word between its letters if even that is too long."""
        while word:
            letters = max(1, self._fitting([word[: k + 1] for k in range(len(word))]))
            yield word[:letters]
            word = word[letters:]

    def _fitting(self, starts: Sequence[str]) -> int:
        """Count the starts that can be read at once; each is longer than the one before."""
        tokenizer, _ = self.load()
        if len(tokenizer(starts[-1], verbose=False).input_ids) <= MOST_TOKENS:
            return len(starts)
        return bisect.bisect_right(
            starts, MOST_TOKENS, key=lambda text: len(tokenizer(text, verbose=False).input_ids)
        )

    def _translated(self, texts: Sequence[str]) -> Iterator[str]:
        for start in range(0, len(texts), TOGETHER):
            some = texts[start : start + TOGETHER]
            yield from map(_as_written, some, self._generated(some))

    @torch.inference_mode()
    def _generated(self, texts: Sequence[str]) -> list[str]:
        tokenizer, model = self.load()
        rows = tokenizer(list(texts), return_tensors="pt", padding=True)
        ids = model.generate(
            **rows, num_beams=BEAMS, max_length=None, max_new_tokens=2 * MOST_TOKENS
        )
        english: list[str] = tokenizer.batch_decode(ids, skip_special_tokens=True)
        return english

    def load(self) -> tuple[Any, Any]:
        """Give the tokenizer and the model. Raises TranslatorMissing and ModelDamaged."""
        if self._read is None:
            self._read = self._networks.translator()
        if self._read is None:
            raise TranslatorMissing
        return self._read


def _as_written(russian: str, english: str) -> str:
    """Take back what makes a sentence of a few words: the full stop, and the capital letter."""
    english = re.sub(r"[\s.]+$", "", " ".join(english.replace("⁇", " ").split()))
    first = english.split(" ", 1)[0]
    if russian[:1].islower() and first.istitle() and first != "I":
        return english[:1].lower() + english[1:]
    return english
