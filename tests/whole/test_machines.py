"""Computers that only draw, as processes, and what may happen to them. There is no bot here."""

import io
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from PIL import Image, ImageChops
from sqlalchemy import make_url

from db import Albums, Database
from db.address import conninfo
from db.machines.machine import Wanted
from db.machines.worker_roles import WorkerRoles
from db.rekeying import change_key
from db.sealing import MAGIC, Seal, new_key
from generation.events import Drawn, Generated, Progress, PromptsWritten, Started
from generation.modes import Mode
from tests.support.one_machine import BEN, Gate, Line
from tests.support.postgres import shared
from tests.support.scripted_generator import colour
from tests.support.scripted_worker import noise


@pytest_asyncio.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    line = Line(shared(), tmp_path)
    await line.register()
    yield line
    line.close()


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(tmp_path / "gate")


async def test_a_machine_draws_what_waits(line: Line, gate: Gate) -> None:
    """It begins with the first, tells how far it is, and keeps the pictures for the bot."""
    async with line.machine(GATE=gate) as machine:
        await machine.until_state("ready")
        async with line.news_of() as news:
            first = await line.order("a knight")
            await line.until_state(first, "running")
            second = await line.order("a pirate", BEN)
            await machine.until_state("drawing")
            assert line.job(second)["state"] == "queued"
            gate.open()
            await line.until_state(second, "generated")
            await line.until(lambda: sum(isinstance(one, Generated) for one in news) == 2)
        row = await machine.until_state("ready")
        code, said = await machine.stop()
    assert code == 0, said
    assert "mac draws with pocket" in said
    kinds = [type(one) for one in news if one.job_id == first]  # type: ignore[union-attr]
    assert list(dict.fromkeys(kinds)) == [Started, PromptsWritten, Progress, Drawn, Generated]
    for job_id, words in ((first, "a knight"), (second, "a pirate")):
        job = line.job(job_id)
        drawn = [Image.open(io.BytesIO(png)).getpixel((0, 0)) for png in line.pictures(job_id)]
        assert drawn == [colour(words, seed, Mode(**job["mode"])) for seed in (7, 8)]
        assert (job["machine"], job["model"], job["told"]) == ("mac", "scripted", False)
        assert job["timing_key"].endswith("@mac")
        assert job["seconds"] >= 0
    assert row["seconds"].keys() == {"FAST"}
    assert line.line() == []
    assert machine.row["state"] == "gone"


async def test_a_machine_obeys_a_cancel_within_a_step(line: Line, gate: Gate) -> None:
    """It draws the next one then. What was cancelled before it began is never drawn."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await line.until_state(job_id, "running")
        waiting, next_one = await line.order("a pirate"), await line.order("a queen")
        line.ask("UPDATE jobs SET state = 'cancelled' WHERE id = %s", waiting)
        line.ask("UPDATE jobs SET cancel_wanted = true WHERE id = %s", job_id)
        await line.until_state(job_id, "cancelled")
        gate.open()
        await line.until_state(next_one, "generated")
        assert line.pictures(waiting) == []
        await machine.until_state("ready")
    assert line.line() == []


async def test_nobody_cancels_by_a_forged_word(line: Line, gate: Gate) -> None:
    """Every role may speak on the engine's channel; what a machine obeys is its job's row."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await machine.until_state("drawing")
        (place,) = line.line()
        forged = json.dumps({"type": "abort_job_requested", "job_id": place["id"]})
        with psycopg.connect(conninfo(line.url_of("stranger")), autocommit=True) as stranger:
            stranger.execute("SELECT pg_notify('procrastinate_queue_v1#album', %s)", [forged])
            stranger.execute("SELECT pg_notify('procrastinate_any_queue_v1', %s)", [forged])
        await machine.hears()
        gate.open()
        await line.until_state(job_id, "generated")
        await line.until(lambda: not line.line(), "empty line")
        assert len(line.pictures(job_id)) == 2
        code, said = await machine.stop()
    assert code == 0, said


async def test_an_erased_job_leaves_nothing(line: Line, gate: Gate) -> None:
    """The machine hears of it at its next step, and draws the next one."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await line.until_state(job_id, "running")
        async with line.news_of() as news:
            line.ask("DELETE FROM job_faces WHERE job_id = %s", job_id)
            line.ask("DELETE FROM jobs WHERE id = %s", job_id)
            gate.open()
            other = await line.order("a pirate")
            await line.until_state(other, "generated")
        assert "Failed" not in {type(one).__name__ for one in news}
        assert line.pictures(job_id) == []
        await machine.until_state("ready")
    assert line.line() == []


async def test_a_stopped_machine_puts_its_job_back(line: Line, gate: Gate) -> None:
    """It ends with 0, and another machine draws the whole album."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await line.until_state(job_id, "running")
        code, said = await machine.stop()
        assert code == 0, said
        job = line.job(job_id)
        assert (job["state"], job["machine"], job["crashes"]) == ("queued", None, 0)
        assert line.pictures(job_id) == []
        assert machine.row["state"] == "gone"
    async with line.machine("other"):
        await line.until_state(job_id, "generated")
    assert len(line.pictures(job_id)) == 2


async def test_a_killed_machine_s_job_is_drawn_by_another(line: Line, gate: Gate) -> None:
    """Nothing of the lost attempt stays, also when the bot has not swept it."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await line.until_state(job_id, "running")
        machine.process.kill()
        await machine.ends()
    line.ask("INSERT INTO drawn_pictures VALUES (%s, 3, 'of the lost attempt')", job_id)
    line.ask("UPDATE jobs SET state = 'queued' WHERE id = %s", job_id)
    (engines,) = line.line()
    line.ask("SELECT procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)", engines["id"])
    async with line.machine("other"):
        await line.until_state(job_id, "generated")
    assert len(line.pictures(job_id)) == 2


async def test_a_machine_that_slept_ends_without_a_word(
    line: Line, gate: Gate, tmp_path: Path
) -> None:
    """Another one has its job by then, and finishes it. It is started again, by its code."""
    held = Gate(tmp_path / "held")
    async with line.machine(GATE=gate) as sleeper:
        job_id = await line.order()
        await sleeper.until_state("drawing")
        sleeper.process.send_signal(signal.SIGSTOP)
        line.sweep(job_id)
        async with line.machine("other", GATE=held) as other:
            await other.until_state("drawing")
            gate.open()
            sleeper.process.send_signal(signal.SIGCONT)
            code, said = await sleeper.ends()
            assert code == 75, said
            assert line.job(job_id)["machine"] == "other"
            assert line.job(job_id)["state"] == "running"
            held.open()
            await line.until_state(job_id, "generated")
            await other.until_state("ready")
    assert len(line.pictures(job_id)) == 2
    assert line.line() == []


async def test_an_album_outlives_its_database(line: Line, gate: Gate) -> None:
    """The server stops in the middle, and comes back: the album is finished, and so is the next."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await line.until_state(job_id, "running")
        line.postgres.stop()
        gate.open()
        for _ in range(3):
            await machine.says("No sign of life")
        line.postgres.start()
        await line.until_state(job_id, "generated")
        gate.shut()
        second, third = await line.order("a pirate"), await line.order("a queen")
        await line.until_state(second, "running")
        line.ask("UPDATE jobs SET cancel_wanted = true WHERE id = %s", second)
        await line.until_state(second, "cancelled")
        gate.open()
        await line.until_state(third, "generated")
        await machine.hears()
    assert line.line() == []


async def test_a_machine_waits_for_its_database_s_server(line: Line) -> None:
    """After a power cut it may be up first. A password that is refused it names, and ends.

    The tests' server asks only roles of such a name for one.
    """
    job_id = await line.order()
    line.url_of("mac")
    line.postgres.stop()
    async with line.machine() as machine:
        await machine.says("does not answer yet")
        line.postgres.start()
        await line.until_state(job_id, "generated")
    wrong = make_url(line.url_of("thief_mac")).set(password="wrong")
    async with line.machine(DATABASE_URL=wrong.render_as_string(hide_password=False)) as machine:
        code, said = await machine.ends()
    assert code == 2, said
    assert "password" in said
    assert "Traceback" not in said


async def test_a_machine_whose_password_was_changed_says_so(line: Line) -> None:
    """It ends for its owner, who has the new one; its old connections were ended with it."""
    async with line.machine() as machine:
        await machine.until_state("ready")
        WorkerRoles(line.url).give("mac")
        code, said = await machine.ends()
    assert code == 2, said
    assert "password" in said
    assert "Traceback" not in said


async def test_a_machine_fetches_what_it_can_draw_now(line: Line, gate: Gate) -> None:
    """The bot gets a LoRA in mid-album that is not here: albums with LoRAs wait from then on."""
    line.want(Wanted("pocket"))
    async with line.machine(GATE=gate) as machine:
        first = await line.order()
        await machine.until_state("drawing")
        line.want(Wanted("pocket", loras={"film": "another's"}))
        await machine.until_meets("album")
        with_lora = await line.order("a pirate")
        line.ask("UPDATE jobs SET needs = 'loras' WHERE id = %s", with_lora)
        line.ask("UPDATE procrastinate_jobs SET queue_name = 'loras' WHERE status = 'todo'")
        plain = await line.order("a queen")
        gate.open()
        await line.until_state(plain, "generated")
    assert line.job(first)["state"] == "generated"
    assert line.job(with_lora)["state"] == "queued"


async def test_a_machine_of_another_version_draws_nothing(line: Line) -> None:
    """It says so, and has its service start it anew, perhaps with newer code."""
    async with line.machine() as machine:
        await machine.until_state("ready")
        line.ask("UPDATE alembic_version SET version_num = '9999'")
        code, said = await machine.ends()
        assert code == 75, said
        assert "of version 9999" in said
    async with line.machine() as machine:
        code, said = await machine.ends()
        assert code == 75, said
        assert "of version 9999" in said


async def test_a_machine_with_other_files_under_the_model_s_name_waits(line: Line) -> None:
    """It says what is wrong, and draws as soon as it is right."""
    line.want(Wanted("pocket", "another's"))
    job_id = await line.order()
    async with line.machine() as machine:
        row = await machine.until_state("trouble")
        assert row["trouble"] == {"id": "machine-other-checkpoint", "fields": {"model": "pocket"}}
        assert line.job(job_id)["state"] == "queued"
        line.want(Wanted("sd15"))
        await line.until(lambda: machine.row["trouble"]["id"] == "machine-other-model")
        line.want(Wanted("pocket", image_size=512))
        await line.until(lambda: machine.row["trouble"]["id"] == "machine-other-size")
        line.want(Wanted("pocket", row["offers"]["models"]["pocket"]))
        await line.until_state(job_id, "generated")


async def test_a_machine_without_its_model_waits_and_fails_no_job(line: Line) -> None:
    """It tries again, and draws when the model is there."""
    job_id = await line.order()
    async with line.machine(UNLOADABLE=1) as machine:
        row = await machine.until_state("trouble")
        assert row["trouble"]["id"] == "model-incomplete"
        await line.until_state(job_id, "generated")


async def test_a_paused_machine_finishes_its_album_and_begins_none(line: Line, gate: Gate) -> None:
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await machine.until_state("drawing")
        line.ask("UPDATE machines SET paused = true")
        second = await line.order("a pirate")
        await machine.hears()
        gate.open()
        await line.until_state(job_id, "generated")
        await machine.hears()
        assert line.job(second)["state"] == "queued"
        line.ask("UPDATE machines SET paused = false")
        await line.until_state(second, "generated")


async def test_a_drained_machine_ends_after_its_album(line: Line, gate: Gate) -> None:
    """Its code tells its service that it is not to be started again."""
    async with line.machine(GATE=gate) as machine:
        job_id = await line.order()
        await machine.until_state("drawing")
        line.ask("UPDATE machines SET draining = true")
        second = await line.order("a pirate")
        await machine.hears()
        gate.open()
        code, said = await machine.ends()
    assert code == 0, said
    assert line.job(job_id)["state"] == "generated"
    assert line.job(second)["state"] == "queued"
    assert machine.row["state"] == "gone"
    async with line.machine():  # whoever starts it again wants it to draw
        await line.until_state(second, "generated")


async def test_a_job_that_can_not_be_read_fails_alone(line: Line) -> None:
    """By the least rights, too: the machine writes it off, and draws the next one."""
    damaged, second = await line.order("a wreck"), await line.order("a pirate")
    line.ask("UPDATE jobs SET mode = '5' WHERE id = %s", damaged)
    async with line.machine():
        await line.until_state(second, "generated")
    assert line.job(damaged)["state"] == "failed"
    assert line.line() == []


async def test_a_device_that_fails_fails_the_job_alone(line: Line) -> None:
    """The failure has a number, under which this machine's log has it; the next job is drawn."""
    failing, second = await line.order("a wreck"), await line.order("a pirate")
    async with line.machine(FAILS_AT="wreck") as machine:
        await line.until_state(second, "generated")
        job = line.job(failing)
        assert job["state"] == "failed"
        assert job["failure"]["id"] == "accident"
        assert line.pictures(failing) == []
        _, said = await machine.stop()
    assert job["failure"]["fields"]["number"] in said
    assert line.line() == []


@pytest.mark.parametrize("side", [320, 913], ids=["300 KB", "2.5 MB"])
async def test_pictures_come_as_they_were_drawn(line: Line, side: int) -> None:
    job_id = await line.order()
    async with line.machine(NOISE=side):
        await line.until_state(job_id, "generated")
    for seed, png in zip((7, 8), line.pictures(job_id), strict=True):
        assert len(png) > side * side * 2.9
        difference = ImageChops.difference(Image.open(io.BytesIO(png)), noise(side, seed))
        assert difference.getbbox() is None


async def test_a_machine_needs_the_key_of_what_is_kept(line: Line, tmp_path: Path) -> None:
    """Without it, it says so and ends; with it, it reads the face, and its pictures are sealed."""
    job_id, key = await line.order(), new_key()
    database = Database(line.url, seal=Seal.read(key))
    change_key(database, Albums(tmp_path / "albums", database.seal), lambda *_: None)
    database.close()
    async with line.machine() as machine:
        code, said = await machine.ends()
    assert code == 2, said
    assert "DATA_KEY" in said
    async with line.machine(DATA_KEY=key):
        await line.until_state(job_id, "generated")
    assert all(picture.startswith(MAGIC) for picture in line.pictures(job_id))
    assert len(line.pictures(job_id)) == 2


async def test_a_second_machine_of_one_name_ends(line: Line, tmp_path: Path) -> None:
    """Two of one name would hear each other's orders; the first goes on."""
    async with line.machine() as machine:
        await machine.until_state("ready")
        async with line.machine(DATA_DIR=tmp_path / "elsewhere") as second:
            code, said = await second.ends()
            assert code == 2, said
            assert "MACHINE=" in said
        job_id = await line.order()
        await line.until_state(job_id, "generated")


async def test_a_machine_needs_the_bot_s_postgres(line: Line, tmp_path: Path) -> None:
    async with line.machine(DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}") as machine:
        code, said = await machine.ends()
    assert code == 2
    assert "DATABASE_URL" in said
