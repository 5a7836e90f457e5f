"""Who speaks in a message, and whether anybody does."""

from telegram import Message

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


def speaks_as_chat(message: Message) -> bool:
    """Say whether it was written as a group or a channel: nobody knows by whom."""
    author = message.from_user
    return message.sender_chat is not None or author is None or author.id in NOT_PEOPLE
