"""One command of the bot: a row of the table in handlers/commands.py."""

from dataclasses import dataclass
from enum import Enum, Flag, auto

from telegram import Update

from handlers.core.access import OwnerOnly
from handlers.core.context import Answer, Context


class Where(Enum):
    EVERYWHERE = auto()
    PRIVATE = auto()
    """In a group it answers with a button to the private chat: faces and traits are private."""


class Menu(Flag):
    """Telegram's menus that list the command."""

    NONE = 0
    PRIVATE = auto()
    GROUP = auto()


class Who(Enum):
    ALLOWED = auto()
    OWNER = auto()
    EVERYBODY = auto()
    """Strangers and blocked people too."""


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is what follows the slash; `command-<name>` is its text in the menu."""

    name: str
    answer: Answer
    where: Where = Where.EVERYWHERE
    menu: Menu = Menu.NONE
    who: Who = Who.ALLOWED

    @property
    def has_deep_link(self) -> bool:
        """Whether `t.me/<bot>?start=<name>` answers as the command does.

        It leads from a group to what works only in the private chat.
        """
        return self.where is Where.PRIVATE

    async def answer_by(self, update: Update, context: Context) -> None:
        """Answer, if the person may use it. Raises OwnerOnly.

        Whatever leads to the command comes through here: words, a picture's caption, a link.
        """
        if self.who is Who.OWNER and not context.person.owner:
            raise OwnerOnly
        await self.answer(update, context)
