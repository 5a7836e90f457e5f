"""How a child process gets its end of a pipe, and nothing else of ours.

POSIX hands it over as the child's standard input, Windows as a handle whose number is told.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

ENVIRONMENT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "TMPDIR",
               "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE")  # fmt: skip
"""What a child gets to know of our environment: no tokens."""


class End(Protocol):
    """An end of a pipe: Windows has another class for it."""

    def fileno(self) -> int: ...


def start(
    module: Sequence[str],
    theirs: End,
    folder: Path,
    more: Mapping[str, str],
) -> "subprocess.Popen[bytes]":
    """Start `python -m MODULE` with one end of a pipe. Ctrl-C is for us, not for the child."""
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-m", *module]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    quiet |= {"cwd": folder, "env": {**environment, **more}}
    if sys.platform != "win32":
        return subprocess.Popen(command, stdin=theirs.fileno(), start_new_session=True, **quiet)
    handle = theirs.fileno()
    os.set_handle_inheritable(handle, True)  # noqa: FBT003 - its only name
    return subprocess.Popen(
        [*command, str(handle)],
        stdin=subprocess.DEVNULL,
        startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]}),
        creationflags=subprocess.CREATE_NEW_PROCESS_GROUP,
        **quiet,
    )


def parents_end(arguments: Sequence[str]) -> Any:  # noqa: ANN401 - one of two classes
    """Give the connection to the parent, in a child that `start` started."""
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection  # noqa: PLC0415 - Windows' own

        return PipeConnection(int(arguments[0]))
    return Connection(0)
