"""An album of photographs: the best first, each picture with its number and its likeness."""

import asyncio
import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import skimage.data
from PIL import Image
from telegram.constants import MessageLimit

from db import JobRecord, State, Ticket
from generation.modes import Likeness
from generation.request import GenerationRequest, PictureNote, Square
from generation.words.prompt import Prompt
from generation.words.reading import read
from handlers.core.lengths import length
from handlers.core.remarks import remark_lines
from handlers.delivery.album import captions, likeness_lines
from handlers.texts import Texts
from tests.support.edits_and_alerts import edited
from tests.support.photographs import hopper
from tests.support.running_bot import ANN, Json, RunningBot, buttons, running_bot, words_of


def photograph(bot: RunningBot, *pictures: Image.Image) -> None:
    """Have the bot draw these, whatever it is asked for; those beyond the album are drawn again."""

    def picture(request: GenerationRequest, seed: int) -> Image.Image:
        return pictures[(seed - 7) % len(pictures)]

    bot.generator.photographs = True
    bot.generator.picture = picture


def eileen(width: int = 512) -> Image.Image:
    return Image.fromarray(skimage.data.astronaut()).resize((width, width))


def small() -> Image.Image:
    """Give a picture in which the face is small."""
    canvas = Image.new("RGB", (512, 512), "gray")
    canvas.paste(eileen(330), (90, 90))
    return canvas


def grace() -> Image.Image:
    return hopper().resize((480, 562))


def is_eileen(bot: RunningBot, album: Sequence[Json]) -> list[bool]:
    """Say of each picture of an album whether it is the astronaut's: those are square."""
    files = [bot.playground.world.file(m["photo"][-1]["file_id"]) for m in album]
    sizes = [Image.open(io.BytesIO(file)).size for file in files]
    return [width == height for width, height in sizes]


def file_names(bot: RunningBot) -> list[str]:
    messages = bot.playground.world.messages(ANN)
    return [message["document"]["file_name"] for message in messages if message.get("document")]


async def test_the_best_comes_first(bot: RunningBot) -> None:
    """The caption gives each picture's likeness by its number; the buttons mean the same ones."""
    photograph(bot, grace(), grace(), eileen(), grace(), eileen(), grace())
    await bot.say("/preset ultra fast")
    await bot.answer("✅")
    await bot.say("/generate a knight --seed 7")
    album = await bot.album()
    assert is_eileen(bot, album) == [True, True, False, False, False, False]
    assert "Like you: 1 – 100%, 2 – 100%, 3 – " in words_of(album[0])
    offer = await bot.answer("Tap a number")
    one = next(data for data in buttons(offer) if data.startswith("picture:open:1:1:"))
    await bot.press(offer, one.removesuffix(str(ANN)))
    await bot.press(offer, one.replace("open", "near").removesuffix(str(ANN)))
    await bot.album()
    assert bot.generator.requests[-1].near == (9,)


async def test_what_is_not_the_person_is_drawn_again(bot: RunningBot) -> None:
    """Within half more work; the originals bear their seeds."""
    photograph(bot, grace(), eileen(), grace(), eileen(), eileen(), eileen(), eileen(), eileen())
    await bot.say("/generate a knight --seed 7")
    assert is_eileen(bot, await bot.album()) == [True] * 6
    offer = await bot.answer("Tap a number")
    await bot.press(offer, "album:files:")
    names = await bot.until(lambda: file_names(bot) if len(file_names(bot)) == 6 else [], "files")
    assert sorted(names) == [f"{seed}.png" for seed in (10, 11, 12, 13, 14, 8)]


async def test_a_model_that_draws_no_photographs_shows_no_percentage(bot: RunningBot) -> None:
    """Nor is anything of it drawn again."""
    photograph(bot, *[grace()] * 6)
    bot.generator.photographs = False
    await bot.say("/generate a knight --seed 7")
    assert "Like you" not in words_of((await bot.album())[0])
    assert len(bot.generator.requests) == 1


async def test_an_owner_may_switch_it_off(tmp_path: Path, short_waits: None) -> None:
    """Then nothing is drawn again, and the best still comes first."""
    async with running_bot(tmp_path, extra_work=0) as bot:
        await bot.give_face()
        photograph(bot, grace(), eileen(), small())
        await bot.say("/generate a knight --seed 7")
        assert not is_eileen(bot, await bot.album())[-1]
        assert len(bot.generator.requests) == 1


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_small_face_is_said_to_be_mended(
    tmp_path: Path, short_waits: None, *, wanted: bool
) -> None:
    """By the number of its picture, if the owner wants them mended."""
    async with running_bot(tmp_path, mend_faces=wanted) as bot:
        await bot.give_face()
        photograph(bot, *[eileen()] * 5, small())
        bot.generator.mended = lambda _image, _square: eileen()
        await bot.say("/generate a knight --seed 7")
        caption = words_of((await bot.album())[0])
        assert ("I drew the small face in" in caption) is wanted


async def test_a_picture_without_a_face_says_so(bot: RunningBot) -> None:
    """It is the last one, and has no percentage."""
    photograph(bot, Image.new("RGB", (64, 64)), *[eileen()] * 5)
    await bot.say("/preset ultra fast")
    await bot.answer("✅")
    await bot.say("/generate a knight --seed 7")
    assert "5 – 100%, 6 – no face" in words_of((await bot.album())[0])


async def test_what_fails_here_fails_no_album(bot: RunningBot) -> None:
    """Neither a face that can't be mended, nor somebody whose embedding is damaged."""

    def lost(_image: Image.Image, _square: Square) -> Image.Image:
        raise RuntimeError("the device is gone")

    photograph(bot, small(), *[eileen()] * 5)
    bot.generator.mended = lost
    await bot.say("/generate a knight --seed 7")
    assert "6 – " in words_of((await bot.album())[0])
    with closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE faces SET embedding = x'00'")
    await bot.say("/generate a knight --seed 7")
    assert "Like you" not in words_of((await bot.album())[0])


async def test_a_cancel_while_pictures_are_drawn_again(bot: RunningBot) -> None:
    """All six are there already, the best first, and can be had."""
    photograph(bot, grace(), *[eileen()] * 5, *[grace()] * 3)
    drew = bot.generator.picture
    again = asyncio.Event()
    loop = asyncio.get_running_loop()

    def picture(request: GenerationRequest, seed: int) -> Image.Image:
        if seed == 12:
            bot.generator.hold()
            loop.call_soon_threadsafe(again.set)
        return drew(request, seed)

    bot.generator.picture = picture
    await bot.say("/generate a knight --seed 7")
    status = await bot.answer("doesn't look like you")
    await again.wait()
    await bot.say("/cancel")
    bot.generator.release()
    made = await edited(bot, status, "6 pictures were done already")
    await bot.press(made, "made:")
    assert is_eileen(bot, await bot.album()) == [True] * 5 + [False]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_words_make_room_in_a_full_caption(language: str) -> None:
    """What is said of the pictures stays whole, however long the words are and whatever is said."""
    notes = [PictureNote(seed, 1, 0.99, mended=True) for seed in range(10)]
    unknown = tuple(f"{word}{n}" for word in ("word", "слово") for n in range(100))
    prompts = (Prompt("a knight", "", "cut " * 100, unknown),)
    ticket = Ticket(ANN, ANN, None, 1, language)
    job = JobRecord(
        1, State.DELIVERING, ticket, None, "a knight " * 100, "NORMAL", 7, (), 10, 60.0, (),
        tuple(notes), Likeness.HIGH, prompts=prompts,
    )  # fmt: skip
    say = Texts().say(language)
    text, *_ = captions(say, job, "A model with a name that is rather long", {})
    assert length(text) <= MessageLimit.CAPTION_LENGTH
    assert text.endswith(likeness_lines(say, notes) + remark_lines(say, job))
    assert "a knight a knight" in text


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_remark_has_room_in_a_caption(language: str) -> None:
    """Each kind of what was not taken as it stood is named; the words in the lines give way."""
    foreign = (
        "--v 6, --sede 7 --seed 8 --ar 2:3 <lora:x:1> https://example.org/a/long/address <b> "
        "cat::2 dog (broken [day:night:0.5] 🚀 in a hat, no hat " + "--frobnicate " * 20
    )
    reading = read(foreign)
    ticket = Ticket(ANN, ANN, None, 1, language)
    job = JobRecord(
        1, State.DELIVERING, ticket, None, reading.words, "NORMAL", 7, (), 6, 60.0, (),
        remarks=reading.remarks, prompts=(Prompt("a", "", "cut " * 100, ("violin",) * 9),),
    )  # fmt: skip
    say = Texts().say(language)
    text, *_ = captions(say, job, "A model with a name that is rather long", {})
    assert length(text) <= MessageLimit.CAPTION_LENGTH
    for remark in reading.remarks:
        beginning = say(f"remark-{remark.kind}", given="|", taken=remark.taken).split("|")[0]
        assert beginning in text
    assert "violin" in text
