"""What every handler is given, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from db import Albums, Characters, Chats, Jobs, Line, Person, Ticket, Users
from generation.faces import FaceFinder
from generation.presets import Preset
from generation.workers import Workers
from handlers.access import Access
from handlers.admins import Admins
from handlers.delivery import Delivery
from handlers.owner import Owner
from handlers.statuses import Statuses
from handlers.texts import Say, Texts

SERVICES = "services"
"""Their place in the application's `bot_data`."""


@dataclass(frozen=True, slots=True)
class Services:
    """All that the handlers work with; bot.py puts it together."""

    users: Users
    chats: Chats
    characters: Characters
    jobs: Jobs
    line: Line
    albums: Albums
    faces: FaceFinder
    workers: Workers
    statuses: Statuses
    delivery: Delivery
    owner: Owner
    texts: Texts
    access: Access
    admins: Admins
    presets: Mapping[str, Preset]
    default_preset: str
    album_size: int
    benchmark: Mapping[str, float]
    """Seconds of a picture in each mode, as far as the speed test was run on this machine."""


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """One update's context. `person` is set by the gate in access.py."""

    person: Person
    user: User
    update_id: int | None = None

    @classmethod
    def from_update(
        cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]"
    ) -> "Context":
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.update_id = update.update_id
        user = update.effective_user if isinstance(update, Update) else None
        if user:
            context.user = user
            context.person = Person(user.id)
        return context

    @property
    def services(self) -> Services:
        return self.bot_data[SERVICES]

    @property
    def language(self) -> str:
        return self.services.texts.language(self.user.language_code)

    @property
    def say(self) -> Say:
        """The texts in the person's language."""
        return self.services.texts.say(self.language)

    @property
    def preset(self) -> Preset:
        """The person's mode."""
        presets = self.services.presets
        return presets.get(self.person.preset or "") or presets[self.services.default_preset]

    def ticket(self, message: Message) -> Ticket:
        """Say whose job it is that `message` asks for, and where the answer goes."""
        thread = message.message_thread_id if message.is_topic_message else None
        return Ticket(
            self.user.id,
            message.chat.id,
            thread,
            message.message_id,
            self.language,
            self.update_id,
        )


def words_after_command(message: Message) -> str:
    """Give what follows the command, on one line."""
    text = message.text or message.caption or ""
    return " ".join(text.split()[1:])


def message_in(update: Update) -> Message:
    """Give the update's message, which every handler of messages has."""
    if update.effective_message is None:
        raise LookupError("an update without a message reached a handler of messages")
    return update.effective_message
