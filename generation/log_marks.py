"""Which job a line of the log is about, for whoever writes the line."""

from contextvars import ContextVar

JOB: ContextVar[int | None] = ContextVar("job", default=None)
"""The job that this thread, or this task, works on."""
