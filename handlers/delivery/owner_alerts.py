"""The alerts that tell the bot's owner what is wrong with the machine."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from db import DataUnwritable, Jobs, Users
from handlers.texts import FALLBACK, Texts
from handlers.texts.sentences import sentence

log = logging.getLogger(__name__)

REASON_LENGTH = 200
"""Most characters of the system's own reason that an alert quotes."""


class OwnerAlerts:
    """Alerts the owner once to each trouble, and again if it comes back."""

    def __init__(self, bot: Bot, users: Users, jobs: Jobs, texts: Texts) -> None:
        self._bot = bot
        self._users = users
        self._jobs = jobs
        self._texts = texts
        self._knows_of_data = self._knows_of_model = self._knows_of_files = False

    async def data_unwritable(self, error: BaseException) -> None:
        """Say that the data can't be written. Jobs wait until it can."""
        if self._knows_of_data:
            return
        self._knows_of_data = True
        reason = str(getattr(error, "orig", error))
        log.error("The data can't be written: %s", reason)
        self._knows_of_data = await self._alert("data-trouble", reason=reason[:REASON_LENGTH])

    def data_written(self) -> None:
        self._knows_of_data = False

    async def files_out_of_reach(self, error: BaseException) -> None:
        """Say that the Bot API server keeps people's files where they can't be read."""
        if self._knows_of_files:
            return
        self._knows_of_files = True
        folder = str(getattr(error, "filename", error))
        reason = str(getattr(error, "strerror", error))
        log.error("The Bot API server's files in %s can't be read: %s", folder, reason)
        self._knows_of_files = await self._alert("files-trouble", folder=folder, reason=reason)

    async def device_silent(self, seconds: float) -> None:
        """Say that the device has made no step for `seconds`."""
        log.error("The device has made no step for %.0f s", seconds)
        await self._alert("device-silent", minutes=str(round(seconds / 60)))

    async def model_missing(self, error: Exception) -> None:
        """Say why nothing can be drawn yet, in the log too: it is on the owner's terminal."""
        if self._knows_of_model:
            return
        reason = sentence(self._texts.say(FALLBACK), error)
        log.error("The model could not be loaded. %s", reason)
        self._knows_of_model = await self._alert("no-model-yet", error=error)

    def model_loaded(self) -> None:
        self._knows_of_model = False

    async def _alert(self, text_id: str, error: Exception | None = None, **fields: str) -> bool:
        """Write to the owner, if there is one; False when they could not be reached."""
        try:
            if owner := await self._users.owner():
                last = await self._jobs.last(owner)
                say = self._texts.say(last.ticket.language if last else FALLBACK)
                reason = {"reason": sentence(say, error)} if error else {}
                await self._bot.send_message(owner, say(text_id, **fields, **reason))
        except (TelegramError, DataUnwritable) as failure:
            log.warning("The owner could not be reached: %s", failure)
            return False
        return True
