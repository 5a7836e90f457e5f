"""/character: what the bot knows about somebody; photos can be added, replaced and removed."""

from collections.abc import Sequence

from telegram import Message, Update
from telegram.constants import MessageLimit

from db import MOST_FACES, NoCharacter, PhotosFull, StoredFace
from handlers.core import person_keyboards as keyboards
from handlers.core.buttons import message_of, number, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.lengths import shortened
from handlers.core.looks import looks
from handlers.core.replies import acknowledge
from handlers.person.crops import Labelled, show, show_instead
from handlers.person.photo_words import marks, use


async def character(update: Update, context: Context) -> None:
    """Show the name, the traits and all photos with their marks."""
    faces, caption = await _card(context)
    await show(
        message_in(update),
        _numbered(faces),
        caption,
        keyboards.card(context.say, len(faces), context.person.id),
    )


async def send_photo(update: Update, context: Context) -> None:
    """Ask for one more photo, or for one in place of another. Raises PhotosFull."""
    query, (verb,) = pressed(update, context, count=1)
    count = len(await context.people.characters.faces(context.person.id))
    if one_of(verb, ("add", "swap")) == "add" and count >= MOST_FACES:
        raise PhotosFull(limit=MOST_FACES)
    await context.people.users.await_next(context.person.id, "swap" if verb == "swap" else "photo")
    await message_of(query).reply_text(
        context.say("send-photo" if verb == "add" else "send-swap"), do_quote=False
    )
    await acknowledge(query)


async def choose(update: Update, context: Context) -> None:
    """Ask which photo to remove, by the numbers that the photos have now."""
    query, _ = pressed(update, context, count=1)
    faces, caption = await _card(context)
    keyboard = keyboards.remove(context.say, [face.id for face in faces], context.person.id)
    await show_instead(message_of(query), _numbered(faces), caption, keyboard)
    await acknowledge(query)


async def remove(update: Update, context: Context) -> None:
    """Remove the photo on the button, and show what is left."""
    query, (_, face_id) = pressed(update, context, count=2)
    await context.people.characters.remove(context.person.id, number(face_id))
    await _show_anew(message_of(query), context)
    await acknowledge(query)


async def back(update: Update, context: Context) -> None:
    query, _ = pressed(update, context, count=1)
    await _show_anew(message_of(query), context)
    await acknowledge(query)


async def _show_anew(message: Message, context: Context) -> None:
    faces, caption = await _card(context)
    keyboard = keyboards.card(context.say, len(faces), context.person.id)
    await show_instead(message, _numbered(faces), caption, keyboard)


def _numbered(faces: Sequence[StoredFace]) -> list[Labelled]:
    return [(str(place), face.image) for place, face in enumerate(faces, 1)]


async def _card(context: Context) -> tuple[list[StoredFace], str]:
    """Give the photos, and the words. Raises NoCharacter."""
    say, characters = context.say, context.people.characters
    person = await characters.active(context.person.id)
    faces = await characters.faces(context.person.id)
    if not faces:
        raise NoCharacter
    lines = [say("character", name=person.name), looks(say, person.traits)]
    if person.traits.words:
        lines.append(say("trait-words-line", words=person.traits.words))
    lines += ["", *marks(say, enumerate(faces, 1)), *use(say, faces)]
    caption = shortened("\n".join(lines), MessageLimit.CAPTION_LENGTH)
    return faces, caption
