"""A reply to an album changes it: "but with a hat", or "3 in a red coat" for its third picture."""

from telegram import Message, Update

from db import JobRecord
from generation.words.reply import Change
from handlers.albums.generate import start_job
from handlers.albums.repeats import change_album, change_picture
from handlers.core import keyboards
from handlers.core.context import Context, message_in
from handlers.core.invocation import plain_text
from handlers.core.replies import replying_to


async def change(update: Update, context: Context) -> bool:
    """Draw the album that the message replies to changed, from the same seeds.

    False if it replies to none of the person's albums. Raises PictureUnknown, and what queues an
    album raises.
    """
    message = message_in(update)
    job = await _album_of(message, context)
    if job is None:
        return False
    wanted = Change.of(plain_text(message), job.count)
    if wanted.picture is None:
        await start_job(context, await change_album(context, job, message, wanted.words))
    elif wanted.words:
        changed = await change_picture(context, job, message, wanted.picture, wanted.words)
        await start_job(context, changed)
    else:
        await message.reply_text(
            context.say("picture-chosen", number=wanted.picture),
            reply_markup=keyboards.picture(context.say, job.id, wanted.picture, context.person.id),
            reply_parameters=replying_to(message.message_id),
        )
    return True


async def _album_of(message: Message, context: Context) -> JobRecord | None:
    """Find the person's album: the message replies to a picture of it, or to its buttons."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != context.bot.id:
        return None
    jobs = context.drawing.jobs
    job_id = _job_on_buttons(replied)
    job = await (jobs.get(job_id) if job_id else jobs.of_message(message.chat.id, replied.id))
    drawn = job is not None and (job.sent or job.seconds)
    return job if job and drawn and job.ticket.person_id == context.person.id else None


def _job_on_buttons(message: Message) -> int | None:
    """Read the job's id in the data of the buttons under an album, `album:again:<job>:<person>`."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for button in (button for row in rows for button in row):
        kind, *parts = str(button.callback_data or "").split(":")
        if kind in ("album", "picture") and len(parts) > 1 and parts[1].isdecimal():
            return int(parts[1])
    return None
