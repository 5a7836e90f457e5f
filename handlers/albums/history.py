"""/history: a person's albums as small pictures, page by page."""

import asyncio
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, InputMediaPhoto, Update

from db import JobRecord
from generation.errors import Refusal
from handlers.albums.contact_sheet import Tile, draw_sheet
from handlers.core import keyboards
from handlers.core.buttons import message_of, number, pressed
from handlers.core.context import Context, message_in
from handlers.core.phrases import album_name, date_text, mode_name
from handlers.core.replies import UPLOAD_TIMEOUT_S, acknowledge

PAGE = 5
"""Albums on a page."""


class NoHistory(Refusal):
    """The person has no albums."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the history: a picture of its albums, what it says, and its buttons."""

    sheet: bytes
    text: str
    keyboard: InlineKeyboardMarkup


async def history(update: Update, context: Context) -> None:
    """Show the newest albums, each with buttons that send and redraw it."""
    message = message_in(update)
    page = await _page(context, 0)
    await message.reply_photo(
        page.sheet, page.text, reply_markup=page.keyboard, write_timeout=UPLOAD_TIMEOUT_S
    )


async def show_page(update: Update, context: Context) -> None:
    query, (number_,) = pressed(update, context, count=1)
    message = message_of(query)
    page = await _page(context, number(number_))
    await message.edit_media(
        InputMediaPhoto(page.sheet, page.text),
        reply_markup=page.keyboard,
        write_timeout=UPLOAD_TIMEOUT_S,
    )
    await acknowledge(query)


async def _page(context: Context, page: int) -> Page:
    """Make a page; the last one in place of one whose albums were deleted."""
    jobs, say = context.drawing.jobs, context.say
    albums = await jobs.count_history(context.person.id)
    page = min(page, max(0, albums - 1) // PAGE)
    found = await jobs.history(context.person.id, page * PAGE, PAGE)
    if not found:
        raise NoHistory
    numbered = dict(enumerate(found, start=page * PAGE + 1))
    text = "\n".join(
        [say("history"), "", *(_line(context, place, job) for place, job in numbered.items())]
    )
    look = context.drawing.decency.tile
    pictures = await asyncio.gather(*(look(job) for job in found))
    tiles = [Tile(place, picture) for place, picture in zip(numbered, pictures, strict=True)]
    keyboard = keyboards.history(
        say,
        {place: job.id for place, job in numbered.items()},
        page,
        context.person.id,
        more=albums > (page + 1) * PAGE,
    )
    return Page(await asyncio.to_thread(draw_sheet, tiles), text, keyboard)


def _line(context: Context, place: int, job: JobRecord) -> str:
    say = context.say
    return say(
        "history-line",
        number=str(place),
        words=album_name(job),
        mode=mode_name(say, job.mode_name),
        date=date_text(say, job.created),
    )
