"""/story: scenes in, an album that shows them one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from secrets import choice

from telegram import InlineKeyboardMarkup, Update

from db import NoCharacter, Ticket
from generation.words.story import FEWEST_SCENES, MOST_SCENES, read_story
from handlers.albums import ideas
from handlers.albums.generate import start_job
from handlers.albums.order import option_names, order_of
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import text_after_command
from handlers.core.replies import acknowledge, replying_to


async def story(update: Update, context: Context) -> None:
    """Queue a story; without scenes say how to write one, and offer one."""
    message = message_in(update)
    if text := text_after_command(message):
        await _queue(context, text, context.ticket(message))
        return
    if not await context.people.characters.exists(context.person.id):
        raise NoCharacter
    text, keyboard = _offer(context, context.drawing.tales)
    await message.reply_text(
        text, reply_markup=keyboard, reply_parameters=replying_to(message.message_id)
    )


async def another(update: Update, context: Context) -> None:
    """Offer another story in place of that on the button."""
    query, (_, name) = pressed(update, context, count=2)
    await acknowledge(query)
    text, keyboard = _offer(context, [tale for tale in context.drawing.tales if tale != name])
    await message_of(query).edit_text(text, reply_markup=keyboard)


async def draw(update: Update, context: Context) -> None:
    """Queue the story on the button."""
    query, (_, name) = pressed(update, context, count=2)
    offer, words = message_of(query), ideas.words_of(context.say, one_of(name, ideas.TALES))
    await offer.edit_text(f"📖 {words}")  # a second press finds nothing to change
    ticket = context.ticket(offer.reply_to_message or offer)
    await _queue(context, words, ticket, ideas.english_of(context, name))
    await acknowledge(query)


def _offer(context: Context, tales: Sequence[str]) -> tuple[str, InlineKeyboardMarkup | None]:
    """Say how to write a story; where the model draws one of ours, by its example."""
    name = choice(tales) if tales else ideas.TALES[0]
    text = context.say(
        "story",
        least=FEWEST_SCENES,
        most=MOST_SCENES,
        scenes=ideas.words_of(context.say, name),
    )
    if not tales:
        return text, None
    more = len(context.drawing.tales) > 1
    return text, keyboards.story(context.say, name, context.person.id, more=more)


async def _queue(context: Context, text: str, ticket: Ticket, english: str = "") -> None:
    reading, scenes = read_story(text, option_names(context))
    order = await order_of(context, reading, scenes=scenes)
    if english and not order.english:  # the person's own comes first
        order = replace(order, english=english)
    owner = context.person.owner
    await start_job(context, await context.drawing.admission.enqueue(order, ticket, owner=owner))
