"""What is asked about faces that were found in a photo: the crops, the words and the buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardMarkup

from db import MOST_FACES, StoredFace
from handlers.core import person_keyboards as keyboards
from handlers.core.context import Context
from handlers.person.crops import Labelled
from handlers.person.judging import Album, Verdict, judge
from handlers.person.photo_words import album_lines, marks

NEW = "+"
"""The sign of the new face on a sheet with those that it may replace."""


class Wish(StrEnum):
    """What the person wants with a photo."""

    TAKE = "take"
    """It was asked for."""
    SWAP = "swap"
    """It was asked for in place of another one."""
    ASK = "ask"
    """They have not said."""


@dataclass(frozen=True, slots=True)
class Question:
    faces: Sequence[Labelled]
    caption: str
    keyboard: InlineKeyboardMarkup


def room_in(kept: Sequence[StoredFace]) -> int:
    return MOST_FACES - len(kept)


def is_added(wish: Wish, verdict: Verdict, kept: Sequence[StoredFace]) -> bool:
    """Say whether the photo is added without a question."""
    return wish is not Wish.ASK and verdict is Verdict.OWN and _goes_beside(wish, kept)


def is_replaced(wish: Wish, verdict: Verdict, kept: Sequence[StoredFace]) -> bool:
    """Say whether the photo takes the place of the only one without a question."""
    return wish is Wish.SWAP and verdict is Verdict.OWN and len(kept) == 1


def which(
    context: Context, wish: Wish, face: StoredFace, offered: Sequence[StoredFace]
) -> Question:
    """Ask whether this face is the person."""
    caption = context.say("which-face", count=len(offered), number=_place(face, offered))
    keyboard = keyboards.which_face(
        context.say, wish, face.id, context.person.id, more=len(offered) > 1
    )
    return Question([("", face.image)], caption, keyboard)


def whether(
    context: Context,
    wish: Wish,
    face: StoredFace,
    offered: Sequence[StoredFace],
    kept: Sequence[StoredFace],
) -> Question:
    """Ask whether to take this face, and in place of which."""
    say, verdict = context.say, judge(face, kept)
    added = _goes_beside(wish, kept)
    several = len(kept) > 1 and not added and verdict is not Verdict.KNOWN
    lines = [say("faces-seen", count=len(offered), number=_place(face, offered))]
    text = {
        Verdict.KNOWN: "photo-known",
        Verdict.STRANGER: "ask-stranger",
        Verdict.OWN: "ask-add" if added else "ask-swap",
    }[verdict]
    lines = [*(lines if len(offered) > 1 else ()), say(text)]
    if several:
        lines += [say("photos-full", limit=MOST_FACES)] if not room_in(kept) else []
        lines += marks(say, enumerate(kept, 1))
    keyboard = keyboards.photo(
        say,
        wish,
        face.id,
        context.person.id,
        add=added and verdict is not Verdict.KNOWN,
        swaps=[one.id for one in kept] if several else [],
        stranger=verdict is Verdict.STRANGER,
        more=len(offered) > 1,
    )
    own = [(str(number), one.image) for number, one in enumerate(kept, 1)] if several else []
    return Question([*own, (NEW, face.image)], "\n".join(lines), keyboard)


def about_album(context: Context, album: Album, offered: Sequence[StoredFace]) -> Question:
    """Ask whether to take those photos of an album that show the person."""
    say = context.say
    lines = [say("ask-album", count=len(offered)), *album_lines(say, album)]
    keyboard = keyboards.photos(say, offered[0].id, context.person.id)
    return Question(numbered(album), "\n".join(lines), keyboard)


def numbered(album: Album) -> list[Labelled]:
    """Give the faces of an album that can be taken, with the numbers of their pictures."""
    return [(str(number), face.image) for number, face in album.own.items()]


def _goes_beside(wish: Wish, kept: Sequence[StoredFace]) -> bool:
    """Say whether a photo comes beside the others, and not in place of one."""
    return not kept or (wish is not Wish.SWAP and bool(room_in(kept)))


def _place(face: StoredFace, offered: Sequence[StoredFace]) -> int:
    return [one.id for one in offered].index(face.id) + 1
