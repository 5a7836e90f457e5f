"""What a bot attaches: an upload, a reference to one, or a file_id."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from decoding.preview import Preview
from playground import pictures
from playground.errors import BadRequest, TooLarge
from playground.files import UPLOAD_LIMIT
from playground.request import Json, UploadedFile
from playground.shapes import LIST, TEXT, YES, Fields, checked
from playground.text import caption_of
from playground.world import World

CAPTION = {"caption": TEXT, "parse_mode": TEXT, "caption_entities": LIST}
INPUT_MEDIA: Mapping[str, Fields] = {
    "photo": {
        "type": TEXT,
        "media": TEXT,
        **CAPTION,
        "show_caption_above_media": YES,
        "has_spoiler": YES,
    },
    "document": {
        "type": TEXT,
        "media": TEXT,
        **CAPTION,
        "thumbnail": TEXT,
        "disable_content_type_detection": YES,
    },
}


@dataclass(frozen=True)
class Upload:
    """A new file, decoded and checked, but not saved yet: the message may still be refused."""

    kind: str
    name: str
    data: bytes
    sizes: list[Preview]
    thumbnail: Preview | None = None


@dataclass(frozen=True)
class Known:
    """A file of an earlier message; `media` is its PhotoSizes or Document."""

    kind: str
    media: object


Attachment = Upload | Known


async def attachment(
    world: World, params: Json, kind: str, value: object, missing: str
) -> Attachment:
    """Find the file that a parameter or an InputMedia's `media` means.

    `missing` is the error's description if there is none.
    """
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"))
        if not isinstance(value, UploadedFile):
            raise BadRequest(missing)
    if isinstance(value, UploadedFile):
        return await _upload(kind, value)
    if not isinstance(value, str) or not value:
        raise BadRequest(missing)
    if value.startswith(("http://", "https://")):
        raise BadRequest("failed to get HTTP URL content")  # nothing is fetched from here
    record = world.files.record(value)
    if record is None or record["kind"] == "thumbnail":
        raise BadRequest("wrong file identifier/HTTP URL specified")
    if record["kind"] != kind:
        raise BadRequest(f"can't use file of type {record['kind'].title()} as {kind.title()}")
    return Known(kind, record["media"])


async def _upload(kind: str, file: UploadedFile) -> Upload:
    if not file.data:
        raise BadRequest("file must be non-empty")
    if kind == "document":
        if len(file.data) > UPLOAD_LIMIT:
            raise TooLarge
        thumbnail = await asyncio.to_thread(pictures.thumbnail, file.data)
        return Upload(kind, file.name, file.data, [], thumbnail)
    if len(file.data) > pictures.PHOTO_BYTES:
        raise BadRequest("file is too big for a photo; the maximum size is 10 MB")
    try:
        sizes = await asyncio.to_thread(pictures.photo, file.data)
    except pictures.Unreadable:
        raise BadRequest("IMAGE_PROCESS_FAILED") from None
    except pictures.BadSides:
        raise BadRequest("PHOTO_INVALID_DIMENSIONS") from None
    return Upload(kind, file.name, file.data, sizes)


def save(world: World, attached: Attachment) -> Json:
    """Save the file; returns the message's `photo` or `document`."""
    if isinstance(attached, Known):
        return {attached.kind: attached.media}
    if attached.kind == "photo":
        return {"photo": world.files.add_photo(attached.sizes)}
    return {"document": world.files.add_document(attached.name, attached.data, attached.thumbnail)}


@dataclass(frozen=True)
class Item:
    """An InputMedia, read: its file, and the caption's fields."""

    attached: Attachment
    caption: Json


async def input_media(world: World, params: Json, media: object) -> Item:
    if not isinstance(media, dict):
        raise BadRequest("can't parse InputMedia: expected an Object")
    kind = str(media.get("type"))
    if kind not in INPUT_MEDIA:
        raise BadRequest(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    media = checked("InputMedia", media, INPUT_MEDIA[kind])
    missing = "can't parse InputMedia: media not found"
    attached = await attachment(world, params, kind, media.get("media"), missing)
    return Item(attached, caption_of(media) | looks(media))


def looks(params: Json) -> Json:
    """Give the message's fields that say how a photo is shown."""
    said = {
        "show_caption_above_media": params.get("show_caption_above_media"),
        "has_media_spoiler": params.get("has_spoiler"),
    }
    return {name: True for name, value in said.items() if value}
