"""Groups that became supergroups, under another id."""

from telegram import Update

from handlers.core.context import Context, message_in


async def follow(update: Update, context: Context) -> None:
    """Move the group's permission and its jobs to the new id."""
    message = message_in(update)
    if message.migrate_to_chat_id:
        await context.people.chats.migrate(message.chat.id, message.migrate_to_chat_id)
        await context.drawing.delivery.follow(message.chat.id)
