"""/forget: everything about a person goes."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

from PIL import Image

from tests.desk import ANN, VERA, Desk, astronaut, buttons, desk, grace_hopper, jpeg
from tests.handlers.watching import edited

WORDS = "quixotic xylophonist"


def turned() -> bytes:
    return jpeg(Image.open(io.BytesIO(astronaut())).rotate(20))


def faces(d: Desk, person: int) -> list[bytes]:
    with closing(sqlite3.connect(d.data / "bot.db")) as database:
        return [row[0] for row in database.execute(
            "SELECT image FROM faces WHERE person_id = ?", [person])]  # fmt: skip


def on_disk(d: Desk) -> bytes:
    return b"".join(file.read_bytes() for file in d.data.rglob("*") if file.is_file())


async def test_nothing_of_the_person_is_left(tmp_path: Path) -> None:
    """No face, no words, no picture and no row; what is another person's stays."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.photo(grace_hopper(), VERA, caption="/register")
        await d.answer("🧬", VERA)
        await d.say("/generate a cat", VERA)
        await d.album(chat=VERA)
        await d.register()
        await d.press(await d.answer("🧬"), "traits:words:")
        await d.answer("✍️")
        await d.say(WORDS)
        await d.answer("Noted")
        await d.say(f"/generate {WORDS}")
        await d.album()
        await d.photo(turned(), caption="/register")
        await d.answer("🧬")
        mine, hers = faces(d, ANN), faces(d, VERA)
        assert len(mine) == 2  # the album's and the new one
        assert WORDS.encode() in on_disk(d)
        await d.say("/forget")
        await d.press(await d.answer("🗑"), "forget:yes:")
        await d.until(lambda: any("is erased" in str(m) for m in d.playground.world.messages(ANN)))
        left = on_disk(d)
        assert WORDS.encode() not in left
        for face in mine:
            pieces = [face[at : at + 64] for at in range(0, len(face), 256)]
            shared = b"".join(hers)
            assert not [piece for piece in pieces if piece in left and piece not in shared]
        assert faces(d, VERA) == hers
        albums = [folder for folder in (d.data / "albums").iterdir() if any(folder.iterdir())]
        assert len(albums) == 1
        await d.say("/character")
        await d.answer("don't know your face")
        await d.say("/character", VERA)
        await d.answer("🙂", VERA)


async def test_a_running_job_ends_with_its_person(tmp_path: Path) -> None:
    """The album being drawn is stopped, what waits is dropped, and the next person's is drawn."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register()
        await d.register(VERA)
        d.generator.hold()
        await d.say("/generate a cat")
        status = await d.answer("Picture 1")
        await d.say("/generate a fish")
        await d.answer("⏳")
        await d.say("/generate a dog", VERA)
        await d.answer("⏳", VERA)
        await d.say("/forget")
        await d.press(await d.answer("🗑"), "forget:yes:")
        await d.until(lambda: d.playground.world.message(ANN, status["message_id"]) is None)
        taken = d.generator.steps_taken
        d.generator.release()
        await d.album(chat=VERA)
        steps = d.generator.requests[1].preset.steps
        assert d.generator.steps_taken <= taken + 1 + 6 * steps
        assert not [m for m in d.playground.world.messages(ANN) if m.get("media_group_id")]
        assert [request.words for request in d.generator.requests] == ["a cat", "a dog"]


async def test_asking_erases_nothing(tmp_path: Path) -> None:
    """Only the confirmation does; and everybody is asked before."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/forget")
        question = await d.answer("🗑")
        await d.press(question, "forget:no:")
        assert not buttons(await edited(d, question, "Nothing was erased"))
        await d.say("/character")
        await d.answer("🙂")
