"""Albums that people send, part by part: in any order, by one poll of the bot or by several."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from generation.faces.finder import FaceFinder
from playground import pictures, text
from tests.support.running_bot import ANN, Json, RunningBot, newest


def photo(bot: RunningBot, data: bytes) -> Json:
    return {"photo": bot.playground.world.files.add_photo(pictures.photo(data, app=True))}


def document(bot: RunningBot, data: bytes, name: str = "photo.jpg") -> Json:
    return {"document": bot.playground.world.files.add_document(name, data, None)}


def film(bot: RunningBot) -> Json:
    """Make a video."""
    return {"video": _moving(bot, "film.mp4")}


def animation(bot: RunningBot) -> Json:
    """Make a GIF, of which Telegram makes an MP4; for old bots it is a document as well."""
    moving = _moving(bot, "cat.mp4")
    seen_by_old_bots = {"file_name", "mime_type", "file_size", "file_id", "file_unique_id"}
    return {
        "animation": moving,
        "document": {name: moving[name] for name in seen_by_old_bots},
    }


async def send(
    bot: RunningBot,
    contents: Sequence[Json],
    *,
    caption: str | None = None,
    captioned: int = 0,
    order: Sequence[int] = (),
    apart: bool = False,
    person: int = ANN,
    chat: int | None = None,
    media_group: str | None = None,
) -> list[Json]:
    """Send an album; the bot hears its parts in this order, `apart` by one poll each.

    The part number `captioned` has the caption. One part alone is no album, unless it names one.
    """
    if bot.consenting:
        await bot.consents(person)
    world = bot.playground.world
    chat = chat or person
    bot.seen[chat] = newest(bot.playground, chat)
    conversation = world.chats.change(chat, started=True)
    if len(contents) > 1 or media_group:
        group = media_group or world.post.new_media_group_id()
        contents = [content | {"media_group_id": group} for content in contents]
    words = text.caption_of({"caption": caption})
    messages = [
        world.post.add(
            conversation,
            world.chats.person(person),
            content | (words if number == captioned else {}),
        )
        for number, content in enumerate(contents)
    ]
    bot.seen[chat] = messages[-1]["message_id"]
    for number in order or range(len(messages)):
        world.updates.add("message", messages[number])
        world.changed()
        while apart and world.updates.pending():  # noqa: ASYNC110
            await asyncio.sleep(0)  # nothing tells when the bot has polled again
    return messages


def kept_face(bot: RunningBot, person: int = ANN) -> bytes:
    """Give the only face that the person has."""
    (face,) = kept_faces(bot, person)
    return face


def kept_faces(bot: RunningBot, person: int = ANN) -> list[bytes]:
    """Give the faces that the person has, in the order in which they were sent."""
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        query = "SELECT image FROM character_faces JOIN faces ON face_id = faces.id"
        rows = database.execute(
            f"{query} WHERE character_faces.person_id = ? ORDER BY faces.id", [person]
        )
        return [bytes(row[0]) for row in rows]


def face_of(bot: RunningBot, message: Json) -> bytes:
    """Give the largest face of the message's photo or file."""
    media = message["photo"][-1] if "photo" in message else message["document"]
    return FaceFinder().find(bot.playground.world.file(media["file_id"]))[0].image


def _moving(bot: RunningBot, name: str) -> Json:
    saved = bot.playground.world.files.add_document(name, b"\0\0\0\x18ftypmp42", None)
    return saved | {"width": 320, "height": 240, "duration": 2}
