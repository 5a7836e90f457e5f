"""The list of long tests: docs/decisions/0053-long-tests.md."""

from pathlib import Path

from tests.support.computing import FILE, KEPT, long_tests

ROOT = Path(__file__).parent.parent


def test_no_long_test_is_gone() -> None:
    """One that was renamed would be run by `make test` unseen."""
    kept = [line.removeprefix(KEPT) for line in FILE.read_text().splitlines() if KEPT in line]
    for name in [*long_tests(), *kept]:
        file, _, function = name.partition("::")
        assert f"def {function.partition('[')[0]}(" in (ROOT / file).read_text(), name
