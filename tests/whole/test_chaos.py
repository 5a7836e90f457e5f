"""A short piece of `python -m benchmarks.chaos`: bad luck for a club, and no album suffers."""

from pathlib import Path
from random import Random

from tests.support.chaos import Luck, chaos
from tests.support.postgres import postgres

LUCK = Luck(
    machines=2, jobs=6, killed=1, sleeps=1, postgres_restarts=1, bot_killed=1, asleep=8, pause=None,
    step_s=0.005,
)  # fmt: skip


async def test_bad_luck_costs_no_album(tmp_path: Path) -> None:
    """A machine is killed, one sleeps, Postgres is restarted, the bot is killed."""
    with postgres() as server:
        outcome = await chaos(tmp_path, server, LUCK, Random(2))  # noqa: S311 - nothing secret
    outcome.check(LUCK.jobs)
