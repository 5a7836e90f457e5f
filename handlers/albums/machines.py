"""/machines: the owner sees the computers that draw for the bot, and pauses them."""

from collections.abc import Sequence
from hashlib import sha256

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import MessageLimit

from db import Machine, MachineState
from generation.errors import Refusal
from handlers.core.buttons import ButtonOld, check_owner, message_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.lengths import shortened
from handlers.core.phrases import duration_text, mode_name
from handlers.core.replies import acknowledge, replying_to
from handlers.core.rows import button
from handlers.texts import Say

MOST_SHOWN = 20
"""Most machines that a message lists: those that draw come first."""

NAME_SHOWN = 24
"""Most characters of a machine's name on a button."""

DAY_S = 86_400


class MachineStillThere(Refusal):
    """The machine has come back: only one that is away can be removed."""


async def machines(update: Update, context: Context) -> None:
    """List the machines, with buttons that pause, drain and remove them."""
    message = message_in(update)
    text, keyboard = await _list(context)
    await message.reply_text(
        text, reply_markup=keyboard, reply_parameters=replying_to(message.message_id)
    )


async def press(update: Update, context: Context) -> None:
    """Do with a machine what the button says, and show the list as it is then."""
    check_owner(context)
    query, (action, key) = pressed(update, context, count=2)
    machine = next((one for one in await _all(context) if _key(one.name) == key), None)
    if machine is None:
        raise ButtonOld
    roster = context.drawing.machines
    match action:
        case "pause" | "resume":
            await roster.pause(machine.name, paused=action == "pause")
        case "drain":
            await roster.drain(machine.name)
        case "remove":
            if not await roster.remove(machine.name):
                raise MachineStillThere
        case _:
            raise ButtonOld
    await acknowledge(query)
    text, keyboard = await _list(context)
    await message_of(query).edit_text(text, reply_markup=keyboard)


async def _all(context: Context) -> Sequence[Machine]:
    return await context.drawing.machines.all()


async def _list(context: Context) -> tuple[str, InlineKeyboardMarkup | None]:
    say, drawing = context.say, context.drawing
    found = sorted(await _all(context), key=lambda machine: not machine.there)
    if not found:
        return say("machines-none", workers=drawing.own_workers), None
    shown = found[:MOST_SHOWN]
    head = say("machines", count=len(found), workers=drawing.own_workers)
    lines = [head, *(_paragraph(say, machine, drawing.album_size) for machine in shown)]
    if len(found) > len(shown):
        lines.append(say("machines-more", count=len(found) - len(shown)))
    rows = [_row(say, machine, context.person.id) for machine in shown]
    text = shortened("\n\n".join(lines), MessageLimit.MAX_TEXT_LENGTH)
    return text, InlineKeyboardMarkup(rows)


def _paragraph(say: Say, machine: Machine, album_size: int) -> str:
    """Tell of one machine: what it does, what it has, and how long an album takes there."""
    lines = [
        say("machine", name=machine.name, device=machine.device, doing=_doing(say, machine)),
        say("machine-has", models=", ".join(machine.offers.models) or "—",
            turbo=str(bool(machine.offers.turbo)), loras=len(machine.offers.loras)),
    ]  # fmt: skip
    seconds = ", ".join(
        f"{mode_name(say, mode)} {duration_text(say, took * album_size)}"
        for mode, took in sorted(machine.seconds.items(), key=lambda item: item[1])
    )
    if seconds:
        lines.append(say("machine-seconds", count=album_size, seconds=seconds))
    return "\n".join(lines)


def _doing(say: Say, machine: Machine) -> str:
    if machine.state is MachineState.GONE:
        return say("machine-gone")
    if not machine.there:
        return say("machine-silent", duration=_long(say, machine.seen_ago))
    if machine.trouble and machine.state is MachineState.TROUBLE:
        return say("machine-trouble", reason=_reason(say, *machine.trouble))
    if machine.draining:
        return say("machine-draining")
    doing = say(f"machine-{machine.state}")
    return say("machine-paused") if machine.paused else doing


def _reason(say: Say, text_id: str, fields: object) -> str:
    """Say what the machine says; one of another version may use a text that is not here."""
    try:
        return say(text_id, **(fields if isinstance(fields, dict) else {}))
    except Exception:  # noqa: BLE001 - Fluent raises whatever it meets
        return text_id


def _long(say: Say, seconds: float) -> str:
    """Say a time of up to a day as the texts do, and a longer one in days."""
    if seconds < DAY_S:
        return duration_text(say, seconds)
    return say("duration-days", days=round(seconds / DAY_S))


def _row(say: Say, machine: Machine, person_id: int) -> list[InlineKeyboardButton]:
    """Offer what can be done with a machine."""
    name, key = shortened(machine.name, NAME_SHOWN), _key(machine.name)

    def to(action: str) -> InlineKeyboardButton:
        label = say(f"machine-to-{action}", name=name)
        return button(label, "machine", action, key, person_id)

    if not machine.there:
        return [to("remove")]
    return [
        to("resume" if machine.paused else "pause"),
        *([] if machine.draining else [to("drain")]),
    ]


def _key(name: str) -> str:
    """Shorten a name: a button holds 64 bytes."""
    return sha256(name.encode()).hexdigest()[:16]
