"""`python -m tests.support.claiming_process URL DATA_DIR`: two workers in a process of their own.

Says `ready`, waits for a line, claims and finishes jobs until there are none, and prints their ids.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from db import Albums, Database, WorkerQueue

THREADS = 2


def claim_all(queue: WorkerQueue) -> list[int]:
    claimed = []
    while job := queue.claim():
        claimed.append(job.id)
        queue.finish(job.id, 1.0)
    return claimed


def main() -> None:
    url, data = sys.argv[1:]
    queue = WorkerQueue(Database(url), Albums(Path(data, "albums")))
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as pool:
        for claims in [pool.submit(claim_all, queue) for _ in range(THREADS)]:
            print(*claims.result())


if __name__ == "__main__":
    main()
