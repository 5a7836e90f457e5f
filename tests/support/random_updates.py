"""Updates as nobody sends them: made at random of the Bot API's own types, and of real ones."""

import time
from functools import cache
from typing import Any

import aiogram.types
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.support.referees import WireSchema

Json = dict[str, Any]
IDS = (101, 102, 666, 0, -1, 2**52, 136817688, 1087968824, 777000)
"""The owner, somebody who is let in, a stranger, and ids that mean something or nothing."""
STRANGER = 666
WORDS = (
    "/start", "/help", "/forget", "/generate a knight", "/cancel", "/queue", "/traits", "/history",
    "/register", "/character", "/allow 5", "/block 6", "/model", "/machines", "/start claim-x",
    "/start@another_bot", "/again", "/story", "/style", "/size", "/likeness", "/preset quality",
    "a knight", "рыцарь в лесу", "", " ", "\x00", "\ud83d", "<b>x</b>", "%s{0}", "🙂" * 50,
    "\u202e", "x" * 4096, "/" * 99, "forget me", "'; DROP TABLE users; --",
)  # fmt: skip
VERBS = (
    "preset:QUALITY:", "traits:open:age:", "traits:set:age:1:", "cancel:1:", "again:1:",
    "forget:yes:",
    "album:again:1:", "album:erase:1:", "picture:file:1:0:", "history:1:", "face:take:1:",
    "photos:remove:1:", "machine:pause:1:", "model:0:", "style:none:", "unsent:here:1:", "size:x:",
    "english:1:", "story:draw:1:", "idea:1:", "draft:yes:", ":::", "preset:", "é:", "",
)  # fmt: skip
NOW = int(time.time())
DEPTH = 3
"""How deep a message may have others in it: replies, pins, origins."""


@cache
def _definitions() -> Json:
    schema = TypeAdapter(aiogram.types.Update).json_schema(schema_generator=WireSchema)
    definitions: Json = schema["$defs"]
    return definitions


words = st.one_of(st.sampled_from(WORDS), st.text(max_size=40))
ids = st.one_of(st.sampled_from(IDS), st.integers(-(2**45), 2**45))
junk: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), ids, words, st.just([]), st.just({}), st.floats(allow_nan=False)
)
presses = st.builds("{}{}".format, st.sampled_from(VERBS), st.sampled_from(IDS))


@cache
def _of(name: str, depth: int) -> st.SearchStrategy[Any]:
    """Make strategies for the values of one of the Bot API's types."""
    definition = _definitions()[name]
    if "properties" not in definition:
        return _value(definition, depth)
    required = set(definition.get("required", ()))
    must = {k: _value(v, depth, k) for k, v in definition["properties"].items() if k in required}
    may = {k: v for k, v in definition["properties"].items() if k not in required}
    return st.fixed_dictionaries(must).flatmap(lambda made: _with_some(made, may, depth))


def _with_some(made: Json, may: Json, depth: int) -> st.SearchStrategy[Json]:
    if not may:
        return st.just(made)

    def add(names: list[str]) -> st.SearchStrategy[Json]:
        more = st.fixed_dictionaries({name: _value(may[name], depth, name) for name in names})
        return more.map(lambda chosen: made | chosen)

    return st.lists(st.sampled_from(sorted(may)), max_size=4, unique=True).flatmap(add)


def _value(schema: Json, depth: int, name: str = "") -> st.SearchStrategy[Any]:  # noqa: PLR0911
    match schema:
        case {"$ref": ref}:
            return _of(ref.rpartition("/")[2], depth - 1) if depth else junk
        case {"anyOf": choices} | {"oneOf": choices}:
            return st.one_of([_value(choice, depth, name) for choice in choices])
        case {"type": "integer"}:
            return st.sampled_from((NOW, NOW, 0, 2**31)) if name == "date" else ids
        case {"type": "string"}:
            return presses if name == "data" else words
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "array", "items": items}:
            return st.lists(_value(items, depth, name), max_size=3)
        case {"const": value}:
            return st.just(value)
        case {"enum": values}:
            return st.sampled_from(values)
        case _:
            return junk


def people(person: int) -> Json:
    names = {101: "Ann", 102: "Вера"}
    return {"id": person, "is_bot": False, "first_name": names.get(person, "Eve")}


@st.composite
def plain_messages(draw: st.DrawFn) -> Json:
    """Make a message that somebody could have sent."""
    person, text = draw(st.sampled_from(IDS[:3])), draw(words)
    chat: Json = {"id": person, "type": "private"}
    if draw(st.booleans()):
        chat = {
            "id": draw(st.sampled_from((-100200, -4200001))),
            "type": "supergroup",
            "title": "G",
        }
    made: Json = {
        "message_id": draw(st.integers(1, 10**9)),
        "date": NOW - draw(st.sampled_from((0,) * 40 + (10**5,))),
        "chat": chat,
        "from": people(person),
        draw(st.sampled_from(("text", "text", "caption"))): text,
    }
    if text.startswith("/"):
        length = len(text.split()[0])
        made["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return made


@st.composite
def messages(draw: st.DrawFn) -> Json:
    """Make one with parts that nobody would send."""
    made = draw(plain_messages())
    properties = _definitions()["Message"]["properties"]
    may = {name: schema for name, schema in properties.items() if name not in made}
    return draw(_with_some(made, may, DEPTH))


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """Make an update without its number: plausible, of the right types, or broken."""
    kind = draw(st.sampled_from(("plain", "plain", "press", "press", "message", "any", "broken")))
    if kind == "plain":
        return {"message": draw(plain_messages())}
    if kind == "message":
        return {"message": draw(messages())}
    if kind == "press":
        query: Json = {
            "id": str(draw(st.integers(1, 10**15))),
            "from": people(draw(st.sampled_from(IDS[:3]))),
            "chat_instance": "1",
            "data": draw(st.one_of(presses, words)),
        }
        if draw(st.booleans()):
            button: Json = {"text": "x", "callback_data": query["data"]}
            keyboard = {"reply_markup": {"inline_keyboard": [[button]]}}
            message = draw(plain_messages())
            if message["chat"]["type"] == "private":
                message["chat"] = {"id": query["from"]["id"], "type": "private"}
            query["message"] = message | keyboard
        return {"callback_query": query}
    if kind == "any":
        return {draw(st.sampled_from(("message", "callback_query"))): draw(_of("Message", DEPTH))}
    made = draw(messages())
    for name in draw(st.lists(st.sampled_from(sorted(made)), max_size=3)):
        made[name] = draw(junk)
    return {"message": made}
