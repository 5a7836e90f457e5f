"""/likeness: how much like their person pictures are to be."""

from telegram import InlineKeyboardMarkup, Update

from generation.errors import Refusal
from generation.modes import Likeness
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import find_named, words_after_command
from handlers.core.phrases import likeness_name
from handlers.core.replies import acknowledge, replying_to


class UnknownLikeness(Refusal):
    """The person named a likeness that does not exist."""


async def likeness(update: Update, context: Context) -> None:
    """Show the levels, or switch to the one that was named."""
    message = message_in(update)
    given, reply = words_after_command(message), replying_to(message.message_id)
    if not given:
        text, keyboard = _menu(context, context.person.likeness)
        await message.reply_text(text, reply_markup=keyboard, reply_parameters=reply)
        return
    chosen = _named(context, given)
    await context.people.users.choose_likeness(context.person.id, chosen)
    await message.reply_text(_chosen(context, chosen), reply_parameters=reply)


async def choose(update: Update, context: Context) -> None:
    """Switch to the level on the button."""
    query, (name,) = pressed(update, context, count=1)
    chosen = Likeness(one_of(name, list(Likeness)))
    await context.people.users.choose_likeness(context.person.id, chosen)
    await acknowledge(query, _chosen(context, chosen))
    if chosen is not context.person.likeness:
        text, keyboard = _menu(context, chosen)
        await message_of(query).edit_text(text, reply_markup=keyboard)


def _menu(context: Context, current: Likeness) -> tuple[str, InlineKeyboardMarkup]:
    say = context.say
    text = say("likeness", likeness=likeness_name(say, current))
    return text, keyboards.likeness(say, current, context.person.id)


def _named(context: Context, given: str) -> Likeness:
    """Find a level by its name or its constant, however it is written. Raises UnknownLikeness."""
    shown = {likeness_name(context.say, level): level for level in Likeness}
    level = find_named(given, {**{level.value: level for level in Likeness}, **shown})
    if level is None:
        raise UnknownLikeness(given=given[:50], known=", ".join(shown))
    return level


def _chosen(context: Context, level: Likeness) -> str:
    return context.say("likeness-chosen", likeness=likeness_name(context.say, level))
