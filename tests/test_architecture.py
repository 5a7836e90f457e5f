"""The page about the house says what the code does, and no room grows beyond its walls."""

import re
from pathlib import Path

import grimp
import pytest

from tests.support.python_process import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PACKAGES = ("commands", "handlers", "db", "generation", "playground", "decoding")
MOST_LINES = 300
KINDS = ("py", "js", "css", "html")


def rooms_on_the_page() -> dict[str, set[str]]:
    """Read the arrows: a room, and the rooms that it imports."""
    arrows = re.findall(r"^([\w.]+) +-> (.+)$", PAGE, re.MULTILINE)
    return {room: set(imported.split()) for room, imported in arrows}


def rooms_in_the_code(named: set[str]) -> dict[str, set[str]]:
    """Ask import-linter's own graph; a module belongs to the innermost room that has it."""
    graph = grimp.build_graph(*PACKAGES)
    rooms = sorted(named | set(PACKAGES), key=len, reverse=True)

    def room_of(module: str) -> str:
        return next(room for room in rooms if f"{module}.".startswith(f"{room}."))

    arrows: dict[str, set[str]] = {}
    for module in graph.modules:
        importer = room_of(module)
        imported = {room_of(other) for other in graph.find_modules_directly_imported_by(module)}
        if outside := imported - {importer}:
            arrows.setdefault(importer, set()).update(outside)
    return arrows


def test_the_arrows_are_those_of_the_code() -> None:
    """A room that begins to import another one, or stops, is drawn anew on the page."""
    drawn = rooms_on_the_page()
    assert drawn == rooms_in_the_code(set(drawn))


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_every_file_on_the_page_is_there(page: str) -> None:
    """A newcomer finds what the page names."""
    named = re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|toml|ftl|md|txt))`", (ROOT / page).read_text())
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_no_file_is_longer_than_a_noun() -> None:
    """300 lines; tests and texts are exempt."""
    folders = [ROOT / name for name in (*PACKAGES, "benchmarks")]
    files = [*ROOT.glob("*.py")]
    for folder in folders:
        files += (file for kind in KINDS for file in folder.rglob(f"*.{kind}"))
    lengths = {str(file.relative_to(ROOT)): _lines(file) for file in files}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())
