"""Repeats of albums: /again, and the buttons that draw anew."""

import secrets

from telegram import Message, Update

from db import JobGone, JobRecord
from generation.errors import Refusal
from generation.modes import FINEST, Mode
from generation.request import AlbumOrder
from handlers.albums.generate import check_words, start_job
from handlers.albums.options import SEEDS, take_options
from handlers.core.buttons import ButtonOld, number
from handlers.core.context import Context, message_in
from handlers.core.invocation import words_after_command


class NothingToRepeat(Refusal):
    """The person has drawn nothing in this chat."""


class FinestAlready(Refusal):
    """The album is drawn in the best mode already."""


async def again(update: Update, context: Context) -> None:
    """Repeat the person's last album of this chat, with new seeds, in the mode they have now.

    Words after the command are added to the album's.
    """
    message = message_in(update)
    more, seed = take_options(words_after_command(message))
    job = await context.drawing.jobs.last(context.person.id, message.chat.id)
    if job is None:
        raise NothingToRepeat
    words = f"{job.words}, {more}" if more else job.words
    if more:
        check_words(more)
        check_words(words)
    if seed is None:
        seed = secrets.randbelow(SEEDS)
    job = await repeat(context, job, message, seed, near=job.near, mode=context.mode, words=words)
    await start_job(context, job)


async def anew(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue the same album with new seeds; variations stay variations."""
    return await repeat(context, job, message, secrets.randbelow(SEEDS), near=job.near)


async def once_more(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue what failed, with the same seeds."""
    return await repeat(context, job, message, job.seed, near=job.near)


async def in_finest_mode(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue the same album and seeds in the best mode. Raises FinestAlready."""
    if job.mode_name == FINEST:
        raise FinestAlready
    mode = context.mode_named(FINEST)
    return await repeat(context, job, message, job.seed, near=job.near, mode=mode)


async def more_like_it(
    context: Context, job: JobRecord, message: Message, picture: int
) -> JobRecord:
    """Queue variations of the album's picture `picture`, counted from 1."""
    near = (*job.near, job.seeds[picture - 1])
    return await repeat(context, job, message, secrets.randbelow(SEEDS), near=near)


async def repeat(
    context: Context,
    job: JobRecord,
    message: Message,
    seed: int,
    *,
    near: tuple[int, ...],
    mode: Mode | None = None,
    words: str | None = None,
) -> JobRecord:
    """Queue the same person, and the same words unless others are given.

    The answer replies to `message`.
    """
    order = AlbumOrder(
        words or job.words,
        mode or context.mode_named(job.mode_name),
        seed,
        len(job.scenes) or context.drawing.album_size,
        near,
        job.style,
        job.size,
        job.scenes,
        "" if words else job.english,
        job.remarks,
    )
    return await context.drawing.admission.repeat(
        job.id, order, context.ticket(message), owner=context.person.owner
    )


async def own_job(context: Context, job_id: str) -> JobRecord:
    """Give a job of the person's own. Raises JobGone, and ButtonOld for anything else."""
    job = await context.drawing.jobs.get(number(job_id))
    if job is None:
        raise JobGone
    if job.ticket.person_id != context.person.id:
        raise ButtonOld
    return job
