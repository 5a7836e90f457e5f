"""The way between a child process and its parent.

A pair of sockets, handed over as the child's standard input. Windows hands over no sockets: there
the child calls back on this computer's own address, with a secret from its standard input.
"""

import contextlib
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import IO, Any, cast

End = Connection
Start = Callable[[int | IO[Any]], subprocess.Popen[bytes]]
"""Starts the child with that standard input."""

SECRET = 32
"""Bytes by which the parent knows its child."""

CALL_S = 60.0
"""Most seconds for the child's call: it is made before anything is imported."""


def parents_end(start: Start) -> tuple[End, subprocess.Popen[bytes]]:
    """Start the child; give the way to it. Raises RuntimeError if it doesn't call."""
    if sys.platform == "win32":
        return _called_by(start)
    ours, theirs = Pipe()
    with theirs:
        return ours, start(theirs.fileno())


def childs_end() -> End:
    """Give the way to the parent, once."""
    if sys.platform != "win32":
        return Connection(0)
    port = int.from_bytes(sys.stdin.buffer.read(2), "big")
    way = socket.create_connection(("127.0.0.1", port), CALL_S)
    way.sendall(sys.stdin.buffer.read(SECRET))
    return _over(way)


def _called_by(start: Start) -> tuple[End, subprocess.Popen[bytes]]:
    secret = secrets.token_bytes(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = start(subprocess.PIPE)
        with cast("IO[bytes]", child.stdin) as told:
            told.write(server.getsockname()[1].to_bytes(2, "big") + secret)
        end = time.monotonic() + CALL_S
        while child.poll() is None and time.monotonic() < end:
            server.settimeout(1)
            with contextlib.suppress(OSError):
                way, _ = server.accept()
                way.settimeout(1)
                if secrets.compare_digest(way.recv(SECRET, socket.MSG_WAITALL), secret):
                    return _over(way), child
                way.close()  # somebody else's
    child.kill()
    child.wait()
    raise RuntimeError("the process that reads pictures doesn't call")


def _over(way: socket.socket) -> End:
    way.settimeout(None)
    return Connection(way.detach())
