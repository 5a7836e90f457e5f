"""From a photo to a face that the person calls their own."""

import io
from pathlib import Path

import pytest
import skimage.data
from PIL import Image, ImageFilter

from playground.people import Place
from tests.support.edits_and_alerts import alert, edited, spoken
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    buttons,
    grace_hopper,
    jpeg,
    running_bot,
    two_faces,
    words_of,
)

FACE = (178, 63, 268, 177)
"""The astronaut's, in the photograph: left, top, right, bottom."""


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


async def test_a_photo_after_the_command(tmp_path: Path) -> None:
    """/register asks, the photo answers; the crop comes back, and then the traits."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/register")
        await bot.answer("/forget")
        await bot.photo(astronaut())
        crop = await bot.answer("This is the face I will draw, Ann")
        assert shown(bot, crop).width == shown(bot, crop).height
        await bot.answer("🧬")


async def test_a_caption_or_a_reply_asks_as_well(tmp_path: Path) -> None:
    """A photo captioned /register, and /register in reply to a photo, take that photo at once."""
    async with running_bot(tmp_path) as bot:
        await bot.register()
        await bot.photo(grace_hopper(), caption="/register@portrait_desk_bot")
        await bot.answer("This is the face")
        await bot.answer("🧬")
        photo = await bot.photo(astronaut())
        await bot.answer("new face")
        await bot.say("/register", reply_to=photo["message_id"])
        await bot.answer("This is the face")
        await bot.answer("🧬")


async def test_a_photo_is_enough_for_somebody_new(tmp_path: Path) -> None:
    """A plain photo registers; what is kept of it is said before its face is."""
    async with running_bot(tmp_path) as bot:
        await bot.photo(astronaut())
        notice = await bot.answer("/forget")
        crop = await bot.answer("This is the face")
        assert notice["message_id"] < crop["message_id"]


async def test_a_refused_photo_brings_the_notice_once(tmp_path: Path) -> None:
    """Who tries again is not told the same again."""
    async with running_bot(tmp_path) as bot:
        await bot.photo(rocket())
        await bot.answer("/forget")
        await bot.answer("can't find a face")
        await bot.photo(astronaut())
        await bot.answer("🧬")
        notices = [m for m in bot.playground.world.messages(ANN) if "/forget" in words_of(m)]
        assert len(notices) == 1


@pytest.mark.parametrize("command", ["/start", "/register"])
async def test_the_notice_in_russian(tmp_path: Path, command: str) -> None:
    """What is stored and how it is erased comes before the photo, in the person's language."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.say(command, VERA)
        assert "Я храню только" in words_of(await bot.answer("/forget стирает всё", VERA))


async def test_a_file_is_as_good_as_a_photo(tmp_path: Path) -> None:
    """A photo sent as a document registers too."""
    async with running_bot(tmp_path) as bot:
        await bot.document(encoded(picture(), "PNG"), "me.png")
        await bot.answer("This is the face")


async def test_of_several_faces_the_person_chooses(tmp_path: Path) -> None:
    """The largest face is offered first, the next on request, around again after the last."""
    async with running_bot(tmp_path) as bot:
        await bot.photo(two_faces())
        first = await bot.answer("1 of 2")
        assert shown(bot, first).size > (300, 300)  # Grace Hopper's
        await bot.press(first, "face:next")
        second = await edited(bot, first, "2 of 2")
        assert shown(bot, second).size < shown(bot, first).size
        await bot.press(second, "face:next")
        again = await edited(bot, first, "1 of 2")
        assert shown(bot, again).tobytes() == shown(bot, first).tobytes()
        await bot.press(again, "face:take")
        await edited(bot, first, "This is the face")
        await bot.answer("🧬")


async def test_a_button_pressed_twice_counts_once(tmp_path: Path) -> None:
    """An impatient finger gets one answer and one gentle refusal."""
    async with running_bot(tmp_path) as bot:
        await bot.photo(two_faces())
        question = await bot.answer("1 of 2")
        take = buttons(question)[0]
        with bot.playground.world.feed.listen() as events:
            for _ in range(2):
                await bot.playground.press(ANN, ANN, question["message_id"], take)
            words = [await spoken(events) for _ in range(2)]
        assert sorted(bool(text) for text in words) == [False, True]
        assert "no longer there" in "".join(words)


async def test_a_photo_of_somebody_known_asks_first(tmp_path: Path) -> None:
    """A photo replaces the face only after a press; the traits stay."""
    async with running_bot(tmp_path) as bot:
        editor = await bot.register()
        await bot.press(editor, "traits:open:eyes")
        await bot.press(await edited(bot, editor, "Eyes"), "traits:set:eyes:green")
        await edited(bot, editor, "🧬")
        await bot.photo(grace_hopper())
        question = await bot.answer("new face")
        await bot.press(question, "face:replace")
        await bot.answer("This is the face")
        editor = await bot.answer("🧬")
        assert "Eyes: green" in str(editor["reply_markup"])
        world = bot.playground.world
        await bot.until(
            lambda: not buttons(world.message(ANN, question["message_id"]) or {}), "no button"
        )


async def test_a_bad_new_face_leaves_the_old_one(tmp_path: Path) -> None:
    """Where the new photo has no face the person is told, and keeps the face they had."""
    async with running_bot(tmp_path) as bot:
        await bot.register()
        await bot.photo(rocket())
        question = await bot.answer("new face")
        refusal = await alert(bot, question, buttons(question)[0])
        assert "can't find a face" in refusal
        assert buttons(question)
        await bot.say("/character")
        await bot.answer("🙂 Ann")


async def test_words_instead_of_the_photo(tmp_path: Path) -> None:
    """Who was asked for a photo and writes is asked for it again."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/register")
        await bot.answer("📷")
        await bot.say("which photo?")
        await bot.answer("Send the photo")
        await bot.say("/register", reply_to=(await bot.say("hello"))["message_id"])
        await bot.answer("📷")


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


async def test_an_album_of_photos_is_one_registration(tmp_path: Path) -> None:
    """Of several photos sent at once the first is the face; the rest is passed over."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/register")
        await bot.answer("📷")
        people = bot.playground.people
        await people.send_photos(Place(ANN, ANN), [astronaut(), grace_hopper(), astronaut()], None)
        await bot.answer("🧬")
        await bot.say("/preset")
        await bot.answer("FAST")
        said = [words_of(m) for m in bot.playground.world.messages(ANN)]
        assert sum("This is the face" in words for words in said) == 1
        assert sum("🧬" in words for words in said) == 1
