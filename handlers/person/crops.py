"""How faces are shown: one as it is, several on one sheet with their numbers."""

import asyncio
from collections.abc import Sequence
from io import BytesIO
from math import ceil

from PIL import Image, ImageDraw, ImageFont
from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto, Message
from telegram.constants import MessageLimit

from generation.faces.face import shown
from handlers.core.lengths import length
from handlers.core.replies import going_on_without, say_instead

TILE = 320
"""Pixels of a face's side on a sheet: three in a row are as wide as a phone shows."""

ACROSS = 3
"""Faces in a row."""

BADGE = 56
"""Pixels of the side of the square that holds a number."""

Labelled = tuple[str, bytes]
"""A face's number, or another short sign, and its image."""


def draw(faces: Sequence[Labelled]) -> bytes:
    """Draw a PNG file of one face, as it is, or of several with their labels."""
    if len(faces) == 1:
        return shown(faces[0][1])
    columns = len(faces) if len(faces) <= ACROSS else ceil(len(faces) / 2)
    rows = ceil(len(faces) / columns)
    sheet = Image.new("RGB", (columns * TILE, rows * TILE), "white")
    for index, (label, image) in enumerate(faces):
        row, column = divmod(index, columns)
        sheet.paste(_tile(label, image), (column * TILE, row * TILE))
    file = BytesIO()
    sheet.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _tile(label: str, image: bytes) -> Image.Image:
    with Image.open(BytesIO(shown(image))) as face:
        tile = face.resize((TILE, TILE), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(tile)
    draw.rectangle((0, 0, BADGE, BADGE), fill="black")
    middle = (BADGE / 2, BADGE / 2)
    font = ImageFont.load_default(BADGE * 0.7)
    draw.text(middle, label, fill="white", font=font, anchor="mm")
    return tile


async def show(
    message: Message,
    faces: Sequence[Labelled],
    caption: str,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    quote: bool = False,
) -> None:
    """Reply with faces and words; with words alone where Telegram takes no picture with them."""
    if length(caption) <= MessageLimit.CAPTION_LENGTH:
        picture = InputFile(await asyncio.to_thread(draw, faces), "face.png")
        with going_on_without():
            await message.reply_photo(
                picture, caption=caption, reply_markup=keyboard, do_quote=quote
            )
            return
    await message.reply_text(caption, reply_markup=keyboard, do_quote=quote)


async def show_instead(
    message: Message,
    faces: Sequence[Labelled],
    caption: str,
    keyboard: InlineKeyboardMarkup | None = None,
) -> None:
    """Show faces and words in place of those that the message has."""
    media = InputMediaPhoto(await asyncio.to_thread(draw, faces), caption=caption)
    with going_on_without():
        await message.edit_media(media, reply_markup=keyboard)
        return
    await say_instead(message, caption, keyboard)
