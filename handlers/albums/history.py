"""/history: a person's albums, page by page."""

from telegram import InlineKeyboardMarkup, Update

from generation.errors import Refusal
from handlers.core import keyboards
from handlers.core.buttons import message_of, number, pressed
from handlers.core.context import Context, message_in
from handlers.core.phrases import album_name
from handlers.core.replies import acknowledge

PAGE = 5
"""Albums on a page."""

LAST_PAGE = 10_000
"""Number of the last page that a button may ask for. Nobody has as many; a forged button might."""


class NoHistory(Refusal):
    """The person has no albums."""


async def history(update: Update, context: Context) -> None:
    """Show the newest albums, each with a button that repeats it."""
    text, keyboard = await _page(context, 0)
    await message_in(update).reply_text(text, reply_markup=keyboard)


async def show_page(update: Update, context: Context) -> None:
    query, (page,) = pressed(update, context, count=1)
    text, keyboard = await _page(context, min(number(page), LAST_PAGE))
    await message_of(query).edit_text(text, reply_markup=keyboard)
    await acknowledge(query)


async def _page(context: Context, page: int) -> tuple[str, InlineKeyboardMarkup]:
    found = await context.drawing.jobs.history(context.person.id, page * PAGE, PAGE + 1)
    if not found and page:
        return await _page(context, 0)  # the albums of an old page were deleted
    if not found:
        raise NoHistory
    jobs, more = found[:PAGE], len(found) > PAGE
    say = context.say
    lines = [
        say(
            "history-line",
            number=number_,
            words=album_name(job.words),
            mode=job.mode_name,
            seed=str(job.seed),
        )
        for number_, job in enumerate(jobs, start=1)
    ]
    text = "\n".join([say("history"), "", *lines])
    ids = [job.id for job in jobs]
    return text, keyboards.history(say, ids, page, context.person.id, more=more)
