"""Bytes for a port, as nobody's library would send them."""

import asyncio


async def sent(port: int, *parts: bytes, ends: bool = False) -> int:
    """Send it, and give the status of the first answer; 0: there was none.

    `ends`: the connection is broken off behind it, before any answer.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.writelines(parts)
        await writer.drain()
        if ends:
            writer.transport.abort()
            return 0
        line = await reader.readline()
        return int(line.split()[1]) if line else 0
    finally:
        writer.close()
