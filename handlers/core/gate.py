"""The gate: an update goes on to its handler, or stops here."""

from collections.abc import Iterable

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop

from handlers.core.access import OWNERSHIP_LINK
from handlers.core.command import Command, Who
from handlers.core.context import Context
from handlers.core.invocation import invocation_in


class Gate:
    """Knows the bot's commands: a command that names no bot reaches all bots of a group."""

    def __init__(self, commands: Iterable[Command]) -> None:
        commands = tuple(commands)
        self._ours = {command.name for command in commands}
        self._for_everybody = {command.name for command in commands if command.who is Who.EVERYBODY}

    async def check(self, update: Update, context: Context) -> None:
        """Let in whom the owner lets in; refuse others politely, in a group only now and then.

        Raises ApplicationHandlerStop for updates that stop here.
        """
        if (
            update.effective_user is None
            or update.effective_chat is None
            or not self._is_for_us(update, context)
        ):
            raise ApplicationHandlerStop
        context.person = await context.people.users.get(context.user.id)
        await _make_first_owner(context)
        if await _may_enter(update, context) or self._is_for_everybody(update):
            return
        refusal = context.say("stranger", id=str(context.user.id))
        if update.callback_query:
            await update.callback_query.answer(refusal, show_alert=True)
        elif update.effective_message and context.services.access.may_refuse(update.effective_chat):
            await update.effective_message.reply_text(refusal)
        raise ApplicationHandlerStop

    def _is_for_us(self, update: Update, context: Context) -> bool:
        """Say whether an update is meant for this bot; in a group only commands and buttons are."""
        message = update.message
        if message is None:
            return update.callback_query is not None
        invocation = invocation_in(message)
        if invocation and invocation.bot:
            return invocation.bot.lower() == context.bot.username.lower()
        if message.chat.type == Chat.PRIVATE:
            return True
        return invocation is not None and invocation.name in self._ours

    def _is_for_everybody(self, update: Update) -> bool:
        """Say whether strangers may do this too: become the owner, or erase their data."""
        if query := update.callback_query:
            return (query.data or "").partition(":")[0] in self._for_everybody
        text = (update.message.text if update.message else None) or ""
        return text.startswith(f"/start {OWNERSHIP_LINK}") or text in {
            f"/{name}" for name in self._for_everybody
        }


async def _make_first_owner(context: Context) -> None:
    """Make the first person in the local chat its owner."""
    users = context.people.users
    if context.services.access.everybody and await users.owner() is None:
        await users.make_owner(context.person.id)
        context.person = await users.get(context.person.id)


async def _may_enter(update: Update, context: Context) -> bool:
    """Say whether the person may use the bot in this chat."""
    people, person = context.people, context.person
    if person.owner:
        return True
    if person.allowed is not None:
        return person.allowed
    if context.services.access.everybody:
        return True
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return bool(person.group and await people.chats.allowed(person.group))
    allowed = bool(await people.chats.allowed(chat.id))
    if allowed and person.group != chat.id:
        await people.users.met_in(person.id, chat.id)
    return allowed
