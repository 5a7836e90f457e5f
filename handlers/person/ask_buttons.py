"""The buttons of the cards on which the owner lets people and groups in."""

import logging

from telegram import Update
from telegram.constants import ParseMode
from telegram.error import TelegramError

from db import Decision
from handlers.core import cards
from handlers.core.buttons import ButtonOld, check_owner, message_of, number, one_of, pressed
from handlers.core.context import Context
from handlers.core.rejections import Closed, Moved, meaning_of
from handlers.core.replies import acknowledge
from handlers.person.decisions import decide

log = logging.getLogger(__name__)

ON_CARD = (Decision.ALLOW, Decision.LIMIT, Decision.BLOCK)


async def answer_person(update: Update, context: Context) -> None:
    """Decide about who asks; where that has been done since, the card only says so."""
    check_owner(context)
    query, (action, person) = pressed(update, context, count=2)
    decision = Decision(one_of(action, ON_CARD))
    done = await decide(number(person), decision, context, undecided=True)
    await acknowledge(query, context.say("decided-since") if done is None else None, alert=True)
    guest = await context.people.guests.get(number(person))
    await message_of(query).edit_text(
        cards.person_card(context.say, guest), parse_mode=ParseMode.HTML
    )


async def answer_group(update: Update, context: Context) -> None:
    """Let the group in, or leave it; where that has been done since, the card only says so."""
    check_owner(context)
    query, (action, digits) = pressed(update, context, count=2)
    group_id = -number(digits)
    if action not in ("allow", "leave"):
        raise ButtonOld
    chats = context.people.chats
    decided = (await chats.get(group_id)).allowed is not None
    if not decided:
        await chats.allow(group_id, action == "allow")
        group_id = await _tell_group(group_id, context, allowed=action == "allow")
    await acknowledge(query, context.say("decided-since") if decided else None, alert=True)
    await message_of(query).edit_text(
        cards.group_card(context.say, await chats.get(group_id)),
        parse_mode=ParseMode.HTML,
    )


async def _tell_group(group_id: int, context: Context, *, allowed: bool) -> int:
    """Greet the group, or leave it; give its id, which is another one if it has moved.

    It may have removed the bot meanwhile: that is no harm.
    """
    try:
        if allowed:
            await context.bot.send_message(group_id, context.say("group-hello"))
        else:
            await context.bot.leave_chat(group_id)
    except TelegramError as error:
        match meaning_of(error):
            case Moved(new_id):  # the card is older than the move
                await context.people.chats.migrate(group_id, new_id)
                return await _tell_group(new_id, context, allowed=allowed)
            case Closed():
                await context.people.chats.removed(group_id)
            case _:
                log.info("A group could not be told what was decided: %s", error)
    return group_id
