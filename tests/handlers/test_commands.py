"""The table of commands: whatever stands in it works in every place that it names."""

import pytest

from handlers.commands import COMMANDS, DEEP_LINKS
from handlers.core.command import Command, Menu, Where, Who
from handlers.texts import Texts
from tests.support.python_process import ROOT

LANGUAGES = list(Texts().languages)

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)


def test_no_command_is_there_twice() -> None:
    """A second row with the same name would never be reached."""
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names))


@each_command
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_a_menu_is_explained(command: Command, language: str) -> None:
    """It has its line in Telegram's menu, and /help names it, in every language."""
    if command.menu:
        say = Texts().say(language)
        assert say(f"command-{command.name}")
        assert command.name == "help" or f"/{command.name} " in say("help-commands")


@each_command
def test_a_group_is_offered_only_what_works_there(command: Command) -> None:
    """What is private has no place in a group's menu, and a link that leads to it."""
    private = command.where is Where.PRIVATE
    assert (command.name in DEEP_LINKS) == private
    assert not (private and Menu.GROUP in command.menu)


@each_command
def test_only_the_owner_is_offered_nothing_in_menus(command: Command) -> None:
    """Everybody sees the same menu: what only the owner may do is in the README."""
    assert not (command.who is Who.OWNER and command.menu)


@each_command
@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_the_readmes_list_every_command(command: Command, readme: str) -> None:
    """In a row of the table of commands."""
    rows = (ROOT / readme).read_text("utf-8").splitlines()
    assert any(row.startswith("|") and f"`/{command.name}" in row for row in rows)
