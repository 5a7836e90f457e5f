"""Reads the settings, and tells the owner what is wrong with them."""

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from pydantic import ValidationError

from commands import env_file
from commands.complaints import complaints
from config import Settings
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
    r"|(HTTPS?|ALL|NO|FTP|SOCKS\d?|WSS?|RSYNC|GRPC)_PROXY|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|DO_NOT_TRACK|LANG|LANGUAGE|TZ|TMPDIR|HOME|PATH"
    r"|TELEGRAM_(API_ID|API_HASH|LOCAL|STAT)",  # a Bot API server's own: one file may be for both
    re.IGNORECASE,
)
"""Names that the libraries and the system look for."""

RECOMMENDED = frozenset(
    {"HF_HOME", "HF_ENDPOINT", "HF_TOKEN", "HF_HUB_OFFLINE"}
    | {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
)
"""Those of them that our texts and manuals ask for: they can be misspelt too."""

PROXY = "HTTPS_PROXY"
"""The way to Telegram. Other programs have a name of their own for it, such as TELEGRAM_PROXY."""

ALIKE = 0.8
"""Likeness (difflib's ratio) from which on a name is taken for one of ours, misspelt."""

LIBRARYS_ALIKE = 0.88
"""The same for a library's name that we recommend: libraries look for names of their own, too."""

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
    missing = (NAMES | RECOMMENDED) - own.keys() - {name.upper() for name in others}
    missing -= inherited.keys()
    for name, meant in _misspelt(inherited, missing, own_file=False):
        _tell(say("setting-misspelt", name=name, meant=meant))
    misspelt = dict(_misspelt(others, missing, own_file=True))
    for name in others:
        if name in misspelt:
            _tell(say("setting-misspelt", name=name, meant=misspelt[name]))
        elif not OF_OTHERS.fullmatch(name):
            _tell(say("setting-unknown", name=name))
    env_file.hand_on(others)
    settings = _checked({name: own[name] for name in own.keys() - inherited.keys()}, say)
    return None if NAMES.intersection(misspelt.values()) else settings


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
    values: Mapping[str, str], missing: Collection[str], *, own_file: bool
) -> Iterator[tuple[str, str]]:
    """Give each name that looks like one that nobody has set, and that one.

    What is not in our `own_file` may be somebody else's, so that it has to look more like it.
    """
    for name, value in values.items():
        if name.upper() in NAMES | RECOMMENDED:
            continue
        known = RECOMMENDED if OF_OTHERS.fullmatch(name) else NAMES | RECOMMENDED
        if meant := _meant(name, value, known.intersection(missing), own_file=own_file):
            yield name, meant


def _meant(name: str, value: str, missing: Collection[str], *, own_file: bool) -> str | None:
    words = re.split(r"[\W_]+", name.upper())
    if TOKEN in missing and BOTFATHERS.fullmatch(value):
        return TOKEN
    if PROXY in missing and "PROXY" in words and (own_file or "TELEGRAM" in words):
        return None if OF_OTHERS.fullmatch(name) else PROXY
    likeness = {meant: _likeness(words, meant, own_file=own_file) for meant in sorted(missing)}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] else None


def _likeness(words: Sequence[str], meant: str, *, own_file: bool) -> float:
    """Give 0 for names that are not alike enough, else how alike they are."""
    meant_words = meant.split("_")
    alike = SequenceMatcher(None, "".join(words), "".join(meant_words), autojunk=False)
    is_part = set(words) <= set(meant_words)
    if meant in RECOMMENDED:
        enough = LIBRARYS_ALIKE if own_file or not is_part else 1
    elif is_part:
        enough = 0 if own_file else PART_ALIKE
    else:
        enough = ALIKE
    if min(alike.real_quick_ratio(), alike.quick_ratio()) < enough:  # neither is ever too low
        return 0
    ratio = alike.ratio()
    return ratio if ratio >= enough else 0


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
