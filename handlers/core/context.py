"""What every handler is given, typed."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from telegram import Message, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from db import (
    Admission,
    Albums,
    Characters,
    Chats,
    JobRecord,
    Jobs,
    Person,
    Ticket,
    Users,
    WaitEstimates,
)
from generation.events import Cancelled, Failed
from generation.faces.finder import FaceFinder
from generation.modes import Mode
from generation.work.workers import Workers
from handlers.core.access import Access
from handlers.texts import Say, Texts

SERVICES = "services"
"""The key of the services in the application's `bot_data`."""


class Delivery(Protocol):
    """What handlers ask of whoever brings albums and news of them to the chats."""

    async def announce(self, job: JobRecord) -> None:
        """Say where an accepted job stands, in a message that will follow it."""

    async def follow(self, old_chat_id: int) -> None:
        """Announce anew what waits in a chat that has moved."""

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""

    async def ended(self, job: JobRecord, event: Cancelled | Failed) -> None:
        """Tell the person that a job ended without an album, and move the others up."""

    async def cancelling(self, job: JobRecord) -> None:
        """Say that a running job is about to be cancelled."""

    async def forget(self, job_ids: list[int]) -> None:
        """Stop sending what was erased, and take its status messages away."""

    async def send_again(self, job_id: int, person_id: int) -> bool:
        """Send an album that did not arrive; False when this person was not asked about it."""

    async def arrived(self, job_id: int, person_id: int) -> bool:
        """Put the buttons under an album that did arrive; False as above."""


class OwnerAlerts(Protocol):
    """How a handler lets the owner know that something is wrong with the machine."""

    async def data_unwritable(self, error: BaseException) -> None:
        """Say that the data can't be written."""


class GroupAdmins(Protocol):
    """Who looks after a group."""

    async def has(self, chat_id: int, person_id: int) -> bool:
        """Say whether the person is one of the group's admins."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is there and what they look like: what handlers/person works with."""

    users: Users
    chats: Chats
    characters: Characters
    faces: FaceFinder


@dataclass(frozen=True, slots=True)
class Drawing:
    """From words to an album: what handlers/albums works with."""

    jobs: Jobs
    admission: Admission
    waits: WaitEstimates
    albums: Albums
    workers: Workers
    delivery: Delivery
    modes: Mapping[str, Mode]
    default_mode: str
    album_size: int
    measured_seconds: Mapping[str, float]
    """Seconds of a picture by mode, where the speed test was run on this machine."""


@dataclass(frozen=True, slots=True)
class Services:
    """All that is there for the handlers. commands/compose.py puts it together."""

    people: People
    drawing: Drawing
    texts: Texts
    access: Access
    group_admins: GroupAdmins
    owner_alerts: OwnerAlerts
    deep_links: "Mapping[str, Answer]"
    """What answers to `/start <payload>`, by the payload."""


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """One update's context. The gate sets `person`."""

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
    def people(self) -> People:
        return self.services.people

    @property
    def drawing(self) -> Drawing:
        return self.services.drawing

    @property
    def language(self) -> str:
        return self.services.texts.language(self.user.language_code)

    @property
    def say(self) -> Say:
        """The texts in the person's language."""
        return self.services.texts.say(self.language)

    @property
    def mode(self) -> Mode:
        """The mode that the person chose, or else the settings' one."""
        modes = self.drawing.modes
        return modes.get(self.person.mode_name or "") or modes[self.drawing.default_mode]

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


Answer = Callable[[Update, Context], Coroutine[Any, Any, None]]
"""A handler: what answers to a command, a button or a message."""


def words_after_command(message: Message) -> str:
    """Give what follows the command, on one line."""
    text = message.text or message.caption or ""
    return " ".join(text.split()[1:])


def message_in(update: Update) -> Message:
    """Give the update's message, which every handler of messages has."""
    if update.effective_message is None:
        raise LookupError("an update without a message reached a handler of messages")
    return update.effective_message
