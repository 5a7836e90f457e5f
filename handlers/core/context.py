"""What every handler is given, typed."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from telegram import Chat, Message, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from db import (
    Admission,
    Albums,
    Characters,
    Chats,
    Choices,
    Consents,
    Corrections,
    GuestList,
    JobRecord,
    Jobs,
    Machines,
    Person,
    PersonalRecords,
    Statistics,
    Ticket,
    Users,
    WaitEstimates,
)
from generation.events import Cancelled, Failed
from generation.faces.finder import FaceFinder
from generation.models.choice import ModelChoice
from generation.modes import Mode
from generation.words.style import Style
from generation.words.styles import StyleEntry
from generation.work.samples import Samples
from generation.work.workers import Workers
from handlers.core.access import Access
from handlers.core.accidents import Accidents
from handlers.core.decency import Decency
from handlers.texts import Say, Texts

SERVICES = "services"
"""The key of the services in the application's `bot_data`."""


class Delivery(Protocol):
    """What handlers ask of the delivery of albums, and of news about them."""

    async def pause(self, *, paused: bool) -> None:
        """Tell those who wait that no album is begun, as the owner wants it, or that they are."""

    async def announce(self, job: JobRecord) -> None:
        """Send the status message of an accepted job, which says where it stands."""

    async def follow(self, old_chat_id: int) -> None:
        """Announce again the unfinished jobs of a chat that has moved."""

    def deliver(self, job_id: int) -> None:
        """Send a generated album, in the background."""

    async def ended(self, job: JobRecord, event: Cancelled | Failed) -> None:
        """Tell the person that a job ended without an album, and move the others up."""

    async def cancelling(self, job: JobRecord) -> None:
        """Say that a running job is about to be cancelled."""

    async def abandon(self, job_ids: list[int]) -> None:
        """Send nothing more of erased jobs. Telegram is not asked anything."""

    async def take_away(self, job_ids: list[int]) -> None:
        """Delete the status messages of abandoned jobs: it takes as long as Telegram does."""

    async def send_to(
        self,
        job: JobRecord,
        ticket: Ticket,
        accepted: Callable[[], Awaitable[None]] | None = None,
    ) -> bool:
        """Send a drawn album to where the ticket says; False when it is on its way already."""

    def text_under(self, job: JobRecord, say: Say, chat_id: int) -> str:
        """Write what stands under an album in a chat, above its buttons."""

    async def send_again(self, job_id: int, person_id: int) -> bool:
        """Send an album that did not arrive; False if the person was not asked about it."""

    async def arrived(self, job_id: int, person_id: int) -> bool:
        """Put the buttons under an album that arrived; False if the person was not asked."""


class OwnerAlerts(Protocol):
    """How a handler lets the owner know that something is wrong with the machine."""

    async def data_unwritable(self, error: BaseException) -> None:
        """Say that the data can't be written."""

    async def files_out_of_reach(self, error: BaseException) -> None:
        """Say that the Bot API server keeps people's files where they can't be read."""

    async def pictures_left(self, job_ids: Sequence[int]) -> None:
        """Say that the pictures of erased jobs can't be removed."""


class Doorbell(Protocol):
    """How a stranger, or a group, asks the owner to be let in."""

    async def ring(self, user: User, language: str) -> bool:
        """Ask for a person; False when there is no owner, or none who can be reached."""

    async def ring_for_group(self, chat: Chat, adder: User) -> bool:
        """Ask for a group to which somebody added the bot; False as in `ring`."""


class GroupAdmins(Protocol):
    """Who administers a group."""

    async def has(self, chat_id: int, person_id: int) -> bool:
        """Say whether the person is one of the group's admins."""


@dataclass(frozen=True, slots=True)
class People:
    """The people: who they are, where they may use the bot, and what they look like."""

    users: Users
    chats: Chats
    guests: GuestList
    characters: Characters
    faces: FaceFinder
    corrections: Corrections
    consents: Consents
    records: PersonalRecords
    """Everything that is kept of somebody."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What makes an album of words, and brings it to the chat."""

    jobs: Jobs
    admission: Admission
    waits: WaitEstimates
    albums: Albums
    decency: Decency
    """What stands between its pictures and every message."""
    workers: Workers
    own_workers: int
    """How many albums this computer draws at once."""
    machines: Machines
    """The other computers that draw."""
    delivery: Delivery
    modes: Mapping[str, Mode]
    default_mode: str
    album_size: int
    plain_words: bool
    """Whether words without a command are drawn in a private chat."""
    ideas: Sequence[str]
    """Names of the ideas that the model can draw."""
    tales: Sequence[str]
    """Names of the stories that it can draw."""
    styles: Mapping[str, StyleEntry]
    """The styles that the model can draw, by their names."""
    other_styles: Mapping[str, StyleEntry]
    """The styles that it can't."""
    loras: Sequence[str]
    """Names of the owner's LoRAs."""
    samples: Samples
    """A picture of each style that it can draw."""
    model_choice: ModelChoice
    """The model, and those that the owner may choose."""
    choices: Choices
    """What the owner has chosen."""
    measured_seconds: Callable[[], Mapping[str, float]]
    """Seconds per picture, by mode, if the speed test was run on this machine."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How data are kept. `days`: how long albums are; None: for ever."""

    days: int | None
    sealed: bool
    """Faces and pictures are encrypted on the disk."""
    in_local_chat: bool
    """The chat itself is on this computer, too."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that handlers work with. commands/composition.py puts it together."""

    people: People
    drawing: Drawing
    texts: Texts
    access: Access
    group_admins: GroupAdmins
    owner_alerts: OwnerAlerts
    accidents: Accidents
    """What went wrong unexpectedly."""
    statistics: Statistics
    data_dir: Path
    doorbell: Doorbell
    kept: Kept
    deep_links: "Mapping[str, Answer]"
    """What answers to `/start <payload>`, by the payload."""


class Context(CallbackContext[ExtBot[Any], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """One update's context. The gate sets `person`."""

    person: Person
    user: User
    update_id: int | None = None
    button: str | None = None
    """The data of the button that was pressed."""

    @classmethod
    def from_update(
        cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]"
    ) -> "Context":
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.update_id = update.update_id
            context.button = update.callback_query.data if update.callback_query else None
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
    def says(self) -> list[Say]:
        """The texts in every language: people name things in the one that they think in."""
        texts = self.services.texts
        return [texts.say(language) for language in texts.languages]

    @property
    def mode(self) -> Mode:
        """The mode that the person chose, or else that of the settings; with their likeness."""
        return self.mode_named(self.person.mode_name)

    def mode_named(self, name: str | None) -> Mode:
        """Give a mode as the person likes it; in place of one that isn't there, the settings'."""
        modes = self.drawing.modes
        mode = modes.get(name or "") or modes[self.drawing.default_mode]
        return mode.with_likeness(self.person.likeness)

    @property
    def style(self) -> Style | None:
        """The style that the person chose, if there is one and the model can draw it."""
        entry = self.drawing.styles.get(self.person.style or "")
        return entry.style if entry else None

    def ticket(self, message: Message) -> Ticket:
        """Make the ticket of the job that `message` asks for."""
        thread = message.message_thread_id if message.is_topic_message else None
        return Ticket(
            self.user.id,
            message.chat.id,
            thread,
            message.message_id,
            self.language,
            self.update_id,
            self.button,
        )


Answer = Callable[[Update, Context], Coroutine[Any, Any, None]]
"""A handler: what answers to a command, a button or a message."""


def message_in(update: Update) -> Message:
    """Give the update's message. Raises LookupError when there is none."""
    if update.effective_message is None:
        raise LookupError("an update without a message reached a handler of messages")
    return update.effective_message
