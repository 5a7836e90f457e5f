"""Traits that were read from a photo: a draft, which is kept only when the person says so."""

from enum import StrEnum

from telegram import Message, Update

from generation.character import CHOICES, Traits
from generation.faces.draft import Draft
from handlers.core import person_keyboards as keyboards
from handlers.core.buttons import ButtonOld, message_of, one_of, pressed
from handlers.core.context import Context
from handlers.core.looks import described
from handlers.core.replies import acknowledge
from handlers.person.traits import editor_text
from handlers.texts import Say

OPEN = "-"
"""The sign of a trait that the draft leaves open."""


async def ask(message: Message, context: Context, draft: Draft) -> None:
    """Say what the photo shows, what of it is guessed, and ask whether it is right."""
    say = context.say
    await message.reply_text(
        "\n".join([*seen_lines(say, draft), "", say("draft-right")]),
        reply_markup=keyboards.draft(say, code_of(draft.whole), context.person.id),
    )


def seen_lines(say: Say, draft: Draft) -> list[str]:
    """Say what a photo shows, and what of it is a guess; one of both is there."""
    if draft.sure == Traits():
        return [say("draft-unclear"), described(say, draft.guessed)]
    lines = [say("draft"), described(say, draft.sure)]
    if draft.guessed != Traits():
        lines.append(say("draft-guessed", looks=described(say, draft.guessed)))
    return lines


async def answer(update: Update, context: Context) -> None:
    """Keep the draft, open the editor with it, or leave all of it to the photo."""
    query, (verb, code) = pressed(update, context, count=2)
    message = message_of(query)
    if one_of(verb, ("keep", "edit", "leave")) == "leave":
        await message.edit_text(context.say("draft-left"))
        await acknowledge(query)
        return
    chosen = await context.people.characters.set_traits(context.person.id, draft_of(code))
    if verb == "keep":
        await message.edit_text(context.say("draft-kept", looks=described(context.say, chosen)))
    else:
        await message.edit_text(
            editor_text(context, chosen),
            reply_markup=keyboards.traits(context.say, chosen, context.person.id),
        )
    await acknowledge(query)


def code_of(draft: Traits) -> str:
    """Write the draft as a button carries it: a sign for each trait, the number of its choice."""
    return "".join(_sign(getattr(draft, trait), list(choice)) for trait, choice in CHOICES.items())


def draft_of(code: str) -> Traits:
    """Read `code_of`. Raises ButtonOld."""
    if len(code) != len(CHOICES):
        raise ButtonOld
    return Traits(
        **{
            trait: _choice(sign, list(choice))
            for (trait, choice), sign in zip(CHOICES.items(), code, strict=True)
            if sign != OPEN
        }  # type: ignore[arg-type]
    )


def _sign(value: StrEnum | None, choices: list[StrEnum]) -> str:
    return OPEN if value is None else str(choices.index(value))


def _choice(sign: str, choices: list[StrEnum]) -> StrEnum:
    if not sign.isdecimal() or int(sign) >= len(choices):
        raise ButtonOld
    return choices[int(sign)]
