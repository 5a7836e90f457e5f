"""One photo after the other: each is judged on the spot."""

import asyncio
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from generation.faces.face import Flaw
from handlers.person.judging import Verdict, judge, sort_album
from handlers.person.reading import Reading
from handlers.texts import Texts
from playground.faults import Held
from tests.support.albums import face_of, kept_face, kept_faces, send
from tests.support.albums import photo as sent_photo
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    astronaut_again,
    astronaut_as_found,
    astronauts_face,
    buttons,
    grace_hopper,
    running_bot,
    two_faces,
    words_of,
)

DARK = replace(astronaut_as_found(), flaws=(Flaw.DARK, Flaw.SMALL))


def shown(bot: RunningBot, message: Json) -> Image.Image:
    return Image.open(io.BytesIO(bot.playground.world.file(message["photo"][-1]["file_id"])))


def faces_stored(bot: RunningBot) -> int:
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        (count,) = database.execute("SELECT count(*) FROM faces").fetchone()
    return int(count)


async def add_photos(bot: RunningBot, *numbers: int) -> None:
    await bot.say("/register")
    await bot.answer("📷")
    for number in numbers:
        await bot.photo(astronaut_again(number))
        await bot.answer("Added")


@pytest.mark.parametrize("language", sorted(Texts().languages))
@pytest.mark.parametrize("flaw", list(Flaw))
def test_every_flaw_has_its_advice(language: str, flaw: Flaw) -> None:
    """One or two short sentences, which are no other flaw's."""
    say = Texts().say(language)
    advice = say(f"flaw-{flaw}")
    assert 20 < len(advice) < 90
    assert [one for one in Flaw if say(f"flaw-{one}") == advice] == [flaw]


async def test_photo_after_photo_makes_a_character(new_bot: RunningBot) -> None:
    """Each has its mark and its place; the next is welcome without a question, until five."""
    await new_bot.photo(astronaut())
    first = await new_bot.answer("This is the face I will draw, Ann")
    assert "👍 A good photo, 1 of 5." in words_of(first)
    assert "Another photo, from another angle" in words_of(first)
    await new_bot.answer("🧬")
    for number in range(4):
        await new_bot.photo(astronaut_again(number))
        answer = words_of(await new_bot.answer(f"A good photo, {number + 2} of 5."))
        assert ("as many as I keep" in answer) == (number == 3)
    await new_bot.say("/generate a knight")
    await new_bot.album()
    assert len(new_bot.generator.requests[0].character.faces) == 5


async def test_the_same_photo_counts_once(new_bot: RunningBot) -> None:
    """Whoever sends it five times, as a photo and as a file, hears it, and has one photo."""
    await new_bot.register()
    for _ in range(2):
        await new_bot.photo(astronaut())
        await new_bot.answer("I have this photo already")
        await new_bot.document(astronaut())
        await new_bot.answer("I have this photo already")
    assert faces_stored(new_bot) == 1


async def test_photos_that_are_sent_quickly_are_judged_in_turn(new_bot: RunningBot) -> None:
    """Nobody waits for the answer to the first one: each is judged by those before it."""
    await new_bot.consents()
    for data in astronaut(), astronaut_again(0), astronaut(), astronaut_again(1):
        await new_bot.playground.send_photo(ANN, ANN, data, None)
    await new_bot.answer("3 of 5")
    await new_bot.answer("I have this photo already")
    assert len(kept_faces(new_bot)) == 3


async def test_somebody_else_is_asked_about(bot: RunningBot) -> None:
    """They can be added all the same, or left, or be the person from now on."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(grace_hopper())
    question = await bot.answer("This looks like somebody else")
    await bot.press(question, "face:keep")
    assert not buttons(await edited(bot, question, "stay as they are"))
    assert kept_face(bot) == astronauts_face()
    await bot.photo(grace_hopper())
    question = await bot.answer("somebody else")
    await bot.press(question, "face:add")
    await edited(bot, question, "Added to your photos")
    assert len(kept_faces(bot)) == 2


async def test_a_stranger_first_and_oneself_second(new_bot: RunningBot) -> None:
    """Whose first photo showed somebody else begins anew; the traits stay, the stranger goes."""
    await new_bot.photo(grace_hopper())
    await new_bot.answer("🧬")
    await new_bot.say("/traits")
    editor = await new_bot.answer("🧬")
    await new_bot.press(editor, "traits:open:eyes")
    await new_bot.press(await edited(new_bot, editor, "Eyes"), "traits:set:eyes:green")
    me = await new_bot.photo(astronaut())
    question = await new_bot.answer("somebody else")
    await new_bot.press(question, "face:replace")
    await edited(new_bot, question, "This is the face I will draw")
    assert "Eyes: green" in str((await new_bot.answer("🧬"))["reply_markup"])
    assert kept_face(new_bot) == face_of(new_bot, me)
    assert faces_stored(new_bot) == 1


async def test_a_sixth_photo_may_replace_one(bot: RunningBot) -> None:
    """It is shown with the five, numbered, and a button each; to leave it changes nothing."""
    await add_photos(bot, 0, 1, 2, 3)
    await bot.photo(astronaut_again(4))
    question = await bot.answer("Which of your photos shall it replace?")
    assert "You have 5 photos" in words_of(question)
    assert shown(bot, question).size == (960, 640)  # three by two
    await bot.press(question, "face:keep")
    await edited(bot, question, "stay as they are")
    before = kept_faces(bot)
    sixth = await bot.photo(astronaut_again(4))
    question = await bot.answer("Which of your photos")
    second = [data for data in buttons(question) if data.startswith("face:into:")][1]
    await bot.press(question, second)
    await edited(bot, question, "Replaced")
    assert kept_faces(bot) == [before[0], *before[2:], face_of(bot, sixth)]
    assert faces_stored(bot) == 5


async def test_a_stranger_as_the_sixth(bot: RunningBot) -> None:
    """There is no room to add them: they replace one, or all, or nobody."""
    await add_photos(bot, 0, 1, 2, 3)
    await bot.photo(grace_hopper())
    question = await bot.answer("somebody else")
    verbs = [data.split(":")[1] for data in buttons(question)]
    assert verbs == ["into"] * 5 + ["replace", "keep"]
    await bot.press(question, "face:replace")
    await edited(bot, question, "This is the face")
    assert faces_stored(bot) == 1


async def test_a_photo_with_a_flaw_is_taken_with_advice(new_bot: RunningBot) -> None:
    """The worst flaw is named, and from when on another photo is drawn."""
    await new_bot.give_face(ANN, DARK)
    await new_bot.say("/character")
    card = words_of(await new_bot.answer("🙂"))
    assert "⚠️ 1: It is dark: turn towards a window or a lamp." in card
    assert "I draw from it until a better one comes." in card
    await new_bot.photo(astronaut_again(0), caption="/register")
    assert "I draw from the good ones only." in words_of(await new_bot.answer("2 of 5"))
    await new_bot.say("/generate a knight")
    await new_bot.album()
    assert new_bot.generator.requests[0].character.faces == (kept_faces(new_bot)[1],)


async def test_of_several_faces_the_person_chooses_and_is_judged(bot: RunningBot) -> None:
    """After /register it is asked which one it is, and then about somebody else."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(two_faces())
    question = await bot.answer("Is this one you? (1 of 2)")
    await bot.press(question, "face:next")
    question = await edited(bot, question, "2 of 2")
    await bot.press(question, "face:take")
    question = await edited(bot, question, "somebody else")
    await bot.press(question, "face:add")
    await edited(bot, question, "Added")
    assert len(kept_faces(bot)) == 2


async def test_a_known_face_among_several_is_taken_once(bot: RunningBot) -> None:
    """Who presses on the photo that is there already hears so."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(two_faces())
    question = await bot.answer("Is this one you? (1 of 2)")
    await bot.press(question, "face:take")
    await edited(bot, question, "I have this photo already")
    assert faces_stored(bot) == 1


async def test_a_question_outlives_photos_that_need_none(bot: RunningBot) -> None:
    """While somebody else is asked about, one's own photos come and go."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(grace_hopper())
    question = await bot.answer("somebody else")
    await bot.photo(astronaut_again(0))
    await bot.answer("Added")
    await bot.press(question, "face:add")
    await edited(bot, question, "3 of 5")


@pytest.mark.parametrize("answer", ["add", "all"])
async def test_a_photo_that_came_since_the_question_counts_once(
    bot: RunningBot, answer: str
) -> None:
    """It is among the person's photos already, whatever they answer."""
    same = astronaut_again(0)
    if answer == "add":
        await bot.photo(same)
    else:
        await send(bot, [sent_photo(bot, same)] * 2)
    question = await bot.answer("to yours?")
    await bot.photo(same, caption="/register")
    await bot.answer("Added")
    await bot.press(question, f"face:{answer}:")
    assert not buttons(await edited(bot, question, "I have this photo already"))
    assert faces_stored(bot) == 2


async def test_a_replacement_that_came_since_the_question_counts_once(bot: RunningBot) -> None:
    """The one that it was to replace stays."""
    await add_photos(bot, 0)
    await bot.say("/character")
    card = await bot.answer("🙂")
    await bot.press(card, "photos:swap")
    await bot.answer("Send me the new photo")
    await bot.photo(astronaut_again(1))
    question = await bot.answer("Which of your photos")
    await bot.photo(astronaut_again(1), caption="/register")
    await bot.answer("Added")
    await bot.press(question, "face:into:")
    await edited(bot, question, "I have this photo already")
    assert faces_stored(bot) == 3


async def test_an_old_question_is_left_alone(bot: RunningBot) -> None:
    """Its answers concern its own faces: those of the newer question can still be taken."""
    await bot.photo(two_faces())
    old = await bot.answer("1 of 2")
    await bot.photo(astronaut_again(0))
    new = await bot.answer("Add this photo")
    another = next(data for data in buttons(old) if data.startswith("face:next"))
    assert "no longer there" in await alert(bot, old, another)
    await bot.press(old, "face:keep")
    await edited(bot, old, "stay as they are")
    await bot.press(new, "face:add")
    await edited(bot, new, "Added")
    assert faces_stored(bot) == 2


async def test_a_second_tap_is_too_late(bot: RunningBot) -> None:
    """The first one's answer is on its way: the face is not lost."""
    await bot.photo(astronaut_again(0))
    question = await bot.answer("Add this photo")
    taken = asyncio.Event()
    bot.playground.faults.add("editMessageMedia", Held(taken))
    await bot.press(question, "face:add")
    await bot.until(lambda: not bot.playground.faults.pending("editMessageMedia"), "the edit")
    for verb in "add", "keep":
        data = next(one for one in buttons(question) if one.startswith(f"face:{verb}"))
        assert "done already" in await alert(bot, question, data)
    taken.set()
    await edited(bot, question, "Added")
    assert faces_stored(bot) == 2


async def test_old_buttons_are_answered_politely(bot: RunningBot) -> None:
    """Those of an earlier version, of an offer that is gone, and forged ones."""
    await bot.photo(grace_hopper())
    old = await bot.answer("somebody else")
    await bot.photo(two_faces())
    await bot.answer("1 of 2")
    for data in buttons(old):
        if not data.startswith("face:keep"):
            assert "no longer there" in await alert(bot, old, data)
    for data in f"face:next:replace:7:{ANN}", f"face:into:x:y:{ANN}", f"face:all:{ANN}":
        assert await alert(bot, old, data, forged=True)
    assert kept_face(bot) == astronauts_face()


async def test_a_photo_of_an_older_version_is_judged_too(bot: RunningBot) -> None:
    """Its embedding was not stored: it is read from the face when it is needed, once."""
    with closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE faces SET embedding = NULL")
    await bot.photo(grace_hopper())
    await bot.answer("somebody else")
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        query = "SELECT count(*) FROM faces WHERE embedding IS NULL"
        assert database.execute(query).fetchone() == (0,)


async def test_the_words_in_russian(tmp_path: Path) -> None:
    """From the first photo to the question about somebody else."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.photo(astronaut(), VERA)
        assert "👍 Хорошее фото, 1 из 5." in words_of(await bot.answer("Это лицо", VERA))
        await bot.answer("🧬", VERA)
        await bot.photo(astronaut_again(0), VERA)
        await bot.answer("Добавил к вашим фото", VERA)
        await bot.photo(grace_hopper(), VERA)
        question = await bot.answer("не тот, кто на ваших фото", VERA)
        labels = [b["text"] for row in question["reply_markup"]["inline_keyboard"] for b in row]
        assert labels == [
            "✅ Всё равно добавить",
            "🔁 Теперь это я: только это фото",
            "✕ Не брать",
        ]


def test_who_nobody_can_tell_is_taken_at_their_word() -> None:
    """Without an embedding only the same file is known; a face with one is compared."""
    known = astronaut_as_found()
    blank = replace(known, embedding=b"", image=b"another")
    assert judge(blank, [known]) is Verdict.OWN
    assert judge(known, [blank]) is Verdict.OWN
    assert judge(replace(blank, image=known.image), [known]) is Verdict.KNOWN
    assert judge(known, []) is Verdict.OWN


def test_good_photos_go_before_others_where_room_is_short() -> None:
    """Of seven photos of an album the five that stay are the good ones, in their order."""
    faces = [
        replace(DARK if number < 3 else astronaut_as_found(), image=bytes([number]), embedding=b"")
        for number in range(7)
    ]
    album = sort_album([Reading(number, [face]) for number, face in enumerate(faces)], [])
    assert list(album.own) == [0, 3, 4, 5, 6]
    assert list(album.over) == [1, 2]
