"""What the bot's owner hears of the machine."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from db import DataUnwritable, Jobs, Users
from handlers.errors import sentence
from handlers.texts import FALLBACK, Texts

log = logging.getLogger(__name__)


class Owner:
    """Tells the owner once of a trouble, and again when it comes back."""

    def __init__(self, bot: Bot, users: Users, jobs: Jobs, texts: Texts) -> None:
        self._bot, self._users, self._jobs, self._texts = bot, users, jobs, texts
        self._told = self._told_of_model = False

    async def hears_of_trouble(self, error: BaseException) -> None:
        """Say that the data can't be written. Jobs wait until it can."""
        if self._told:
            return
        self._told = True
        reason = str(getattr(error, "orig", error))
        log.error("The data can't be written: %s", reason)
        self._told = await self._tell("data-trouble", reason=reason[:200])

    def trouble_is_over(self) -> None:
        self._told = False

    async def hears_of_silence(self, seconds: float) -> None:
        """Say that the device has made no step for so long."""
        log.error("The device has made no step for %.0f s", seconds)
        await self._tell("device-silent", minutes=str(round(seconds / 60)))

    async def hears_of_no_model(self, error: Exception) -> None:
        """Say why nothing can be drawn yet, to whoever started the bot as well."""
        if self._told_of_model:
            return
        reason = sentence(self._texts.say(FALLBACK), error)
        log.error("The model could not be loaded. %s", reason)
        self._told_of_model = await self._tell("no-model-yet", error=error)

    def model_is_here(self) -> None:
        self._told_of_model = False

    async def _tell(self, text_id: str, error: Exception | None = None, **fields: str) -> bool:
        """Give False when the owner could not be told."""
        try:
            if owner := await self._users.owner():
                last = await self._jobs.last(owner)
                say = self._texts.say(last.ticket.language if last else FALLBACK)
                reason = {"reason": sentence(say, error)} if error else {}
                await self._bot.send_message(owner, say(text_id, **fields, **reason))
        except (TelegramError, DataUnwritable) as failure:
            log.warning("The owner could not be told: %s", failure)
            return False
        return True
