"""/preset: faster or better."""

from telegram import Update

from generation.errors import Refusal
from generation.presets import Preset
from handlers import keyboards
from handlers.buttons import message_of, one_of, pressed
from handlers.context import Context, message_in, words_after_command
from handlers.replies import acknowledge, replying_to
from handlers.status import short_duration


class UnknownPreset(Refusal):
    """A mode that there is not."""


async def preset(update: Update, context: Context) -> None:
    """Show the modes, or switch to the one that was named."""
    message = message_in(update)
    presets = context.services.presets
    given = words_after_command(message)
    if not given:
        await message.reply_text(
            await _menu(context, context.preset.name),
            reply_markup=keyboards.presets(
                context.say, presets, context.preset.name, context.person.id
            ),
            reply_parameters=replying_to(message.message_id),
        )
        return
    name = given.upper().replace(" ", "_").replace("-", "_")
    if name not in presets:
        raise UnknownPreset(given=given[:50], known=", ".join(presets))
    await context.services.users.choose_preset(context.person.id, name)
    await message.reply_text(
        _chosen(context, presets[name]),
        reply_parameters=replying_to(message.message_id),
    )


async def choose(update: Update, context: Context) -> None:
    """Switch to the mode on the button."""
    query, (name,) = pressed(update, context, known=1)
    presets = context.services.presets
    await context.services.users.choose_preset(context.person.id, one_of(name, presets))
    chosen = _chosen(context, presets[name])
    await acknowledge(query, chosen, alert=presets[name].guidance_scale <= 1)
    if name != context.preset.name:
        await message_of(query).edit_text(
            await _menu(context, name),
            reply_markup=keyboards.presets(context.say, presets, name, context.person.id),
        )


async def _menu(context: Context, current: str) -> str:
    """Say which mode it is, and how long each takes on this machine, as far as that is known."""
    services, say = context.services, context.say
    presets, count = services.presets, services.album_size
    seconds = {name: one * count for name, one in services.benchmark.items()}
    seconds |= await services.line.learned(list(presets.values()), count)
    lines = [say("presets", preset=current)]
    known = [
        say("preset-speed", preset=name, duration=short_duration(say, seconds[name]))
        for name in presets
        if name in seconds
    ]
    if known:
        lines += ["", say("preset-speeds", count=count), *known]
    return "\n".join(lines)


def _chosen(context: Context, preset: Preset) -> str:
    """Confirm; without guidance negative words have no effect, which its person should know."""
    text_id = "preset-chosen" if preset.guidance_scale > 1 else "preset-chosen-unguided"
    return context.say(text_id, **keyboards.preset_fields(preset))
