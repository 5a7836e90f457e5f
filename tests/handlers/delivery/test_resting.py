"""What people see while the machine that draws is needed by somebody else."""

from datetime import time
from pathlib import Path

from playground import Playground
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of
from tests.support.scripted_machine import ScriptedMachine

NIGHT = "23-8"


async def test_who_waits_is_told_why_and_till_when(tmp_path: Path) -> None:
    """In their own language, in the status and by /queue; nobody is promised an hour."""
    machine = ScriptedMachine()
    async with running_bot(tmp_path, machine=machine, quiet_hours=NIGHT) as bot:
        await bot.allow(VERA)
        for person in (ANN, VERA):
            await bot.give_face(person)
        await bot.say("/generate a knight")  # from now on it is known how long an album takes
        await bot.answer("Tap a number")
        machine.hour = time(23, 30)
        await bot.say("/generate a queen")
        status = await bot.answer("quiet hours. I draw again at 08:00")
        assert "You are next." in words_of(status)
        assert "about" not in words_of(status)
        await bot.say("/generate a pirate", VERA)
        await bot.answer("тихие часы. Продолжу в 08:00", VERA)
        await bot.say("/queue")
        shown = words_of(await bot.answer("In all there are 2"))
        assert "🌙 The bot's computer has quiet hours. I draw again at 08:00" in shown
        assert "“a queen” · Fast: ⏳ You are next.\n" in shown
        machine.calm()
        await bot.album(chat=ANN)
        await bot.album(chat=VERA)
        await bot.say("/queue")
        assert "🌙" not in words_of(await bot.answer("Nothing is waiting"))


async def test_the_owners_own_album_waits_too(tmp_path: Path) -> None:
    """It is the owner who set it; /queue says so before anybody waits."""
    machine = ScriptedMachine(battery=True)
    async with running_bot(tmp_path, machine=machine, on_battery="wait") as bot:
        await _rests(bot, "🔋 The bot's computer runs on battery")
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.answer(
            "🔋 The bot's computer runs on battery. I draw again once it is plugged in."
        )
        machine.calm()
        await bot.album()


async def test_an_album_can_be_cancelled_while_it_waits(tmp_path: Path) -> None:
    """At once; the others go on waiting."""
    machine = ScriptedMachine(short=True)
    async with running_bot(tmp_path, machine=machine, under_memory_pressure="wait") as bot:
        await bot.give_face()
        await bot.say("/generate a knight")
        knight = await bot.answer("short of memory")
        await bot.say("/generate a queen")
        queen = await bot.answer("1 album is ahead of yours")
        assert "🧠" in words_of(queen)
        await bot.press(knight, "cancel:")
        await edited(bot, knight, "Cancelled")
        await edited(bot, queen, "You are next")
        machine.calm()
        await bot.album()
    assert [request.words for request in bot.generator.requests] == ["a queen"]


async def test_a_restart_in_the_night_costs_nothing(tmp_path: Path) -> None:
    """The album still waits, its message says so, and in the morning it is drawn once."""
    machine = ScriptedMachine(hour=time(3))
    async with Playground(port=0) as playground:
        async with running_bot(
            tmp_path, playground=playground, machine=machine, quiet_hours=NIGHT
        ) as bot:
            await bot.give_face()
            await bot.say("/generate a knight")
            status = await bot.answer("I draw again at 08:00")
        async with running_bot(
            tmp_path, playground=playground, machine=machine, quiet_hours=NIGHT
        ) as bot:
            await _rests(bot, "I draw again at 08:00")
            assert "08:00" in words_of(await edited(bot, status, "You are next"))
            machine.calm()
            await bot.album()
    assert [request.words for request in bot.generator.requests] == ["a knight"]


async def test_a_smaller_mode_is_told(tmp_path: Path) -> None:
    """In the status and under the album; another album from it is ordered as this one was."""
    machine = ScriptedMachine(battery=True)
    async with running_bot(tmp_path, machine=machine, on_battery="smaller") as bot:
        await bot.give_face()
        bot.generator.hold()
        await bot.say("/generate a knight --preset balanced")
        status = words_of(await bot.answer("Picture 1"))
        assert status.startswith("“a knight” · Fast\n")
        assert "🔋 In a faster mode than you chose: the bot's computer is on battery." in status
        bot.generator.release()
        caption = words_of((await bot.album())[0])
        assert "Fast" in caption
        assert "🔋 In a faster mode than you chose" in caption
        machine.calm()
        await bot.press(await bot.answer("Tap a number"), "album:again")
        caption = words_of((await bot.album())[0])
        assert "Balanced" in caption
        assert "🔋" not in caption
    assert [request.mode.name for request in bot.generator.requests] == ["FAST", "BALANCED"]


async def _rests(bot: RunningBot, words: str) -> None:
    """Ask until the workers have looked round: they do so when the bot has started."""
    await bot.say("/queue")
    while words not in words_of(await bot.answer("waiting")):
        await bot.say("/queue")
