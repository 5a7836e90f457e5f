"""What a person's words ask for: one place reads them, in English and Russian.

The same words are read twice: by the handler that accepts a request, for its options, and by the
worker, for what is wanted and what is not. `Reading.words` read again gives the same reading.
"""

from generation.words.reading.change import changed
from generation.words.reading.loras import LORA
from generation.words.reading.options import (
    MOST_PICTURES,
    NOTHING_SET,
    SEEDS,
    CountWrong,
    OptionEmpty,
    Options,
    SeedWrong,
    size_of_ratio,
)
from generation.words.reading.reader import Reading, read
from generation.words.reading.remark import Remark

__all__ = [
    "LORA", "MOST_PICTURES", "NOTHING_SET", "SEEDS", "CountWrong", "OptionEmpty", "Options",
    "Reading", "Remark", "SeedWrong", "changed", "read", "size_of_ratio",
]  # fmt: skip
