"""Photos that are sent together are one message."""

import io
import random
from pathlib import Path

import pytest
import skimage.data
from PIL import Image

from handlers.core import media_groups
from playground import Playground
from playground.people import Origin
from tests.support import photographs
from tests.support.albums import (
    document,
    face_of,
    film,
    kept_face,
    kept_faces,
    photo,
    send,
)
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import (
    ANN,
    RunningBot,
    astronaut,
    astronaut_again,
    astronauts_face,
    grace_hopper,
    jpeg,
    running_bot,
    words_of,
)

FOREVER_S = 10_000.0


def rocket() -> bytes:
    return jpeg(Image.fromarray(skimage.data.rocket()))


def side_by_side(*photos: bytes) -> bytes:
    pictures = (Image.open(io.BytesIO(data)).convert("RGB") for data in photos)
    return jpeg(photographs.side_by_side(*pictures))


def said(bot: RunningBot, part: str, chat: int = ANN) -> int:
    """Count the bot's messages that say so now."""
    messages = bot.playground.world.messages(chat)
    return sum(part in words_of(m) for m in messages if m["from"]["is_bot"])


async def heard(bot: RunningBot) -> None:
    """Have another album be answered: whatever was sent before it has been read."""
    await send(bot, [photo(bot, rocket())] * 2)
    await bot.answer("no face")


async def test_an_album_of_photos_is_one_registration(new_bot: RunningBot) -> None:
    """Several photos are sent at once: each is judged, and one answer sums up."""
    await new_bot.say("/register")
    await new_bot.answer("📷")
    people = new_bot.playground.people
    photos = [astronaut(), grace_hopper(), astronaut(), astronaut_again(0), rocket()]
    await new_bot.consents()
    await people.send_photos(Origin(ANN, ANN), photos, None)
    summary = words_of(await new_bot.answer("This is the face I will draw, Ann"))
    for line in (
        "I took 2 photos",
        "👍 1, 4: Good.",
        "✕ 3: The same photo again",
        "✕ 2: This looks like somebody else",
        "✕ 5: I can't find a face",
    ):
        assert line in summary
    await new_bot.answer("🧬")
    assert len(kept_faces(new_bot)) == 2
    await new_bot.say("/preset")
    await new_bot.answer("Now: ")
    assert said(new_bot, "This is the face") == 1
    assert said(new_bot, "🧬") == 1


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
async def test_the_first_face_is_taken_in_whatever_order_parts_come(
    new_bot: RunningBot, order: tuple[int, ...]
) -> None:
    """Me and a friend three times, after /register: I am the one, every time; nothing is asked."""
    bot = new_bot
    await bot.say("/register")
    await bot.answer("📷")
    friends = [photo(bot, grace_hopper())] * 3
    me, *_ = await send(bot, [photo(bot, astronaut()), *friends], order=order)
    summary = words_of(await bot.answer("This is the face"))
    assert "✕ 2, 3, 4: This looks like somebody else" in summary
    await bot.answer("🧬")
    assert kept_face(bot) == face_of(bot, me)
    await heard(bot)
    assert said(bot, "This is the face") == 1


async def test_who_is_on_most_photos_is_the_person(new_bot: RunningBot) -> None:
    """A friend's photo before several of mine makes nobody the friend."""
    mine = [photo(new_bot, astronaut()), photo(new_bot, astronaut_again(1))]
    friend, *_ = await send(new_bot, [photo(new_bot, grace_hopper()), *mine])
    assert "👍 2, 3: Good." in words_of(await new_bot.answer("I took 2 photos"))
    assert face_of(new_bot, friend) not in kept_faces(new_bot)


async def test_ten_photos_fill_five_places(new_bot: RunningBot) -> None:
    """As many are taken as are kept, in their order; the others are named, and so are copies."""
    photos = [astronaut_again(number) for number in range(5)]
    contents = [photo(new_bot, data) for data in (*photos, astronaut(), *photos[:4])]
    await send(new_bot, contents)
    summary = words_of(await new_bot.answer("I took 5 photos"))
    for line in (
        "👍 1, 2, 3, 4, 5: Good.",
        "✕ 7, 8, 9, 10: The same photo again",
        "✕ 6: No room",
        "That makes 5 photos",
    ):
        assert line in summary
    assert len(kept_faces(new_bot)) == 5


async def test_on_a_photo_of_several_the_known_one_is_found(bot: RunningBot) -> None:
    """In an album nobody is asked which face is theirs, if it can be told."""
    both = side_by_side(astronaut_again(2), grace_hopper())
    await bot.say("/register")
    await bot.answer("📷")
    await send(bot, [photo(bot, astronaut_again(0)), photo(bot, both), photo(bot, grace_hopper())])
    summary = words_of(await bot.answer("I took 2 photos"))
    assert "👍 1, 2: Good." in summary
    assert "✕ 3: This looks like somebody else" in summary


async def test_parts_may_come_by_ten_polls(
    new_bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is heard alone, in disorder: ten are whole, however long one has to wait."""
    bot = new_bot
    monkeypatch.setattr(media_groups, "QUIET_S", FOREVER_S)
    await bot.say("/register")
    await bot.answer("📷")
    order = random.Random(7).sample(range(10), 10)  # noqa: S311 - a shuffle, no secret
    contents = [photo(bot, grace_hopper()), *([photo(bot, astronaut())] * 9)]
    first, *_ = await send(bot, contents, order=order, apart=True)
    await bot.answer("🧬")
    assert kept_face(bot) == face_of(bot, first)
    assert said(bot, "This is the face") == 1


@pytest.mark.parametrize("captioned", [0, 2, 4])
async def test_a_caption_on_any_part_speaks_for_all(bot: RunningBot, captioned: int) -> None:
    """An album captioned /register, from somebody known, is taken once and asks nothing."""
    contents = [photo(bot, astronaut_again(0)), *([photo(bot, astronaut_again(1))] * 4)]
    first, *_ = await send(bot, contents, caption="/register", captioned=captioned)
    await bot.answer("I took 2 photos")
    assert face_of(bot, first) in kept_faces(bot)
    await heard(bot)
    assert said(bot, "I took") == 1
    assert len(kept_faces(bot)) == 3


@pytest.mark.parametrize("first", ["film", "rocket", "damaged", "coffee"])
async def test_what_has_no_face_is_passed_over(new_bot: RunningBot, first: str) -> None:
    """A film, a rocket, half a file, what only looks like a face before mine: mine is taken."""
    before = {
        "film": film(new_bot),
        "rocket": photo(new_bot, rocket()),
        "coffee": photo(new_bot, jpeg(Image.fromarray(skimage.data.coffee()))),
        "damaged": document(new_bot, astronaut()[:9000]),
    }[first]
    mine = document(new_bot, astronaut(), "me.jpg")
    _, me = await send(new_bot, [before, mine], caption="/register", captioned=1)
    await new_bot.answer("🧬")
    assert kept_face(new_bot) == face_of(new_bot, me)


async def test_without_a_good_face_one_refusal(new_bot: RunningBot) -> None:
    """Of several pictures without a good face, one answer says the most helpful thing."""
    small = jpeg(Image.fromarray(skimage.data.astronaut()).resize((200, 200)))
    await send(new_bot, [photo(new_bot, rocket()), document(new_bot, small), film(new_bot)])
    await new_bot.answer("too small")
    await new_bot.say("/help")
    await new_bot.answer("albums")
    assert said(new_bot, "can't find") == 0


async def test_an_unasked_album_brings_one_question(bot: RunningBot) -> None:
    """Five photos of somebody known: one question, about those that show them."""
    mine = [photo(bot, astronaut_again(number)) for number in (0, 1)]
    contents = [photo(bot, rocket()), photo(bot, grace_hopper()), *mine, photo(bot, astronaut())]
    await send(bot, contents)
    question = await bot.answer("I see you in 2 of these photos. Add them to yours?")
    assert "👍 3, 4: Good." in words_of(question)
    assert len(kept_faces(bot)) == 1
    await bot.press(question, "face:all")
    await edited(bot, question, "I took 2 photos")
    assert len(kept_faces(bot)) == 3
    await heard(bot)
    assert said(bot, "Add") == 0


async def test_an_unasked_album_of_somebody_else_is_asked_about_once(bot: RunningBot) -> None:
    """Of photos of a friend alone, the first is asked about."""
    await send(bot, [photo(bot, rocket()), *([photo(bot, grace_hopper())] * 3)])
    question = await bot.answer("looks like somebody else")
    await bot.press(question, "face:keep")
    await edited(bot, question, "stay as they are")
    assert kept_face(bot) == astronauts_face()


async def test_two_albums_at_once_are_two(bot: RunningBot) -> None:
    """Parts that come in turns belong where their album's id says."""
    mine = [photo(bot, astronaut_again(0))] * 2
    hers = [photo(bot, rocket())] * 2
    await send(bot, mine, media_group="7")
    await send(bot, hers, media_group="8")
    await bot.until(lambda: said(bot, "Add it") and said(bot, "no face"), "two answers")
    await heard(bot)
    assert (said(bot, "Add it"), said(bot, "no face")) == (1, 2)


@pytest.mark.parametrize("caption", [None, "/register", "/generate a knight"])
async def test_a_late_part_is_no_new_photo(tmp_path: Path, caption: str | None) -> None:
    """A part that comes after the album was answered, and after a restart, is passed over."""
    async with Playground(port=0) as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.say("/register")
            await bot.answer("📷")
            contents = [photo(bot, astronaut())] * 2
            me, _ = await send(bot, contents, caption=caption, media_group="777")
            await bot.answer("🧬")
            await send(bot, [photo(bot, grace_hopper())], media_group="777")
        async with running_bot(tmp_path, playground=playground) as bot:
            await send(bot, [photo(bot, grace_hopper())] * 2, media_group="777")
            await heard(bot)
            assert kept_face(bot) == face_of(bot, me)
            assert said(bot, "This is the face") == 1
            assert said(bot, "somebody else") == 0


async def test_an_album_in_a_group_is_one_command(bot: RunningBot) -> None:
    """Five photos captioned /generate in a group: one album is drawn, and no face is asked for."""
    world = bot.playground.world
    contents = [photo(bot, grace_hopper())] * 5
    await send(bot, contents, caption="/generate a knight", captioned=3, chat=bot.group)
    await bot.album(chat=bot.group)
    await bot.say("/register", chat=bot.group)
    await bot.answer("between you and me", bot.group)
    assert [request.words for request in bot.generator.requests] == ["a knight"]
    assert not [m for m in world.messages(bot.group) if "somebody else" in words_of(m)]
