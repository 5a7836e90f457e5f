"""Bad luck for a club: `python -m benchmarks.chaos`, about six minutes.

Three machines draw for eight people who ask for sixty albums, by a script that takes some seconds
for each. Meanwhile machines are killed and put to sleep, Postgres is restarted, and the bot is
killed, at moments drawn by lot. Each album has to be delivered once, or asked about; none may be
lost, come twice, or have a picture of another. The counts are printed.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from random import Random

from tests.support.chaos import Luck, chaos
from tests.support.postgres import postgres

LUCK = Luck(
    machines=3, jobs=60, killed=12, sleeps=8, postgres_restarts=2, bot_killed=3,
    asleep=20, pause=16, step_s=0.05,
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lot", type=int, default=1, help="another number, other bad luck")
    lot = parser.parse_args().lot
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, postgres() as server:
        outcome = asyncio.run(chaos(Path(folder), server, LUCK, Random(lot)))  # noqa: S311 - a lot
    print(
        f"{LUCK.machines} machines, {LUCK.jobs} albums: {LUCK.killed} times a machine was killed, "
        f"{LUCK.sleeps} times one slept for {LUCK.asleep:g} s, {LUCK.postgres_restarts} restarts "
        f"of Postgres, the bot killed {LUCK.bot_killed} times, in {time.monotonic() - began:.0f} s"
    )
    print(f"albums: {dict(outcome.fates)}; with others' pictures: {len(outcome.mixed)}")
    print(f"pictures left in the database: {outcome.left}; asked again: {outcome.asked_again}")
    print(f"the machines' processes ended with {dict(outcome.exits)} (75: lost its job)")
    outcome.check(LUCK.jobs)


if __name__ == "__main__":
    main()
