"""Proxies that somebody may stand behind: they count who comes, and let everybody through."""

import asyncio
import contextlib
import re
import struct
from collections.abc import AsyncIterator
from typing import Literal

CHUNK = 2**16
ADDRESSED = re.compile(rb"^((?:GET|POST) )http://[^/]+")
"""How a proxy is asked: with the whole address, of which a server wants the path."""

SOCKS_GRANTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


class Proxy:
    """A proxy on this computer. `target` is where an HTTP one leads: it reads no addresses."""

    def __init__(self, kind: Literal["http", "socks5"], target: str) -> None:
        self._kind = kind
        self._target = target.rpartition("/")[2].rpartition(":")[::2]
        self.visits = 0
        self.broken = 0
        """Visits that are still broken off before it has said a word."""
        self.url = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Proxy"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"{self._kind}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.visits += 1
        if self.broken:
            self.broken -= 1
            writer.close()
            return
        host, port = self._target
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):  # they hung up
            if self._kind == "socks5":
                host, port = await _greet(reader, writer)
            there, back = await asyncio.open_connection(host, int(port))
            await asyncio.gather(_pass_on(reader, back), _pass_on(there, writer))


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, str]:
    """Speak SOCKS5 without a password; give the address that is asked for."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    *_, kind = await reader.readexactly(4)
    length = 4 if kind == 1 else (await reader.readexactly(1))[0]
    address = await reader.readexactly(length)
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    writer.write(SOCKS_GRANTED)
    return ".".join(map(str, address)) if kind == 1 else address.decode(), str(port)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while block := await reader.read(CHUNK):
        writer.write(ADDRESSED.sub(rb"\1", block))
        await writer.drain()
    writer.close()
