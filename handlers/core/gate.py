"""The gate: an update goes on to its handler, or stops here."""

from collections.abc import Iterable

from telegram import Chat, Message, MessageEntity, Update
from telegram.ext import ApplicationHandlerStop

from handlers.core.access import OWNERSHIP_LINK
from handlers.core.command import Command, Who
from handlers.core.context import Context


class Gate:
    """Knows the bot's commands: in a group every bot hears every command that names no bot."""

    def __init__(self, commands: Iterable[Command]) -> None:
        commands = tuple(commands)
        self._ours = {command.name for command in commands}
        self._for_everybody = {command.name for command in commands if command.who is Who.EVERYBODY}

    async def check(self, update: Update, context: Context) -> None:
        """Let in whom the owner lets in; give others one polite sentence, in a group now and then.

        Raises ApplicationHandlerStop for what goes no further.
        """
        if (
            update.effective_user is None
            or update.effective_chat is None
            or not self._is_for_us(update, context)
        ):
            raise ApplicationHandlerStop
        context.person = await context.people.users.get(context.user.id)
        if await _may(update, context) or self._is_for_everybody(update):
            return
        refusal = context.say("stranger", id=str(context.user.id))
        if update.callback_query:
            await update.callback_query.answer(refusal, show_alert=True)
        elif update.effective_message and context.services.access.may_refuse(update.effective_chat):
            await update.effective_message.reply_text(refusal)
        raise ApplicationHandlerStop

    def _is_for_us(self, update: Update, context: Context) -> bool:
        """Of a group take only what is addressed to this bot: a command, or a button of its own."""
        message = update.message
        if message is None:
            return update.callback_query is not None
        command = _command(message)
        if command and "@" in command:
            return command.partition("@")[2].lower() == context.bot.username.lower()
        if message.chat.type == Chat.PRIVATE:
            return True
        return (command or "").removeprefix("/").lower() in self._ours

    def _is_for_everybody(self, update: Update) -> bool:
        """Whoever is shut out may still become the owner, or have all about them erased."""
        if query := update.callback_query:
            return (query.data or "").partition(":")[0] in self._for_everybody
        text = (update.message.text if update.message else None) or ""
        return text.startswith(f"/start {OWNERSHIP_LINK}") or text in {
            f"/{name}" for name in self._for_everybody
        }


async def _may(update: Update, context: Context) -> bool:
    people, person = context.people, context.person
    everybody = context.services.access.everybody
    if everybody and await people.users.owner() is None:
        await people.users.make_owner(person.id)
        context.person = await people.users.get(person.id)
    if context.person.owner:
        return True
    if person.allowed is not None:
        return person.allowed
    if everybody:
        return True
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return bool(person.group and await people.chats.allowed(person.group))
    allowed = bool(await people.chats.allowed(chat.id))
    if allowed and person.group != chat.id:
        await people.users.met_in(person.id, chat.id)
    return allowed


def _command(message: Message) -> str | None:
    entities = message.parse_entities(
        [MessageEntity.BOT_COMMAND]
    ) or message.parse_caption_entities([MessageEntity.BOT_COMMAND])
    return next((text for entity, text in entities.items() if entity.offset == 0), None)
