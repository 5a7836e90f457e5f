"""The gate: an update goes on to its handler, or stops here."""

from collections.abc import Iterable

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop

from db import NOT_PEOPLE
from handlers.core.access import OWNERSHIP_LINK
from handlers.core.command import Command, Who
from handlers.core.context import Context
from handlers.core.invocation import invocation_in
from handlers.core.meant import is_meant_for
from handlers.core.replies import acknowledge
from handlers.core.speakers import is_for_others, is_said, speaks_as_chat


class Gate:
    """Knows the bot's commands: a command that names no bot reaches all bots of a group."""

    def __init__(self, commands: Iterable[Command]) -> None:
        commands = tuple(commands)
        self._ours = {command.name for command in commands}
        self._for_everybody = {command.name for command in commands if command.who is Who.EVERYBODY}

    async def check(self, update: Update, context: Context) -> None:
        """Let in whom the owner lets in; refuse others politely, in a group only now and then.

        Raises ApplicationHandlerStop for updates that stop here. After any other error the update
        stops in `errors.on_error`: a refusal that can't be sent lets nobody in.
        """
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or not self._is_for_us(update, context):
            raise ApplicationHandlerStop
        if (update.message and speaks_as_chat(update.message)) or user.id in NOT_PEOPLE:
            await _ask_for_a_person(update, chat, context)
            raise ApplicationHandlerStop
        if user.is_bot:  # two bots could talk for ever
            raise ApplicationHandlerStop
        context.person = await context.people.users.get(user.id)
        await _make_first_owner(context)
        if await _may_enter(chat, context):
            await _remember(context)
            return
        if not self._is_for_everybody(update):
            if update.callback_query or _is_due(chat, context, chat.id):
                text_id = await _refusal_of(update, chat, context)
                await _refuse(update, context.say(text_id, id=str(user.id)))
            raise ApplicationHandlerStop
        if update.message and not _is_due(chat, context, chat.id, user.id):
            raise ApplicationHandlerStop

    def _is_for_us(self, update: Update, context: Context) -> bool:
        """Say whether an update is meant for this bot.

        In a group only commands, buttons and replies to it are.
        """
        message, query = update.message, update.callback_query
        if message is None:
            return query is not None and not (query.message and is_for_others(query.message))
        if not is_said(message):
            return False
        return is_meant_for(context.bot, message, self._ours)

    def _is_for_everybody(self, update: Update) -> bool:
        """Say whether strangers may do this too: become the owner, or erase their data."""
        if query := update.callback_query:
            return (query.data or "").partition(":")[0] in self._for_everybody
        invocation = invocation_in(update.message) if update.message else None
        if invocation is None:
            return False
        if invocation.name == "start":  # a link leads here
            payload = invocation.payload
            return payload in self._for_everybody or payload.startswith(OWNERSHIP_LINK)
        return invocation.name in self._for_everybody


def _is_group_talk(update: Update) -> bool:
    message = update.message
    if message is None or message.chat.type == Chat.PRIVATE:
        return False
    return invocation_in(message) is None


async def _make_first_owner(context: Context) -> None:
    """Make the first person in the local chat its owner."""
    users = context.people.users
    if context.services.access.everybody and await users.owner() is None:
        await users.make_owner(context.person.id)
        context.person = await users.get(context.person.id)


async def _may_enter(chat: Chat, context: Context) -> bool:
    """Say whether the person may use the bot in this chat."""
    people, person = context.people, context.person
    if person.owner:
        return True
    if person.allowed is not None:
        return person.allowed
    if context.services.access.everybody:
        return True
    if chat.type == Chat.PRIVATE:
        return bool(person.group and await people.chats.allowed(person.group))
    allowed = bool(await people.chats.allowed(chat.id))
    if allowed and person.group != chat.id:
        await people.users.met_in(person.id, chat.id)
    return allowed


async def _remember(context: Context) -> None:
    """Keep what who may enter is called, so that the owner knows them by name.

    Of a stranger nothing is kept, unless they ask to be let in.
    """
    user, person = context.user, context.person
    called = user.full_name, user.username, user.language_code
    if called != (person.name, person.username, person.language):
        await context.people.users.remember(person.id, *called)


async def _refusal_of(update: Update, chat: Chat, context: Context) -> str:
    """Give the text for who may not enter. A stranger's /start in private asks the owner first."""
    if context.person.allowed is False:
        return "shut-out"
    if await context.people.users.owner() is None:
        return "stranger"
    invocation = invocation_in(update.message) if update.message else None
    if chat.type == Chat.PRIVATE and invocation and invocation.name == "start":
        rung = await context.services.doorbell.ring(context.user, context.language)
        return "asked-the-owner" if rung else "stranger"
    return "asked-the-owner" if context.person.asked else "stranger-start"


async def _ask_for_a_person(update: Update, chat: Chat, context: Context) -> None:
    """Ask somebody who writes as a group or a channel to write as themselves.

    An anonymous admin always hears it, a channel in a group that is not let in only now and then:
    anybody can make one.
    """
    speaker = update.message.sender_chat if update.message else None
    speaker_id = speaker.id if speaker else context.user.id
    at_home = speaker_id == chat.id or await context.people.chats.allowed(chat.id)
    if update.callback_query or at_home or _is_due(chat, context, chat.id, speaker_id):
        await _refuse(update, context.say("no-person"))


def _is_due(chat: Chat, context: Context, *key: int) -> bool:
    """Say whether an answer to who may not enter is due: always in private, in a group at times."""
    return chat.type == Chat.PRIVATE or context.services.access.is_due(*key)


async def _refuse(update: Update, text: str) -> None:
    """Say why, but not to who only talks in a group: under an album people talk to each other."""
    if _is_group_talk(update):
        return
    if update.callback_query:
        await acknowledge(update.callback_query, text, alert=True)
    elif update.message:
        await update.message.reply_text(text)
