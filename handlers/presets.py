"""/preset: faster or better."""

from telegram import Update

from generation.errors import Refusal
from generation.presets import Preset
from handlers import keyboards
from handlers.buttons import message_of, one_of, pressed
from handlers.context import Context, message_in, words_after_command
from handlers.replies import acknowledge, replying_to


class UnknownPreset(Refusal):
    """A mode that there is not."""


async def preset(update: Update, context: Context) -> None:
    """Show the modes, or switch to the one that was named."""
    message = message_in(update)
    presets = context.services.presets
    given = words_after_command(message)
    if not given:
        await message.reply_text(
            context.say("presets", preset=context.preset.name),
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
            context.say("presets", preset=name),
            reply_markup=keyboards.presets(context.say, presets, name, context.person.id),
        )


def _chosen(context: Context, preset: Preset) -> str:
    """Confirm; without guidance negative words have no effect, which its person should know."""
    text_id = "preset-chosen" if preset.guidance_scale > 1 else "preset-chosen-unguided"
    return context.say(text_id, **keyboards.preset_fields(preset))
