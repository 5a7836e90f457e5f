"""/machines: the owner sees and steers the computers that draw for the bot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db import Database, Machines
from db.machines.tables import MachineRow
from db.tables import now
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import VERA, RunningBot, buttons, running_bot


@pytest.fixture
async def bot(tmp_path: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    async with running_bot(tmp_path) as bot:
        yield bot


def put(data: Path, name: str, seen_ago: float = 0, **columns: object) -> None:
    """Put a machine into the bot's database."""
    usual: dict[str, object] = {
        "role": "", "channel": "0" * 32, "device": "cuda", "version": "0016", "state": "ready",
        "offers": {"models": {"pocket": "ab"}, "turbo": "hyper-4", "meets": ["album"]},
        "seconds": {"FAST": 2.0}, "started": now(), "seen": now() - timedelta(seconds=seen_ago),
    }  # fmt: skip
    database = Database(f"sqlite:///{data / 'bot.db'}")
    with database.session() as session, session.begin():
        session.merge(MachineRow(name=name, **(usual | columns)))
    database.close()


def stored(data: Path) -> dict[str, MachineRow]:
    database = Database(f"sqlite:///{data / 'bot.db'}")
    with database.reading() as session:
        rows = {row.name: row for row in session.scalars(select(MachineRow))}
    database.close()
    return rows


async def test_a_bot_alone_says_so(bot: RunningBot) -> None:
    """And how other computers could help."""
    await bot.say("/machines")
    await bot.answer("No other computer draws for me: I draw everything myself.")


async def test_each_machine_is_told(bot: RunningBot) -> None:
    """What it does, what it has, how long it takes; those that are there come first."""
    put(bot.data, "attic", seen_ago=7200)
    put(bot.data, "mac", state="drawing", device="mps")
    put(bot.data, "new", state="trouble", trouble={"id": "no-model-yet", "fields": {"reason": "x"}})
    put(bot.data, "odd", state="trouble", trouble={"id": "a-text-of-tomorrow"})
    await bot.say("/machines")
    text = (await bot.answer("4 other computers draw for me, and so do I."))["text"]
    assert "mac (mps)\n🎨 draws an album\nHas: pocket, TURBO\nAn album of 6: Fast 10 s" in text
    assert "attic (cuda)\n🔴 no sign of life for 120 min" in text
    assert "⚠️ draws nothing. a-text-of-tomorrow" in text
    assert text.index("odd") < text.index("attic")


async def test_the_owner_pauses_and_resumes_a_machine(bot: RunningBot) -> None:
    """The list says so at once, and the machine reads it in its row."""
    put(bot.data, "mac")
    await bot.say("/machines")
    menu = await bot.answer("One other computer draws for me")
    await bot.press(menu, "machine:pause")
    await edited(bot, menu, "⏸ paused")
    assert stored(bot.data)["mac"].paused
    await bot.press(menu, "machine:resume")
    await edited(bot, menu, "🟢 waits for an album")
    assert not stored(bot.data)["mac"].paused
    await bot.press(menu, "machine:drain")
    await edited(bot, menu, "⏹ ends after its album")
    assert stored(bot.data)["mac"].draining


async def test_only_a_machine_that_is_away_is_removed(bot: RunningBot) -> None:
    """One that has come back meanwhile stays, and the owner is told."""
    put(bot.data, "mac", seen_ago=60)
    put(bot.data, "attic", seen_ago=60)
    await bot.say("/machines")
    menu = await bot.answer("2 other computers draw for me")
    attic, mac = buttons(menu)
    put(bot.data, "mac")
    assert "It is there again" in await alert(bot, menu, mac)
    await bot.press(menu, attic)
    await edited(bot, menu, "One other computer draws for me")
    assert list(stored(bot.data)) == ["mac"]
    assert "too old" in await alert(bot, menu, attic, forged=True)


async def test_nobody_else_sees_or_presses(bot: RunningBot) -> None:
    """A button that was made up changes nothing."""
    put(bot.data, "mac")
    await bot.allow(VERA)
    await bot.say("/machines", VERA)
    await bot.answer("хозя", VERA)
    assert not stored(bot.data)["mac"].paused


async def test_machines_count_in_the_wait(bot: RunningBot) -> None:
    """With its own worker held, the bot foretells by the machine's seconds."""
    put(bot.data, "mac")
    database = Database(f"sqlite:///{bot.data / 'bot.db'}")
    with database.reading() as session:
        (hand,) = Machines(database).hands(session)
    assert hand.machine == "mac"
    for columns in ({"paused": True}, {"draining": True}, {"state": "resting"}):
        put(bot.data, "mac", **columns)
        with database.reading() as session:
            assert Machines(database).hands(session) == []
        put(bot.data, "mac", paused=False, draining=False)
    database.close()
