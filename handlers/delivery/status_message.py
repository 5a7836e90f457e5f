"""The status message of a job: the newest text wins, and edits are spaced."""

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

log = logging.getLogger(__name__)

LATE_S = 5.0
"""Seconds that the last words wait for the request before them: later it has failed, or Telegram
has asked to wait."""

NO_TEXT = "there is no text"
"""What Telegram says when the text of a picture is to be edited."""

NOT_MODIFIED = "not modified"
"""What Telegram says when a message is edited into what it says already."""


class Pace:
    """Spaces the edits of one chat, whichever message they are for."""

    def __init__(self, pause: float) -> None:
        """`pause`: seconds between two edits."""
        self._pause = pause
        self._free_at = 0.0
        self._alone = asyncio.Lock()

    async def wait(self) -> None:
        """Wait until the next edit may be made."""
        clock = asyncio.get_running_loop().time
        async with self._alone:
            await asyncio.sleep(max(0.0, self._free_at - clock()))
            self._free_at = clock() + self._pause


@dataclass(frozen=True, slots=True)
class Content:
    """What a status message says, and the button under it."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None

    @property
    def digest(self) -> str:
        """What tells this content from another, in a length that can be recorded."""
        buttons = self.keyboard.to_json() if self.keyboard else ""
        return hashlib.sha256(f"{self.text}\0{buttons}".encode()).hexdigest()


class StatusMessage:
    """One message that tells how a job is doing. It is never in the way of the job.

    `heading` stands above whatever it tells: a person may have several jobs.

    Handlers, events and the end of the job all want to edit it. Only one edit is made at a time,
    and each looks first at what the message says by then: so none is made twice.
    """

    def __init__(
        self,
        bot: Bot,
        chat_id: int,
        pace: Pace,
        heading: str,
        record: Callable[[str | None], Awaitable[None]],
        *,
        captioned: bool = False,
    ) -> None:
        """`record` takes down what the message says after each edit, for the next start.

        `captioned`: the message is a picture already, and its words are a caption.
        """
        self._bot = bot
        self.heading = heading
        self._record = record
        self.chat_id = chat_id
        self._pace = pace
        self._message_id: int | None = None
        self._wanted: Content | None = None
        self._said: str | None = None
        """The digest of what the message says for certain: Telegram refuses to be told it again."""
        self._picture: bytes | None = None
        self.captioned = captioned
        self._news = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._requesting = asyncio.Lock()
        self._nothing_announced = asyncio.Event()
        self._nothing_announced.set()
        self._stopped = False
        self._closed = False
        self._deleted = False
        self._insisting = False

    @contextlib.contextmanager
    def announcement(self) -> Iterator[None]:
        """Send the message, and attach it, in here: its end waits for that."""
        self._nothing_announced.clear()
        try:
            yield
        finally:
            self._nothing_announced.set()

    async def attach(
        self,
        message_id: int,
        text: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        said: str | None = None,
    ) -> None:
        """Say which message it is; what was to be shown until then appears now.

        `text` and `keyboard` are what the message says already, or `said` is their digest.
        """
        self._message_id = message_id
        announced = Content(self.headed(text), keyboard) if text else None
        self._said = announced.digest if announced else said
        if self._closed:
            await self._end()
        elif not self._stopped:
            self._wanted = self._wanted or announced
            self._writer = asyncio.create_task(self._write_on_news())

    def show(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let the message say this. The newest words win, unless earlier ones insist or end it."""
        wanted = Content(self.headed(text), keyboard)
        if self._closed or self._insisting or wanted == self._wanted:
            return
        self._wanted = wanted
        self._news.set()

    def show_picture(self, picture: bytes) -> None:
        """Show a picture above the words, in the next edit, which this asks for."""
        if not self._closed:
            self._picture = picture
            self._news.set()

    def insist(self, text: str) -> None:
        """Say this until the end: progress that was under way must not wipe it out."""
        self.show(text)
        self._insisting = True

    def headed(self, text: str) -> str:
        return f"{self.heading}\n{text}"

    async def close(self, text: str | None, keyboard: InlineKeyboardMarkup | None = None) -> bool:
        """End with these words, or with None take the message away; False when that failed.

        It fails too without a message. One that is attached afterwards is taken away.
        """
        self._wanted = Content(self.headed(text), keyboard) if text else None
        self._closed = True
        # An edit that is under way might arrive after the last one, if it were given up at once.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LATE_S):
                await self._nothing_announced.wait()
                async with self._requesting:
                    pass
        await self.stop()
        return await self._end()

    async def stop(self) -> None:
        """Edit no more, whatever is to be shown. A message may still be closed."""
        self._stopped = True
        if self._writer:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)

    async def _write_on_news(self) -> None:
        while not self._closed:
            await self._news.wait()
            await self._pace.wait()
            async with self._requesting:
                self._news.clear()
                if self._wanted and not self._closed:  # the last words are said by `_end`
                    await self._edit(self._wanted)

    async def _end(self) -> bool:
        if self._message_id is None:
            self._wanted = None  # the last words are told elsewhere, and not again here
            return False
        async with self._requesting:
            if self._wanted:
                return await self._edit(self._wanted)
            self._deleted = self._deleted or await self._try(
                self._bot.delete_message(self.chat_id, self._message_id)
            )
            return self._deleted

    async def _edit(self, wanted: Content) -> bool:
        """Edit the message, if it doesn't say this already. Only who holds `_requesting` may."""
        if wanted.digest == self._said and not self._picture:
            return True
        self._said = None  # until it is known that the edit arrived
        changed = await self._try(self._change_to(wanted))
        self._said = wanted.digest if changed else None
        await self._record(self._said)
        return changed

    async def _change_to(self, wanted: Content) -> None:
        message: dict[str, Any] = {
            "chat_id": self.chat_id,
            "message_id": self._message_id,
            "reply_markup": wanted.keyboard,
        }
        if self._picture:
            media = InputMediaPhoto(self._picture, caption=wanted.text)
            await self._bot.edit_message_media(media, **message)
            self._picture, self.captioned = None, True
            return
        if not self.captioned:
            try:
                await self._bot.edit_message_text(wanted.text, **message)
            except BadRequest as error:
                if NO_TEXT not in error.message.lower():
                    raise
                self.captioned = True  # it became a picture before the bot was started anew
            else:
                return
        await self._bot.edit_message_caption(caption=wanted.text, **message)

    async def _try(self, call: Awaitable[object]) -> bool:
        """Make a call that may fail: a status that can't be shown costs the job nothing."""
        try:
            await call
        except BadRequest as error:
            log.debug("A status message did not change: %s", error)
            return NOT_MODIFIED in error.message.lower()
        except TelegramError as error:
            log.warning("A status message could not be changed: %s", error)
            return False
        return True
