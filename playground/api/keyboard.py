"""A reply_markup, checked as Telegram checks it."""

import re
from urllib.parse import urlsplit

from playground.errors import BadRequest
from playground.request import Json

ACTIONS = {
    "url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
}  # fmt: skip
LOOKS = {"text", "style", "icon_custom_emoji_id"}
OTHER_MARKUPS = {"force_reply", "remove_keyboard"}  # accepted; the page has nothing to draw
MOST_BUTTONS = 100
DATA_BYTES = 64


def inline_keyboard(params: Json) -> Json:
    """Read the message's `reply_markup`; nothing where it has no buttons."""
    markup = params.get("reply_markup")
    if not markup or OTHER_MARKUPS & markup.keys():
        return {}
    rows = markup.get("inline_keyboard")
    if rows is None:
        raise BadRequest("only inline keyboards are supported by the playground")
    if markup.keys() - {"inline_keyboard"} or not isinstance(rows, list):
        raise BadRequest("can't parse inline keyboard markup JSON object")
    for row in rows:
        if not isinstance(row, list):
            raise BadRequest('field "inline_keyboard" must be an Array of Arrays')
        for button in row:
            _check(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise BadRequest("REPLY_MARKUP_TOO_LONG")
    rows = [row for row in rows if row]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _fault(reason: str) -> BadRequest:
    return BadRequest(f"can't parse inline keyboard button: {reason}")


def _check(button: object) -> None:
    if not isinstance(button, dict):
        raise _fault("Object expected")
    _check_text(button.get("text"))
    if unknown := sorted(button.keys() - ACTIONS - LOOKS):
        raise _fault(f'Unknown field "{unknown[0]}"')
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if len(actions) > 1:
        raise _fault("Exactly one of the optional fields must be used")
    match actions:
        case ["callback_data"]:
            _check_data(button["callback_data"])
        case ["url"]:
            _check_url(button["url"])
        case []:
            raise _fault("Text buttons are unallowed in the inline keyboard")
        case _:
            pass  # nothing of the other actions is checked here


def _check_text(text: object) -> None:
    if text is None:
        raise _fault('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _fault('Field "text" must be of type String')
    if not text.strip():
        raise _fault("Text must be non-empty")


def _check_data(data: object) -> None:
    if not isinstance(data, str) or len(data.encode()) > DATA_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    if not data:
        raise _fault("Text buttons are unallowed in the inline keyboard")


def _check_url(url: object) -> None:
    if not isinstance(url, str):
        raise _fault('Field "url" must be of type String')
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL") from None
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"}:
        reason = "Unsupported URL protocol"
    elif parts.scheme.startswith("http") and not re.fullmatch(
        r"[^\s.]+(\.[^\s.]+)+", parts.hostname or ""
    ):
        reason = "Wrong HTTP URL"
    else:
        return
    raise BadRequest(f"inline keyboard button URL '{url}' is invalid: {reason}")
