"""Old albums go once a day, and at each start."""

import asyncio
import logging

from db import DataUnwritable, Keeping

log = logging.getLogger(__name__)

EVERY_S = 24 * 60 * 60
"""Seconds between two looks."""


async def sweep_daily(keeping: Keeping) -> None:
    """Look for old albums now, and then once a day, until cancelled."""
    while True:
        try:
            await keeping.sweep()
        except DataUnwritable:
            log.warning("Old albums stay until tomorrow", exc_info=True)
        await asyncio.sleep(EVERY_S)
