"""/model: the owner picks one of the checkpoints in the folder that MODEL names."""

import asyncio
import re
from hashlib import sha256

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import MessageLimit

from generation.errors import Refusal
from generation.models.choice import Offer
from handlers.core import keyboards
from handlers.core.buttons import ButtonOld, check_owner, message_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import find_named, words_after_command
from handlers.core.lengths import shortened
from handlers.core.replies import acknowledge, replying_to
from handlers.texts.sentences import sentence

MOST_BUTTONS = 90
"""Telegram shows at most 100 buttons under a message."""

MOST_SENTENCES = 5
"""Most files of which it is said why they are no models for the bot."""


class UnknownCheckpoint(Refusal):
    """The owner named a model that is not in the folder. Fields: what was given, what there is."""


async def model(update: Update, context: Context) -> None:
    """Show the models, or draw with the one that was named."""
    message = message_in(update)
    given = words_after_command(message)
    offer = await _offer(context)
    if given:
        name = _find(given, offer)
        if name is None and not offer.models:
            raise offer.refusals[0]
        if name is None:
            raise UnknownCheckpoint(given=given[:50], known=", ".join(offer.models)[:1000])
        text, keyboard = await _choose(context, name), None
    else:
        text, keyboard = _menu(context, offer)
    await message.reply_text(
        text, reply_markup=keyboard, reply_parameters=replying_to(message.message_id)
    )


async def press(update: Update, context: Context) -> None:
    """Draw with the model on the button."""
    check_owner(context)
    query, (key,) = pressed(update, context, count=1)
    offer = await _offer(context)
    name = next((name for name in offer.models if _key(name) == key), None)
    if name is None:
        raise ButtonOld
    before = context.drawing.model_choice.current.name
    await acknowledge(query, await _choose(context, name))
    if name != before:
        text, keyboard = _menu(context, offer)
        await message_of(query).edit_text(text, reply_markup=keyboard)


async def _offer(context: Context) -> Offer:
    return await asyncio.to_thread(context.drawing.model_choice.offer)


async def _choose(context: Context, name: str) -> str:
    drawing = context.drawing
    await asyncio.to_thread(drawing.model_choice.choose, name)
    await drawing.choices.choose_model(name)
    drawing.workers.ring()
    return context.say("model-chosen", model=name)


def _menu(context: Context, offer: Offer) -> tuple[str, InlineKeyboardMarkup | None]:
    say, current = context.say, context.drawing.model_choice.current.name
    lines = [say("models", model=current)]
    keyboard = None
    if len(offer.models) > 1:
        labels = {_key(name): name for name in list(offer.models)[:MOST_BUTTONS]}
        keyboard = keyboards.choice("model", labels, _key(current), context.person.id)
    else:
        lines.append(say("models-more"))
    if not offer.models:
        lines = [lines[0], "", *(sentence(say, refusal) for refusal in offer.refusals[:1])]
    elif offer.refusals:
        lines += ["", say("models-unfit", count=len(offer.refusals))]
        lines += [f"· {sentence(say, refusal)}" for refusal in offer.refusals[:MOST_SENTENCES]]
    return shortened("\n".join(lines), MessageLimit.MAX_TEXT_LENGTH), keyboard


def _find(given: str, offer: Offer) -> str | None:
    """Find a model by its name, or its file's, however it is spelt."""
    name = re.sub(r"\.safetensors$", "", given, flags=re.IGNORECASE)
    return find_named(name, {name: name for name in offer.models})


def _key(name: str) -> str:
    """Shorten a name: a button holds 64 bytes."""
    return sha256(name.encode()).hexdigest()[:16]
