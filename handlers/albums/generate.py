"""/generate: words in, a job in the queue."""

from dataclasses import replace

from telegram import Update

from db import JobRecord, Ticket
from handlers.albums import ideas
from handlers.albums.order import order_of, read_request
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import wish_in
from handlers.core.replies import acknowledge


async def generate(update: Update, context: Context) -> None:
    """Queue one album of the person's character; without words offer ideas."""
    message = message_in(update)
    if words := wish_in(message):
        await _queue(context, words, context.ticket(message))
    else:
        await ideas.offer(update, context)


async def idea(update: Update, context: Context) -> None:
    """Queue the idea on the button."""
    query, (name,) = pressed(update, context, count=1)
    one_of(name, (*ideas.POCKET, *ideas.PHOTOGRAPHED))
    offer = message_of(query)
    await offer.edit_text(context.say(f"idea-{name}"))  # a second press finds nothing to change
    words, english = ideas.words_of(context.say, name), ideas.english_of(context, name)
    await _queue(context, words, context.ticket(offer.reply_to_message or offer), english)
    await acknowledge(query)


async def _queue(context: Context, words: str, ticket: Ticket, english: str = "") -> None:
    order = await order_of(context, read_request(context, words))
    if english and not order.english:  # the person's own comes first
        order = replace(order, english=english)
    owner = context.person.owner
    job = await context.drawing.admission.enqueue(order, ticket, owner=owner)
    await start_job(context, job)


async def start_job(context: Context, job: JobRecord) -> None:
    """Wake the workers, then announce the job: it is drawn even if the announcement fails."""
    context.drawing.workers.ring()
    await context.drawing.delivery.announce(job)
