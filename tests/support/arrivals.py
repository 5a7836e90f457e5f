"""Messages that the playground's people can't write: Telegram's own, and those of other senders."""

from playground.text import text_of
from tests.support.running_bot import Json, RunningBot

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM_ID = 777000
TELEGRAM = {"id": TELEGRAM_ID, "is_bot": False, "first_name": "Telegram"}
OTHER_BOT = {"id": 987654321, "is_bot": True, "first_name": "Other", "username": "other_bot"}

CHANNEL = {"id": -1001234567890, "type": "channel", "title": "Portraits"}


def arrive(
    bot: RunningBot, chat: int, sender: Json, words: str | None = None, **content: object
) -> Json:
    """Have a message arrive; what was in the chat before counts as seen."""
    world = bot.playground.world
    written = text_of({"text": words}) if words else {}
    conversation = world.chats.change(chat, started=True)
    message = world.post.add(conversation, sender, written | content)
    bot.seen[chat] = message["message_id"]
    world.updates.add("message", message)
    world.changed()
    return message


def as_admin(bot: RunningBot, chat: int, words: str, **content: object) -> Json:
    """Have an anonymous admin of the group write."""
    about = bot.playground.world.chats.get(chat)["chat"]
    return arrive(bot, chat, ANONYMOUS_ADMIN, words, sender_chat=about, **content)


def as_channel(bot: RunningBot, chat: int, words: str, **content: object) -> Json:
    """Have somebody write as a channel."""
    return arrive(bot, chat, CHANNEL_BOT, words, sender_chat=CHANNEL, **content)


def as_linked_channel(bot: RunningBot, chat: int, words: str) -> Json:
    """Have Telegram forward a post of the group's channel into the group."""
    return arrive(
        bot, chat, TELEGRAM, words, sender_chat=CHANNEL, is_automatic_forward=True,
        forward_origin={"type": "channel", "chat": CHANNEL, "message_id": 5, "date": 1},
    )  # fmt: skip
