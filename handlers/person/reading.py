"""Photos are downloaded, and read in a thread of their own."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from telegram import Message

from db import StoredFace
from generation.errors import Refusal
from generation.faces.face import Face, FaceBlurred, FaceCut, FaceTooSmall, NoFace
from handlers.core.context import Context
from handlers.person.pictures import download

READING = ThreadPoolExecutor(32, "photos")
"""Threads that wait for photos to be read, so many that nobody's photos keep the others from their
turn. They are apart because the database needs the other threads."""

SURE_SCORE = 0.75
"""Least score of what is surely a face. Of two people it was 0.90 to 0.94, of a cup of coffee up
to 0.55: docs/decisions/0013-what-is-done-with-a-photo.md."""

FACE_SEEN = (FaceTooSmall, FaceCut, FaceBlurred)
"""Refusals of a picture that does show a face: of several refusals they say most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one picture of a message shows: `faces`, the largest first, or why there are none.

    `number` is its place in the message, from 1. `doubts` are what may be faces.
    """

    number: int
    faces: Sequence[Face] = ()
    doubts: Sequence[Face] = ()
    refusal: Refusal | None = None


async def read(pictures: Sequence[Message], context: Context) -> list[Reading]:
    """Read all pictures of a message."""
    loop = asyncio.get_running_loop()
    find = context.people.faces.of_message(context.person.id, len(pictures))
    readings = []
    for number, picture in enumerate(pictures, 1):
        try:
            faces = await loop.run_in_executor(READING, find, await download(picture))
        except Refusal as error:
            readings.append(Reading(number, refusal=error))
            continue
        if sure := [face for face in faces if face.score >= SURE_SCORE]:
            readings.append(Reading(number, sure))
        else:
            readings.append(Reading(number, doubts=faces, refusal=NoFace()))
    return readings


async def read_again(face: StoredFace, context: Context) -> Face | None:
    """Read a stored face as if it were a photo; None where no face is seen in it."""
    find = context.people.faces.of_message(context.person.id, 1)
    try:
        faces = await asyncio.get_running_loop().run_in_executor(READING, find, face.image)
    except Refusal:
        return None
    return faces[0]


def worst(readings: Sequence[Reading]) -> Refusal:
    """Give the refusal that says most of pictures that have no face."""
    refusals = [reading.refusal for reading in readings if reading.refusal]
    return next((one for one in refusals if isinstance(one, FACE_SEEN)), refusals[0])
