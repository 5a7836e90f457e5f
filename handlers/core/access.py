"""Who may use the bot: closed by default, opened by its owner."""

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telegram import Chat, Message, MessageEntity, Update
from telegram.ext import ApplicationHandlerStop

if TYPE_CHECKING:
    from handlers.context import Context

CLAIM = "claim-"
COMMANDS = {
    *("start", "help", "generate", "again", "preset", "queue", "cancel", "allow", "block"),
    *("register", "traits", "character", "history", "forget"),
}
"""In a group every bot hears every command that names no bot: these are ours."""

QUIET_S = 60
"""Between two refusals in one group: Telegram grants it few messages a minute."""


@dataclass(slots=True)
class Access:
    """`everybody`: the local chat, where the first person is the owner."""

    everybody: bool = False
    claim_code: str | None = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    """128 random bits, good for one owner; None when there is one."""
    refused: dict[int, float] = field(default_factory=dict)
    """By the monotonic clock, when a stranger was last refused in a group."""

    def claimed_by(self, code: str) -> bool:
        if self.claim_code is None or not hmac.compare_digest(
            code.encode(), self.claim_code.encode()
        ):
            return False
        self.claim_code = None
        return True

    def may_refuse(self, chat: Chat) -> bool:
        """Say whether a stranger hears a refusal here now: in a group once in QUIET_S."""
        if chat.type == Chat.PRIVATE:
            return True
        clock = time.monotonic()
        self.refused = {id_: at for id_, at in self.refused.items() if clock - at < QUIET_S}
        if chat.id in self.refused:
            return False
        self.refused[chat.id] = clock
        return True


async def gate(update: Update, context: "Context") -> None:
    """Let in whom the owner lets in; give others one polite sentence, in a group now and then."""
    if (
        update.effective_user is None
        or update.effective_chat is None
        or not _for_us(update, context)
    ):
        raise ApplicationHandlerStop
    context.person = await context.services.users.get(context.user.id)
    if await _may(update, context) or _claims(update) or _forgets(update):
        return
    if update.callback_query:
        await update.callback_query.answer(
            context.say("stranger", id=str(context.user.id)), show_alert=True
        )
    elif update.effective_message and context.services.access.may_refuse(update.effective_chat):
        await update.effective_message.reply_text(context.say("stranger", id=str(context.user.id)))
    raise ApplicationHandlerStop


async def _may(update: Update, context: "Context") -> bool:
    services, person = context.services, context.person
    if services.access.everybody and await services.users.owner() is None:
        await services.users.make_owner(person.id)
        context.person = await services.users.get(person.id)
    if context.person.owner:
        return True
    if person.allowed is not None:
        return person.allowed
    if services.access.everybody:
        return True
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return bool(person.group and await services.chats.allowed(person.group))
    allowed = bool(await services.chats.allowed(chat.id))
    if allowed and person.group != chat.id:
        await services.users.met_in(person.id, chat.id)
    return allowed


def _claims(update: Update) -> bool:
    text = update.message.text if update.message else None
    return bool(text and text.startswith(f"/start {CLAIM}"))


def _forgets(update: Update) -> bool:
    """Whoever is shut out may still have everything about them erased."""
    if query := update.callback_query:
        return bool(query.data and query.data.startswith("forget:"))
    return bool(update.message and update.message.text == "/forget")


def _for_us(update: Update, context: "Context") -> bool:
    """Of a group only what is addressed to this bot: a command, or a button of its own."""
    message = update.message
    if message is None:
        return update.callback_query is not None
    command = _command(message)
    if command and "@" in command:
        return command.partition("@")[2].lower() == context.bot.username.lower()
    if message.chat.type == Chat.PRIVATE:
        return True
    return (command or "").removeprefix("/").lower() in COMMANDS


def _command(message: Message) -> str | None:
    entities = message.parse_entities(
        [MessageEntity.BOT_COMMAND]
    ) or message.parse_caption_entities([MessageEntity.BOT_COMMAND])
    return next((text for entity, text in entities.items() if entity.offset == 0), None)
