"""The READMEs and .env.example list what there is: each table in the code is looked up in them."""

import re
from collections.abc import Iterator

import pytest

from config import Settings
from generation.engine.backends import BACKENDS
from generation.models.catalogue import CATALOGUE
from tests.support.python_process import ROOT

READMES = ("README.md", "README.ru.md")

in_each_readme = pytest.mark.parametrize("readme", READMES)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def rows(page: str, beginning: str) -> Iterator[str]:
    """Give the rows of tables that begin so."""
    return (line for line in read(page).splitlines() if line.startswith(f"| {beginning}"))


@pytest.mark.parametrize("setting", [name.upper() for name in Settings.model_fields])
def test_every_setting_can_be_looked_up(setting: str) -> None:
    """In .env.example with its default, and in the tables of the READMEs."""
    assert re.search(rf"^#{setting}=", read(".env.example"), re.MULTILINE)
    for readme in READMES:
        assert any(f"`{setting}`" in row for row in rows(readme, "`")), readme


@in_each_readme
def test_every_device_can_be_looked_up(readme: str) -> None:
    """Where DEVICE is explained; in .env.example too."""
    (row,) = rows(readme, "`DEVICE`")
    example = read(".env.example").partition("#DEVICE=")[0].splitlines()[-1]
    for name in BACKENDS:
        assert f"`{name}`" in row
        assert re.search(rf"\b{name}\b", example)


@in_each_readme
def test_the_licence_of_every_weights_is_told(readme: str) -> None:
    """Whatever a name of the catalogue downloads stands among the licences."""
    for model in CATALOGUE:
        for source in (source for source in model.sources.values() if source.hub_id):
            assert f"`{source.hub_id}`" in read(readme)
            assert source.licence in read(readme)
