"""From a photo to a face that the person calls their own."""

import io
from pathlib import Path

import pytest
import skimage.data
from PIL import Image, ImageFilter

from tests.support.edits_and_alerts import edited, spoken
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    astronaut_again,
    buttons,
    grace_hopper,
    jpeg,
    running_bot,
    two_faces,
    words_of,
)

FACE = (178, 63, 268, 177)
"""The box of the astronaut's face, in the photograph's pixels: left, top, right, bottom."""

TRACES = (b"SecretPhone", b"SecretWords", b"2026:01:02")
"""Words of a photo's metadata, as they are in its file."""


def picture() -> Image.Image:
    return Image.fromarray(skimage.data.astronaut())


def rocket() -> bytes:
    return jpeg(Image.fromarray(skimage.data.rocket()))


def encoded(image: Image.Image, file_format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def bomb() -> bytes:
    return encoded(Image.new("1", (20_000, 20_000)), "PNG")


def film() -> bytes:
    frame = picture().resize((128, 128))
    return encoded(frame, "GIF", save_all=True, append_images=[frame.rotate(90)], duration=100)


def shown(bot: RunningBot, message: Json) -> Image.Image:
    return Image.open(io.BytesIO(bot.playground.world.file(message["photo"][-1]["file_id"])))


async def test_a_photo_after_the_command(new_bot: RunningBot) -> None:
    """/register asks, the photo answers; the crop comes back, and then the traits."""
    await new_bot.say("/register")
    await new_bot.answer("/forget")
    await new_bot.photo(astronaut())
    crop = await new_bot.answer("This is the face I will draw, Ann")
    assert shown(new_bot, crop).width == shown(new_bot, crop).height
    await new_bot.answer("🧬")


async def test_where_a_photo_was_taken_is_not_kept(new_bot: RunningBot) -> None:
    """Not in the database, nor in any other file of the bot: neither the place nor the phone."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.345), 29: "2026:01:02"})
    sent = encoded(picture(), "JPEG", quality=95, exif=exif, comment=b"SecretWords")
    assert all(trace in sent for trace in TRACES)
    await new_bot.document(sent)
    await new_bot.answer("This is the face I will draw")
    files = [file for file in new_bot.data.rglob("*") if file.is_file()]
    assert any(b"PNG" in file.read_bytes() for file in files)
    for file in files:
        assert not any(trace in file.read_bytes() for trace in TRACES), file


async def test_a_caption_or_a_reply_asks_as_well(new_bot: RunningBot) -> None:
    """A photo captioned /register, and /register in reply to a photo, take that photo at once."""
    await new_bot.give_face()
    await new_bot.photo(astronaut_again(0), caption="/register@portrait_desk_bot")
    await new_bot.answer("Added to your photos")
    await new_bot.photo(grace_hopper())
    await new_bot.answer("somebody else")
    photo = await new_bot.photo(astronaut_again(1))
    await new_bot.answer("Added")
    await new_bot.say("/register", reply_to=photo["message_id"])
    await new_bot.answer("I have this photo already")


async def test_a_photo_is_enough_for_somebody_new(new_bot: RunningBot) -> None:
    """A plain photo registers; what is kept of it is said before its face is."""
    await new_bot.photo(astronaut())
    notice = await new_bot.answer("/forget")
    crop = await new_bot.answer("This is the face")
    assert notice["message_id"] < crop["message_id"]


async def test_a_refused_photo_brings_the_notice_once(new_bot: RunningBot) -> None:
    """Who tries again is not told the same again."""
    await new_bot.photo(rocket())
    await new_bot.answer("/forget")
    await new_bot.answer("can't find a face")
    await new_bot.photo(astronaut())
    await new_bot.answer("🧬")
    notices = [m for m in new_bot.playground.world.messages(ANN) if "/forget" in words_of(m)]
    assert len(notices) == 1


@pytest.mark.parametrize("command", ["/start", "/register"])
async def test_the_notice_in_russian(tmp_path: Path, command: str) -> None:
    """What is stored and how it is erased comes before the photo, in the person's language."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.say(command, VERA)
        assert "Я храню только" in words_of(await bot.answer("/forget стирает всё", VERA))


async def test_a_file_is_as_good_as_a_photo(new_bot: RunningBot) -> None:
    """A photo sent as a document registers too."""
    await new_bot.document(encoded(picture(), "PNG"), "me.png")
    await new_bot.answer("This is the face")


async def test_of_several_faces_the_person_chooses(new_bot: RunningBot) -> None:
    """The largest face is offered first, the next on request, around again after the last."""
    await new_bot.photo(two_faces())
    first = await new_bot.answer("1 of 2")
    assert shown(new_bot, first).size > (300, 300)  # Grace Hopper's
    await new_bot.press(first, "face:next")
    second = await edited(new_bot, first, "2 of 2")
    assert shown(new_bot, second).size < shown(new_bot, first).size
    await new_bot.press(second, "face:next")
    again = await edited(new_bot, first, "1 of 2")
    assert shown(new_bot, again).tobytes() == shown(new_bot, first).tobytes()
    await new_bot.press(again, "face:take")
    await edited(new_bot, first, "This is the face")
    await new_bot.answer("🧬")


async def test_a_button_pressed_twice_counts_once(new_bot: RunningBot) -> None:
    """An impatient finger gets one answer and one gentle refusal."""
    await new_bot.photo(two_faces())
    question = await new_bot.answer("1 of 2")
    take = buttons(question)[0]
    with new_bot.playground.world.feed.listen() as events:
        for _ in range(2):
            await new_bot.playground.press(ANN, ANN, question["message_id"], take)
        words = [await spoken(events) for _ in range(2)]
    assert sorted(bool(text) for text in words) == [False, True]
    assert "no longer there" in "".join(words)


async def test_words_instead_of_the_photo(new_bot: RunningBot) -> None:
    """Who was asked for a photo and writes is asked for it again."""
    await new_bot.say("/register")
    await new_bot.answer("📷")
    await new_bot.say("which photo?")
    await new_bot.answer("Send the photo")
    await new_bot.say("/register", reply_to=(await new_bot.say("hello"))["message_id"])
    await new_bot.answer("📷")


async def test_each_bad_photo_has_its_own_sentence(tmp_path: Path) -> None:
    """Whatever file comes, its sender hears what is wrong with it, and the bot goes on."""
    left, _, right, _ = FACE
    half = picture().crop(((left + right) // 2 - 9, 0, 512, 512))
    small = picture().resize((256, 256))
    bad = {
        "can't find a face": rocket(),
        "too small": encoded(small, "PNG"),
        "blurred": encoded(picture().filter(ImageFilter.GaussianBlur(6)), "PNG"),
        "cut off": encoded(half, "PNG"),
        "damaged": astronaut()[: len(astronaut()) // 2],
        "not a picture": b"To whom it may concern: " * 99,
        "too large: 400 megapixels": bomb(),
        "moves": film(),
        "too big": encoded(picture(), "PNG") + bytes(21_000_000),
    }
    async with running_bot(tmp_path) as bot:
        for sentence, data in bad.items():
            await bot.document(data)
            await bot.answer(sentence)
        await bot.photo(astronaut())
        await bot.answer("🧬")
