"""How updates are fetched: one that can't be read keeps no other from being heard.

What waited too long for the bot is marked.
"""

import json
import logging
from typing import Any, TypeGuard

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from handlers.core.late import mark_late, newest_date
from handlers.telegram.telegram_time import TelegramTime
from handlers.telegram.wellformed import is_well_formed

log = logging.getLogger(__name__)

LARGEST_ID = 2**52
"""Telegram's ids have at most 52 bits."""

MOST_DIGITS = 100
"""Digits of a number in an answer. Python refuses to read more than 4,300."""


class UpdatesRequest(HTTPXRequest):
    """Parses each update by itself.

    PTB parses an answer as a whole, and asks again from the same place when that fails. So an
    update that can't be read becomes one with nothing in it but its number, which moves the place
    on. No words of people come into the log.
    """

    def __init__(self, time: TelegramTime, **options: Any) -> None:  # noqa: ANN401 - PTB's
        super().__init__(**options)
        self._time = time

    async def post(  # type: ignore[misc] # the one place that has an answer's updates in their order
        self,
        *arguments: Any,  # noqa: ANN401 - PTB's
        **options: Any,  # noqa: ANN401 - PTB's
    ) -> Any:  # noqa: ANN401 - PTB's
        updates = await super().post(*arguments, **options)
        if isinstance(updates, list):
            self._time.at_least(newest_date(updates))
            mark_late(updates, self._time.now())
        return updates

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raises TelegramError for what is no answer: PTB waits then, a little longer each time."""
        try:
            answer = json.loads(payload.decode(errors="replace"), parse_int=_whole_number)
        except (ValueError, RecursionError):
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no object")
        if answer.get("ok"):
            answer["result"] = _readable(answer.get("result"))
        return answer


def read_one(payload: bytes) -> dict[str, Any] | None:
    """Read one update; None: it is none. One that can't be read has nothing but its number."""
    try:
        update = json.loads(payload.decode(errors="replace"), parse_int=_whole_number)
    except (ValueError, RecursionError):
        return None
    if not _has_number(update):
        return None
    return update if _is_readable(update) else _nothing_of(update)


def _readable(updates: object) -> list[dict[str, Any]]:
    if not isinstance(updates, list):
        raise TelegramError("the updates are no list")
    numbered = [update for update in updates if _has_number(update)]
    if len(numbered) < len(updates):
        log.warning("%s updates without a number are passed over", len(updates) - len(numbered))
        if not numbered:
            raise TelegramError("no update has a number")
    return [update if _is_readable(update) else _nothing_of(update) for update in numbered]


def _nothing_of(update: dict[str, Any]) -> dict[str, Any]:
    log.warning("Update %s can't be read and is passed over", update["update_id"])
    return {"update_id": update["update_id"]}


def _is_readable(data: dict[str, Any]) -> bool:
    """Say whether PTB can parse it, and whether all that it says is of its kind."""
    try:
        update = Update.de_json(data)
        user, chat, message = update.effective_user, update.effective_chat, update.effective_message
        ids = [one.id for one in (user, chat) if one]
        if message:
            ids += [message.message_id, message.chat.id]
        well_formed = is_well_formed(update)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the next one must be heard
        return False
    return well_formed and all(map(_is_id, ids))


def _has_number(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, dict) else None
    return _is_id(number) and number >= 0


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and abs(value) < LARGEST_ID


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None
