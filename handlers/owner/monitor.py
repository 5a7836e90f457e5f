"""/healthz and /metrics, for programs on this computer that watch the bot."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from db import DataUnwritable, Statistics
from generation.errors import Refusal
from generation.work.workers import Workers
from handlers.core.port import listening
from handlers.owner.metrics import Metrics

HOST = "127.0.0.1"

ANSWER_S = 5.0
"""Seconds that the database has for an answer."""


class MetricsPortTaken(Refusal):
    """Nothing can listen at METRICS_PORT. Fields: port, reason."""


class Monitor:
    """Lives on the bot's event loop: when that hangs, nobody answers, which says so too."""

    def __init__(self, statistics: Statistics, workers: Workers, metrics: Metrics) -> None:
        self._statistics = statistics
        self._workers = workers
        self._metrics = metrics

    @contextlib.asynccontextmanager
    async def serve(self, port: int) -> AsyncIterator[None]:
        """Answer until the block ends. Raises MetricsPortTaken."""
        server = web.Application(middlewares=[_own_hosts])
        server.router.add_get("/healthz", self._health)
        server.router.add_get("/metrics", self._numbers)

        def taken(reason: str) -> MetricsPortTaken:
            return MetricsPortTaken(port=str(port), reason=reason)

        async with listening(server, HOST, port, taken):
            yield

    async def _health(self, _: web.Request) -> web.Response:
        """Say whether the bot works, or what does not, without a detail of anybody's data."""
        trouble = None
        try:
            await self._line()
        except (DataUnwritable, TimeoutError):
            trouble = "the database does not answer"
        if not self._workers.alive:
            trouble = "a worker is not running"
        return web.Response(text=f"{trouble or 'ok'}\n", status=503 if trouble else 200)

    async def _numbers(self, _: web.Request) -> web.Response:
        try:
            waiting, running = await self._line()
        except (DataUnwritable, TimeoutError):
            return web.Response(text="the database does not answer\n", status=503)
        page = self._metrics.page(waiting, running)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _line(self) -> tuple[int, int]:
        return await asyncio.wait_for(self._statistics.line(), ANSWER_S)


@web.middleware
async def _own_hosts(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other names for this address: a site may have lured a browser here (DNS rebinding)."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else None
    if request.host not in {f"{HOST}:{port}", f"localhost:{port}"}:
        raise web.HTTPForbidden
    return await handler(request)
