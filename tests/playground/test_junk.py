import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from playground.methods import METHODS
from tests.support.bot_api import Api, upload

LONE = "\ud800"  # half of a surrogate pair
JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "😀",
    [],
    [[]],
    {},
    {"a": 1},
    [None],
    LONE,
)
MEDIA = {
    "type": "photo",
    "media": "attach://a",
    "caption": "x",
    "parse_mode": "HTML",
    "caption_entities": [],
}
GOOD: dict[str, Any] = {
    "action": "typing",
    "allowed_updates": ["message"],
    "caption": "x",
    "caption_entities": [{"type": "bold", "offset": 0, "length": 1}],
    "callback_query_id": "1",
    "chat_id": 101,
    "commands": [{"command": "start", "description": "Start"}],
    "document": upload(),
    "entities": [{"type": "bold", "offset": 0, "length": 1}],
    "file_id": "x",
    "language_code": "ru",
    "limit": 5,
    "media": MEDIA,
    "message_id": 2,
    "message_ids": [2, 3],
    "offset": 0,
    "parse_mode": "HTML",
    "photo": upload(),
    "reaction": [{"type": "emoji", "emoji": "👍"}],
    "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "url": "t.me/x"}]]},
    "reply_parameters": {"message_id": 1, "quote": "hello", "chat_id": 101},
    "scope": {"type": "chat", "chat_id": 101},
    "text": "hi",
    "url": "",
    "user_id": 101,
}  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """List the way to everything inside a value."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def spoilt(value: Any, path: tuple[Any, ...], junk: Any) -> Any:  # noqa: ANN401
    result = inner = copy.deepcopy(value)
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = junk
    return result


@pytest.mark.parametrize("method", METHODS)
async def test_junk_is_refused_and_crashes_nothing(api: Api, method: str) -> None:
    """Whatever stands where something else was expected: an answer in JSON, never a 500."""
    await api.ok("sendMessage", chat_id=101, text="hi")
    table = METHODS[method]
    params = {name: GOOD[name] for name in table.kinds if name in GOOD}
    if method == "sendMediaGroup":
        params["media"] = [MEDIA, MEDIA]
    ways = list(places(params))
    chance = random.Random(method)  # noqa: S311 - no secret
    spares = {"a": upload()} if "media" in params else {}
    for _ in range(150):
        way, junk = chance.choice(ways or [()]), chance.choice(JUNK)
        if junk == LONE and len(way) == 1:
            continue  # a form field can't be written so
        wrong = spoilt(params, way, junk) if way else params
        dropped = chance.sample(sorted(table.optional), chance.randint(0, len(table.optional)))
        kept = {name: value for name, value in wrong.items() if name not in dropped}
        answer = await api(method, **kept, **spares)
        assert answer["ok"] or answer["error_code"] < 500, (kept, answer)
