"""`python -m tests.support.short_waits`: the bot, which waits shortly where a test need not wait.

How long it waits before it tries again is not what these tests are about.
"""

import sys

import bot
from db.machines import engine, machine, post, registry, room, sweeper
from generation.models.hub import hub
from handlers.core import media_groups, replies
from handlers.delivery import sender, status_board, teller
from handlers.telegram import connection, patient_request

WAIT_S = 0.2
BEAT_S = 0.5
"""Seconds between the signs of life of a machine."""
LOST_S = 5.0
"""Seconds without one after which its job is another's."""


def shorten() -> None:
    """Shorten the pauses between two tries, two edits, and two parts of an album."""
    hub.TICK_S = 0
    for module in (connection, replies, sender, teller):
        module.RECONNECT_S = WAIT_S  # type: ignore[attr-defined]
    media_groups.QUIET_S = WAIT_S
    patient_request.WAITS_S = (WAIT_S,) * 4
    status_board.PAUSE_PRIVATE_S = status_board.PAUSE_GROUP_S = WAIT_S
    for module in (engine, machine, post, registry, room):
        module.HEARTBEAT_S = BEAT_S  # type: ignore[attr-defined]
    for module in (machine, sweeper):
        module.LOST_S = LOST_S  # type: ignore[attr-defined]


def run() -> None:
    shorten()
    sys.exit(bot.main(arguments=sys.argv[1:]))


if __name__ == "__main__":
    run()
