"""What a hub does wrong: each answers one request."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from tests.support.hub import HUB, Fault, sent

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""The time at a hub whose clock is not this machine's."""


def says(status: int, **headers: str) -> Fault:
    """Answer with a status. `Retry_After` is the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(request: web.Request, content: bytes) -> web.StreamResponse:
        return web.Response(status=status, headers=named)

    return answer


def asks_to_wait_until(seconds: int) -> Fault:
    """Say when to come again, as a date by the hub's own clock."""
    later = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)
    return says(429, Retry_After=later, Date=format_datetime(NOON, usegmt=True))


def breaks_after(size: int) -> Fault:
    """Break the connection after so many bytes."""

    async def answer(request: web.Request, content: bytes) -> web.StreamResponse:
        return await sent(request, content, size)

    return answer


def ends_after(size: int) -> Fault:
    """Announce fewer bytes than there are, and send these."""

    async def answer(request: web.Request, content: bytes) -> web.StreamResponse:
        return await sent(request, content[:size])

    return answer


def falls_silent_after(size: int) -> Fault:
    """Send so many bytes, and then nothing for as long as the hub is there."""

    async def answer(request: web.Request, content: bytes) -> web.StreamResponse:
        hub = request.app[HUB]
        hub.asked.set()
        begun = web.StreamResponse()
        begun.content_length = len(content)
        await begun.prepare(request)
        await begun.write(content[:size])
        await hub.closing.wait()
        return begun

    return answer


def sends_another_part(shift: int) -> Fault:
    """Send what begins elsewhere in the file, and say so."""

    async def answer(request: web.Request, content: bytes) -> web.StreamResponse:
        begin = (request.http_range.start or 0) + shift
        part = content[shift:]
        headers = {"Content-Range": f"bytes {begin}-{begin + len(part) - 1}/{begin + len(part)}"}
        return web.Response(status=206, body=part, headers=headers)

    return answer


def leads_to(url: str) -> Fault:
    """Lead on to another server."""
    return says(302, Location=url)


async def shows_a_page(request: web.Request, content: bytes) -> web.StreamResponse:
    """Answer as a hotel's login page does, whatever is asked."""
    return web.Response(text="<html>Welcome</html>", content_type="text/html")


async def sends_zeros(request: web.Request, content: bytes) -> web.StreamResponse:
    """Send another file of the same size."""
    return await sent(request, bytes(len(content)))
