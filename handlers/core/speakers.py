"""Who speaks in a message, and whether anybody does."""

from telegram import MaybeInaccessibleMessage, Message

from db import NOT_PEOPLE

SAID = (
    "text", "photo", "live_photo", "document", "animation", "video", "video_note", "voice", "audio",
    "sticker", "contact", "location", "venue", "poll", "dice", "game", "story", "paid_media",
    "checklist",
)  # fmt: skip
"""What a message of a person's has in it. Any other tells of the chat, such as a new title: it is
nobody's question."""


def is_said(message: Message) -> bool:
    """Say whether somebody says something here; a service message only tells of the chat."""
    return any(getattr(message, content) for content in SAID)


def is_for_others(message: MaybeInaccessibleMessage) -> bool:
    """Say whether it was written to a person's business account, or to a channel in private.

    A bot may be let see both. Whoever writes there does not write to the bot.
    """
    marks = ("business_connection_id", "direct_messages_topic")
    return any(getattr(message, mark, None) is not None for mark in marks)


def speaks_as_chat(message: Message) -> bool:
    """Say whether it was written as a group or a channel: nobody knows by whom."""
    author = message.from_user
    return message.sender_chat is not None or author is None or author.id in NOT_PEOPLE
