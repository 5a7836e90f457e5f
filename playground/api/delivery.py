"""Where a bot's message goes, and what it replies to."""

from dataclasses import dataclass

from playground.errors import BadRequest
from playground.messages import quoted
from playground.request import Json
from playground.shapes import CHAT, LIST, NUMBER, TEXT, YES, checked
from playground.text import utf16
from playground.world import World

REPLY = {
    "message_id": NUMBER,
    "chat_id": CHAT,
    "allow_sending_without_reply": YES,
    "quote": TEXT,
    "quote_parse_mode": TEXT,
    "quote_entities": LIST,
    "quote_position": NUMBER,
    "checklist_task_id": NUMBER,
}
QUOTE_LIMIT = 1024
GENERAL = 1  # the topic that every forum has, and that no message may name


@dataclass(frozen=True)
class Envelope:
    """An open chat, and the fields that every message sent there has."""

    conversation: Json
    head: Json

    def post(self, world: World, content: Json) -> Json:
        return world.post.add(self.conversation, world.bot, self.head | content)


def envelope(world: World, params: Json) -> Envelope:
    """Check the chat, the topic and the message replied to."""
    conversation = world.chats.open(params["chat_id"])
    replied = _replied(world, conversation, params.get("reply_parameters"))
    head: Json = {}
    thread = params.get("message_thread_id") or (replied or {}).get("message_thread_id")
    if thread:
        check_thread(conversation, thread)
        head |= {"message_thread_id": thread, "is_topic_message": True}
        replied = replied or world.message(conversation["chat"]["id"], thread)
    if replied:
        head["reply_to_message"] = quoted(replied)
    if params.get("protect_content"):
        head["has_protected_content"] = True
    return Envelope(conversation, head)


def check_thread(conversation: Json, thread: int) -> None:
    if thread == GENERAL or str(thread) not in conversation["topics"]:
        raise BadRequest("message thread not found")


def _replied(world: World, conversation: Json, reply: Json | None) -> Json | None:
    if reply is None:
        return None
    reply = checked("ReplyParameters", reply, REPLY)
    chat_id = conversation["chat"]["id"]
    if reply.get("chat_id", chat_id) != chat_id:
        raise BadRequest("replies to other chats are not supported by the playground")
    message_id = reply.get("message_id")
    if message_id is None:
        raise BadRequest("can't parse ReplyParameters: message_id is required")
    replied = world.message(chat_id, message_id)
    if replied is None and not reply.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    quote = reply.get("quote")
    if replied and quote:
        words = replied.get("text") or replied.get("caption", "")
        if quote not in words or utf16.length(quote) > QUOTE_LIMIT:
            raise BadRequest("QUOTE_TEXT_INVALID")
    return replied
