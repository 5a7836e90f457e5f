"""Updates made at random do no harm. `python -m benchmarks.fuzz` sends 20,000."""

from pathlib import Path

from tests.support.fuzz import fuzz, made_at_random

COUNT = 300


async def test_updates_made_at_random_do_no_harm(tmp_path: Path) -> None:
    """No accident, no answer to a stranger beyond the table, nobody's data shown or changed."""
    (await fuzz(tmp_path, made_at_random(COUNT, lot=1))).check()
