"""Requests that are made again when the network or Telegram fails for a moment."""

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

from socksio import SOCKSError
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from handlers.core.rejections import never_left

WAITS_S = (0.5, 1.0, 2.0, 4.0)
"""Seconds before the second try, the third, and so on: in all less than a person's patience, and
than the time that the bot has to stop."""

REPEATABLE = re.compile(r"(get|edit|answer|set|delete)[A-Z]\w*|sendChatAction")
"""Methods that do no more when they are called twice. A message would come twice."""

TRIED_BY_THE_START = {"getMe", "deleteWebhook", "setWebhook", "setMyCommands"}
"""Methods that `connection.reach` calls for as long as it takes, and tells the owner at once."""

DONE_BEFORE = ("message is not modified", "message to delete not found", "query is too old")
"""Parts of Telegram's answer to a second try when the first one was carried out unheard."""


class PatientRequest(HTTPXRequest):
    """Tries again, with growing waits, what may be repeated or has never left this computer."""

    async def do_request(
        self,
        url: str,
        method: str,
        *args: Any,  # noqa: ANN401 - as httpx's request has them
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> tuple[int, bytes]:
        """Make the request. What becomes of the last try is what becomes of it."""
        name, download = url.rpartition("/")[2], method == "GET"
        repeatable = download or bool(REPEATABLE.fullmatch(name))
        unheard = False
        for wait in () if name in TRIED_BY_THE_START else WAITS_S:
            try:
                answer = await self._try(url, method, *args, **kwargs)
            except NetworkError as error:
                if not repeatable and not never_left(error):
                    raise
            else:
                if not (repeatable and _is_passing(answer[0], download=download)) and not (
                    _is_flood(*answer)
                ):
                    return _answer_to_all(*answer) if unheard else answer
            unheard = True
            await asyncio.sleep(wait)
        answer = await self._try(url, method, *args, **kwargs)
        return _answer_to_all(*answer) if unheard else answer

    async def _try(
        self,
        *args: Any,  # noqa: ANN401 - as httpx's request has them
        **kwargs: Any,  # noqa: ANN401 - the same
    ) -> tuple[int, bytes]:
        """Make the request once. httpx has no name for a SOCKS proxy that hangs up."""
        try:
            return await super().do_request(*args, **kwargs)
        except SOCKSError as error:
            raise NetworkError(f"the proxy hung up: {error}") from error


def _is_passing(status: int, *, download: bool) -> bool:
    """Say whether the failure may be over soon.

    Where a call was one too many the rate limiter waits. A download does not go through it.
    """
    too_many = download and status == HTTPStatus.TOO_MANY_REQUESTS
    return too_many or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _is_flood(status: int, answer: bytes) -> bool:
    """Say whether a call was one too many, in the clothes of a bad request: nothing was done."""
    words = answer.decode("utf-8", "replace").lower()
    return status == HTTPStatus.BAD_REQUEST and "too many requests" in words


def _answer_to_all(status: int, answer: bytes) -> tuple[int, bytes]:
    """Give the answer to several tries: what the last one found done, an earlier one did."""
    words = answer.decode("utf-8", "replace").lower()
    if status == HTTPStatus.BAD_REQUEST and any(part in words for part in DONE_BEFORE):
        return HTTPStatus.OK, json.dumps({"ok": True, "result": True}).encode()
    return status, answer
