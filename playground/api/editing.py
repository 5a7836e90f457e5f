"""What a bot does to messages that are there: edit, delete, react, answer a press."""

from playground.api import media
from playground.api.keyboard import inline_keyboard
from playground.api.reactions import EMOJI
from playground.chats import ADMINS
from playground.errors import BadRequest
from playground.request import Json
from playground.shapes import TEXT, checked
from playground.text import caption_of, text_of, utf16
from playground.world import World

QUERY_LIFETIME = 60  # s; Telegram doesn't publish its own
ALERT_LIMIT, DELETE_MOST = 200, 100
DELETABLE = 48 * 60 * 60  # s
REACTION = {"type": TEXT, "emoji": TEXT}
CAPTION = {"caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
CONTENT = {"text", "entities", "photo", "document", "reply_markup"} | CAPTION


def _editable(world: World, params: Json) -> Json:
    conversation = world.chats.open(params["chat_id"])
    message = world.message(conversation["chat"]["id"], params["message_id"])
    if message is None:
        raise BadRequest("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise BadRequest("message can't be edited")
    return message


def _replace(world: World, message: Json, content: Json, *, marked: bool = True) -> Json:
    """Replace the message's content; what `content` doesn't name is removed, the keyboard too."""
    if {name: message[name] for name in CONTENT & message.keys()} == content:
        raise BadRequest(
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message"
        )
    rest = {name: value for name, value in message.items() if name not in CONTENT}
    return world.post.edit(rest | content, marked=marked)


async def edit_message_text(world: World, params: Json) -> Json:
    content = text_of(params) | inline_keyboard(params)
    message = _editable(world, params)
    if "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    return _replace(world, message, content)


async def edit_message_caption(world: World, params: Json) -> Json:
    content = caption_of(params) | media.looks(params) | inline_keyboard(params)
    message = _editable(world, params)
    if "text" in message:
        raise BadRequest("there is no caption in the message to edit")
    file = {name: message[name] for name in {"photo", "document"} & message.keys()}
    return _replace(world, message, file | content)


async def edit_message_media(world: World, params: Json) -> Json:
    keyboard = inline_keyboard(params)
    _editable(world, params)  # refused before its picture is decoded
    item = await media.input_media(world, params, params["media"])
    message = _editable(world, params)
    kind = item.attached.kind
    if "media_group_id" in message and kind not in message:
        raise BadRequest(f"message can't be edited to {kind} in this album")
    if isinstance(item.attached, media.Known) and message.get(kind) == item.attached.media:
        return _replace(world, message, {kind: message[kind]} | item.caption | keyboard)
    return _replace(world, message, media.save(world, item.attached) | item.caption | keyboard)


async def edit_message_reply_markup(world: World, params: Json) -> Json:
    keyboard = inline_keyboard(params)
    message = _editable(world, params)
    if keyboard and "media_group_id" in message:
        raise BadRequest("message can't be edited")  # a media group has no keyboard
    content = {name: message[name] for name in (CONTENT - {"reply_markup"}) & message.keys()}
    return _replace(world, message, content | keyboard, marked=False)


async def delete_message(world: World, params: Json) -> bool:
    conversation = world.chats.open(params["chat_id"])
    message = world.message(conversation["chat"]["id"], params["message_id"])
    if message is None:
        raise BadRequest("message to delete not found")
    _check_deletable(world, conversation, message)
    world.post.delete(conversation["chat"]["id"], [message["message_id"]])
    return True


async def delete_messages(world: World, params: Json) -> bool:
    conversation = world.chats.open(params["chat_id"])
    ids = params["message_ids"]
    if not 1 <= len(ids) <= DELETE_MOST or not all(isinstance(one, int) for one in ids):
        raise BadRequest("there must be 1-100 message identifiers")
    chat_id = conversation["chat"]["id"]
    there = [message for one in ids if (message := world.message(chat_id, one))]
    for message in there:
        _check_deletable(world, conversation, message)
    if there:
        world.post.delete(chat_id, [message["message_id"] for message in there])
    return True


def _check_deletable(world: World, conversation: Json, message: Json) -> None:
    own = message["from"]["id"] == world.bot["id"]
    private = conversation["chat"]["type"] == "private"
    old = world.now() - message["date"] > DELETABLE
    if old or not (own or private or conversation["bot"] in ADMINS):
        raise BadRequest("message can't be deleted for everyone")


async def set_message_reaction(world: World, params: Json) -> bool:
    conversation = world.chats.open(params["chat_id"])
    chat_id = conversation["chat"]["id"]
    if world.message(chat_id, params["message_id"]) is None:
        raise BadRequest("message to react not found")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    emoji = [checked("ReactionType", one, REACTION).get("emoji", "") for one in reactions]
    if not set(emoji) <= EMOJI or any(one.get("type") != "emoji" for one in reactions):
        raise BadRequest("REACTION_INVALID")
    world.post.react(chat_id, params["message_id"], emoji)
    return True


async def answer_callback_query(world: World, params: Json) -> bool:
    query = world.queries.pop(params["callback_query_id"], None)
    if query is None or world.now() - query["date"] > QUERY_LIFETIME:
        raise BadRequest("query is too old and response timeout expired or query ID is invalid")
    text = params.get("text") or ""
    if utf16.length(text) > ALERT_LIMIT:
        raise BadRequest("MESSAGE_TOO_LONG")
    if params.get("url"):
        raise BadRequest("URL_INVALID")  # only games and links back to the bot may open one
    world.feed.publish(
        "answer",
        {
            "callback_query_id": params["callback_query_id"],
            "person_id": query["person"],
            "text": text,
            "show_alert": bool(params.get("show_alert")),
        },
    )
    return True
