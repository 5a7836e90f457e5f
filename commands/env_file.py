"""`.env` in the working folder: names and their values."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from dotenv.main import resolve_variables
from dotenv.parser import Binding, parse_stream
from dotenv.variables import Variable, parse_variables

from generation.errors import Refusal

ENV_FILE = Path(".env")

ENCODING = "utf-8-sig"
"""UTF-8, with or without the mark that Windows' editors put before it."""


class EnvUnreadable(Refusal):
    """The file is there and can't be read as text. Fields: reason."""


class EnvLineUnreadable(Refusal):
    """A line of the file sets nothing. What it holds may be a secret. Fields: line."""


class EnvNameUnset(Refusal):
    """A line fills in a `${NAME}` that nobody has set. Fields: line, unset."""


def read(file: Path = ENV_FILE) -> dict[str, str]:
    """Give what the file sets: `${NAME}` is filled in, and an empty value counts as absent.

    Raises EnvUnreadable, EnvLineUnreadable, EnvNameUnset.
    """
    try:
        with file.open(encoding=ENCODING) as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError as error:
        if file.is_symlink():  # it leads nowhere
            raise EnvUnreadable(reason=str(error)) from error
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise EnvUnreadable(reason=str(error)) from error
    known = {name for name, value in os.environ.items() if value}
    for binding in bindings:
        _check(binding)
        _check_names(binding, known)
        known |= {binding.key} if binding.key and binding.value else set()
    filled = [(each.key, each.value) for each in bindings if each.key and each.value]
    values: Mapping[str, str | None] = resolve_variables(filled, override=False)
    return {name: value for name, value in values.items() if value}


def is_open(file: Path = ENV_FILE) -> bool:
    """Say whether other users of the computer may read the token and the keys in the file."""
    try:
        return bool(file.stat().st_mode & 0o077)
    except OSError:
        return False


def hand_on(values: Mapping[str, str]) -> None:
    """Put the values where libraries look for theirs. What is in the environment already, wins."""
    for name, value in values.items():
        if not os.environ.get(name):
            os.environ[name] = value


def _check(binding: Binding) -> None:
    key = binding.key
    nothing_set = key is not None and binding.value is None
    if binding.error or nothing_set or "\0" in binding.original.string:
        raise EnvLineUnreadable(line=_line(binding))


def _check_names(binding: Binding, known: Collection[str]) -> None:
    """Raise EnvNameUnset: python-dotenv would fill in nothing, and `${NOPE}/x` would be `/x`."""
    for atom in parse_variables(binding.value or ""):
        if isinstance(atom, Variable) and atom.default is None and atom.name not in known:
            raise EnvNameUnset(line=_line(binding), unset=f"${{{atom.name}}}")


def _line(binding: Binding) -> int:
    """Give the number of the line: the parser counts the empty lines before it to the binding."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
