"""The buttons under a face that was asked about."""

from collections.abc import Sequence

from telegram import Message, Update

from db import FaceLost, StoredFace
from generation.faces.draft import Draft
from handlers.core.buttons import ButtonDone, message_of, number, one_of, pressed
from handlers.core.context import Context
from handlers.core.replies import acknowledge, say_instead
from handlers.person import questions
from handlers.person.crops import show_instead
from handlers.person.judging import Verdict, judge
from handlers.person.questions import Question, Wish
from handlers.person.reading import read_again
from handlers.person.taking import ask_for_traits, heading, known_faces, name_of, outcome


async def next_face(update: Update, context: Context) -> None:
    """Ask about the next face of the photo; after the last one, the first again."""
    query, (_, wish, face_id) = pressed(update, context, count=3)
    wanted, shown = Wish(one_of(wish, list(Wish))), await _offered(context, face_id)
    offered = await context.people.characters.offers(context.person.id)
    later = [face for face in offered if face.id > shown.id]
    face = (later or offered)[0]
    if wanted is Wish.ASK:
        kept = await known_faces(context)
        question = questions.whether(context, wanted, face, offered, kept)
    else:
        question = questions.which(context, wanted, face, offered)
    await _ask(message_of(query), question)
    await acknowledge(query)


async def take(update: Update, context: Context) -> None:
    """Do what the person wanted with the face that is theirs, or ask once more."""
    query, (wish, face_id) = pressed(update, context, count=2)
    message, face = message_of(query), await _offered(context, face_id)
    kept = await known_faces(context)
    wanted, verdict = Wish(one_of(wish, list(Wish))), judge(face, kept)
    if questions.is_added(wanted, verdict, kept):
        await _add(message, context, face)
    elif questions.is_replaced(wanted, verdict, kept):
        await _replace(message, context, kept[0].id, face)
    elif verdict is Verdict.KNOWN:
        await _leave(message, context, "photo-known")
    else:
        await _ask(message, questions.whether(context, wanted, face, [face], kept))
    await acknowledge(query)


async def add(update: Update, context: Context) -> None:
    """Add the face, whoever it looks like."""
    query, (_, face_id) = pressed(update, context, count=2)
    message, face = message_of(query), await _offered(context, face_id)
    if _new([face], await known_faces(context)):
        await _add(message, context, face)
    else:
        await _leave(message, context, "photo-known")
    await acknowledge(query)


async def add_all(update: Update, context: Context) -> None:
    """Add the faces of an album, the first of which is on the button."""
    query, (_, first_id) = pressed(update, context, count=2)
    message, characters = message_of(query), context.people.characters
    await _offered(context, first_id)
    offered = await characters.offers(context.person.id)
    if faces := _new(offered, await known_faces(context)):
        seen = await _draft_of(faces[0], context)
        await characters.add(context.person.id, [face.id for face in faces], name_of(context))
        taken = context.say("photos-taken", count=len(faces))
        await say_instead(message, await outcome(context, taken, seen=seen))
    else:
        await _leave(message, context, "photo-known")
    await acknowledge(query)


async def begin_anew(update: Update, context: Context) -> None:
    """Make the face the person's only one."""
    query, (_, face_id) = pressed(update, context, count=2)
    message, face = message_of(query), await _offered(context, face_id)
    await context.people.characters.begin_anew(context.person.id, face.id, name_of(context))
    await _tell(message, context, face, heading(context, []), first=True)
    await acknowledge(query)


async def replace(update: Update, context: Context) -> None:
    """Put the face in place of one that the person has."""
    query, (_, face_id, old_id) = pressed(update, context, count=3)
    message, face, old = message_of(query), await _offered(context, face_id), number(old_id)
    if _new([face], [one for one in await known_faces(context) if one.id != old]):
        await _replace(message, context, old, face)
    else:
        await _leave(message, context, "photo-known")
    await acknowledge(query)


async def keep(update: Update, context: Context) -> None:
    """Leave the person the photos that they have."""
    query, (_, face_id) = pressed(update, context, count=2)
    message = message_of(query)
    try:
        await _offered(context, face_id)
    except FaceLost:  # something newer is being asked about
        await say_instead(message, context.say("face-kept"))
    else:
        await _leave(message, context, "face-kept")
    await acknowledge(query)


async def _offered(context: Context, face_id: str) -> StoredFace:
    """Give the face on the button. Raises FaceLost, and ButtonDone if it was taken already."""
    characters, wanted = context.people.characters, number(face_id)
    if any(face.id == wanted for face in await characters.faces(context.person.id)):
        raise ButtonDone
    offered = await characters.offers(context.person.id)
    face = next((one for one in offered if one.id == wanted), None)
    if face is None:
        raise FaceLost
    return face


def _new(offered: Sequence[StoredFace], kept: Sequence[StoredFace]) -> list[StoredFace]:
    """Leave out what the person has: since the question they may have sent the photo again."""
    return [face for face in offered if judge(face, kept) is not Verdict.KNOWN]


async def _leave(message: Message, context: Context, text_id: str) -> None:
    """Erase what was offered, and say why."""
    await context.people.characters.drop_offers(context.person.id)
    await say_instead(message, context.say(text_id))


async def _replace(message: Message, context: Context, old_id: int, face: StoredFace) -> None:
    await context.people.characters.replace(context.person.id, old_id, face.id)
    await _tell(message, context, face, context.say("photo-replaced"))


async def _add(message: Message, context: Context, face: StoredFace) -> None:
    kept = await context.people.characters.faces(context.person.id)
    await context.people.characters.add(context.person.id, [face.id], name_of(context))
    await _tell(message, context, face, heading(context, kept), first=not kept)


async def _tell(
    message: Message, context: Context, face: StoredFace, said: str, *, first: bool = False
) -> None:
    """Say what became of the face that `message` asked about."""
    seen = await _draft_of(face, context)
    caption = await outcome(context, said, face, seen=seen)
    await show_instead(message, [("", face.image)], caption)
    if first:
        await ask_for_traits(message, context, seen)


async def _draft_of(face: StoredFace, context: Context) -> Draft:
    again = await read_again(face, context)
    return again.draft if again else Draft()


async def _ask(message: Message, question: Question) -> None:
    await show_instead(message, question.faces, question.caption, question.keyboard)
