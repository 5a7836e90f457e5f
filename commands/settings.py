"""Reads the settings, and tells the owner what is wrong with them."""

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher

from pydantic import ValidationError

from commands import env_file
from config import Settings, complaints
from generation.errors import Refusal
from handlers.texts import Say

NAMES = frozenset(name.upper() for name in Settings.model_fields)

TOKEN = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - its name
BOTFATHERS = re.compile(r"\d{8,12}:[\w-]{30,50}", re.ASCII)
"""What a real token looks like. Under any other name it opens the local chat."""

OF_OTHERS = re.compile(
    r"(HF|HUGGINGFACE|TRANSFORMERS|DIFFUSERS|TOKENIZERS|SAFETENSORS|ACCELERATE|PYTORCH|TORCH"
    r"|TORCHINDUCTOR|TRITON|CUDA|NVIDIA|CUBLAS|CUDNN|NCCL|MPS|METAL|ROCM|HIP|HSA|OMP|GOMP|KMP|MKL"
    r"|OPENBLAS|VECLIB|NUMEXPR|OPENCV|PIL|MALLOC|XDG|PYTHON|PIP|LC|SSL|LD|DYLD)_.+"
    r"|\w+_PROXY|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|DO_NOT_TRACK|LANG|LANGUAGE|TZ|TMPDIR|HOME|PATH"
    r"|TELEGRAM_(API_ID|API_HASH|LOCAL|STAT)",  # a Bot API server's own: one file may be for both
    re.IGNORECASE,
)
"""Names that the libraries and the system look for."""

ALIKE = 0.8
"""Likeness (difflib's ratio) from which on a name is taken for one of ours, misspelt."""

PART_ALIKE = 0.65
"""The same for a name whose words are all in ours, as in BOT_TOKEN. API_URL may be anybody's."""


def read(say: Say) -> Settings | None:
    """Read the environment and `.env`; print what is wrong with them, and then give None.

    What in `.env` is none of the bot's goes into the environment, where libraries look for theirs.
    """
    try:
        file = env_file.read()
    except Refusal as refusal:
        _tell(say(refusal.text_id(), **refusal.fields))
        return None
    own = {name.upper(): value for name, value in file.items() if name.upper() in NAMES}
    others = {name: value for name, value in file.items() if name.upper() not in NAMES}
    inherited = {name.upper(): value for name, value in os.environ.items() if value}
    missing = NAMES - own.keys() - inherited.keys()
    for name, meant in _misspelt(inherited, missing, PART_ALIKE):  # it may be somebody else's
        _tell(say("setting-misspelt", name=name, meant=meant))
    misspelt = dict(_misspelt(others, missing, 0))
    for name in others:
        if name in misspelt:
            _tell(say("setting-misspelt", name=name, meant=misspelt[name]))
        elif not OF_OTHERS.fullmatch(name):
            _tell(say("setting-unknown", name=name))
    env_file.hand_on(others)
    settings = _checked({name: own[name] for name in own.keys() - inherited.keys()}, say)
    return None if misspelt else settings


def _checked(values: dict[str, str], say: Say) -> Settings | None:
    """Give the settings of these values and the environment's, or print the complaints."""
    try:
        return Settings(**{name.lower(): value for name, value in values.items()})  # type: ignore[arg-type]
    except ValidationError as error:
        for text_id, fields in complaints(error):
            hint = say(fields.pop("hint"), **fields)
            _tell(say(text_id, hint=hint, **fields))
    return None


def _misspelt(
    values: Mapping[str, str], missing: Collection[str], part_alike: float
) -> Iterator[tuple[str, str]]:
    """Give each name that looks like a setting that nobody has set, and that setting's name."""
    for name, value in values.items():
        if name.upper() in NAMES or OF_OTHERS.fullmatch(name):
            continue
        likeness = {meant: _likeness(name, meant, part_alike) for meant in sorted(missing)}
        if TOKEN in missing and BOTFATHERS.fullmatch(value):
            likeness[TOKEN] = 1
        meant = max(likeness, key=likeness.__getitem__, default="")
        if meant and likeness[meant]:
            yield name, meant


def _likeness(name: str, meant: str, part_alike: float) -> float:
    """Give 0 for names that are not alike enough, else how alike they are."""
    words, meant_words = re.split(r"[\W_]+", name.upper()), meant.split("_")
    ratio = SequenceMatcher(None, "".join(words), "".join(meant_words), autojunk=False).ratio()
    enough = part_alike if set(words) <= set(meant_words) else ALIKE
    return ratio if ratio >= enough else 0


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
