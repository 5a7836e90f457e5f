from typing import Any

import pytest

from playground import ApiRequest, ApiResponse, UploadedFile
from tests.support.referees import Referees, judge

Json = dict[str, Any]
FILES = {name: UploadedFile(f"{name}.png", b"...") for name in ("a", "b")}


def asked(method: str, **params: object) -> ApiRequest:
    return ApiRequest(method, params, params, ApiResponse(ok=True))


def message(**params: object) -> ApiRequest:
    return asked("sendMessage", **{"chat_id": 1, "text": "hi", **params})


def keyboard(**button: str) -> Json:
    return {"reply_markup": {"inline_keyboard": [[button]]}}


def album(**first: str) -> ApiRequest:
    media = [
        {"type": "photo", "media": "attach://a", **first},
        {"type": "photo", "media": "attach://b"},
    ]
    return asked("sendMediaGroup", chat_id=1, media=media, **FILES)


@pytest.mark.parametrize(
    "request_",
    [
        message(),
        message(text="<b>hi</b> &amp;", parse_mode="HTML"),
        message(**keyboard(text="Go", callback_data="x" * 64)),
        message(reply_parameters={"message_id": 5, "allow_sending_without_reply": True}),
        album(),
        album(caption="<i>six</i>", parse_mode="HTML"),
        asked("sendPhoto", chat_id=1, photo=FILES["a"], caption="hi"),
        asked("sendPhoto", chat_id=1, photo="file-id"),
        asked(
            "editMessageMedia",
            chat_id=1,
            message_id=2,
            media={"type": "photo", "media": "attach://a"},
            a=FILES["a"],
        ),
        asked("getMe"),
        asked("getUpdates", offset=5, timeout=10, allowed_updates=["message"]),
        asked(
            "setMyCommands",
            commands=[{"command": "start", "description": "Start"}],
            scope={"type": "all_private_chats"},
            language_code="ru",
        ),
        asked("answerCallbackQuery", callback_query_id="1", text="Done", show_alert=True),
        asked(
            "setMessageReaction",
            chat_id=1,
            message_id=2,
            reaction=[{"type": "emoji", "emoji": "👍"}],
        ),
    ],
)
def test_good_requests_pass(request_: ApiRequest) -> None:
    """The referees have nothing against what Telegram accepts."""
    assert judge(request_) == ()


@pytest.mark.parametrize(
    "request_",
    [
        asked("sendTelepathy", chat_id=1),
        asked("sendMessage", chat_id=1),
        message(parse_mod="HTML"),
        message(chat_id=[1]),
        message(text=""),
        message(text="x" * 4097),
        message(text="<b>hi", parse_mode="HTML"),
        message(text="1.5", parse_mode="MarkdownV2"),
        message(**keyboard(callback_data="x")),
        message(**keyboard(text="Go", callback_data="x" * 65)),
        message(**keyboard(text="Go")),
        message(**keyboard(text="Go", callback_data="x", url="https://example.com")),
        message(**keyboard(text="Go", callback_data="x", color="red")),
        message(reply_parameters={"message": 5}),
        message(entities=[{"type": "bold", "offset": 1, "length": 9}]),
        album(captoin="six"),
        album(caption="<i>six", parse_mode="HTML"),
        album(caption="x" * 1025),
        album(type="telepathy"),
        asked(
            "editMessageMedia",
            chat_id=1,
            message_id=2,
            media={"type": "photo", "media": "attach://a", "caption": "<b>", "parse_mode": "HTML"},
            a=FILES["a"],
        ),
        asked("sendPhoto", chat_id=1, photo=FILES["a"], stray=FILES["b"]),
        asked("answerCallbackQuery", callback_query_id="1", text="x" * 201),
        asked("setMyCommands", commands=[{"command": "start"}]),
    ],
)
def test_bad_requests_are_refused(request_: ApiRequest) -> None:
    """One of the referees objects to each known mistake."""
    assert judge(request_)


def test_refusals_of_the_server_count_too() -> None:
    """Unless the fault was ordered, or the refusal was expected."""
    gone = ApiResponse(ok=False, error_code=400, description="Bad Request: chat not found")
    request = ApiRequest("getMe", {}, {}, gone)
    injected = ApiRequest("getMe", {}, {}, gone, injected=True)
    strict, lenient = Referees(), Referees(expected=("chat not found",))
    for referees in (strict, lenient):
        referees(request)
        referees(injected)
    assert strict.refusals == ["getMe: answered 400 Bad Request: chat not found"]
    assert lenient.refusals == []
    assert len(lenient.requests) == 2
