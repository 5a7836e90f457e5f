"""The tokenizer of CLIP's text encoder, which Stable Diffusion 1.5 reads prompts with."""

from functools import cache

from transformers import CLIPTokenizer

from generation.models.catalogue import SD15_SHAPE


@cache
def clip_tokenizer() -> CLIPTokenizer:
    tokenizer: CLIPTokenizer = CLIPTokenizer.from_pretrained(SD15_SHAPE / "tokenizer")
    return tokenizer


@cache
def count_clip_tokens(text: str) -> int:
    """Count a text's tokens, the start and end tokens included."""
    return len(clip_tokenizer()(text).input_ids)
