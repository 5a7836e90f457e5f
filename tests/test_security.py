"""The page of threats names a test for each of its rows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("docs/security.md", "docs/many-machines.md")
ROW = re.compile(r"^\| \*\*.*\| (?P<tests>[^|]*) \|$", re.MULTILINE)
"""A row of a table of threats begins with who or what is feared, in bold."""
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES)
def test_what_a_row_names_is_there(page: str) -> None:
    """A file of tests, or one test of it."""
    for file, name in TEST.findall((ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / file).is_file(), file
        if name:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}: {name}"


def test_each_row_names_a_test() -> None:
    """Or says in its place how it was tried otherwise."""
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    for row in ROW.finditer(page):
        assert TEST.search(row["tests"]) or "by hand" in row["tests"], row[0]
