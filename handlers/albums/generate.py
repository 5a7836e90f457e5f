"""/generate: words in, a job in the queue."""

import re
import secrets

from telegram import Update

from db import JobRecord, Ticket
from generation.errors import NoWords, Refusal
from generation.request import GenerationRequest
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import words_after_command
from handlers.core.replies import acknowledge, replying_to

WORDS_LIMIT = 1000
"""Characters of a prompt. The model reads about 300: a longer one is a slip, not a wish."""

SEEDS = 2**31
"""How many seeds there are: from 0 to one less."""

# Phones turn two hyphens into a dash.
SEED = re.compile(r"(?:^|\s)(?:--|—|–)seed(?:[\s=]+(\S*))?", re.IGNORECASE)


class SeedWrong(Refusal):
    """What follows `--seed` is not a whole number below SEEDS."""


class WordsTooLong(Refusal):
    """The prompt has more than WORDS_LIMIT characters."""


async def generate(update: Update, context: Context) -> None:
    """Queue one album of the person's character."""
    message = message_in(update)
    words = words_after_command(message)
    if words:
        await _queue(context, words, context.ticket(message))
        return
    await context.people.characters.active(context.person.id)
    await message.reply_text(
        context.say("ideas"),
        reply_markup=keyboards.ideas(context.say, context.person.id),
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
    character = await context.people.characters.active(context.person.id)
    words, seed = parse(words)
    request = GenerationRequest(character, words, context.mode, seed, context.drawing.album_size)
    owner = context.person.owner
    job = await context.drawing.admission.enqueue(request, ticket, owner=owner)
    await start_job(context, job)


async def start_job(context: Context, job: JobRecord) -> None:
    """Wake the workers, then announce the job: it is drawn even if the announcement fails."""
    context.drawing.workers.ring()
    await context.drawing.delivery.announce(job)


def parse(text: str) -> tuple[str, int]:
    """Split words and seed. Without a seed it is random.

    Raises SeedWrong, NoWords or WordsTooLong.
    """
    found = SEED.search(text)
    seed = _seed(found[1] or "") if found else secrets.randbelow(SEEDS)
    words = " ".join(SEED.sub(" ", text).split())
    if len(words) > WORDS_LIMIT:
        raise WordsTooLong(length=len(words), limit=WORDS_LIMIT)
    if not any(character.isalnum() for character in words):
        raise NoWords
    return words, seed


def _seed(given: str) -> int:
    if not re.fullmatch(r"\d{1,10}", given, re.ASCII) or int(given) >= SEEDS:
        raise SeedWrong(given=given[:50], most=str(SEEDS - 1))
    return int(given)
