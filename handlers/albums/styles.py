"""/style: how a person's pictures are made."""

import asyncio
from collections.abc import Collection, Mapping

from telegram import InlineKeyboardMarkup, Message, Update

from generation.errors import Refusal
from generation.words.lora import LoraUse, in_use
from generation.words.reading.loras import take_loras
from generation.words.style import Style
from generation.words.styles import StyleEntry
from handlers.albums.choice import GIVEN_SHOWN
from handlers.albums.contact_sheet import Tile, draw_sheet
from handlers.core import keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.invocation import find_named, words_after_command
from handlers.core.lengths import shortened
from handlers.core.phrases import style_name
from handlers.core.replies import (
    UPLOAD_TIMEOUT_S,
    acknowledge,
    going_on_without,
    replying_to,
    say_instead,
)

NONE = "-"
"""What stands in the button's data in place of a style: none. No style can have this name."""


LORAS_SHOWN = 500
"""Most characters of their names below a picture of the styles."""


class UnknownStyle(Refusal):
    """The person named a style that does not exist. Fields: what was given, what there is."""


class NoStyles(Refusal):
    """The model knows none of the styles."""


class LoraNoStyle(Refusal):
    """A style takes all of its LoRA, and less or more was asked. Fields: given, name."""


class StyleNotDrawn(Refusal):
    """The model does not know what the style is. Fields: its title, what the model knows."""


async def style(update: Update, context: Context) -> None:
    """Show the styles, or switch to the one that was named."""
    message = message_in(update)
    given, reply = words_after_command(message), replying_to(message.message_id)
    if not context.drawing.styles:
        raise NoStyles
    if not given:
        await _show(context, message)
        return
    chosen = named(context, given)
    await _keep(context, chosen)
    await message.reply_text(_chosen(context, chosen), reply_parameters=reply)


async def choose(update: Update, context: Context) -> None:
    """Switch to the style on the button."""
    query, (name,) = pressed(update, context, count=1)
    known = context.drawing.styles
    entry = known.get(one_of(name, [NONE, *known]))
    chosen = entry.style if entry else None
    await _keep(context, chosen)
    await acknowledge(query, _chosen(context, chosen))
    if chosen != context.style:
        menu = message_of(query)
        await say_instead(menu, *_menu(context, chosen, numbered=bool(menu.photo)))


def named(context: Context, given: str) -> Style | None:
    """Find a style by its name or its title in any language; None: “none” was named.

    A LoRA as words name it, `<lora:film>`, is its style. Raises UnknownStyle, LoraNoStyle and
    StyleNotDrawn.
    """
    if find_named(given, dict.fromkeys(_names_of_none(context), NONE)):
        return None
    known, others = context.drawing.styles, context.drawing.other_styles
    if entry := find_named(given, _by_name(known)):
        return entry.style
    shown = ", ".join(_titles(context).values())
    if entry := find_named(given, _by_name(others)):
        raise StyleNotDrawn(given=entry.title(context.language), known=shown)
    if use := _lora_in(context, given):
        if same := [one.style for one in known.values() if in_use(one.style, ()) == (use,)]:
            return same[0]
        raise LoraNoStyle(given=str(use), name=use.name)
    raise UnknownStyle(given=given[:GIVEN_SHOWN], known=shown)


def _lora_in(context: Context, given: str) -> LoraUse | None:
    """Read a LoRA as words name it, or as `film:0.5`; None: it is none of those that are here."""
    for written in (given, f"<lora:{given}>"):
        _, uses, _ = take_loras(written, context.drawing.loras)
        if uses:
            return uses[0]
    return None


def title(context: Context, style: Style | None) -> str:
    """Give what a style, or none, is called in the person's language."""
    drawing = context.drawing
    if style is None:
        return context.say("style-none")
    return style_name({**drawing.styles, **drawing.other_styles}, style, context.language)


def names(context: Context) -> Collection[str]:
    """Give everything that `named` may find, in every language."""
    drawing = context.drawing
    return [*_names_of_none(context), *_by_name({**drawing.styles, **drawing.other_styles})]


async def _keep(context: Context, chosen: Style | None) -> None:
    name = chosen.name if chosen else None
    await context.people.users.choose_style(context.person.id, name)


async def _show(context: Context, message: Message) -> None:
    """Reply with the styles and a picture of each; without pictures before they are drawn."""
    samples, reply = context.drawing.samples, replying_to(message.message_id)
    styles = [None, *(entry.style for entry in context.drawing.styles.values())]
    pictures = await asyncio.to_thread(lambda: [samples.read(style) for style in styles])
    if any(pictures):
        tiles = [Tile(place, picture) for place, picture in enumerate(pictures, start=1)]
        text, keyboard = _menu(context, context.style, numbered=True)
        sheet = await asyncio.to_thread(draw_sheet, tiles)
        with going_on_without():
            await message.reply_photo(
                sheet, text, reply_markup=keyboard, reply_parameters=reply,
                write_timeout=UPLOAD_TIMEOUT_S,
            )  # fmt: skip
            return
    text, keyboard = _menu(context, context.style, numbered=False)
    await message.reply_text(text, reply_markup=keyboard, reply_parameters=reply)


def _menu(
    context: Context, current: Style | None, *, numbered: bool
) -> tuple[str, InlineKeyboardMarkup]:
    """Say which style is on, and offer all of them, by their numbers on the sheet too."""
    say, titles, name = context.say, _titles(context), current.name if current else NONE
    *_, example = titles.values()
    lines = [say("style", current=title(context, current), example=example)]
    if names := context.drawing.loras:
        shown = shortened(", ".join(names), LORAS_SHOWN)
        lines.append(say("style-loras", names=shown, example=str(LoraUse(names[0], 0.8))))
    if context.drawing.samples.wanted:
        lines.append(say("style-drawing"))
    labels = titles
    if numbered:
        labels = {
            style: say("style-button", number=str(place), style=label)
            for place, (style, label) in enumerate(titles.items(), start=1)
        }
    return "\n".join(lines), keyboards.styles(labels, name, context.person.id)


def _titles(context: Context) -> dict[str, str]:
    """Give what the styles are called in the person's language, none first, by their names."""
    entries = context.drawing.styles.items()
    return {
        NONE: context.say("style-none"),
        **{name: entry.title(context.language) for name, entry in entries},
    }


def _by_name(styles: Mapping[str, StyleEntry]) -> dict[str, StyleEntry]:
    """Give the styles by all that they are called; a name comes before another one's title."""
    titles = {one: entry for entry in styles.values() for one in entry.titles.values()}
    return {**titles, **styles}


def _names_of_none(context: Context) -> list[str]:
    """Give what “no style” is called; a text has several names with commas between."""
    names = ", ".join(say(f"style-none{more}") for say in context.says for more in ("", "-too"))
    return names.split(", ")


def _chosen(context: Context, chosen: Style | None) -> str:
    return context.say("style-chosen", chosen=title(context, chosen))
