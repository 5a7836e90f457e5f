"""A command that shows a few values, of which a person chooses one by its name or by a button."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from telegram import InlineKeyboardMarkup, Update

from db import Person, Users
from generation.errors import Refusal
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import find_named, words_after_command
from handlers.core.replies import acknowledge, replying_to
from handlers.texts import Say

T = TypeVar("T", bound=StrEnum)

GIVEN_SHOWN = 50
"""Most characters of a name that there is not, in the sentence about it."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """`name` is that of the command, and the beginning of its buttons and texts.

    `current` reads the person's present value, and `keep` writes another. `unknown` is raised for a
    name that there is not.
    """

    name: str
    values: type[T]
    current: Callable[[Person], T]
    keep: Callable[[Users, int, T], Awaitable[None]]
    unknown: type[Refusal]

    async def answer(self, update: Update, context: Context) -> None:
        """Show the values, or switch to the one that was named. Raises `unknown`."""
        message = message_in(update)
        given, reply = words_after_command(message), replying_to(message.message_id)
        if not given:
            text, keyboard = self._menu(context, self.current(context.person))
            await message.reply_text(text, reply_markup=keyboard, reply_parameters=reply)
            return
        chosen = self.named(context, given)
        await self.keep(context.people.users, context.person.id, chosen)
        await message.reply_text(self._chosen(context.say, chosen), reply_parameters=reply)

    async def press(self, update: Update, context: Context) -> None:
        """Switch to the value on the button."""
        query, (name,) = pressed(update, context, count=1)
        chosen = self.values(one_of(name, list(self.values)))
        await self.keep(context.people.users, context.person.id, chosen)
        await acknowledge(query, self._chosen(context.say, chosen))
        if chosen is not self.current(context.person):
            text, keyboard = self._menu(context, chosen)
            await message_of(query).edit_text(text, reply_markup=keyboard)

    def named(self, context: Context, given: str) -> T:
        """Find a value by its name in any language or its constant. Raises `unknown`."""
        names = {self._title(say, value): value for say in context.says for value in self.values}
        value = find_named(given, {**{value.value: value for value in self.values}, **names})
        if value is None:
            known = ", ".join(self._title(context.say, value) for value in self.values)
            raise self.unknown(given=given[:GIVEN_SHOWN], known=known)
        return value

    def _menu(self, context: Context, current: T) -> tuple[str, InlineKeyboardMarkup]:
        say = context.say
        labels = {value.value: self._title(say, value) for value in self.values}
        keyboard = keyboards.choice(self.name, labels, current, context.person.id)
        return say(self.name, current=self._title(say, current)), keyboard

    def _chosen(self, say: Say, value: T) -> str:
        return say(f"{self.name}-chosen", chosen=self._title(say, value))

    def _title(self, say: Say, value: T) -> str:
        return say(f"{self.name}-{value}")
