"""The bot is added to a group, or removed from one."""

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError

from db import NOT_PEOPLE, Person
from handlers.core.context import Context
from handlers.core.rejections import Closed, meaning_of

GROUPS = (Chat.GROUP, Chat.SUPERGROUP)
"""A channel has nobody who could ask for a picture, and a private chat has its /start."""


async def follow(update: Update, context: Context) -> None:
    """Work in a group that who may decide added the bot to; ask the owner about any other."""
    change = update.my_chat_member
    if change is None or change.chat.type not in GROUPS:
        return
    was, is_ = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    if was and not is_:
        await context.people.chats.removed(change.chat.id)
    elif is_ and not was:
        await _added(change, context)


async def _added(change: ChatMemberUpdated, context: Context) -> None:
    chat, adder = change.chat, change.from_user
    person = await context.people.users.get(adder.id)
    known = await context.people.chats.get(chat.id)
    if known.allowed and not known.away:
        return  # it was a group a moment ago, and is a supergroup now
    if person.allowed is False or (known.allowed is False and not person.owner):
        await context.bot.leave_chat(chat.id)
    elif _decides(person, context):
        await context.people.chats.allow(chat.id, allowed=True)
        await _say(chat, context, "group-hello")
    elif await context.services.doorbell.ring_for_group(chat, adder):
        await _say(chat, context, "group-asked")
    else:
        await _say(chat, context, "group-stranger")


def _decides(person: Person, context: Context) -> bool:
    """Say whether a group works because this person added the bot.

    A limited person's doesn't: its members would have no limit, and they could be anybody.
    """
    if person.id in NOT_PEOPLE:
        return False
    allowed = bool(person.allowed) and person.albums_a_day is None
    return person.owner or allowed or context.services.access.everybody


async def _say(chat: Chat, context: Context, text_id: str) -> None:
    """Say one line. Who adds and removes the bot for fun hears it now and then."""
    if not context.services.access.is_due(chat.id):
        return
    try:
        await context.bot.send_message(chat.id, context.say(text_id))
    except TelegramError as error:
        if isinstance(meaning_of(error), Closed):
            await context.people.chats.removed(chat.id)


def _is_in(member: ChatMember) -> bool:
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)
