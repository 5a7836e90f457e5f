"""Between the files of pictures and every message with one: no picture leaves unseen.

Whoever sends pictures takes them from here; a test holds that nobody else reads their files.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from dataclasses import dataclass, replace
from typing import Protocol

from db import Albums, Checks, DataUnwritable, JobRecord, KeptPicture
from generation.decency.blur import blurred
from generation.decency.check import PictureCheck, digest_of
from generation.decency.eye import Eye
from generation.errors import Refusal

log = logging.getLogger(__name__)

IN_A_ROW = 12
"""Indecent pictures of one model, one after the other, after which its owner should know."""


class NotChecked(Refusal):
    """A picture could not be looked at, so it was not sent."""


class Alerts(Protocol):
    """How the owner hears of what concerns all pictures."""

    async def pictures_unchecked(self, error: BaseException) -> None:
        """Say that pictures can't be looked at, and so are not sent."""

    def pictures_checked(self) -> None:
        """Take it that they can be looked at again."""

    async def only_indecent(self, model: str) -> None:
        """Say that a model draws nothing that may be shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of an album that was looked at: its number, from 1, and its file's content.

    `indecent`: it leaves the bot only as `veiled`, or when its person asks for it in private.
    """

    number: int
    content: bytes
    indecent: bool = False

    async def veiled(self) -> bytes:
        """Give it as it may be shown in a private chat."""
        return await asyncio.to_thread(blurred, self.content) if self.indecent else self.content


class Decency:
    """`eye`: what looks; None: the owner wants everything shown."""

    def __init__(self, eye: Eye | None, albums: Albums, checks: Checks, alerts: Alerts) -> None:
        self._eye = eye
        self._albums = albums
        self._checks = checks
        self._alerts = alerts
        self._in_a_row: Counter[str] = Counter()
        """How many pictures of a model, the last ones, were indecent."""

    def held(self, job: JobRecord) -> tuple[int, ...]:
        """Number the pictures of an album that were found indecent."""
        if self._eye is None:
            return ()
        return tuple(check.number for check in job.checks if check.indecent)

    def passed(self, job: JobRecord) -> bool:
        """Say whether each of the album's pictures was looked at and found decent."""
        if self._eye is None:
            return True
        decent = {check.number for check in job.checks if not check.indecent}
        return decent >= set(range(1, job.count + 1))

    async def album(self, job: JobRecord) -> tuple[JobRecord, list[Seen]]:
        """Look at the pictures of an album that are there; give the job with what was found, too.

        Raises NotChecked, and OSError.
        """
        files = {kept.number: kept for kept in self._albums.of(job.id).pictures}
        found = await self._look(job, files)
        checks = tuple(check for _, check in found if check)
        if checks and checks != job.checks:
            with contextlib.suppress(DataUnwritable):  # then it is looked at once more
                await self._checks.note(job.id, checks)
        job = replace(job, checks=checks)
        held = self.held(job)
        return job, [
            Seen(number, content, number in held)
            for number, (content, _) in zip(files, found, strict=True)
        ]

    async def picture(self, job: JobRecord, number: int) -> Seen:
        """Look at one picture of an album. Raises FileNotFoundError, and as `album`."""
        file = self._albums.picture(job.id, number)
        if file is None:
            raise FileNotFoundError(f"picture {number} of job {job.id}")
        ((content, check),) = await self._look(job, {number: file})
        return Seen(number, content, bool(check and check.indecent))

    async def tile(self, job: JobRecord) -> bytes | None:
        """Give an album's first picture for a sheet in a private chat; None where it can't be."""
        try:
            return await (await self.picture(job, 1)).veiled()
        except (OSError, NotChecked):
            return None

    async def count(self, job: JobRecord, model: str) -> None:
        """Take note of an album that is sent: a model that draws nothing decent is told of."""
        model, held = job.model or model, len(self.held(job))
        self._in_a_row[model] = self._in_a_row[model] + held if held == job.count else 0
        if self._in_a_row[model] >= IN_A_ROW:
            await self._alerts.only_indecent(model)

    async def _look(
        self, job: JobRecord, files: dict[int, KeptPicture]
    ) -> list[tuple[bytes, PictureCheck | None]]:
        """Read the files, and look at those of which nothing is known. All go at the same time."""
        return list(
            await asyncio.gather(*(self._look_at(job, number, files[number]) for number in files))
        )

    async def _look_at(
        self, job: JobRecord, number: int, kept: KeptPicture
    ) -> tuple[bytes, PictureCheck | None]:
        content = await asyncio.to_thread(kept.read_bytes)
        eye = self._eye
        if eye is None:
            return content, None
        digest = await asyncio.to_thread(digest_of, content)
        known = next((one for one in job.checks if one.digest == digest), None)
        if known:
            return content, replace(known, number=number)
        return content, PictureCheck(number, digest, await self._score(eye, content))

    async def _score(self, eye: Eye, picture: bytes) -> float:
        """Wait for a look. It is others' too, so it goes on when this wait is given up."""
        try:
            look = await asyncio.to_thread(eye.look, picture)
            score = await asyncio.shield(asyncio.wrap_future(look))
        except Exception as error:
            await self._alerts.pictures_unchecked(error)
            raise NotChecked from error
        self._alerts.pictures_checked()
        return score
