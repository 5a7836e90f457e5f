"""/generate: words in, a job in the queue."""

import secrets

from telegram import Update

from db import JobRecord, NoCharacter, Ticket
from generation.errors import NoWords, Refusal
from generation.request import AlbumOrder
from handlers.albums.options import SEEDS, take_options
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import words_after_command
from handlers.core.replies import acknowledge, replying_to

WORDS_LIMIT = 1000
"""Characters of a prompt. The model reads about 300: a longer one is a slip, not a wish."""


class WordsTooLong(Refusal):
    """The prompt has more than WORDS_LIMIT characters."""


async def generate(update: Update, context: Context) -> None:
    """Queue one album of the person's character."""
    message = message_in(update)
    words = words_after_command(message)
    if words:
        await _queue(context, words, context.ticket(message))
        return
    if not await context.people.characters.exists(context.person.id):
        raise NoCharacter
    if not context.drawing.ideas:
        raise NoWords
    await message.reply_text(
        context.say("ideas"),
        reply_markup=keyboards.ideas(context.say, context.drawing.ideas, context.person.id),
        reply_parameters=replying_to(message.message_id),
    )


async def idea(update: Update, context: Context) -> None:
    """Queue the idea on the button."""
    query, (name,) = pressed(update, context, count=1)
    words = keyboards.IDEAS[one_of(name, keyboards.IDEAS)]
    offer = message_of(query)
    await offer.edit_text(context.say(f"idea-{name}"))  # a second press finds nothing to change
    await _queue(context, words, context.ticket(offer.reply_to_message or offer))
    await acknowledge(query)


async def _queue(context: Context, words: str, ticket: Ticket) -> None:
    words, seed = parse(words)
    order = AlbumOrder(words, context.mode, seed, context.drawing.album_size)
    owner = context.person.owner
    job = await context.drawing.admission.enqueue(order, ticket, owner=owner)
    await start_job(context, job)


async def start_job(context: Context, job: JobRecord) -> None:
    """Wake the workers, then announce the job: it is drawn even if the announcement fails."""
    context.drawing.workers.ring()
    await context.drawing.delivery.announce(job)


def parse(text: str) -> tuple[str, int]:
    """Split words and seed. Without a seed it is random.

    Raises SeedWrong, UnknownOption, NoWords or WordsTooLong.
    """
    words, seed = take_options(text)
    check_words(words)
    return words, secrets.randbelow(SEEDS) if seed is None else seed


def check_words(words: str) -> None:
    """Raises NoWords or WordsTooLong."""
    if len(words) > WORDS_LIMIT:
        raise WordsTooLong(length=len(words), limit=WORDS_LIMIT)
    if not any(character.isalnum() for character in words):
        raise NoWords
