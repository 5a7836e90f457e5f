"""What people send and press."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from decoding.preview import Preview
from playground import pictures, text
from playground.errors import ApiError, NotSent
from playground.messages import quoted
from playground.request import Json, UploadedFile
from playground.text import utf16
from playground.world import World

MEDIA_GROUP_MOST = 10
LONGEST = 10 * text.TEXT_LIMIT  # code units: a longer text would fill the chat


@dataclass(frozen=True)
class Origin:
    """Where a message or a press comes from: who writes, and in which chat."""

    person: int
    chat: int
    reply_to: int | None = None
    thread: int | None = None


class People:
    """Sends and presses for everybody. Each refusal is a NotSent with a sentence."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send_text(self, origin: Origin, words: str) -> list[Json]:
        """Send a text; a long one goes in several messages, as Telegram's apps do it."""
        head = self._head(origin)
        words = words.strip()
        if not words:
            raise NotSent("There is nothing to send.")
        if utf16.length(words) > LONGEST:
            raise NotSent(f"The text is too long: up to {LONGEST} characters can be sent.")
        contents = []
        while words:
            part, words = utf16.cut(words, text.TEXT_LIMIT)
            if part.strip():
                contents.append(head | text.text_of({"text": part}))
        return self._post(origin, contents)

    async def send_photos(
        self, origin: Origin, photos: Sequence[bytes], caption: str | None
    ) -> list[Json]:
        """Send photos; several make a media group."""
        words = self._caption(caption)
        self._head(origin)  # refused before its pictures are decoded
        sizes = [await self._photo(data) for data in photos]
        head = self._head(origin) | words
        contents = [{"photo": self._world.files.add_photo(photo)} for photo in sizes]
        return self._post_media(origin, head, contents)

    async def send_documents(
        self, origin: Origin, documents: Sequence[UploadedFile], caption: str | None
    ) -> list[Json]:
        """Send files as they are; several make a media group."""
        words = self._caption(caption)
        self._head(origin)  # refused before its pictures are decoded
        if not all(document.data for document in documents):
            raise NotSent("The file is empty.")
        allowance = pictures.thumbnails_allowance(len(documents))
        thumbnails = [
            await asyncio.to_thread(pictures.thumbnail, document.data, allowance)
            for document in documents
        ]
        head = self._head(origin) | words
        contents = [
            {"document": self._world.files.add_document(document.name, document.data, thumbnail)}
            for document, thumbnail in zip(documents, thumbnails, strict=True)
        ]
        return self._post_media(origin, head, contents)

    async def press(
        self, origin: Origin, message_id: int, data: str, *, forged: bool = False
    ) -> str:
        """Press a button; returns the callback query's id. `forged`: the button need not exist."""
        self._head(origin)
        message = self._world.message(origin.chat, message_id)
        if message is None or message["from"]["id"] != self._world.bot["id"]:
            raise NotSent("The message is gone.")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not forged and not any(b.get("callback_data") == data for row in rows for b in row):
            raise NotSent("The button is gone.")
        query_id = str(uuid4().int >> 65)
        query = {"person": origin.person, "chat": origin.chat, "date": self._world.now()}
        self._world.queries[query_id] = query
        self._world.updates.add(
            "callback_query",
            {
                "id": query_id,
                "from": self._world.chats.person(origin.person),
                "message": message,
                "chat_instance": str(abs(origin.chat) * 7919),
                "data": data,
            },
        )
        self._world.changed()
        return query_id

    def _head(self, origin: Origin) -> Json:
        """Check that the person may write there; returns the fields of every message there."""
        conversation = self._conversation(origin)
        replied = self._world.message(origin.chat, origin.reply_to) if origin.reply_to else None
        if origin.reply_to and replied is None:
            raise NotSent("The message to reply to is gone.")
        head: Json = {}
        thread = origin.thread or (replied or {}).get("message_thread_id")
        if thread:
            if str(thread) not in conversation["topics"]:
                raise NotSent("There is no such topic.")
            # Telegram shows a topic's messages as replies to its first one.
            replied = replied or self._world.message(origin.chat, thread)
            head |= {"message_thread_id": thread, "is_topic_message": True}
        return head | {"reply_to_message": quoted(replied)} if replied else head

    def _conversation(self, origin: Origin) -> Json:
        conversation = self._world.chats.conversations.get(str(origin.chat))
        if conversation is None or str(origin.person) not in conversation["members"]:
            raise NotSent("There is no such chat.")
        if conversation["migrated_to"] is not None:
            raise NotSent("The group has become a supergroup.")
        if conversation["bot"] == "kicked" and conversation["chat"]["type"] == "private":
            raise NotSent("The bot is blocked.")
        return conversation

    async def _photo(self, data: bytes) -> list[Preview]:
        try:
            return await asyncio.to_thread(pictures.photo, data, app=True)
        except pictures.Unreadable:
            raise NotSent("This is no picture, or a damaged one. Send it as a file.") from None
        except pictures.BadSides:
            raise NotSent("The picture is too large to be a photo. Send it as a file.") from None

    def _caption(self, caption: str | None) -> Json:
        try:
            return text.caption_of({"caption": caption})
        except ApiError:
            raise NotSent(f"A caption has at most {text.CAPTION_LIMIT} characters.") from None

    def _post_media(self, origin: Origin, head: Json, contents: list[Json]) -> list[Json]:
        """Post the files; `head` has the caption, which stands under the first one."""
        for start in range(0, len(contents), MEDIA_GROUP_MOST) if len(contents) > 1 else ():
            media_group_id = self._world.post.new_media_group_id()
            for content in contents[start : start + MEDIA_GROUP_MOST]:
                content["media_group_id"] = media_group_id
        first, *others = contents
        plain = {name: value for name, value in head.items() if not name.startswith("caption")}
        return self._post(origin, [head | first, *(plain | other for other in others)])

    def _post(self, origin: Origin, contents: list[Json]) -> list[Json]:
        world = self._world
        conversation = self._conversation(origin)
        if not conversation["started"]:
            conversation = world.chats.change(origin.chat, started=True)
        sender = world.chats.person(origin.person)
        messages = [world.post.add(conversation, sender, content) for content in contents]
        for message in messages:
            if world.hears(conversation, message):
                world.updates.add("message", message)
        world.changed()
        return messages
