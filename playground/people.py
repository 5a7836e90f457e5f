"""What people send and press."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from playground import pictures, text
from playground.errors import ApiError, NotSent
from playground.messages import quoted
from playground.request import Json, UploadedFile
from playground.text import utf16
from playground.world import World

ALBUM = 10


@dataclass(frozen=True)
class Place:
    """Who writes where."""

    person: int
    chat: int
    reply_to: int | None = None
    thread: int | None = None


class People:
    """The hands of everybody in the world; each refusal is a NotSent with a sentence."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send_text(self, place: Place, words: str) -> list[Json]:
        """Send a text; a long one goes in several messages, as Telegram's apps do it."""
        head = self._head(place)
        words = words.strip()
        if not words:
            raise NotSent("There is nothing to send.")
        contents = []
        while words:
            part, words = utf16.cut(words, text.TEXT_LIMIT)
            if part.strip():
                contents.append(head | text.text_of({"text": part}))
        return self._post(place, contents)

    async def send_photos(
        self, place: Place, photos: Sequence[bytes], caption: str | None
    ) -> list[Json]:
        """Send photos; several are an album."""
        self._head(place)
        sizes = [await self._photo(data) for data in photos]
        contents = [{"photo": self._world.files.add_photo(photo)} for photo in sizes]
        return self._post_media(place, contents, caption)

    async def send_documents(
        self, place: Place, documents: Sequence[UploadedFile], caption: str | None
    ) -> list[Json]:
        """Send files as they are; several are an album."""
        self._head(place)
        if not all(document.data for document in documents):
            raise NotSent("The file is empty.")
        contents = []
        for document in documents:
            thumbnail = await asyncio.to_thread(pictures.thumbnail, document.data)
            kept = self._world.files.add_document(document.name, document.data, thumbnail)
            contents.append({"document": kept})
        return self._post_media(place, contents, caption)

    async def press(self, place: Place, message_id: int, data: str, *, forged: bool = False) -> str:
        """Press a button; returns the callback query's id. `forged`: the button need not exist."""
        self._head(place)
        message = self._world.message(place.chat, message_id)
        if message is None or message["from"]["id"] != self._world.bot["id"]:
            raise NotSent("The message is gone.")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not forged and not any(b.get("callback_data") == data for row in rows for b in row):
            raise NotSent("The button is gone.")
        query_id = str(uuid4().int >> 65)
        query = {"person": place.person, "chat": place.chat, "date": self._world.now()}
        self._world.queries[query_id] = query
        self._world.updates.add(
            "callback_query",
            {
                "id": query_id,
                "from": self._world.chats.person(place.person),
                "message": message,
                "chat_instance": str(abs(place.chat) * 7919),
                "data": data,
            },
        )
        self._world.changed()
        return query_id

    def _head(self, place: Place) -> Json:
        """Check the place; returns what any message there begins with."""
        conversation = self._conversation(place)
        replied = self._world.message(place.chat, place.reply_to) if place.reply_to else None
        if place.reply_to and replied is None:
            raise NotSent("The message to reply to is gone.")
        head: Json = {}
        thread = place.thread or (replied or {}).get("message_thread_id")
        if thread:
            if str(thread) not in conversation["topics"]:
                raise NotSent("There is no such topic.")
            # Telegram shows a topic's first message as the one that all the others answer.
            replied = replied or self._world.message(place.chat, thread)
            head |= {"message_thread_id": thread, "is_topic_message": True}
        return head | {"reply_to_message": quoted(replied)} if replied else head

    def _conversation(self, place: Place) -> Json:
        conversation = self._world.chats.conversations.get(str(place.chat))
        if conversation is None or str(place.person) not in conversation["members"]:
            raise NotSent("There is no such chat.")
        if conversation["migrated_to"] is not None:
            raise NotSent("The group has become a supergroup.")
        if conversation["bot"] == "kicked" and conversation["chat"]["type"] == "private":
            raise NotSent("The bot is blocked.")
        return conversation

    async def _photo(self, data: bytes) -> list[pictures.Size]:
        try:
            return await asyncio.to_thread(pictures.photo, data, app=True)
        except pictures.Unreadable:
            raise NotSent("This is no picture, or a damaged one. Send it as a file.") from None
        except pictures.BadSides:
            raise NotSent("The picture is too large to be a photo. Send it as a file.") from None

    def _post_media(self, place: Place, contents: list[Json], caption: str | None) -> list[Json]:
        head = self._head(place)
        try:
            contents[0] |= text.caption_of({"caption": caption})
        except ApiError:
            raise NotSent(f"A caption has at most {text.CAPTION_LIMIT} characters.") from None
        for start in range(0, len(contents), ALBUM) if len(contents) > 1 else ():
            album_id = self._world.post.album_id()
            for content in contents[start : start + ALBUM]:
                content["media_group_id"] = album_id
        return self._post(place, [head | content for content in contents])

    def _post(self, place: Place, contents: list[Json]) -> list[Json]:
        world = self._world
        conversation = self._conversation(place)
        if not conversation["started"]:
            conversation = world.chats.change(place.chat, started=True)
        sender = world.chats.person(place.person)
        messages = [world.post.add(conversation, sender, content) for content in contents]
        for message in messages:
            if world.hears(conversation, message):
                world.updates.add("message", message)
        world.changed()
        return messages
