"""The engine's end on a machine: procrastinate fetches a job when the machine wants one."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.job_context import AbortReason
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker
from psycopg import AsyncConnection

from db.jobs.needs import Needs
from db.machines.handover import Handover, Lease, Verdict
from db.machines.leases import Leases
from db.machines.machine import HEARTBEAT_S

log = logging.getLogger(__name__)
# It logs a traceback for each sign of life that a connection did not carry; what matters is told
# here.
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)

TASK = "draw"
"""The name of the engine's task, which the triggers of the jobs table know."""

PATIENCE_S = 600.0
"""Seconds that the engine waits for a connection: meanwhile the album is drawn on."""

POLL_S = 5.0
"""Seconds until it looks at the line and at aborts again, should a notification be lost."""

RETRY_S = 2.0
"""Seconds until the engine is started anew after an error."""

SETTLE_S = 5.0
"""Seconds in which a job that has ended is written off when the engine stops."""

NEVER_S = 1e9
"""After how long one machine throws another one out: only the bot knows whether the database itself
was gone."""


class BackInLine(Exception):  # noqa: N818 - not an error: somebody else will draw it
    """The job goes back into the line."""


class _AtOnce(BaseRetryStrategy):  # type: ignore[misc]  # it ships no types for mypy
    def get_retry_decision(
        self,
        *,
        exception: BaseException,
        job: Job,  # noqa: ARG002 - the engine's protocol
    ) -> RetryDecision | None:
        return RetryDecision() if isinstance(exception, BackInLine) else None


def connector_to(address: str) -> PsycopgConnector:
    """Give the engine's way to its database; `address` is libpq's.

    Each of its statements is a transaction by itself, once it is opened on the loop: one around it
    would ask the server three times instead of once, and a job is to be claimed within 5 ms.
    """
    return PsycopgConnector(
        conninfo=address, min_size=1, max_size=4, timeout=PATIENCE_S, configure=_each_by_itself
    )


async def _each_by_itself(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


class Engine:
    """Fetches jobs while it is open, one at a time, and hands them over. It lives on the loop."""

    def __init__(
        self,
        address: str,
        handover: Handover,
        ring: Callable[[], None],
        cancel: Callable[[], None],
    ) -> None:
        """`address` is libpq's; `ring` and `cancel` are those of the thread that draws."""
        self._address = address
        self._handover = handover
        self._ring = ring
        self._cancel = cancel
        self._needs: Sequence[Needs] = ()
        self._fetched: Sequence[Needs] = ()
        """The queues from which the engine fetches now."""
        self._open = asyncio.Event()
        self._stopping = False
        self._worker: Worker | None = None
        self.drawing = False
        """Whether a job is handed over, and has not ended."""

    def open(self, needs: Sequence[Needs]) -> None:
        """Fetch jobs that need no more than this."""
        self._needs = needs
        self._open.set()
        if self._is_to_stop:
            self._stop_worker()

    def close(self) -> None:
        """Fetch no more jobs. The one that is being drawn goes on."""
        self._open.clear()
        self._handover.withdraw()
        self._stop_worker()

    def stop(self) -> None:
        """Close, and let `serve` end once the job has ended."""
        self._stopping = True
        self.close()
        self._open.set()

    async def serve(self) -> None:
        """Fetch jobs while it is open, until it is stopped."""
        while not self._stopping:
            try:
                async with self._app().open_async() as app:
                    while not self._stopping:
                        await self._open.wait()
                        if not self._stopping:
                            await self._work(app)
            except Exception as error:  # noqa: BLE001 - whatever the engine does, the machine goes on
                log.warning("The engine stopped, and is started anew: %s", error)
                await asyncio.sleep(RETRY_S)

    def _app(self) -> App:
        connector = connector_to(self._address)
        app = App(connector=connector)
        app.job_manager = Leases(connector)
        app.task(name=TASK, pass_context=True, retry=_AtOnce())(self._draw)
        return app

    async def _work(self, app: App) -> None:
        self._fetched = self._needs
        self._worker = Worker(
            app,
            queues=list(self._fetched),
            concurrency=1,
            delete_jobs=DeleteJobCondition.ALWAYS,
            fetch_job_polling_interval=POLL_S,
            abort_job_polling_interval=POLL_S,
            shutdown_graceful_timeout=SETTLE_S,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=NEVER_S,
        )
        try:
            await self._worker.run()
        finally:
            self._worker = None

    async def _draw(self, context: JobContext, job_id: int) -> None:
        """Hand the job over and wait for its end, also when it is to be cancelled."""
        job = context.job
        if job.id is None or job.worker_id is None:
            raise ValueError("the engine gave a job without its ids")
        if not self._open.is_set():
            raise BackInLine  # it was fetched while the engine was closed
        ended = self._handover.give(Lease(job_id, job.id, job.worker_id, job.attempts))
        self.drawing = True
        self._ring()
        try:
            verdict = await self._end_of(ended, context)
        finally:
            self.drawing = False
            if self._is_to_stop:
                self._stop_worker()
        if verdict is Verdict.PUT_BACK:
            raise BackInLine

    async def _end_of(self, ended: "asyncio.Future[Verdict]", context: JobContext) -> Verdict:
        while True:
            try:
                return await asyncio.shield(ended)
            except asyncio.CancelledError:
                # The engine also gives up when it has no database: then the album goes on.
                if context.abort_reason() is AbortReason.USER_REQUEST:
                    self._cancel()

    @property
    def _is_to_stop(self) -> bool:
        """Whether the engine fetches what it is not to fetch any more."""
        changed = list(self._fetched) != list(self._needs)
        return not self._open.is_set() or self._stopping or changed

    def _stop_worker(self) -> None:
        if self._worker and not self.drawing:
            self._worker.stop()
