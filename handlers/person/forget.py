"""/forget: erases everything about a person."""

import asyncio

from telegram import Update

from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge
from handlers.person.turns import end_turns


async def forget(update: Update, context: Context) -> None:
    """Ask whether the person is sure."""
    await message_in(update).reply_text(
        context.say("forget-sure"), reply_markup=keyboards.forget(context.say, context.person.id)
    )


async def forget_button(update: Update, context: Context) -> None:
    query, (answer,) = pressed(update, context, count=1)
    if one_of(answer, ("yes", "no")) == "no":
        await message_of(query).edit_text(context.say("kept"))
        await acknowledge(query)
        return
    question = message_of(query)
    turns = end_turns(context.person.id)
    async with turns.lock:
        turns.over = True
        jobs = await context.people.users.forget(context.person.id)
    context.drawing.workers.cancel()
    delivery = context.drawing.delivery
    await delivery.abandon(jobs)
    left = await asyncio.to_thread(context.drawing.albums.drop, jobs)
    await delivery.take_away(jobs)  # last, for Telegram may be slow, or out of reach
    if left:
        await context.services.owner_alerts.pictures_left(left)
    await question.edit_text(context.say("pictures-left" if left else "forgotten"))
    await acknowledge(query)
