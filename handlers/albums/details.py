"""What was understood of an album's words, and what the model read."""

from collections.abc import Iterator

from telegram import Update
from telegram.constants import MessageLimit

from db import JobRecord
from generation.words.lora import in_use
from generation.words.reading import read
from handlers.albums import styles
from handlers.albums.repeats import own_job
from handlers.core import keyboards
from handlers.core.buttons import message_of, pressed
from handlers.core.context import Context
from handlers.core.lengths import length, shortened
from handlers.core.phrases import loras_text, mode_name
from handlers.core.remarks import SHOWN as USUALLY_SHOWN
from handlers.core.remarks import english_of, remark_lines
from handlers.core.replies import acknowledge

SHOWN = (700, 300, 100, 50)
"""Most characters of a line, from the first that lets all of them fit into one message: a story has
three for each scene."""


async def details(update: Update, context: Context) -> None:
    """Show it in place of the album's buttons. The button is `album:details:<job>:<person>`."""
    query, (_, job_id) = pressed(update, context, count=2)
    job = await own_job(context, job_id)
    await acknowledge(query)
    limit = MessageLimit.MAX_TEXT_LENGTH
    remarks = remark_lines(context.say, job, limit // 2, (SHOWN[0], *USUALLY_SHOWN))
    texts = ("\n".join(_lines(context, job, shown)) for shown in SHOWN)
    lines = next((text for text in texts if length(text + remarks) <= limit), None)
    lines = lines or "\n".join(_lines(context, job, SHOWN[-1]))
    await message_of(query).edit_text(
        shortened(lines, limit - length(remarks)) + remarks,
        reply_markup=keyboards.back_to_album(
            context.say,
            job.id,
            context.person.id,
            english=bool(english_of(job)) and job.ticket.chat_id > 0,
        ),
    )


def _lines(context: Context, job: JobRecord, shown: int) -> Iterator[str]:
    """Say what is wanted and what not, how it is drawn, and the prompts, each in a line."""
    say = context.say
    yield say("details")
    for words in job.scenes or (job.words,):
        reading = read(words)
        if reading.wanted:
            yield say("details-wanted", words=shortened(reading.wanted, shown))
        if reading.unwanted:
            yield say("details-unwanted", words=shortened(", ".join(reading.unwanted), shown))
    yield say(
        "details-settings",
        mode=mode_name(say, job.mode_name),
        style=styles.title(context, job.style),
        size=say(f"size-{job.size}"),
        count=job.count,
        seed=str(job.seed),
    )
    if loras := loras_text(job, in_use(job.style, job.loras)):
        yield say("details-loras", loras=loras)
    for prompt in job.prompts:
        if prompt.english:
            yield say("details-english", words=shortened(prompt.english, shown))
        yield say("details-prompt", words=shortened(prompt.positive, shown))
        if prompt.negative:
            yield say("details-negative", words=shortened(prompt.negative, shown))
