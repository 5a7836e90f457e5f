"""What is done with the faces that a message shows."""

from collections.abc import Sequence

from telegram import Message

from db import StoredFace
from generation.faces.face import Face
from handlers.core.context import Context
from handlers.person import questions
from handlers.person.crops import show
from handlers.person.judging import Album, Verdict, judge, likest_first, sort_album
from handlers.person.photo_words import album_lines
from handlers.person.questions import Question, Wish
from handlers.person.reading import Reading
from handlers.person.taking import ask_for_traits, heading, name_of, outcome


class Registrar:
    """Takes the faces of one message, or asks about them, and replies once.

    `kept`: the photos that the person has.
    """

    def __init__(
        self,
        message: Message,
        context: Context,
        wish: Wish,
        kept: Sequence[StoredFace],
        *,
        quote: bool,
    ) -> None:
        self._message = message
        self._context = context
        self._wish = wish
        self._kept = kept
        self._quote = quote or wish is Wish.ASK
        self._characters = context.people.characters

    async def take_one(self, faces: Sequence[Face]) -> None:
        """Take the face of a picture; of several, ask which."""
        if self._wish is not Wish.ASK and len(faces) > 1:
            await self.choose(faces)
            return
        verdict = judge(faces[0], self._kept)
        if len(faces) == 1 and verdict is Verdict.KNOWN:
            await self._say("photo-known")
        elif questions.is_added(self._wish, verdict, self._kept):
            await self._add(faces)
        elif questions.is_replaced(self._wish, verdict, self._kept):
            await self._replace(faces[0])
        else:
            await self._ask_whether(faces)

    async def choose(self, faces: Sequence[Face]) -> None:
        """Ask which of the faces is the person, or whether the only one is."""
        offered = await self._offer(likest_first(faces, self._kept))
        wish = Wish.TAKE if self._wish is Wish.ASK else self._wish
        await self._ask(questions.which(self._context, wish, offered[0], offered))

    async def take_album(self, readings: Sequence[Reading]) -> None:
        """Take all photos of the person for which there is room."""
        album = sort_album(readings, self._kept)
        own = list(album.own.values())
        if own and self._wish is Wish.TAKE:
            await self._add(own, album)
        elif own and self._wish is Wish.ASK:
            offered = await self._offer(own)
            await self._ask(questions.about_album(self._context, album, offered))
        elif left := album.left:
            await self.take_one(left[:1])
        else:
            lines = album_lines(self._context.say, album)
            await self._message.reply_text("\n".join(lines), do_quote=self._quote)

    async def _add(self, faces: Sequence[Face], album: Album | None = None) -> None:
        """Add the faces: those of an album, or else one."""
        context, say = self._context, self._context.say
        await self._characters.add_new(context.person.id, faces, name_of(context))
        seen = faces[0].draft
        if album:
            lines = [say("photos-taken", count=len(faces)), *album_lines(say, album)]
            shown = questions.numbered(album)
            first = lines.pop(0) if self._kept else heading(context, self._kept)
            caption = await outcome(context, first, lines=lines, seen=seen)
        else:
            shown = [("", faces[0].image)]
            caption = await outcome(context, heading(context, self._kept), faces[0], seen=seen)
        await show(self._message, shown, caption, quote=self._quote)
        if not self._kept:
            await ask_for_traits(self._message, context, seen)

    async def _replace(self, face: Face) -> None:
        """Put the face in place of the only one."""
        (offered,), context = await self._offer([face]), self._context
        await self._characters.replace(context.person.id, self._kept[0].id, offered.id)
        said = context.say("photo-replaced")
        caption = await outcome(context, said, face, seen=face.draft)
        await show(self._message, [("", face.image)], caption, quote=self._quote)

    async def _ask_whether(self, faces: Sequence[Face]) -> None:
        offered = await self._offer(likest_first(faces, self._kept))
        await self._ask(
            questions.whether(self._context, self._wish, offered[0], offered, self._kept)
        )

    async def _offer(self, faces: Sequence[Face]) -> list[StoredFace]:
        return await self._characters.offer(self._context.person.id, faces)

    async def _ask(self, question: Question) -> None:
        await show(
            self._message, question.faces, question.caption, question.keyboard, quote=self._quote
        )

    async def _say(self, text_id: str) -> None:
        await self._message.reply_text(self._context.say(text_id), do_quote=self._quote)
