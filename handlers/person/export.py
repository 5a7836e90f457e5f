"""/export: everything that is kept about a person, as files for them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from telegram import InputFile, Update

from generation.errors import Refusal
from handlers.core.context import Context, message_in
from handlers.core.replies import UPLOAD_TIMEOUT_S
from handlers.person.archive import archives
from handlers.person.turns import turns_of

UNDER_WAY: set[int] = set()
"""The people whose files are being made."""


class NothingKept(Refusal):
    """Nothing is kept about the person."""


class ExportUnderWay(Refusal):
    """The person has asked already, and not all files are there."""


async def export(update: Update, context: Context) -> None:
    """Send all of it, in as many files as Telegram's limit makes of it."""
    message, turns = message_in(update), turns_of(context.person.id)
    with _once(context.person.id):
        data = await context.people.records.of(context.person.id)
        if data.is_empty:
            raise NothingKept
        await message.reply_text(context.say("export-begins"))
        files = archives(data, context.drawing.albums)
        number = 0
        while (file := await asyncio.to_thread(next, files, None)) and not turns.over:
            number += 1
            with file:
                await message.reply_document(
                    await asyncio.to_thread(_named, file, number),
                    read_timeout=UPLOAD_TIMEOUT_S,
                    write_timeout=UPLOAD_TIMEOUT_S,
                )
        if not turns.over:
            await message.reply_text(context.say("export-done", count=number))


def _named(file: IO[bytes], number: int) -> InputFile:
    return InputFile(file, filename=f"about-me-{number}.zip")


@contextmanager
def _once(person_id: int) -> Iterator[None]:
    if person_id in UNDER_WAY:
        raise ExportUnderWay
    UNDER_WAY.add(person_id)
    try:
        yield
    finally:
        UNDER_WAY.discard(person_id)
