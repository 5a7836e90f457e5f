"""Paths in settings, read as a shell reads them."""

import os
import re
from pathlib import Path

from pydantic_core import PydanticCustomError


def path(value: str | Path) -> str:
    """Read a path as a shell does. What looks like an address would be a folder `file:`."""
    if address := re.match(r"[A-Za-z][\w+.-]+:/+(huggingface\.co/)?", str(value)):
        hint = "setting-hint-download" if "civitai." in str(value) else "setting-hint-path"
        raise PydanticCustomError(hint, "{address}", {"address": address[0]})
    return _expanded(str(value))


def _expanded(text: str) -> str:
    """Fill in `~` and `$HOME`, as a shell does. A name that nobody has set is a mistake."""
    filled = re.sub(r"\$(\w+|\{[^}]*\})", _value, text)
    expanded = os.path.expanduser(filled)  # noqa: PTH111 - Path's refuses what is unknown
    unknown = re.match(r"~[^/]*", expanded)
    if unknown or (filled.startswith("~") and os.environ.get("HOME") == ""):
        raise _unset(unknown[0] if unknown else "~")
    return expanded


def _value(reference: re.Match[str]) -> str:
    value = os.environ.get(reference[1].strip("{}"))
    if not value:
        raise _unset(reference[0])
    return value


def _unset(name: str) -> PydanticCustomError:
    return PydanticCustomError("setting-hint-unset", "{unset}", {"unset": name})


def expanded_in_url(url: str) -> str:
    """Do the same in the path of an SQLite file; in other addresses `$` is part of a password."""
    scheme, slashes, path = url.partition(":///")
    return f"{scheme}:///{_expanded(path)}" if slashes and scheme.startswith("sqlite") else url
