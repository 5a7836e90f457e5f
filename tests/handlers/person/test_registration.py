"""From a photo to a face that the person calls their own."""

import io
from pathlib import Path

import pytest
import skimage.data
from PIL import Image, ImageFilter

from playground.people import Place
from tests.desk import (
    ANN,
    VERA,
    Desk,
    Json,
    astronaut,
    buttons,
    desk,
    grace_hopper,
    jpeg,
    two_faces,
    words_of,
)
from tests.handlers.watching import alert, edited, spoken

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


def shown(d: Desk, message: Json) -> Image.Image:
    return Image.open(io.BytesIO(d.playground.world.file(message["photo"][-1]["file_id"])))


async def test_a_photo_after_the_command(tmp_path: Path) -> None:
    """/register asks, the photo answers; the crop comes back, and then the traits."""
    async with desk(tmp_path) as d:
        await d.say("/register")
        await d.answer("/forget")
        await d.photo(astronaut())
        crop = await d.answer("This is the face I will draw, Ann")
        assert shown(d, crop).width == shown(d, crop).height
        await d.answer("🧬")


async def test_a_caption_or_a_reply_asks_as_well(tmp_path: Path) -> None:
    """A photo captioned /register, and /register in reply to a photo, take that photo at once."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.photo(grace_hopper(), caption="/register@portrait_desk_bot")
        await d.answer("This is the face")
        await d.answer("🧬")
        photo = await d.photo(astronaut())
        await d.answer("new face")
        await d.say("/register", reply_to=photo["message_id"])
        await d.answer("This is the face")
        await d.answer("🧬")


async def test_a_photo_is_enough_for_somebody_new(tmp_path: Path) -> None:
    """A plain photo registers; what is kept of it is said before its face is."""
    async with desk(tmp_path) as d:
        await d.photo(astronaut())
        notice = await d.answer("/forget")
        crop = await d.answer("This is the face")
        assert notice["message_id"] < crop["message_id"]


async def test_a_refused_photo_brings_the_notice_once(tmp_path: Path) -> None:
    """Who tries again is not told the same again."""
    async with desk(tmp_path) as d:
        await d.photo(rocket())
        await d.answer("/forget")
        await d.answer("can't find a face")
        await d.photo(astronaut())
        await d.answer("🧬")
        notices = [m for m in d.playground.world.messages(ANN) if "/forget" in words_of(m)]
        assert len(notices) == 1


@pytest.mark.parametrize("command", ["/start", "/register"])
async def test_the_notice_in_russian(tmp_path: Path, command: str) -> None:
    """What is stored and how it is erased comes before the photo, in the person's language."""
    async with desk(tmp_path, owner_id=VERA) as d:
        await d.say(command, VERA)
        assert "Я храню только" in words_of(await d.answer("/forget стирает всё", VERA))


async def test_a_file_is_as_good_as_a_photo(tmp_path: Path) -> None:
    """A photo sent as a document registers too."""
    async with desk(tmp_path) as d:
        await d.document(encoded(picture(), "PNG"), "me.png")
        await d.answer("This is the face")


async def test_of_several_faces_the_person_chooses(tmp_path: Path) -> None:
    """The largest face is offered first, the next on request, around again after the last."""
    async with desk(tmp_path) as d:
        await d.photo(two_faces())
        first = await d.answer("1 of 2")
        assert shown(d, first).size > (300, 300)  # Grace Hopper's
        await d.press(first, "face:next")
        second = await edited(d, first, "2 of 2")
        assert shown(d, second).size < shown(d, first).size
        await d.press(second, "face:next")
        again = await edited(d, first, "1 of 2")
        assert shown(d, again).tobytes() == shown(d, first).tobytes()
        await d.press(again, "face:take")
        await edited(d, first, "This is the face")
        await d.answer("🧬")


async def test_a_button_pressed_twice_counts_once(tmp_path: Path) -> None:
    """An impatient finger gets one answer and one gentle refusal."""
    async with desk(tmp_path) as d:
        await d.photo(two_faces())
        question = await d.answer("1 of 2")
        take = buttons(question)[0]
        with d.playground.world.feed.listen() as events:
            for _ in range(2):
                await d.playground.press(ANN, ANN, question["message_id"], take)
            words = [await spoken(events) for _ in range(2)]
        assert sorted(bool(text) for text in words) == [False, True]
        assert "no longer there" in "".join(words)


async def test_a_photo_of_somebody_known_asks_first(tmp_path: Path) -> None:
    """A photo replaces the face only after a press; the traits stay."""
    async with desk(tmp_path) as d:
        await d.register()
        editor = await d.answer("🧬")
        await d.press(editor, "traits:open:eyes")
        await d.press(await edited(d, editor, "Eyes"), "traits:set:eyes:green")
        await edited(d, editor, "🧬")
        await d.photo(grace_hopper())
        question = await d.answer("new face")
        await d.press(question, "face:replace")
        await d.answer("This is the face")
        editor = await d.answer("🧬")
        assert "Eyes: green" in str(editor["reply_markup"])
        world = d.playground.world
        await d.until(
            lambda: not buttons(world.message(ANN, question["message_id"]) or {}), "no button"
        )


async def test_a_bad_new_face_leaves_the_old_one(tmp_path: Path) -> None:
    """Where the new photo has no face the person is told, and keeps the face they had."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.photo(rocket())
        question = await d.answer("new face")
        refusal = await alert(d, question, buttons(question)[0])
        assert "can't find a face" in refusal
        assert buttons(question)
        await d.say("/character")
        await d.answer("🙂 Ann")


async def test_words_instead_of_the_photo(tmp_path: Path) -> None:
    """Who was asked for a photo and writes is asked for it again."""
    async with desk(tmp_path) as d:
        await d.say("/register")
        await d.answer("📷")
        await d.say("which photo?")
        await d.answer("Send the photo")
        await d.say("/register", reply_to=(await d.say("hello"))["message_id"])
        await d.answer("📷")


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
    async with desk(tmp_path) as d:
        for sentence, data in bad.items():
            await d.document(data)
            await d.answer(sentence)
        await d.photo(astronaut())
        await d.answer("🧬")


async def test_an_album_of_photos_is_one_registration(tmp_path: Path) -> None:
    """Of several photos sent at once the first is the face; the rest is passed over."""
    async with desk(tmp_path) as d:
        await d.say("/register")
        await d.answer("📷")
        people = d.playground.people
        await people.send_photos(Place(ANN, ANN), [astronaut(), grace_hopper(), astronaut()], None)
        await d.answer("🧬")
        await d.say("/preset")
        await d.answer("FAST")
        said = [words_of(m) for m in d.playground.world.messages(ANN)]
        assert sum("This is the face" in words for words in said) == 1
        assert sum("🧬" in words for words in said) == 1
