"""Repeats of albums: /again, and the buttons that draw anew."""

import secrets
from dataclasses import replace

from telegram import Message, Update

from db import JobGone, JobRecord
from generation.errors import Refusal
from generation.modes import FINEST, Mode
from generation.request import AlbumOrder
from generation.words.languages import needs_translation
from generation.words.lora import together
from generation.words.reading import NOTHING_SET, SEEDS, Options, Reading, changed, read
from generation.words.story import joined, scene_in
from handlers.albums.generate import start_job
from handlers.albums.order import option_names, order_of, without_words
from handlers.core.buttons import ButtonOld, number
from handlers.core.context import Context, message_in
from handlers.core.invocation import text_after_command


class NothingToRepeat(Refusal):
    """The person has drawn nothing in this chat."""


class AlbumExpired(Refusal):
    """The album's words and pictures are erased, for it is old."""


class FinestAlready(Refusal):
    """The album is drawn in the best mode already."""


async def again(update: Update, context: Context) -> None:
    """Repeat the person's last album of this chat, with new seeds, in the mode they have now.

    Words after the command change the album's.
    """
    message = message_in(update)
    job = await context.drawing.jobs.last(context.person.id, message.chat.id)
    if job is None:
        raise NothingToRepeat
    seed = secrets.randbelow(SEEDS)
    await start_job(
        context, await _change(context, job, message, text_after_command(message), seed)
    )


async def change_album(context: Context, job: JobRecord, message: Message, text: str) -> JobRecord:
    """Queue the same album with what the text changes about its words; the seeds stay."""
    return await _change(context, job, message, text, job.seed, job.ordered_mode)


async def change_picture(
    context: Context, job: JobRecord, message: Message, picture: int, text: str
) -> JobRecord:
    """Queue the album's picture `picture`, counted from 1, with what the text changes about it."""
    own = as_picture(job, picture)
    seed = job.seeds[picture - 1]
    return await _change(context, own, message, text, seed, job.ordered_mode, count=1)


async def _change(
    context: Context,
    job: JobRecord,
    message: Message,
    text: str,
    seed: int,
    mode_name: str | None = None,
    count: int | None = None,
) -> JobRecord:
    """Queue the same person, the words changed; with options of the text in place of the album's.

    `mode_name` names the mode, None: that of now; `count` is how many pictures, None: as many as
    before. Raises what `read` and `order_of` raise.
    """
    names = option_names(context)
    scenes = job.scenes
    if scenes and text:
        scenes = tuple(changed(scene, text, names).words for scene in scenes)
    reading = changed(job.words, text, names) if text else read(job.words)
    if scenes:
        reading = replace(reading, words=joined(scenes))
    changes = reading.options != NOTHING_SET or reading.loras
    if text and reading.words == job.words and not changes:
        raise without_words(reading)
    order = await order_of(context, reading, scenes=scenes)
    kept = kept_from(job, order, reading.options)
    now = reading.options.preset or not mode_name
    order = replace(
        kept,
        seed=seed if reading.options.seed is None else kept.seed,
        count=len(scenes) or reading.options.count or count or job.count,
        mode=order.mode if now else context.mode_named(mode_name),
        english=order.english or _english(job, reading, text),
    )
    return await _queue(context, job, message, order)


def kept_from(job: JobRecord, order: AlbumOrder, options: Options) -> AlbumOrder:
    """Give the order of a changed album: what the change leaves open is as the album has it.

    Its mode and its number of pictures are the caller's to say.
    """
    return replace(
        order,
        seed=job.seed if options.seed is None else order.seed,
        near=job.near if options.seed is None else (),
        style=order.style if options.style else job.style,
        loras=together(job.loras, order.loras),
        size=order.size if options.size else job.size,
        remarks=tuple(dict.fromkeys([*job.remarks, *order.remarks])),
    )


def _english(job: JobRecord, reading: Reading, text: str) -> str:
    """Give the album's own English, changed as the text says; empty where it has to be translated.

    Of a story's scenes nobody knows which part of the English is which once they are changed.
    """
    if reading.words == job.words or not job.english:
        return job.english
    return "" if job.scenes or needs_translation(text) else changed(job.english, text).words


async def anew(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue the same album with new seeds; variations stay variations."""
    return await repeat(
        context, job, message, secrets.randbelow(SEEDS), near=job.near, count=job.count
    )


async def once_more(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue what failed, with the same seeds."""
    return await repeat(context, job, message, job.seed, near=job.near, count=job.count)


async def in_finest_mode(context: Context, job: JobRecord, message: Message) -> JobRecord:
    """Queue the same album and seeds in the best mode. Raises FinestAlready."""
    if job.mode_name == FINEST:
        raise FinestAlready
    mode = context.mode_named(FINEST)
    return await repeat(context, job, message, job.seed, near=job.near, mode=mode, count=job.count)


async def more_like_it(
    context: Context, job: JobRecord, message: Message, picture: int
) -> JobRecord:
    """Queue variations of the album's picture `picture`, counted from 1."""
    near = (*job.near, job.seeds[picture - 1])
    own = as_picture(job, picture)
    return await repeat(context, own, message, secrets.randbelow(SEEDS), near=near)


def as_picture(job: JobRecord, picture: int) -> JobRecord:
    """Give the album as its picture `picture`, counted from 1, is of it: of a story, the scene.

    Its person goes on to wear there what they wear in the other scenes.
    """
    if not job.scenes:
        return job
    scene, at = job.scenes[picture - 1], picture - 1
    costume = job.prompts[at].costume if at < len(job.prompts) else ""
    english = scene_in(job.english, len(job.scenes), at)
    return replace(
        job,
        words=changed(scene, costume).words if costume else scene,
        scenes=(),
        english=f"{english}, {costume}" if english and costume else english,
    )


async def repeat(
    context: Context,
    job: JobRecord,
    message: Message,
    seed: int,
    *,
    near: tuple[int, ...],
    mode: Mode | None = None,
    count: int | None = None,
) -> JobRecord:
    """Queue the same person and the same words, in an album of the usual size or of `count`.

    The answer replies to `message`.
    """
    order = AlbumOrder(
        job.words,
        mode or context.mode_named(job.ordered_mode),
        seed,
        len(job.scenes) or count or context.drawing.album_size,
        near,
        job.style,
        job.size,
        job.scenes,
        job.english,
        job.loras,
        job.remarks,
    )
    return await _queue(context, job, message, order)


async def _queue(
    context: Context, job: JobRecord, message: Message, order: AlbumOrder
) -> JobRecord:
    return await context.drawing.admission.repeat(
        job.id, order, context.ticket(message), owner=context.person.owner
    )


async def own_job(context: Context, job_id: str) -> JobRecord:
    """Give a job of the person's own.

    Raises JobGone, AlbumExpired, and ButtonOld for anything else.
    """
    job = await context.drawing.jobs.get(number(job_id))
    if job is None:
        raise JobGone
    if job.ticket.person_id != context.person.id:
        raise ButtonOld
    if job.expired:
        raise AlbumExpired
    return job
