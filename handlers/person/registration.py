"""/register: a photo is sent, and a face in it becomes the person's own."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto, Message, Update

from generation.character import Character
from generation.errors import Refusal
from generation.faces.face import Face, FaceBlurred, FaceCut, FaceTooSmall, NoFace
from handlers.core import keyboards
from handlers.core.buttons import message_of, number, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge
from handlers.person import traits
from handlers.person.pictures import download, is_film, pictures_in

NAME_LIMIT = 64
"""Most characters of a character's name."""

READING = ThreadPoolExecutor(32, "photos")
"""Threads that wait for photos to be read, so many that nobody's photos keep the others from their
turn. They are apart because the database needs the other threads."""

SURE_SCORE = 0.75
"""Least score of what is surely a face. Of two people it was 0.90 to 0.94, of a cup of coffee up
to 0.55: docs/decisions/0013-what-is-done-with-a-photo.md."""

FACE_SEEN = (FaceTooSmall, FaceCut, FaceBlurred)
"""Refusals of a picture that does show a face: of several refusals they say most."""


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

    Say whether the command can be answered: if the person has to choose a face before, the question
    quotes the command, so that `take` can be followed by it.
    """
    message = message_in(update)
    return await _look(message, pictures_in(message), context, quote=True)


async def begins(message: Message, context: Context) -> bool:
    """Say no to a part that comes after its album was answered."""
    album = message.media_group_id
    return not album or await context.people.users.starts_media_group(context.person.id, album)


async def wants_photo(context: Context) -> bool:
    """Say whether the person was asked for a photo, or has no face yet."""
    return context.person.awaits == "photo" or not await _is_known(context)


async def next_face(update: Update, context: Context) -> None:
    """Offer the next face of the photo; after the last one, the first again."""
    query, (_, verb, face_id) = pressed(update, context, count=3)
    faces = await context.people.characters.offers(context.person.id)
    following = [face for face in faces if face > number(face_id)] or faces
    verb = one_of(verb, QUESTIONS)
    picture, caption, keyboard = await _question(context, verb, following[0], faces)
    await message_of(query).edit_media(
        InputMediaPhoto(picture, caption=caption), reply_markup=keyboard
    )
    await acknowledge(query)


async def take(update: Update, context: Context) -> None:
    """Make the face on the button the person's own."""
    query, (_, face_id) = pressed(update, context, count=2)
    question = message_of(query)
    character = await _take(context, number(face_id))
    await question.edit_caption(context.say("registered", name=character.name))
    await traits.ask(question, context, character.traits)
    await acknowledge(query)


async def keep(update: Update, context: Context) -> None:
    """Leave the person the face that they have."""
    query, _ = pressed(update, context, count=1)
    question = message_of(query)
    await context.people.characters.drop_offers(context.person.id)
    await question.edit_caption(context.say("face-kept"))
    await acknowledge(query)


async def _look(
    message: Message,
    pictures: Sequence[Message],
    context: Context,
    *,
    asked: bool = False,
    quote: bool = False,
) -> bool:
    """Take the first good face, or ask which it is, or whether; False: the person has to say which.

    `asked`: the person wants it to be taken. Else it is if they were asked for it, or have none.
    """
    await _give_notice(message, context)
    faces = await _first_good(pictures, context, doubtful=asked or await wants_photo(context))
    offered = await context.people.characters.offer(
        context.person.id, [face.image for face in faces]
    )
    # Not before now: the question may have lapsed while the photo was read.
    waited = await context.people.users.end_wait(context.person.id, "photo")
    wanted = asked or waited or not await _is_known(context)
    if wanted and len(offered) == 1 and _is_sure(faces[0]):
        character = await _take(context, offered[0])
        await message.reply_photo(
            InputFile(character.faces[0], "face.png"),
            caption=context.say("registered", name=character.name),
        )
        await traits.ask(message, context, character.traits)
        return True
    verb = "take" if wanted else "replace"
    picture, caption, keyboard = await _question(context, verb, offered[0], offered)
    await message.reply_photo(
        picture, caption=caption, reply_markup=keyboard, do_quote=quote or not wanted
    )
    return not wanted


async def _first_good(
    pictures: Sequence[Message], context: Context, *, doubtful: bool
) -> list[Face]:
    """Find the faces of the first picture that has a good one. Raises what is wrong with all.

    `doubtful`: if no picture has what is surely a face, what may be one is better than none.
    """
    loop = asyncio.get_running_loop()
    find = context.people.faces.of_message(context.person.id, len(pictures))
    refusals: list[Refusal] = []
    doubts: list[Face] = []
    for picture in pictures:
        try:
            data = await download(picture)
            faces = await loop.run_in_executor(READING, find, data)
        except Refusal as error:
            refusals.append(error)
            continue
        if sure := [face for face in faces if _is_sure(face)]:
            return sure
        doubts = doubts or faces
        refusals.append(NoFace())
    if doubtful and doubts:
        return doubts
    refusal = next((one for one in refusals if isinstance(one, FACE_SEEN)), refusals[0])
    if isinstance(refusal, NoFace) and not await wants_photo(context):
        raise NoNewFace
    raise refusal


def _is_sure(face: Face) -> bool:
    return face.score >= SURE_SCORE


async def _is_known(context: Context) -> bool:
    return await context.people.characters.exists(context.person.id)


async def _give_notice(message: Message, context: Context) -> None:
    """Before the person's first photo is read, say what of it is stored."""
    noticed = context.person.awaits == "photo"  # the request for a photo says it
    if not noticed and not await _is_known(context):
        await context.people.users.await_next(context.person.id, "photo")
        await message.reply_text(context.say("storage"))


QUESTIONS = {"take": "which-face", "replace": "replace-face"}
"""What is asked about an offered face, by the verb of the button that says yes."""


async def _question(
    context: Context, verb: str, face_id: int, faces: list[int]
) -> tuple[bytes, str, InlineKeyboardMarkup]:
    """Ask about this face: give the crop, the words and the buttons."""
    more = len(faces) > 1
    return (
        await context.people.characters.offered(context.person.id, face_id),
        context.say(QUESTIONS[verb], count=len(faces), number=faces.index(face_id) + 1),
        keyboards.faces(context.say, verb, face_id, context.person.id, more=more),
    )


async def _take(context: Context, face_id: int) -> Character:
    name = context.user.first_name[:NAME_LIMIT]
    return await context.people.characters.take(context.person.id, face_id, name)
