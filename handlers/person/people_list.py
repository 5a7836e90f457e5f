"""/people: the owner sees who may use the bot, and decides about each, by name."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode

from db import Decision, Guest, Standing
from handlers.core.buttons import check_owner, message_of, number, one_of, pressed
from handlers.core.cards import OWN_LIMIT, standing_text
from handlers.core.context import Context, message_in
from handlers.core.names import person_html, shown_name
from handlers.core.replies import acknowledge
from handlers.core.rows import button
from handlers.person.decisions import decide
from handlers.texts import Say

PAGE = 8
"""People on a page."""

OFFERED = {
    Standing.ASKS: (Decision.ALLOW, Decision.LIMIT, Decision.BLOCK),
    Standing.ALLOWED: (Decision.LIMIT, Decision.BLOCK, Decision.REMOVE),
    Standing.LIMITED: (Decision.UNLIMIT, Decision.BLOCK, Decision.REMOVE),
    Standing.GUEST: (Decision.ALLOW, Decision.LIMIT, Decision.BLOCK, Decision.REMOVE),
    Standing.BLOCKED: (Decision.ALLOW, Decision.LIMIT, Decision.REMOVE),
    Standing.STRANGER: (Decision.ALLOW, Decision.LIMIT, Decision.BLOCK),
}
"""What can be decided about a person, by how they stand."""

View = tuple[str, InlineKeyboardMarkup | None]


async def people(update: Update, context: Context) -> None:
    """List everybody whom the bot knows, a page at a time."""
    text, keyboard = await _page(context, 0)
    await message_in(update).reply_text(text, reply_markup=keyboard, parse_mode=ParseMode.HTML)


async def turn(update: Update, context: Context) -> None:
    """Show another page."""
    check_owner(context)
    query, (page,) = pressed(update, context, count=1)
    text, keyboard = await _page(context, number(page))
    await message_of(query).edit_text(text, reply_markup=keyboard, parse_mode=ParseMode.HTML)
    await acknowledge(query)


async def open_(update: Update, context: Context) -> None:
    """Show one person, with what can be decided about them."""
    check_owner(context)
    query, (person, page) = pressed(update, context, count=2)
    text, keyboard = await _person(context, number(person), number(page))
    await message_of(query).edit_text(text, reply_markup=keyboard, parse_mode=ParseMode.HTML)
    await acknowledge(query)


async def change(update: Update, context: Context) -> None:
    """Decide about a person, and show how they stand now."""
    check_owner(context)
    query, (action, person, page) = pressed(update, context, count=3)
    decision = Decision(one_of(action, tuple(Decision)))
    stopped = await decide(number(person), decision, context)
    said = context.say("block-cancelled", count=stopped) if stopped else None
    await acknowledge(query, said, alert=True)
    if decision is Decision.REMOVE:
        text, keyboard = await _page(context, number(page))
    else:
        text, keyboard = await _person(context, number(person), number(page))
    await message_of(query).edit_text(text, reply_markup=keyboard, parse_mode=ParseMode.HTML)


async def _page(context: Context, page: int) -> View:
    """Make a page; the first one in place of one that is empty by now."""
    say, owner = context.say, context.person.id
    guests, count = await context.people.guests.page(page * PAGE, PAGE)
    if not guests and page:
        return await _page(context, 0)
    if not guests:
        return say("people-none"), None
    lines = [say("people", count=count), "", *(_line(say, guest) for guest in guests)]
    rows = [
        [button(shown_name(say, guest.name or str(guest.id)), "person", guest.id, page, owner)]
        for guest in guests
    ]
    turns: list[InlineKeyboardButton] = []
    if page:
        turns.append(button(say("people-back"), "people", page - 1, owner))
    if count > (page + 1) * PAGE:
        turns.append(button(say("people-on"), "people", page + 1, owner))
    return "\n".join(lines), InlineKeyboardMarkup([*rows, turns] if turns else rows)


def _line(say: Say, guest: Guest) -> str:
    who = person_html(say, guest.id, guest.name, guest.username)
    return f"• {who}: {standing_text(say, guest)}"


async def _person(context: Context, person_id: int, page: int) -> View:
    say, owner = context.say, context.person.id
    guest = await context.people.guests.get(person_id)
    rows = [
        [button(_label(say, decision), "people", decision, person_id, page, owner)]
        for decision in OFFERED[guest.standing]
    ]
    rows.append([button(say("people-all"), "people", page, owner)])
    return _line(say, guest).removeprefix("• "), InlineKeyboardMarkup(rows)


def _label(say: Say, decision: Decision) -> str:
    if decision is Decision.LIMIT:
        return say("decide-limit", count=OWN_LIMIT)
    return say(f"decide-{decision}")
