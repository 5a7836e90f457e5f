"""The alerts that tell the bot's owner what is wrong with the machine."""

import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from telegram import Bot
from telegram.error import TelegramError

from db import (
    DataGone,
    DataUnwritable,
    Jobs,
    Users,
    in_one_line,
    is_damaged,
    is_out_of_reach,
)  # fmt: skip
from handlers.core.accidents import Accident
from handlers.core.lengths import shortened
from handlers.texts import FALLBACK, Texts
from handlers.texts.sentences import sentence

log = logging.getLogger(__name__)

REASON_LENGTH = 200
"""Most characters of the system's own reason that an alert quotes."""


ACCIDENT_PAUSE_S = 600.0
"""Seconds after one alert of an accident in which others are only counted."""


class OwnerAlerts:
    """Alerts the owner once to each trouble, and again if it comes back."""

    def __init__(
        self,
        bot: Bot,
        users: Users,
        jobs: Jobs,
        texts: Texts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._bot = bot
        self._users = users
        self._jobs = jobs
        self._texts = texts
        self._knows_of_data = self._knows_of_model = self._knows_of_files = False
        self._knows_of_token = self._knows_of_eye = False
        self._indecent_models: set[str] = set()
        """The models that draw only what may not be shown, as the owner knows."""
        self._knows_of_precision = False
        self._told_of_accident_at: float | None = None
        self._untold_accidents = 0
        """Accidents since the last alert of one that came to the owner."""
        self._owner: tuple[int, str] | None = None
        """The owner's id and language, as they were when the database was last read."""

    async def data_unwritable(self, error: BaseException) -> None:
        """Say that the data can't be written. Jobs wait until it can."""
        if self._knows_of_data:
            return
        self._knows_of_data = True
        text_id, reason = _trouble(error)
        log.error("The data can't be used: %s", reason)
        self._knows_of_data = await self._alert(text_id, reason=reason[:REASON_LENGTH])

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

    async def albums_set_aside(self, folder: Path) -> None:
        """Say that there were pictures which the database does not know, and where they are."""
        log.warning("Albums that the database does not know were moved to %s", folder)
        await self._alert("albums-set-aside", where=str(folder))

    async def albums_put_back(self, count: int) -> None:
        """Say that the database knows albums again that had been set aside."""
        log.warning("%s albums that the database knows again are back in their places", count)
        await self._alert("albums-put-back", count=count)

    async def pictures_left(self, job_ids: Sequence[int]) -> None:
        """Say that the pictures of erased jobs can't be removed."""
        folders = ", ".join(f"albums/{job_id}" for job_id in job_ids)
        await self._alert("pictures-left-alert", folders=shortened(folders, REASON_LENGTH))

    async def device_silent(self, seconds: float) -> None:
        """Say that the device has made no step for `seconds`."""
        log.error("The device has made no step for %.0f s", seconds)
        await self._alert("device-silent", minutes=str(round(seconds / 60)))

    async def half_precision_given_up(self) -> None:
        """Say, once, that the device draws in full precision from now on."""
        if not self._knows_of_precision:
            self._knows_of_precision = True
            self._knows_of_precision = await self._alert("half-precision-given-up")

    async def model_missing(self, error: Exception) -> None:
        """Say why nothing can be drawn yet, in the log too: it is on the owner's terminal."""
        if self._knows_of_model:
            return
        reason = sentence(self._texts.say(FALLBACK), error)
        log.error("The model could not be loaded. %s", reason)
        self._knows_of_model = await self._alert("no-model-yet", error=error)

    async def machine_in_trouble(self, name: str, error: Exception) -> None:
        """Say that a computer which draws for the bot can draw nothing, and why."""
        log.error("%s draws nothing. %s", name, sentence(self._texts.say(FALLBACK), error))
        await self._alert("machine-in-trouble", error=error, name=name)

    async def job_given_up(self, job_id: int, name: str) -> None:
        """Say that two computers fell silent while they drew a job, the one of that name last."""
        log.error("Job %s: a second machine, %s, fell silent; it has failed", job_id, name)
        await self._alert("job-given-up", job=str(job_id), name=name)

    async def accident(self, accident: Accident) -> None:
        """Say that something unexpected went wrong, where it can be looked up; not too often.

        Those that the owner did not read of, for whatever reason, are counted in the next alert.
        """
        self._untold_accidents += 1
        now, last = self._clock(), self._told_of_accident_at
        if last is not None and now - last < ACCIDENT_PAUSE_S:
            return
        self._told_of_accident_at = now
        told = "yes" if accident.told and await accident.told else "no"
        untold = self._untold_accidents
        if await self._alert(
            "accident-alert",
            number=accident.number,
            kind=accident.kind,
            where=accident.where,
            told=told,
            more=max(0, untold - 1),
        ):
            self._untold_accidents = max(0, self._untold_accidents - untold)

    async def pictures_unchecked(self, error: BaseException) -> None:
        """Say that pictures can't be looked at, and so are not sent; once until they can be."""
        if self._knows_of_eye:
            return
        self._knows_of_eye = True
        reason = in_one_line(str(error))[:REASON_LENGTH] or type(error).__name__
        log.error("Pictures can't be checked, and are not sent: %s", reason)
        self._knows_of_eye = await self._alert("pictures-unchecked", reason=reason)

    def pictures_checked(self) -> None:
        self._knows_of_eye = False

    async def only_indecent(self, model: str) -> None:
        """Say, once for each model, that nothing it draws may be shown."""
        if model not in self._indecent_models:
            self._indecent_models.add(model)
            log.warning("%s has drawn only indecent pictures lately", model)
            if not await self._alert("only-indecent", model=model):
                self._indecent_models.discard(model)

    async def token_ignored(self) -> None:
        """Say that the hub doesn't take the token; once, for it is asked again and again."""
        if self._knows_of_token:
            return
        log.warning("%s", self._texts.say(FALLBACK)("token-ignored"))
        self._knows_of_token = await self._alert("token-ignored")

    def model_loaded(self) -> None:
        self._knows_of_model = False

    async def find_owner(self) -> None:
        """Remember who the owner is, and their language: the data may become unreadable."""
        if owner := await self._users.owner():
            last, person = await self._jobs.last(owner), await self._users.get(owner)
            known = last.ticket.language if last else person.language
            self._owner = owner, known or FALLBACK

    async def _alert(
        self, text_id: str, error: Exception | None = None, **fields: str | float
    ) -> bool:
        """Write to the owner, if there is one; False when they could not be reached."""
        with contextlib.suppress(DataUnwritable):
            await self.find_owner()
        if self._owner is None:
            return True
        owner, language = self._owner
        say = self._texts.say(language)
        reason = {"reason": sentence(say, error)} if error else {}
        try:
            await self._bot.send_message(owner, say(text_id, **fields, **reason))
        except TelegramError as failure:
            log.warning("The owner could not be reached: %s", failure)
            return False
        return True


def _trouble(error: BaseException) -> tuple[str, str]:
    """Find which text tells of the trouble, and the system's own reason.

    The reason is at the end of the chain: a refusal, or the workers' queue, stands before it.
    """
    chain = [error]
    while error.__cause__:
        chain.append(error := error.__cause__)
    if any(isinstance(each, DataGone) for each in chain):
        return "data-trouble-gone", str(error)
    if any(map(is_out_of_reach, chain)):
        return "data-trouble-out-of-reach", in_one_line(str(error))
    damaged = any(map(is_damaged, chain))
    return "data-trouble-damaged" if damaged else "data-trouble", str(error)
