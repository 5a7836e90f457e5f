"""A bot's HTTP request -> the parameters of a method."""

import json
from collections.abc import Callable, Mapping

from aiohttp import web

from playground import body, strict_json
from playground.errors import BadRequest
from playground.methods import Kind, Method
from playground.request import Json, UploadedFile

TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}


async def read(request: web.Request) -> Json:
    """Read the fields as they came: by query string, form, multipart form or JSON.

    As at Telegram, the verb doesn't matter: pyTelegramBotAPI sends forms by GET.
    """
    return dict(request.query) | dict(await body.read(request))


def decode(method: Method, raw: Mapping[str, object]) -> tuple[Json, list[BadRequest]]:
    """Give each field in its parameter's type, and what is wrong with the fields.

    A field that can't be decoded stays as it came, so that an observer sees it.
    """
    params: Json = {}
    wrong: list[BadRequest] = []
    attachments = _attachments(raw)
    for name, value in raw.items():
        kind = method.kind(name)
        params[name] = value
        if kind is None:
            if name not in attachments:
                wrong.append(BadRequest(f'unknown parameter "{name}"'))
            continue
        try:
            params[name] = _typed(name, kind, value)
        except BadRequest as error:
            wrong.append(error)
    wrong += [
        BadRequest(f'parameter "{name}" is required')
        for name in sorted(method.required)
        if raw.get(name) is None
    ]
    return params, wrong


def _attachments(raw: Mapping[str, object]) -> set[str]:
    """Name the upload fields that some other field refers to by attach://."""
    text = json.dumps([value for value in raw.values() if not isinstance(value, UploadedFile)])
    return {
        name
        for name, value in raw.items()
        if isinstance(value, UploadedFile) and f"attach://{name}" in text
    }


def _typed(name: str, kind: Kind, value: object) -> object:
    if isinstance(value, UploadedFile):
        if kind is not Kind.FILE:
            raise BadRequest(f'parameter "{name}" can\'t be a file')
        return value
    typed = READERS[kind](name, value)
    try:
        json.dumps(typed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None
    return typed


def _string(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadRequest(f'parameter "{name}" must be of type String')
    return value


def _integer(name: str, value: object) -> int:
    try:
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return int(value)
    except ValueError:
        pass
    raise BadRequest(f'parameter "{name}" must be of type Integer')


def _chat(_: str, value: object) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    try:
        return _integer("chat_id", value)
    except BadRequest:
        raise BadRequest("chat not found" if value else "chat_id is empty") from None


def _boolean(name: str, value: object) -> bool:
    word = str(value).lower()
    if word not in TRUE | FALSE:
        raise BadRequest(f'parameter "{name}" must be of type Boolean')
    return word in TRUE


def _object(name: str, value: object) -> Json:
    value = _json(name, value)
    if not isinstance(value, dict):
        raise BadRequest(f"object expected as {_words(name)}")
    return value


def _array(name: str, value: object) -> list[object]:
    value = _json(name, value)
    if not isinstance(value, list):
        raise BadRequest(f"array expected as {_words(name)}")
    return value


def _json(name: str, value: object) -> object:
    try:
        return strict_json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise BadRequest(f"can't parse {_words(name)} JSON object") from None


def _words(name: str) -> str:
    return name.replace("_", " ")


READERS: Mapping[Kind, Callable[[str, object], object]] = {
    Kind.STRING: _string,
    Kind.FILE: _string,
    Kind.INTEGER: _integer,
    Kind.CHAT: _chat,
    Kind.BOOLEAN: _boolean,
    Kind.OBJECT: _object,
    Kind.ARRAY: _array,
}
