"""Updates: one that can't be read keeps no other from being heard."""

import json
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TelegramError

from handlers.telegram.updates_request import UpdatesRequest
from tests.support.running_bot import ANN, RunningBot, running_bot

ANNS = {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"}
CHAT = {"id": ANN, "type": "private", "first_name": "Ann"}
WORDS = "the words of a person"

WHOLE = {"message_id": 1, "date": 1, "chat": CHAT, "from": ANNS, "text": WORDS}
"""A message as it should be."""

UNREADABLE: list[tuple[str, Any]] = [
    ("callback_query", {"id": "1", "from": ANNS, "data": WORDS}),  # no chat_instance
    ("callback_query", {"id": "1", "from": ANNS, "data": ["x"], "chat_instance": "1"}),
    ("callback_query", [WORDS]),
    ("callback_query", WORDS),
    ("message", {name: value for name, value in WHOLE.items() if name != "date"}),
    ("message", {name: value for name, value in WHOLE.items() if name != "chat"}),
    ("message", WHOLE | {"date": "yesterday"}),
    ("message", WHOLE | {"date": 10**30}),
    ("message", WHOLE | {"message_id": 10**30}),
    ("message", WHOLE | {"from": WORDS}),
    ("message", WHOLE | {"from": [ANNS]}),
    ("message", WHOLE | {"from": {"first_name": WORDS}}),
    ("message", WHOLE | {"from": ANNS | {"id": "101"}}),
    ("message", WHOLE | {"from": ANNS | {"id": 2**70}}),
    ("message", WHOLE | {"chat": [CHAT]}),
    ("message", WHOLE | {"chat": CHAT | {"id": None}}),
    ("message", WHOLE | {"text": 5}),
    ("message", WHOLE | {"entities": {"type": "bold"}}),
    ("message", WHOLE | {"photo": [{"file_id": WORDS}]}),
    ("message", WHOLE | {"media_group_id": {"id": "1"}}),
    ("message", WHOLE | {"message_thread_id": "5"}),
    ("message", WHOLE | {"from": ANNS | {"language_code": ["en"]}}),
    ("message", WHOLE | {"entities": [{"type": "bold", "offset": "0", "length": 1}]}),
    ("message", WHOLE | {"reply_to_message": WHOLE | {"caption": 5}}),
    ("message", WHOLE | {"chat": CHAT | {"title": {}}}),
    ("message", [WHOLE]),
    ("message", 5),
]


def heard(*updates: object) -> list[dict[str, Any]]:
    """Give what PTB gets of an answer with these updates."""
    payload = json.dumps({"ok": True, "result": updates}).encode()
    return UpdatesRequest.parse_json_payload(payload)["result"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(("kind", "content"), UNREADABLE, ids=lambda value: str(value)[:60])
def test_what_can_not_be_read_is_known_by_its_number_alone(
    kind: str, content: object, caplog: pytest.LogCaptureFixture
) -> None:
    """It becomes an update with nothing in it, those beside it stay, no word comes into the log."""
    good = {"update_id": 8, "message": WHOLE}
    assert heard({"update_id": 7, kind: content}, good) == [{"update_id": 7}, good]
    assert "7" in caplog.text
    assert WORDS not in caplog.text


@pytest.mark.parametrize(
    "odd", [5, None, "x", [], {}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**70}]
)
def test_what_has_no_number_hides_no_other(odd: object) -> None:
    """Alone it makes PTB wait before it asks again: nothing can move the place on."""
    good = {"update_id": 8, "message": WHOLE}
    assert heard(odd, good) == [good]
    with pytest.raises(TelegramError):
        heard(odd)


def test_kinds_that_are_not_known_yet_are_no_harm() -> None:
    """Telegram invents some every year."""
    new = {"update_id": 7, "telepathy": {"from": ANNS}}
    assert heard(new) == [new]


def test_what_nobody_reads_may_be_anything() -> None:
    """Telegram changes a type now and then: that must cost no message."""
    odd = {"update_id": 7, "message": WHOLE | {"dice": {"emoji": 5, "value": "six"}}}
    assert heard(odd) == [odd]


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"<html>", b"[]", b"5", b'{"ok": true}', b'{"ok": true, "result": 5}',
        b'{"ok": true, "result": {"update_id": 7}}', b"[" * 100_000, b'{"ok": true, "result": [',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_an_error_that_ptb_waits_for(payload: bytes) -> None:
    """Anything else it would ask again at once, for ever."""
    with pytest.raises(TelegramError):
        UpdatesRequest.parse_json_payload(payload)


def test_a_number_beyond_all_bounds_spoils_its_own_update_only() -> None:
    """Python reads no more than 4,300 digits, and would refuse the whole answer."""
    payload = json.dumps({"ok": True, "result": [{"update_id": 8, "message": WHOLE}]})
    endless = '{"update_id": 7, "message": {"date": %s}}, ' % ("9" * 5000)
    found = UpdatesRequest.parse_json_payload(payload.replace("[{", f"[{endless}{{", 1).encode())
    assert found["result"] == [{"update_id": 7}, {"update_id": 8, "message": WHOLE}]


async def test_the_next_person_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the running bot: each is fetched once, nothing is logged but numbers, it stops."""
    async with running_bot(tmp_path) as bot:
        await answered(bot)
        for kind, content in UNREADABLE:
            bot.playground.world.updates.add(kind, content)
        await answered(bot)
        await bot.until(lambda: not bot.playground.world.updates.pending(), "an empty queue")
        log = capsys.readouterr().err
        bot.playground.world.updates.add(*UNREADABLE[0])
    assert log.count("can't be read") == len(UNREADABLE)
    log += capsys.readouterr().err
    assert WORDS not in log
    assert "Traceback" not in log


async def answered(bot: RunningBot) -> None:
    await bot.say("/help")
    await bot.answer("/generate")
