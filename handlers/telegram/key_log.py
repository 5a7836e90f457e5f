"""SSLKEYLOGFILE, the file into which TLS's keys are written for whoever examines the traffic.

Libraries open it already while they are imported, so it has to be looked at before them.
"""

import os
from pathlib import Path

from generation.errors import Refusal

NAME = "SSLKEYLOGFILE"


class KeyLogUnusable(Refusal):
    """The file can't be written. Fields: name, value, reason."""


_refusals: list[KeyLogUnusable] = []


def set_aside() -> None:
    """Unset the variable if its file can't be written: the local chat needs no TLS."""
    if value := os.environ.get(NAME):
        try:
            Path(value).open("a").close()
        except OSError as error:
            reason = error.strerror or str(error)
            _refusals.append(KeyLogUnusable(name=NAME, value=value, reason=reason))
            del os.environ[NAME]


def check() -> None:
    """Raise KeyLogUnusable if the variable was set aside, or has to be."""
    set_aside()
    for refusal in _refusals:
        raise refusal
