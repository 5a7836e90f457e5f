"""/preset: the mode, which makes albums faster or better."""

from telegram import Update

from generation.errors import Refusal
from generation.modes import Mode
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import words_after_command
from handlers.core.phrases import duration_text
from handlers.core.replies import acknowledge, replying_to


class UnknownMode(Refusal):
    """The person named a mode that does not exist."""


async def mode(update: Update, context: Context) -> None:
    """Show the modes, or switch to the one that was named."""
    message = message_in(update)
    modes = context.drawing.modes
    given = words_after_command(message)
    if not given:
        await message.reply_text(
            await _menu(context, context.mode.name),
            reply_markup=keyboards.modes(context.say, modes, context.mode.name, context.person.id),
            reply_parameters=replying_to(message.message_id),
        )
        return
    name = given.upper().replace(" ", "_").replace("-", "_")
    if name not in modes:
        raise UnknownMode(given=given[:50], known=", ".join(modes))
    await context.people.users.choose_mode(context.person.id, name)
    await message.reply_text(
        _chosen(context, modes[name]),
        reply_parameters=replying_to(message.message_id),
    )


async def choose(update: Update, context: Context) -> None:
    """Switch to the mode on the button."""
    query, (name,) = pressed(update, context, count=1)
    modes = context.drawing.modes
    await context.people.users.choose_mode(context.person.id, one_of(name, modes))
    chosen = _chosen(context, modes[name])
    await acknowledge(query, chosen, alert=modes[name].guidance_scale <= 1)
    if name != context.mode.name:
        await message_of(query).edit_text(
            await _menu(context, name),
            reply_markup=keyboards.modes(context.say, modes, name, context.person.id),
        )


async def _menu(context: Context, current: str) -> str:
    """Say which mode is on, and how long each takes on this machine, as far as that is known."""
    drawing, say = context.drawing, context.say
    modes, count = drawing.modes, drawing.album_size
    seconds = {name: one * count for name, one in drawing.measured_seconds.items()}
    seconds |= await drawing.waits.learned(list(modes.values()), count)
    lines = [say("modes", mode=current)]
    known = [
        say("mode-speed", mode=name, duration=duration_text(say, seconds[name]))
        for name in modes
        if name in seconds
    ]
    if known:
        lines += ["", say("mode-speeds", count=count), *known]
    return "\n".join(lines)


def _chosen(context: Context, mode: Mode) -> str:
    """Confirm the mode. A person should know that without guidance negative words do nothing."""
    text_id = "mode-chosen" if mode.guidance_scale > 1 else "mode-chosen-unguided"
    return context.say(text_id, **keyboards.mode_fields(mode))
