"""Before somebody's first photo is looked at, they say whose it is. Until then it waits, unread."""

import time
from typing import Any

from telegram import Message

from db import PHOTO_WAITS
from handlers.core import person_keyboards as keyboards
from handlers.core.context import Context
from handlers.core.late import TOO_LATE_S
from handlers.core.media_groups import parts_of, put_together


async def is_missing(message: Message, context: Context, *, whole: bool) -> bool:
    """Say whether the person has still to consent: then they are asked, and the message waits.

    `whole`: nothing of the message was answered yet, so that its words wait, too.
    """
    if context.person.consented:
        return False
    aside = {
        "parts": [part.to_dict() for part in parts_of(message)],
        "speaker": message.message_id,
        "awaits": context.person.awaits,
        "whole": whole,
    }
    ask = await context.people.consents.set_aside(context.person.id, aside)
    if ask:
        noticed = context.person.awaits == "photo" or not whole
        question = context.say("consent" if noticed else "consent-and-storage")
        keyboard = keyboards.consent(context.say, context.person.id)
        await message.reply_text(question, reply_markup=keyboard)
    return ask is not None


def is_late(aside: dict[str, Any]) -> bool:
    """Say whether a message has waited so long that its person has forgotten what it asked for."""
    return bool(time.time() - aside["at"] > TOO_LATE_S)


async def take_up(aside: dict[str, Any], context: Context) -> Message:
    """Give a message that waited, with all its parts, as if it came now."""
    parts = [Message.de_json(_alone(part), context.bot) for part in aside["parts"]]
    speaker = next(part for part in parts if part.message_id == aside["speaker"])
    put_together(parts)
    users = context.people.users
    # Who was not known yet has read what is stored, with the question.
    awaited = "photo" if aside["whole"] else aside["awaits"]
    if awaited in PHOTO_WAITS:
        await users.await_next(context.person.id, awaited)
    context.person = await users.get(context.person.id)
    return speaker


def _alone(part: dict[str, Any]) -> dict[str, Any]:
    """Leave out to which album it belongs: that one has been answered, by the question."""
    return {name: value for name, value in part.items() if name != "media_group_id"}
