"""A bad hour: `python -m benchmarks.soak`, as long as `--minutes` says.

The bot draws by script for five people who go on asking for albums. Meanwhile the generator fails
in the middle of albums, Telegram refuses, is silent or drops answers, the disk refuses to be
written, and the clock jumps by seconds, an hour, a day. At the end each order must have one end
that its person knows. The counts are printed.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.support.soak import soak


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lot", type=int, default=1, help="another number, other bad luck")
    parser.add_argument("--log", action="store_true", help="print the bot's whole log")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        toll = asyncio.run(soak(Path(folder), asked.minutes, random.Random(asked.lot)))  # noqa: S311
    print(f"{asked.minutes:g} minutes, lot {asked.lot}")
    print(f"troubles: {dict(toll.troubles)}")
    print(f"orders {toll.fates.total()}: {dict(toll.fates)}")
    print(f"jobs {toll.states.total()}: {dict(toll.states)}")
    print("\n".join(toll.unanswered))
    print(f"lines of the log: {len(toll.log.splitlines())}")
    print(toll.log if asked.log else "\n".join(toll.log.splitlines()[-10:]))
    toll.check()
    return 0


if __name__ == "__main__":
    sys.exit(main())
