"""The English of a person's words: they put it right, and it is drawn and remembered."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Update
from telegram.constants import MessageLimit

from db import UNFINISHED, Canceller, JobGone, JobRecord
from generation.errors import Refusal
from generation.request import AlbumOrder
from generation.words.languages import needs_translation
from generation.words.reading import Reading
from generation.words.story import TooFewScenes, TooManyScenes, read_story
from handlers.albums.generate import start_job
from handlers.albums.order import key_of, option_names, order_of, read_request
from handlers.albums.queue import stop
from handlers.albums.repeats import kept_from, own_job
from handlers.core.buttons import message_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.lengths import shortened
from handlers.core.remarks import english_of
from handlers.core.replies import acknowledge

WORDS_SHOWN = 700
"""Most characters of the words in the question: a story has thousands, which its person knows."""


class EnglishWanted(Refusal):
    """What should be English has other letters, or none."""


class ScenesMiscounted(Refusal):
    """A story's English has another number of scenes. Fields: given, scenes."""


async def ask(update: Update, context: Context) -> None:
    """Ask how the words should be in English. The button is `english:<job>:<person>`."""
    query, (job_id,) = pressed(update, context, count=1)
    job = await own_job(context, job_id)
    english = english_of(job) or job.english
    question = message_of(query)
    words = shortened(key_of(job.words, job.scenes), WORDS_SHOWN)
    asked = context.say("english-ask", words=words)
    await context.people.users.await_next(context.person.id, "english", job.id)
    await question.reply_text(asked, do_quote=False)
    if english:  # alone, so that it can be copied
        english = shortened(english, MessageLimit.MAX_TEXT_LENGTH)
        await question.reply_text(english, do_quote=False)
    await acknowledge(query)


async def correct(update: Update, context: Context) -> None:
    """Remember the person's English, and draw the album anew by it, from the same seeds.

    Options count for the new album. What the person asked for is still awaited after a refusal of
    their words: EnglishWanted, WordsTooLong, ScenesMiscounted, and what `order_of` raises. The
    album under way is stopped once the new one is in the queue.
    """
    message = message_in(update)
    job = await _job_in_question(context)
    reading, scenes = _read(context, message.text or "", job)
    order = await _order_of(context, reading, scenes, job)
    await context.people.users.end_wait(context.person.id, "english")
    words = key_of(job.words, job.scenes)
    await context.people.corrections.remember(context.person.id, words, order.english)
    corrected = await context.drawing.admission.repeat(
        job.id, order, context.ticket(message), owner=context.person.owner, replaces=True
    )
    await _stop_drawing(job, context)
    await start_job(context, corrected)


async def _job_in_question(context: Context) -> JobRecord:
    job = await context.drawing.jobs.get(context.person.about or 0)
    if job is None or job.ticket.person_id != context.person.id:
        raise JobGone
    return job


def _read(context: Context, text: str, job: JobRecord) -> tuple[Reading, tuple[str, ...]]:
    """Read the English as the job's own words were read: as an album's, or scene by scene."""
    reading = read_request(context, text)
    if needs_translation(reading.words) or not any(sign.isalpha() for sign in reading.words):
        raise EnglishWanted
    if not job.scenes:
        return reading, ()
    try:
        reading, scenes = read_story(text, option_names(context))
    except (TooFewScenes, TooManyScenes) as error:
        raise ScenesMiscounted(given=error.fields["count"], scenes=len(job.scenes)) from None
    if len(scenes) != len(job.scenes):
        raise ScenesMiscounted(given=len(scenes), scenes=len(job.scenes))
    return reading, scenes


async def _order_of(
    context: Context, reading: Reading, scenes: Sequence[str], job: JobRecord
) -> AlbumOrder:
    """Order the job's album by its English; what that leaves open is as the job has it."""
    order, options = await order_of(context, reading, scenes=scenes), reading.options
    return replace(
        kept_from(job, order, options),
        words=job.words,
        scenes=job.scenes,
        english=key_of(reading.words, scenes),
        mode=order.mode if options.preset else context.mode_named(job.ordered_mode),
        count=len(scenes) or options.count or job.count,
    )


async def _stop_drawing(job: JobRecord, context: Context) -> None:
    """Cancel the album if it is not drawn yet: it would show what was not meant."""
    if job.state in UNFINISHED and (
        cancelled := await context.drawing.jobs.cancel(job.id, Canceller.PERSON)
    ):
        await stop(cancelled, context)
