"""Numbers for Prometheus. No label and no number tells of a person."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from telegram import Update

from db import JobRecord
from generation.events import Cancelled, Failed, Generated
from generation.modes import MODES
from handlers.core.context import Context

SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800)
"""Borders between which albums' seconds are counted: from a fast card to a slow CPU."""

OTHER = "other"
"""Stands for a mode of another version, such as a machine may write."""


class Metrics:
    """Counts from the start on; Prometheus takes it from there over restarts."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._albums = Counter(
            "portrait_albums", "Albums by how they ended", ["mode", "outcome"], registry=own
        )
        self._seconds = Histogram(
            "portrait_album_seconds", "To draw an album", ["mode"], buckets=SECONDS, registry=own
        )
        self._pictures = Counter("portrait_pictures", "Pictures drawn", ["mode"], registry=own)
        self._updates = Counter("portrait_updates", "Updates from Telegram", registry=own)
        self._errors = Counter("portrait_errors", "Unexpected errors", registry=own)
        self._waiting = Gauge("portrait_waiting", "Albums that wait", registry=own)
        self._running = Gauge("portrait_running", "Albums being drawn", registry=own)

    def ended(self, job: JobRecord, event: Generated | Cancelled | Failed) -> None:
        """Count an album that was drawn, or came to nothing."""
        mode = job.mode_name if job.mode_name in MODES else OTHER
        self._albums.labels(mode, type(event).__name__.lower()).inc()
        if isinstance(event, Generated):
            self._pictures.labels(mode).inc(job.count)
            self._seconds.labels(mode).observe(event.seconds)

    async def update(self, _update: Update, _context: Context) -> None:
        """Count an update; other handlers answer it."""
        self._updates.inc()

    def error(self) -> None:
        self._errors.inc()

    def page(self, waiting: int, running: int) -> bytes:
        """Write everything as Prometheus reads it, with how many albums there are now."""
        self._waiting.set(waiting)
        self._running.set(running)
        return generate_latest(self._registry)
