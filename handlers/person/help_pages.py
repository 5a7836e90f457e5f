"""/help: what the bot draws, on one screen; the rest of it when a button is pressed."""

from telegram import Chat, InlineKeyboardMarkup, Message, Update

from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge

PAGES = ("help", "help-words", "help-commands")
"""Each page is a text; a button of the others leads to it by `open-<page>`."""


async def help_(update: Update, context: Context) -> None:
    """Show the first page."""
    message = message_in(update)
    await message.reply_text(
        _text(context, message, PAGES[0]), reply_markup=_keyboard(context, PAGES[0])
    )


async def turn(update: Update, context: Context) -> None:
    """Show the page on the button in place of another."""
    query, (page,) = pressed(update, context, count=1)
    message, page = message_of(query), one_of(page, PAGES)
    await acknowledge(query)
    await message.edit_text(_text(context, message, page), reply_markup=_keyboard(context, page))


def _text(context: Context, message: Message, page: str) -> str:
    """Write a page. What is drawn without a command is told where that is so."""
    plain = context.drawing.plain_words and message.chat.type == Chat.PRIVATE
    return context.say(page, count=context.drawing.album_size, plain="yes" if plain else "no")


def _keyboard(context: Context, page: str) -> InlineKeyboardMarkup:
    return keyboards.help_pages(
        context.say, [one for one in PAGES if one != page], context.person.id
    )
