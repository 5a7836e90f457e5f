"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction."""

from playground.api import media
from playground.api.delivery import check_thread, envelope
from playground.api.keyboard import inline_keyboard
from playground.errors import BadRequest
from playground.request import Json
from playground.text import caption_of, text_of
from playground.world import World

ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip
MEDIA_GROUP_LEAST, MEDIA_GROUP_MOST = 2, 10


async def send_message(world: World, params: Json) -> Json:
    content = text_of(params) | inline_keyboard(params)
    return envelope(world, params).post(world, content)


async def send_photo(world: World, params: Json) -> Json:
    return await _send(world, params, "photo")


async def send_document(world: World, params: Json) -> Json:
    return await _send(world, params, "document")


async def _send(world: World, params: Json, kind: str) -> Json:
    caption = caption_of(params) | media.looks(params) | inline_keyboard(params)
    envelope(world, params)  # refused before its picture is decoded
    missing = f"there is no {kind} in the request"
    attached = await media.attachment(world, params, kind, params[kind], missing)
    return envelope(world, params).post(world, media.save(world, attached) | caption)


async def send_media_group(world: World, params: Json) -> list[Json]:
    given = params["media"]
    if not given:
        raise BadRequest("there are no messages to send")
    if len(given) < MEDIA_GROUP_LEAST:
        raise BadRequest("too few messages to send as an album")
    if len(given) > MEDIA_GROUP_MOST:
        raise BadRequest("too many messages to send as an album")
    envelope(world, params)
    items = [await media.input_media(world, params, item) for item in given]
    if len({item.attached.kind for item in items}) > 1:
        raise BadRequest("document can't be mixed with other media types")
    target = envelope(world, params)
    group = {"media_group_id": world.post.new_media_group_id()}
    return [
        target.post(world, media.save(world, item.attached) | item.caption | group)
        for item in items
    ]


async def send_chat_action(world: World, params: Json) -> bool:
    if params["action"] not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    conversation = world.chats.open(params["chat_id"])
    if thread := params.get("message_thread_id"):
        check_thread(conversation, thread)
    data = {"chat_id": conversation["chat"]["id"], "action": params["action"]}
    world.feed.publish("action", data)
    return True
