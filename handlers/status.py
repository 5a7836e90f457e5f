"""The status message of a job: the newest text wins, and edits are spaced."""

import asyncio
import logging
from collections.abc import Awaitable

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from generation.request import Progress
from handlers.texts import Say

log = logging.getLogger(__name__)

BAR_LENGTH = 10


class StatusLine:
    """One message that tells how a job is doing. It is never in the way of the job."""

    def __init__(self, bot: Bot, chat_id: int, pause: float) -> None:
        """`pause`: seconds between two edits."""
        self._bot = bot
        self.chat_id = chat_id
        self._pause = pause
        self._message_id: int | None = None
        self._wanted: tuple[str, InlineKeyboardMarkup | None] | None = None
        self._news = asyncio.Event()
        self._editing: asyncio.Task[None] | None = None
        self._closed = False
        self._insisting = False

    async def place(self, message_id: int) -> None:
        """Say which message it is; what was shown until then appears now."""
        self._message_id = message_id
        if self._closed:
            await self._end()
        else:
            self._editing = asyncio.create_task(self._edit_on_news())

    def show(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let the message say this; the newest words win, but for those that insist."""
        if self._insisting:
            return
        self._wanted = (text, keyboard)
        self._news.set()

    def insist(self, text: str) -> None:
        """Say this until the end: progress that was under way must not wipe it out."""
        self.show(text)
        self._insisting = True

    async def close(self, text: str | None) -> bool:
        """End with these words, or with None take the message away; False when that failed."""
        self._wanted = (text, None) if text else None
        self._closed = True
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
            self._news.clear()
            if self._wanted:
                await self._edit(*self._wanted)
            await asyncio.sleep(self._pause)

    async def _edit(self, text: str, keyboard: InlineKeyboardMarkup | None) -> bool:
        return await self._try(
            self._bot.edit_message_text(text, self.chat_id, self._message_id, reply_markup=keyboard)
        )

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
    return say(
        "progress",
        bar="▰" * filled + "▱" * (BAR_LENGTH - filled),
        percent=str(round(progress.share * 100)),
        picture=str(min(progress.picture + 1, progress.pictures)),
        pictures=str(progress.pictures),
        seconds=str(round(progress.seconds_left)),
    )
