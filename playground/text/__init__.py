"""What a bot or a person wrote -> text and entities, as Telegram stores them."""

from playground.errors import BadRequest
from playground.request import Json
from playground.shapes import NUMBER, OBJECT, TEXT, checked
from playground.text import found, html, legacy_markdown, markdown, utf16

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
MARKUP_LIMIT = 64 * 1024  # characters; a text of full length whose every word is a link has fewer
ENTITIES_MOST = 100  # Telegram drops the others of a message
PARSERS = {
    "html": html.parse,
    "markdown": legacy_markdown.parse,
    "markdownv2": markdown.parse,
}
WRITTEN = frozenset(
    {
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
        "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
        "code", "pre", "text_link", "text_mention", "custom_emoji",
    }
)  # fmt: skip

ENTITY = {
    "type": TEXT,
    "offset": NUMBER,
    "length": NUMBER,
    "url": TEXT,
    "user": OBJECT,
    "language": TEXT,
    "custom_emoji_id": TEXT,
}


def text_of(params: Json) -> Json:
    """Read a message's `text` and `entities`."""
    text, entities = _read(params, "text", "entities", TEXT_LIMIT)
    if not text:
        raise BadRequest("message text is empty")
    return _fields("text", text, "entities", entities)


def caption_of(params: Json) -> Json:
    """Read a message's `caption` and `caption_entities`; nothing where there is none."""
    caption, entities = _read(params, "caption", "caption_entities", CAPTION_LIMIT)
    return _fields("caption", caption, "caption_entities", entities) if caption else {}


def _fields(name: str, text: str, entities_name: str, entities: list[Json]) -> Json:
    return {name: text, entities_name: entities} if entities else {name: text}


def _read(params: Json, name: str, entities_name: str, limit: int) -> tuple[str, list[Json]]:
    text = str(params.get(name) or "").replace("\r", "").replace("\0", "")
    too_long = BadRequest(f"message {'caption ' if name == 'caption' else ''}is too long")
    if len(text) > MARKUP_LIMIT:
        raise too_long
    if given := params.get(entities_name):
        entities = _bounded(given, utf16.length(text))
    elif mode := params.get("parse_mode"):
        if mode.lower() not in PARSERS:
            raise BadRequest("unsupported parse_mode")
        text, entities = PARSERS[mode.lower()](text)
    else:
        entities = []
    text, entities = _trimmed(text, entities[:ENTITIES_MOST])
    if utf16.length(text) > limit:
        raise too_long
    return text, _with_found(text, entities)[:ENTITIES_MOST]


def _bounded(given: list[Json], end: int) -> list[Json]:
    entities = [checked("MessageEntity", entity, ENTITY) for entity in given]
    for entity in entities:
        if entity.get("type") not in WRITTEN:
            raise BadRequest("can't parse MessageEntity: unsupported type specified")
        if not {"offset", "length"} <= entity.keys():
            raise BadRequest("can't parse MessageEntity: offset and length are required")
        offset, length = entity["offset"], entity["length"]
        if offset < 0 or length < 1 or offset + length > end:
            raise BadRequest("can't parse entities: entity is out of the text's bounds")
    return entities


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram drops the white space around a text; entities move and shrink with it."""
    begin = utf16.length(text) - utf16.length(text.lstrip())
    text = text.strip()
    end = begin + utf16.length(text)
    moved = []
    for entity in entities:
        start = max(entity["offset"], begin)
        length = min(entity["offset"] + entity["length"], end) - start
        if length > 0:
            moved.append({**entity, "offset": start - begin, "length": length})
    return text, moved


def _with_found(text: str, entities: list[Json]) -> list[Json]:
    """Telegram looks for commands and links in marked-up text too, but not in code or links."""
    closed = [entity for entity in entities if entity["type"] in {"code", "pre", "text_link"}]
    taken = {(entity["type"], entity["offset"]) for entity in entities}
    more = [
        entity
        for entity in found.find(text)
        if (entity["type"], entity["offset"]) not in taken
        and not any(_overlap(entity, other) for other in closed)
    ]
    return sorted(entities + more, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Json, other: Json) -> bool:
    ends = one["offset"] + one["length"], other["offset"] + other["length"]
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])
