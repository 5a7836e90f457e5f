"""What the log may say of an error: where it happened and what kind it is, and no person's words.

An error's own message may quote whatever was worked on: `KeyError: 'Ann'`. So only the messages of
kinds that speak of the machine are written; of others the kind and the place must do.
"""

import logging
import re
import traceback
from collections.abc import Iterator

from db import sayable
from generation.errors import Refusal

SPEAKS_OF_THE_MACHINE = (
    OSError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    MemoryError,
    NameError,
    RuntimeError,
    StopIteration,
    TypeError,
)
LIBRARIES = {"telegram", "httpx", "httpcore", "aiohttp", "torch", "huggingface_hub", "safetensors"}
"""Libraries whose errors speak of the network, the device and files of weights."""

TELEGRAMS_FILE = re.compile(r"\b(?:\w+/)?file_\d+(?:\.\w+)?")
"""A file on Telegram's servers: with the token, whoever has its path can fetch it."""


def message_of(record: logging.LogRecord) -> str:
    """Give the record's message, with errors among its arguments told as `told` does."""
    if record.args and isinstance(record.args, tuple):
        args = tuple(_Told(one) if isinstance(one, BaseException) else one for one in record.args)
        message = str(record.msg) % args
    else:
        message = record.getMessage()
    if record.name == "asyncio":  # its other lines quote the error, and what the task was given
        message = message.partition("\n")[0]
    return message


def told(error: BaseException) -> str:
    """Name an error, with its message where that can't be a person's."""
    kind = type(error).__qualname__
    if isinstance(error, Refusal):
        return error.text_id()
    if (module := type(error).__module__.partition(".")[0]) in ("sqlalchemy", "psycopg", "sqlite3"):
        message = sayable(error)
    elif isinstance(error, SPEAKS_OF_THE_MACHINE) or module in LIBRARIES:
        message = " ".join(str(error).split())
    else:
        message = None
    return f"{kind}: {message}" if message else kind


def trace(error: BaseException) -> Iterator[str]:
    """Give the lines of a traceback: the first cause comes first, as Python has it."""
    chain = [error]
    while (cause := _cause(chain[-1])) and cause not in chain:
        chain.append(cause)
    for each in reversed(chain):
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        yield told(each)
        if isinstance(each, BaseExceptionGroup):
            for part in each.exceptions:
                yield from trace(part)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class _Told:
    """Stands for an error in the arguments of a message, whether for `%s` or for `%r`."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __str__(self) -> str:
        return told(self._error)

    __repr__ = __str__
