"""/privacy: what is kept, where, how long, who sees it, and how it is taken away."""

from telegram import Update

from handlers.core.context import Context, message_in


async def privacy(update: Update, context: Context) -> None:
    """Say it, with this bot's numbers."""
    kept = context.services.kept
    await message_in(update).reply_text(
        context.say(
            "privacy",
            days=kept.days or 0,
            sealed="yes" if kept.sealed else "no",
            chat="local" if kept.in_local_chat else "telegram",
        )
    )
