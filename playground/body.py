"""A request's body, read within limits: too much is refused before it costs anything."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web
from aiohttp.http import HttpProcessingError

from playground import strict_json
from playground.errors import (
    ApiError,
    BadRequest,
    BrokenOff,
    TooLarge,
    TooLong,
    TooSlow,
    Unsupported,
)
from playground.files import UPLOAD_LIMIT
from playground.request import Json, UploadedFile

WORDS_LIMIT = 1024 * 1024  # bytes of everything in a body that is no file
FIELDS_MOST = 100  # of a form; an album of ten files has about fifteen
NAME_LIMIT = 255  # characters of a field's or a file's name, as most disks have it
SLOWEST = 60.0  # s for a whole body, which comes from this same computer
CHUNK = 64 * 1024  # bytes
JSON, FORM, MULTIPART = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)
CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}  # the Bot API is UTF-8; some codecs are slow
# What is wrong with a part is answered; on the terminal each would be a line.
warnings.filterwarnings("ignore", category=aiohttp.BadContentDispositionHeader)
warnings.filterwarnings("ignore", category=aiohttp.BadContentDispositionParam)
Fields = list[tuple[str, str | UploadedFile]]


async def read(request: web.Request) -> Json | Fields:
    """Read a JSON object or a form; an empty form where there is no body.

    BadRequest (BrokenOff among them), TooLarge, TooSlow or Unsupported where it can't be read.
    """
    try:
        async with asyncio.timeout(SLOWEST):
            return await _read(request)
    except ApiError:
        raise
    except TimeoutError:
        raise TooSlow from None
    except (OSError, aiohttp.ClientError):
        raise BrokenOff from None
    except (
        ValueError,
        LookupError,
        RuntimeError,  # so aiohttp calls an unknown encoding of a part
        AssertionError,  # and a part without a boundary
        HttpProcessingError,
        web.RequestPayloadError,
    ):
        raise BadRequest("can't read the body") from None


async def _read(request: web.Request) -> Json | Fields:
    if (request.content_length or 0) > UPLOAD_LIMIT + WORDS_LIMIT:
        raise TooLarge
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Unsupported("content-encoding")
    kind = request.content_type
    if kind == MULTIPART:
        return [field async for field in _parts(request)]
    body = await _bytes(request.content.iter_chunked(CHUNK), WORDS_LIMIT, TooLong())
    if not body:
        return []
    if kind not in {JSON, FORM}:
        raise Unsupported("content-type")
    text = _decoded(body, request.charset or "utf-8")
    if kind == FORM:
        return list(_form(text))
    try:
        value = strict_json.loads(text)
    except ValueError:
        raise BadRequest("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise BadRequest("object expected")
    return value


def _form(text: str) -> Fields:
    fields = parse_qsl(
        text, keep_blank_values=True, max_num_fields=FIELDS_MOST, encoding="utf-8", errors="strict"
    )
    return list(fields)


async def _parts(request: web.Request) -> AsyncIterator[tuple[str, str | UploadedFile]]:
    """Read the parts of a form with files; all files together are as long as one may be."""
    multipart = await request.multipart()
    words_left, files_left, fields = WORDS_LIMIT, UPLOAD_LIMIT, 0
    while (part := await multipart.next()) is not None:
        fields += 1
        if not isinstance(part, aiohttp.BodyPartReader) or not part.name:
            raise BadRequest("can't read the form")
        if fields > FIELDS_MOST or len(part.name) > NAME_LIMIT:
            raise BadRequest("the form has too many fields, or too long a name")
        if part.filename:
            data = await _bytes(_chunks(part), files_left, TooLarge())
            files_left -= len(data)
            yield part.name, UploadedFile(file_name(part.filename), data)
        else:
            data = await _bytes(_chunks(part), words_left, TooLong())
            words_left -= len(data)
            yield part.name, _decoded(data, part.get_charset(default="utf-8"))


async def _chunks(part: aiohttp.BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(CHUNK):
        async for decoded in part.decode_iter(chunk):
            yield decoded


async def _bytes(chunks: AsyncIterator[bytes], limit: int, too_much: ApiError) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise too_much
    return bytes(body)


def _decoded(words: bytes, charset: str) -> str:
    if charset.lower() not in CHARSETS:
        raise Unsupported("charset")
    try:
        return words.decode()
    except UnicodeDecodeError:
        raise BadRequest("strings must be encoded in UTF-8") from None


def file_name(given: str) -> str:
    """Make of an upload's name one that can be shown, saved and sent on."""
    name = PurePosixPath(PureWindowsPath(given).name).name
    name = "".join(c for c in name.encode(errors="replace").decode() if c.isprintable())
    suffix = PurePosixPath(name).suffix[:16]
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - len(suffix)] + suffix
