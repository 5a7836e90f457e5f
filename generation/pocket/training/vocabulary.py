"""The pocket model's tokenizer: CLIP's own kind, with a vocabulary of its own.

Each word of `words.txt`, with which people ask for portraits, is one token, and so are common
beginnings of words. Everything else, in any script, is read byte by byte.
"""

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

from tokenizers import pre_tokenizers
from transformers import CLIPTokenizer

from generation.words.enhancer import TOKEN_LIMIT

WORDS = Path(__file__).parent / "words.txt"
_END_OF_WORD = "</w>"
_SPECIAL = ("<|startoftext|>", "<|endoftext|>")


def build_tokenizer() -> CLIPTokenizer:
    """Learn byte pair merges from `words.txt`. The same words give the same tokenizer.

    Ids are in CLIP's order: 256 bytes, 256 bytes that end a word, merges as they were learned,
    start, end.
    """
    merges = _learn_merges(WORDS.read_text(encoding="utf-8"))
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [
        *letters,
        *(letter + _END_OF_WORD for letter in letters),
        *dict.fromkeys(left + right for left, right in merges),
        *_SPECIAL,
    ]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=TOKEN_LIMIT)


def save_tokenizer(tokenizer: CLIPTokenizer, directory: Path) -> None:
    """Write the files that Stable Diffusion has: vocab.json, merges.txt, tokenizer_config.json."""
    tokenizer.save_pretrained(directory)
    model = json.loads((directory / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    merges = "".join(f"{left} {right}\n" for left, right in model["merges"])
    (directory / "vocab.json").write_text(
        json.dumps(model["vocab"], ensure_ascii=False), encoding="utf-8"
    )
    (directory / "merges.txt").write_text(f"#version: 0.2\n{merges}", encoding="utf-8")
    (directory / "tokenizer.json").unlink()


@cache
def _learn_merges(words: str) -> list[tuple[str, str]]:
    """Join the most frequent pair of neighbours until each word is one token.

    The library `tokenizers` can train too, but breaks ties differently each time.
    """
    spellings = [[*word[:-1], word[-1] + _END_OF_WORD] for word in sorted(set(words.split()))]
    merges = []
    while pairs := Counter(pair for spelling in spellings for pair in pairwise(spelling)):
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        spellings = [
            _merged(spelling, best) if best[0] in spelling else spelling for spelling in spellings
        ]
    return merges


def _merged(spelling: list[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    for part in spelling:
        if merged and (merged[-1], part) == pair:
            merged[-1] += part
        else:
            merged.append(part)
    return merged
