"""The engine's writing off of jobs, for machines that may sleep at any moment."""

from typing import Any

from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from db.machines.handover import still_mine

MINE = still_mine("%({})s")

FINISH = f"DELETE FROM procrastinate_jobs WHERE {MINE}"  # noqa: S608 - ours

PUT_BACK = f"""
WITH mine AS (SELECT id, queue_name FROM procrastinate_jobs WHERE {MINE} FOR UPDATE)
SELECT procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL),
    pg_notify('procrastinate_queue_v1#' || queue_name,
              json_build_object('type', 'job_inserted', 'job_id', id)::text)
FROM mine
"""  # noqa: S608 - ours
"""Other machines hear of it at once: the engine tells them only of new jobs."""


class Leases(JobManager):  # type: ignore[misc]  # it ships no types for mypy
    """Writes off only what this machine has."""

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: ARG002, FBT001 - the engine's
        await self.connector.execute_query_async(FINISH, **_lease(job))

    async def retry_job(self, job: Job, **_: Any) -> None:  # noqa: ANN401 - the engine's
        await self.connector.execute_query_all_async(PUT_BACK, **_lease(job))


def _lease(job: Job) -> dict[str, int | None]:
    return {"engine_id": job.id, "worker_id": job.worker_id, "attempts": job.attempts}
