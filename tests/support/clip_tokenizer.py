"""The tokenizer of CLIP's text encoder, which Stable Diffusion 1.5 reads prompts with.

Its vocabulary is the file of OpenAI's CLIP, as `open_clip_torch` 3.3.0 ships it (MIT, see
`clip/LICENSE`).
"""

import gzip
from functools import cache
from pathlib import Path

from tokenizers import pre_tokenizers
from transformers import CLIPTokenizer

from generation.words.enhancer import TOKEN_LIMIT

_FILE = Path(__file__).parent / "clip" / "bpe_simple_vocab_16e6.txt.gz"
_MERGES = slice(1, 49152 - 256 - 2 + 1)
"""The lines of the file that CLIP uses: its first says what made it, and it has more than 49,152
tokens need."""


@cache
def clip_tokenizer() -> CLIPTokenizer:
    lines = gzip.decompress(_FILE.read_bytes()).decode().split("\n")[_MERGES]
    merges = [(left, right) for left, right in (line.split() for line in lines)]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [
        *letters,
        *(f"{letter}</w>" for letter in letters),
        *(left + right for left, right in merges),
        *("<|startoftext|>", "<|endoftext|>"),
    ]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=TOKEN_LIMIT)


@cache
def count_clip_tokens(text: str) -> int:
    """Count a text's tokens, the start and end tokens included."""
    return len(clip_tokenizer()(text).input_ids)
