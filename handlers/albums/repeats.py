"""Albums once more: /again, and the buttons that draw anew."""

import secrets

from telegram import Message, Update

from db import JobCard
from generation.errors import Refusal
from generation.presets import Preset
from handlers.buttons import ButtonOld, number
from handlers.context import Context, message_in
from handlers.generate import SEEDS, accepted

QUALITY = "QUALITY"


class NothingToRepeat(Refusal):
    """The person has drawn nothing in this chat."""


async def again(update: Update, context: Context) -> None:
    """Repeat the person's last album of this chat, with new seeds."""
    message = message_in(update)
    job = await context.services.jobs.last(context.person.id, message.chat.id)
    if job is None:
        raise NothingToRepeat
    await accepted(context, await anew(context, job, message))


async def anew(context: Context, job: JobCard, message: Message) -> JobCard:
    """Queue the same with new seeds; variations stay variations."""
    return await repeat(context, job, message, secrets.randbelow(SEEDS), near=job.near)


async def in_quality(context: Context, job: JobCard, message: Message) -> JobCard:
    """Queue the same seeds in the slowest mode."""
    preset = context.services.presets[QUALITY]
    return await repeat(context, job, message, job.seed, near=job.near, preset=preset)


async def more_like_it(context: Context, job: JobCard, message: Message, picture: int) -> JobCard:
    """Queue variations of picture `picture`, from 1."""
    near = (*job.near, job.seed + picture - 1)
    return await repeat(context, job, message, secrets.randbelow(SEEDS), near=near)


async def repeat(
    context: Context,
    job: JobCard,
    message: Message,
    seed: int,
    *,
    near: tuple[int, ...],
    preset: Preset | None = None,
) -> JobCard:
    """Queue the same person and words; the answer replies to `message`."""
    services = context.services
    return await services.line.repeat(
        job.id,
        context.ticket(message),
        preset or services.presets.get(job.preset) or context.preset,
        seed,
        count=services.album_size,
        near=near,
        owner=context.person.owner,
    )


async def mine(context: Context, job_id: str) -> JobCard:
    """Give the person's own job. Raises ButtonOld, whatever else the button may name."""
    job = await context.services.jobs.card(number(job_id))
    if job is None or job.ticket.person_id != context.person.id:
        raise ButtonOld
    return job
