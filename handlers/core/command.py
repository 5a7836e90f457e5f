"""One command of the bot: a row of the table in handlers/commands.py."""

from dataclasses import dataclass
from enum import Enum, Flag, auto

from handlers.core.context import Answer


class Where(Enum):
    EVERYWHERE = auto()
    PRIVATE = auto()
    """A group gets a button that leads to the private chat: faces and traits are nobody else's."""


class Menu(Flag):
    """In which of Telegram's command menus the command stands."""

    NONE = 0
    PRIVATE = auto()
    GROUP = auto()


class Who(Enum):
    ALLOWED = auto()
    OWNER = auto()
    EVERYBODY = auto()
    """Also a person who was shut out."""


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is what follows the slash; `command-<name>` in the texts is its line in the menu."""

    name: str
    answer: Answer
    where: Where = Where.EVERYWHERE
    menu: Menu = Menu.NONE
    who: Who = Who.ALLOWED

    @property
    def has_deep_link(self) -> bool:
        """Whether `t.me/<bot>?start=<name>` answers as the command does.

        That is how a group's members get to what works only in the private chat.
        """
        return self.where is Where.PRIVATE
