"""Updates as nobody sends them: `python -m benchmarks.fuzz`, some minutes for 20,000.

They are made at random of the Bot API's own types, and of what people do send. They go through the
whole bot: its handlers, its database, the fake Bot API, with a generator that draws by script.
Counted are accidents, answers to a stranger beyond what strangers may read, and data of people who
sent nothing that were shown or changed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.support.fuzz import fuzz, made_at_random


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=20_000)
    parser.add_argument("--lot", type=int, default=1, help="another number, other updates")
    asked = parser.parse_args()
    began = time.monotonic()
    chosen = made_at_random(asked.updates, asked.lot)
    print(f"{len(chosen)} updates made in {time.monotonic() - began:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        findings = asyncio.run(fuzz(Path(folder), chosen))
    print(f"all in {time.monotonic() - began:.0f} s, lot {asked.lot}: sent {dict(findings.sent)}")
    print(f"requests of the bot: {dict(findings.answers)}")
    print(f"accidents: {len(findings.accidents)}; told wrongly: {len(findings.told)}")
    print(f"people whose data others changed: {len(findings.changed)}")
    findings.check()
    return 0


if __name__ == "__main__":
    sys.exit(main())
