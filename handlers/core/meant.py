"""Whether a message is meant for this bot."""

from collections.abc import Container

from telegram import Bot, Chat, Message

from handlers.core.invocation import invocation_in
from handlers.core.speakers import is_for_others


def is_meant_for(bot: Bot, message: Message, commands: Container[str]) -> bool:
    """In private everything is, in a group only commands and replies to the bot.

    `commands` are those that the bot knows: one that names no bot reaches all bots of a group.
    """
    if is_for_others(message):
        return False
    invocation = invocation_in(message)
    if invocation and invocation.bot:
        return invocation.bot.lower() == bot.username.lower()
    if message.chat.type == Chat.PRIVATE:
        return True
    if invocation is not None:
        return invocation.name in commands
    return _replies_to(message, bot.id)


def _replies_to(message: Message, bot_id: int) -> bool:
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return author is not None and author.id == bot_id
