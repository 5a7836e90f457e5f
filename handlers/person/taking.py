"""What is said of photos that became the person's, and what would help more."""

from collections.abc import Sequence

from telegram import Message

from db import MOST_FACES, StoredFace
from generation.character import Traits
from generation.faces.draft import Draft
from handlers.core.context import Context
from handlers.person import draft, traits
from handlers.person.judging import SomeFace
from handlers.person.photo_words import disagreeing, disagreement, mark_line, use
from handlers.person.reading import read_again

NAME_LIMIT = 64
"""Most characters of a character's name."""


def name_of(context: Context) -> str:
    return context.user.first_name[:NAME_LIMIT]


def heading(context: Context, kept: Sequence[StoredFace]) -> str:
    """Say that the photo was taken, beside those that are `kept`."""
    return context.say("photo-added") if kept else context.say("registered", name=name_of(context))


async def known_faces(context: Context) -> list[StoredFace]:
    """Give the person's faces; of those of an older version it is read now who they show."""
    characters = context.people.characters
    faces = await characters.faces(context.person.id)
    unread = [face for face in faces if not face.embedding]
    for face in unread:
        again = await read_again(face, context)
        if again and again.embedding:
            await characters.set_embedding(face.id, again.embedding)
    return await characters.faces(context.person.id) if unread else faces


async def outcome(
    context: Context,
    heading: str,
    face: SomeFace | None = None,
    lines: Sequence[str] = (),
    *,
    seen: Draft,
) -> str:
    """Say what became of a photo, or of several in `lines`; then more photos are welcome.

    `seen`: what it shows. Where the person's own traits clearly are others, that is said once.
    """
    say, characters = context.say, context.people.characters
    faces = await characters.faces(context.person.id)
    chosen = (await characters.active(context.person.id)).traits
    parts = [heading, *lines, *use(say, faces)]
    if face:
        parts.insert(1, mark_line(say, face, len(faces)))
    if untold := await characters.untold(context.person.id, disagreeing(chosen, seen.sure)):
        parts.append(disagreement(say, chosen, seen.sure, untold))
    room = MOST_FACES - len(faces)
    if room:
        await context.people.users.invite(context.person.id)
    invitation = say("photos-more") if room else say("photos-enough", limit=MOST_FACES)
    return "\n".join([*parts, "", invitation])


async def ask_for_traits(message: Message, context: Context, seen: Draft) -> None:
    """After somebody's first photo: offer what it shows as a draft, or else the editor."""
    chosen = (await context.people.characters.active(context.person.id)).traits
    if chosen == Traits() and seen != Draft():
        await draft.ask(message, context, seen)
    else:
        await traits.ask(message, context, chosen)
