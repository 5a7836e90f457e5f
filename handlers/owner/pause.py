"""/pause and /resume: whether albums are begun."""

from telegram import Update

from handlers.core.context import Context, message_in


async def pause(update: Update, context: Context) -> None:
    """Let no album be begun, here or on another machine, until /resume."""
    await _decide(update, context, paused=True)


async def resume(update: Update, context: Context) -> None:
    """Let albums be begun again, at once."""
    await _decide(update, context, paused=False)


async def _decide(update: Update, context: Context, *, paused: bool) -> None:
    drawing = context.drawing
    line = await drawing.waits.line()  # before /resume lets a quick machine draw it
    await drawing.choices.pause(paused)  # first, so that a restart knows what the owner was told
    drawing.workers.pause(paused=paused)
    await drawing.delivery.pause(paused=paused)
    text_id = "paused" if paused else "resumed"
    await message_in(update).reply_text(context.say(text_id, waiting=len(line.waiting)))
