"""The words of a prompt, read by the text encoder. Imports torch."""

import logging
from collections.abc import Sequence
from typing import Any

import torch

from generation.engine.emphasis import token_weights, weighed
from generation.engine.low_rank import TEXT_ENCODER
from generation.engine.merging import Merging
from generation.engine.networks import Networks
from generation.engine.precision import Precision
from generation.words.prompt import Prompt

_log = logging.getLogger(__name__)


class TextReader:
    """Gives the text embeddings of prompts.

    With `low_memory` the text encoder is in memory only while it reads. `merging` merges LoRAs into
    it.
    """

    def __init__(
        self,
        pipe: Any,  # noqa: ANN401 - diffusers ships no types
        networks: Networks,
        precision: Precision,
        merging: Merging,
        *,
        low_memory: bool,
    ) -> None:
        self._pipe, self._networks = pipe, networks
        self._precision, self._merging = precision, merging
        self._low_memory = low_memory
        self._half_loses_words = False
        if not low_memory:
            self._load()

    def embeddings(
        self, prompts: Sequence[Prompt], *, guided: bool
    ) -> list[tuple[torch.Tensor, torch.Tensor | None]]:
        """Embed each prompt's positive words, and with guidance its negative ones.

        Half precision can overflow: then they are embedded in full precision, from then on.
        """
        if self._pipe.text_encoder is None:
            self._load()
        if self._half_loses_words:
            self._pipe.text_encoder.to(torch.float32)
        try:
            return [self._finite(prompt, guided=guided) for prompt in prompts]
        finally:
            # diffusers has the UNet's words in the precision of the text encoder.
            self._pipe.text_encoder.to(self._precision.dtype)
            if self._low_memory:
                self._merging.remove(TEXT_ENCODER)
                self._pipe.text_encoder = None

    def _finite(self, prompt: Prompt, *, guided: bool) -> tuple[torch.Tensor, torch.Tensor | None]:
        positive, negative = self._embedded(prompt, guided=guided)
        if not all(one.isfinite().all() for one in (positive, negative) if one is not None):
            dtype, self._half_loses_words = self._precision.dtype, True
            _log.warning("%s lost the words: reading them in full precision from now on", dtype)
            self._pipe.text_encoder.to(torch.float32)
            positive, negative = self._embedded(prompt, guided=guided)
        return positive, negative

    def _load(self) -> None:
        self._pipe.text_encoder = self._networks.text_encoder().to(
            self._precision.device.torch_name, self._precision.dtype
        )
        self._merging.add(TEXT_ENCODER, self._pipe.text_encoder)

    def _embedded(
        self, prompt: Prompt, *, guided: bool
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        positive, on_positive = weighed(prompt.positive)
        negative, on_negative = weighed(prompt.negative)
        wanted, unwanted = self._pipe.encode_prompt(
            positive, self._precision.device.torch_name, 1, guided, negative
        )
        return (
            self._emphasised(wanted, positive, on_positive),
            None if unwanted is None else self._emphasised(unwanted, negative, on_negative),
        )

    def _emphasised(
        self, embedded: torch.Tensor, text: str, weights: Sequence[float]
    ) -> torch.Tensor:
        """Multiply what each token became by its weight, as AUTOMATIC1111's web UI does."""
        if any(weight != 1 for weight in weights):
            on_tokens = token_weights(self._pipe.tokenizer, text, weights)
            embedded = embedded * torch.tensor(on_tokens).to(embedded)[:, None]
        return embedded.to(self._precision.dtype)
