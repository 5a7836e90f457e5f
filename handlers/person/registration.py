"""/register: photos are sent, and the face in them becomes the person's own."""

from collections.abc import Sequence

from telegram import Message, Update

from db import PHOTO_WAITS
from generation.errors import Refusal
from generation.faces.face import NoFace
from handlers.core.context import Context, message_in
from handlers.person import consent, traits
from handlers.person.pictures import is_film, pictures_in
from handlers.person.questions import Wish
from handlers.person.reading import Reading, read, worst
from handlers.person.registrar import Registrar
from handlers.person.taking import known_faces
from handlers.person.turns import turns_of


class NoNewFace(Refusal):
    """Somebody whose face is known sent a picture without one, and was not asked for it."""


async def register(update: Update, context: Context) -> None:
    """Take the photo that came with the command, or that it replies to, or ask for one."""
    message = message_in(update)
    replied = message.reply_to_message
    if pictures := pictures_in(message) or (pictures_in(replied) if replied else []):
        await _look(message, pictures, context, asked=True)
        return
    await context.people.users.await_next(context.person.id, "photo")
    await message.reply_text(context.say("animated-picture" if is_film(message) else "send-photo"))


async def photo(update: Update, context: Context) -> None:
    """Take the face of a photo that was asked for; of any other, ask whether to take it."""
    message = message_in(update)
    if not await begins(message, context):
        return
    if context.person.awaits == "words" and message.caption:
        await traits.save_words(message, context)
    else:  # a photo without words is something else than what was awaited
        await context.people.users.end_wait(context.person.id, "words")
    if pictures := pictures_in(message):
        await _look(message, pictures, context)
    elif not await wants_photo(context):
        await message.reply_text(context.say("not-understood"))
    elif is_film(message):
        await message.reply_text(context.say("animated-picture"))
    else:
        await message.reply_text(context.say("photo-wanted"))


async def photo_with_command(update: Update, context: Context) -> bool:
    """Do the same with a photo whose caption is a command.

    Say whether the command can be answered: if a newcomer has to choose a face before, the question
    quotes the command, so that the choice can be followed by it.
    """
    message = message_in(update)
    await _look(message, pictures_in(message), context, quote=True)
    return await is_known(context)


async def begins(message: Message, context: Context) -> bool:
    """Say no to a part that comes after its album was answered."""
    album = message.media_group_id
    return not album or await context.people.users.starts_media_group(context.person.id, album)


async def wants_photo(context: Context) -> bool:
    """Say whether the person was asked for a photo, or has no face yet."""
    return context.person.awaits in PHOTO_WAITS or not await is_known(context)


async def is_known(context: Context) -> bool:
    return await context.people.characters.exists(context.person.id)


async def _look(
    message: Message,
    pictures: Sequence[Message],
    context: Context,
    *,
    asked: bool = False,
    quote: bool = False,
) -> None:
    """Take the faces of the pictures, or ask about them; `asked`: the person wants them taken."""
    if await consent.is_missing(message, context, whole=not await is_known(context)):
        return
    turns = turns_of(context.person.id)
    await _give_notice(message, context)
    readings = await read(pictures, context)
    seen = [reading for reading in readings if reading.faces]
    doubtful = not seen and (asked or await wants_photo(context))
    doubts = next((one.doubts for one in readings if one.doubts), ()) if doubtful else ()
    if not seen and not doubts:
        await _refuse(readings, context)
    async with turns.lock:
        if turns.over:
            return
        wish, kept = await _wish(context, asked=asked), await known_faces(context)
        registrar = Registrar(message, context, wish, kept, quote=quote)
        if doubts:
            await registrar.choose(doubts)
        elif len(pictures) > 1 and (kept or any(len(one.faces) == 1 for one in seen)):
            await registrar.take_album(readings)
        else:
            await registrar.take_one(seen[0].faces)


async def _give_notice(message: Message, context: Context) -> None:
    """Before the person's first photo is read, say what of it is stored."""
    noticed = context.person.awaits == "photo"  # the request for a photo says it
    if not noticed and not await is_known(context):
        await context.people.users.await_next(context.person.id, "photo")
        await message.reply_text(context.say("storage"))


async def _refuse(readings: Sequence[Reading], context: Context) -> None:
    refusal = worst(readings)
    if isinstance(refusal, NoFace) and not await wants_photo(context):
        raise NoNewFace
    raise refusal


async def _wish(context: Context, *, asked: bool) -> Wish:
    """Say what the person wants: not before now, the question may have lapsed meanwhile."""
    users = context.people.users
    waited = await users.end_wait(context.person.id, *PHOTO_WAITS)
    if waited == "swap":
        return Wish.SWAP
    invited = (await users.get(context.person.id)).invited
    if not (asked or waited or invited or not await is_known(context)):
        return Wish.ASK
    await users.invite(context.person.id)
    return Wish.TAKE
