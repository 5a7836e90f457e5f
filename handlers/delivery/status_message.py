"""The status message of a job: the newest text wins, and edits are spaced."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from generation.request import Progress
from handlers.texts import Say

log = logging.getLogger(__name__)

BAR_LENGTH = 10
LATE_S = 5.0
"""After so long an edit has failed, or Telegram has asked to wait."""
NO_TEXT = "there is no text"


class Pace:
    """Spaces the edits of one chat, whichever message they are for."""

    def __init__(self, pause: float) -> None:
        """`pause`: seconds between two edits."""
        self._pause = pause
        self._free_at = 0.0
        self._alone = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until the next edit may be made."""
        clock = asyncio.get_running_loop().time
        async with self._alone:
            await asyncio.sleep(max(0.0, self._free_at - clock()))
            self._free_at = clock() + self._pause


class StatusLine:
    """One message that tells how a job is doing. It is never in the way of the job.

    `heading` stands above whatever it tells: a person may have several jobs.
    """

    def __init__(
        self, bot: Bot, chat_id: int, pace: Pace, heading: str, *, captioned: bool = False
    ) -> None:
        """`captioned`: the message is a picture already, and its words are a caption."""
        self._bot = bot
        self._heading = heading
        self.chat_id = chat_id
        self._pace = pace
        self._message_id: int | None = None
        self._wanted: tuple[str, InlineKeyboardMarkup | None] | None = None
        self._picture: bytes | None = None
        self.captioned = captioned
        self._said: tuple[str, InlineKeyboardMarkup | None] | None = None
        """What the message says for certain: Telegram refuses to be told it again."""
        self._news = asyncio.Event()
        self._editing: asyncio.Task[None] | None = None
        self._requesting = asyncio.Lock()
        self._closed = False
        self._insisting = False

    async def place(
        self, message_id: int, text: str = "", keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Say which message it is; what was shown until then appears now.

        `text` and `keyboard` are what it says already: that is not said again.
        """
        self._message_id = message_id
        if text:
            self._said = self.headed(text), keyboard
            if not self._closed:
                self._wanted = self._wanted or self._said
        if self._closed:
            await self._end()
        else:
            self._editing = asyncio.create_task(self._edit_on_news())

    def show(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let the message say this; the newest words win, but for those that insist."""
        wanted = (self.headed(text), keyboard)
        if self._insisting or wanted == self._wanted:
            return
        self._wanted = wanted
        self._news.set()

    def picture(self, picture: bytes) -> None:
        """Show a picture above the words from the next edit on."""
        self._picture = picture

    def insist(self, text: str) -> None:
        """Say this until the end: progress that was under way must not wipe it out."""
        self.show(text)
        self._insisting = True

    def headed(self, text: str) -> str:
        return f"{self._heading}\n{text}"

    async def close(self, text: str | None, keyboard: InlineKeyboardMarkup | None = None) -> bool:
        """End with these words, or with None take the message away; False when that failed."""
        self._wanted = (self.headed(text), keyboard) if text else None
        self._closed = True
        # An edit that is under way might arrive after the last one, if it were given up at once.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._requesting.acquire(), LATE_S)
        await self.stop()
        return await self._end()

    async def stop(self) -> None:
        """Edit no more."""
        if self._editing:
            self._editing.cancel()
            await asyncio.gather(self._editing, return_exceptions=True)

    async def _end(self) -> bool:
        if self._message_id is None:
            return False
        if self._wanted:
            return await self._edit(*self._wanted)
        return await self._try(self._bot.delete_message(self.chat_id, self._message_id))

    async def _edit_on_news(self) -> None:
        while True:
            await self._news.wait()
            await self._pace.turn()
            async with self._requesting:
                self._news.clear()
                if self._wanted and not self._closed:  # the last words are said by `close`
                    await self._edit(*self._wanted)

    async def _edit(self, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        wanted = (text, keyboard)
        if wanted == self._said and not self._picture:
            return True
        self._said = None  # until it is known that the edit arrived
        changed = await self._try(self._changed(text, keyboard))
        self._said = wanted if changed else None
        return changed

    async def _changed(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        where: dict[str, Any] = {
            "chat_id": self.chat_id,
            "message_id": self._message_id,
            "reply_markup": keyboard,
        }
        if self._picture:
            await self._bot.edit_message_media(
                InputMediaPhoto(self._picture, caption=text), **where
            )
            self._picture, self.captioned = None, True
            return
        if not self.captioned:
            try:
                await self._bot.edit_message_text(text, **where)
            except BadRequest as error:
                if NO_TEXT not in error.message.lower():
                    raise
                self.captioned = True  # it became a picture before the bot was started anew
            else:
                return
        await self._bot.edit_message_caption(caption=text, **where)

    async def _try(self, call: Awaitable[object]) -> bool:
        """A status that can't be shown (deleted, unchanged, no network) costs the job nothing."""
        try:
            await call
        except BadRequest as error:
            log.debug("A status message did not change: %s", error)
            return "not modified" in error.message.lower()
        except TelegramError as error:
            log.warning("A status message could not be changed: %s", error)
            return False
        return True


def progress_text(say: Say, progress: Progress) -> str:
    filled = round(progress.share * BAR_LENGTH)
    text = say(
        "progress",
        bar="▰" * filled + "▱" * (BAR_LENGTH - filled),
        percent=str(round(progress.share * 100)),
        picture=str(min(progress.picture + 1, progress.pictures)),
        last=str(min(progress.picture + progress.together, progress.pictures)),
        together=progress.together,
        pictures=str(progress.pictures),
    )
    if progress.seconds_left is None:
        return text
    return f"{text} {duration_text(say, progress.seconds_left)}"


def place_text(say: Say, ahead: int, seconds: float | None) -> str:
    """Say where a job stands in the line, and for how long."""
    where = say("queued", ahead=ahead)
    if seconds is None:
        return where
    return f"{where} {duration_text(say, seconds)}"


def downloading_text(say: Say, done: int, whole: int) -> str:
    """Say how far a download is, of so many bytes."""
    return say("downloading", done=done / 1e9, whole=whole / 1e9)


def duration_text(say: Say, seconds: float) -> str:
    """Say when an album will be there."""
    return say("about", duration=short_duration(say, max(5.0, seconds)))


def short_duration(say: Say, seconds: float) -> str:
    """Round as a person would: from 10 s on to 5 s, above a minute to minutes."""
    few, minute = 10, 60
    if seconds < few:
        return say("duration-seconds", seconds=max(1, round(seconds)))
    if seconds < minute - 2.5:
        return say("duration-seconds", seconds=5 * round(seconds / 5))
    return say("duration-minutes", minutes=max(1, round(seconds / minute)))
