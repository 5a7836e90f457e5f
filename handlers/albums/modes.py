"""/preset: the mode, which makes albums faster or better."""

from collections.abc import Mapping

from telegram import InlineKeyboardMarkup, Update

from generation.errors import Refusal
from generation.modes import Mode
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import find_named, words_after_command
from handlers.core.phrases import duration_text, mode_name
from handlers.core.replies import acknowledge, replying_to

DETAILS = "details"
"""What stands in the button's data in place of a mode: show the modes' numbers."""


class UnknownMode(Refusal):
    """The person named a mode that does not exist."""


async def mode(update: Update, context: Context) -> None:
    """Show the modes, or switch to the one that was named."""
    message = message_in(update)
    given = words_after_command(message)
    if not given:
        text, keyboard = await _menu(context, context.mode.name)
        await message.reply_text(
            text, reply_markup=keyboard, reply_parameters=replying_to(message.message_id)
        )
        return
    chosen = named(context, given)
    await context.people.users.choose_mode(context.person.id, chosen.name)
    await message.reply_text(
        _chosen(context, chosen), reply_parameters=replying_to(message.message_id)
    )


async def choose(update: Update, context: Context) -> None:
    """Switch to the mode on the button, or show the numbers of all."""
    query, (name,) = pressed(update, context, count=1)
    modes, current = context.drawing.modes, context.mode.name
    if name == DETAILS:
        await acknowledge(query)
        text, keyboard = await _menu(context, current, details=True)
        await message_of(query).edit_text(text, reply_markup=keyboard)
        return
    chosen = modes[one_of(name, modes)]
    await context.people.users.choose_mode(context.person.id, name)
    await acknowledge(query, _chosen(context, chosen), alert=chosen.guidance_scale <= 1)
    if name != current:
        text, keyboard = await _menu(context, name)
        await message_of(query).edit_text(text, reply_markup=keyboard)


async def _menu(
    context: Context, current: str, *, details: bool = False
) -> tuple[str, InlineKeyboardMarkup]:
    """Say which mode is on, and how long an album takes in each, as far as that is known."""
    drawing, say = context.drawing, context.say
    modes, count = drawing.modes, drawing.album_size
    seconds = await drawing.waits.by_mode(
        list(modes.values()), count, drawing.measured_seconds(), context.person.size
    )
    lines = [say("modes", mode=mode_name(say, current))]
    if seconds:
        lines.append(say("mode-speeds", count=count))
    if details:
        lines += ["", *(say("mode-details", **_numbers(context, mode)) for mode in modes.values())]
    labels = {name: _label(context, name, seconds, current) for name in modes}
    keyboard = keyboards.modes(say, labels, context.person.id, details=not details)
    return "\n".join(lines), keyboard


def _label(context: Context, name: str, seconds: Mapping[str, float], current: str) -> str:
    say = context.say
    label = mode_name(say, name)
    if name in seconds:
        label = say("mode-button", mode=label, duration=duration_text(say, seconds[name]))
    return f"✅ {label}" if name == current else label


def _numbers(context: Context, mode: Mode) -> dict[str, str]:
    """Give a mode's numbers as they are written, whatever the language's decimal sign."""
    return {
        "mode": mode_name(context.say, mode.name),
        "constant": mode.name,
        "steps": str(mode.steps),
        "guidance": f"{mode.guidance_scale:.1f}",
        "face": f"{mode.ip_adapter_scale:.2f}",
    }


def named(context: Context, given: str) -> Mode:
    """Find a mode by its plain name in any language or its constant, however it is written.

    Raises UnknownMode.
    """
    modes = context.drawing.modes
    shown = {mode_name(say, name): mode for name, mode in modes.items() for say in context.says}
    mode = find_named(given, {**modes, **shown})
    if mode is None:
        known = ", ".join(mode_name(context.say, name) for name in modes)
        raise UnknownMode(given=given[:50], known=known)
    return mode


def _chosen(context: Context, mode: Mode) -> str:
    """Confirm the mode. A person should know that without guidance negative words do nothing."""
    text_id = "mode-chosen" if mode.guidance_scale > 1 else "mode-chosen-unguided"
    return context.say(text_id, mode=mode_name(context.say, mode.name))
