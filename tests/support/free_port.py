"""A port of this computer that nobody has, and that nobody gets by chance before it is used."""

import os
import socket
from itertools import count

FIRST, COUNT = 20_000, 10_000
"""Below the ports that a system gives to connections and to servers that name none: one of those
could be given away again between here and there."""

_next = count(os.getpid() * 101)
"""Each process begins elsewhere, for several run tests at the same time."""


def free_port() -> int:
    for number in _next:
        port = FIRST + number % COUNT
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("it counts without end")
