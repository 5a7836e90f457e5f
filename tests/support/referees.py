"""Judges of a bot's requests that this project did not write: aiogram's models and teremok."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import aiogram.methods
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.methods import EditMessageCaption, TelegramMethod
from aiogram.types import InputFile
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema
from teremok import ApiRuleViolation
from teremok.validation import validate_method

from playground import ApiRequest, UploadedFile

Json = dict[str, Any]
Shape = Any  # a type, or a union of some
UPLOAD = "attach://upload"
BY_METHOD: dict[str, type[TelegramMethod[Any]]] = {
    model.__api_method__: model
    for model in vars(aiogram.methods).values()
    if isinstance(model, type) and issubclass(model, TelegramMethod) and model is not TelegramMethod
}


class WireSchema(GenerateJsonSchema):
    """aiogram's models as they look on the wire: a file is a string, a default is nothing."""

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        if schema["cls"] is InputFile:
            return {"type": "string"}
        if schema["cls"] is Default:
            return {"not": {}}
        return super().is_instance_schema(schema)

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        return {"type": "integer"}  # Unix time

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        if isinstance(schema.get("default"), Default):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


@cache
def closed(shape: Shape) -> Draft202012Validator:
    """Make a type's JSON Schema, closed: what it doesn't name is refused."""
    schema = TypeAdapter(shape).json_schema(schema_generator=WireSchema)
    for model in (schema, *schema.get("$defs", {}).values()):
        if "properties" in model:
            model["additionalProperties"] = False
    return Draft202012Validator(schema)


def faults(shape: Shape, value: object) -> Iterator[str]:
    """List what keeps a value from being of the shape."""
    for error in closed(shape).iter_errors(value):
        where = "/".join(str(step) for step in error.absolute_path)
        yield f"aiogram, at '{where}': {error.message[:300]}"


GIVEN_UP = "terminated by other getUpdates request"
"""What ends a poll that the bot had given up itself, after a timeout: nobody reads it. On a busy
machine the next poll may come before the server has seen that."""


@dataclass
class Referees:
    """Hang it on a playground as `on_request`; what they refuse gathers in `refusals`.

    A request that the playground itself refused is reported too, unless a fault was injected or
    its description is one that the caller expects.
    """

    expected: tuple[str, ...] = ()
    requests: list[ApiRequest] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def __call__(self, request: ApiRequest) -> None:
        self.requests.append(request)
        self.refusals += [f"{request.method}: {reason}" for reason in judge(request)]
        response = request.response
        description = response.description or ""
        expected = (*self.expected, GIVEN_UP)
        if response.ok or request.injected or any(words in description for words in expected):
            return
        self.refusals.append(f"{request.method}: answered {response.error_code} {description}")


def judge(request: ApiRequest) -> tuple[str, ...]:
    """Give every reason to refuse the request."""
    if request.method not in BY_METHOD:
        return ("no such method",)
    return _judge(request.method, json.dumps(_as_sent(request.params)))


@lru_cache(maxsize=1000)
def _judge(method: str, sent: str) -> tuple[str, ...]:
    """Judge the same request once: each bot begins with the same ones."""
    model, params = BY_METHOD[method], json.loads(sent)
    return tuple(faults(model, params)) or tuple(_by_teremok(model, params))


def _as_sent(params: Json) -> Json:
    """Write each upload as the string that stands for it; attachments are no parameters."""
    attached = {
        name
        for name, value in params.items()
        if isinstance(value, UploadedFile) and f"attach://{name}" in repr(params)
    }
    return {
        name: UPLOAD if isinstance(value, UploadedFile) else value
        for name, value in params.items()
        if name not in attached
    }


def _by_teremok(model: type[TelegramMethod[Any]], params: Json) -> Iterator[str]:
    try:
        methods = [model.model_validate(_without_thumbnails(params)), *_captions(params)]
    except ValidationError as error:
        yield f"aiogram: {error}"
        return
    for method in methods:
        try:
            validate_method(_bot(), method)
        except ApiRuleViolation as violation:
            yield f"teremok: {violation.description}"


def _without_thumbnails(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Take thumbnails out: aiogram's models know them as files only, not as they are sent."""
    if isinstance(value, list):
        return [_without_thumbnails(one) for one in value]
    if isinstance(value, dict):
        return {k: _without_thumbnails(one) for k, one in value.items() if k != "thumbnail"}
    return value


@cache
def _bot() -> Bot:
    """Make the bot whose defaults teremok asks for. Each one would read all certificates anew."""
    return Bot("1:referee")


def _captions(params: Json) -> Iterator[TelegramMethod[Any]]:
    """Show each InputMedia's caption as a method of its own: teremok doesn't look inside media."""
    media = params.get("media")
    for item in media if isinstance(media, list) else [media] if isinstance(media, dict) else []:
        names = ("caption", "parse_mode", "caption_entities")
        yield EditMessageCaption(**{name: item[name] for name in names if name in item})
