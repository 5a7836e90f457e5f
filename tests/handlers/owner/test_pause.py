"""The owner pauses the bot, and lets it go on."""

from pathlib import Path

from playground import Playground
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of
from tests.support.scripted_generator import ScriptedGenerator

PAUSED = "⏸ The owner has paused the bot"


async def test_a_pause_lets_who_waits_know_and_survives_a_restart(tmp_path: Path) -> None:
    """In their language, by the status and by /queue; /resume has the album drawn at once."""
    async with Playground(port=0) as telegram:
        await _pause_and_start_anew(tmp_path, telegram)


async def _pause_and_start_anew(data: Path, telegram: Playground) -> None:
    async with running_bot(data, playground=telegram) as bot:
        await bot.allow(VERA)
        await bot.give_face(VERA)
        await bot.say("/pause")
        await bot.answer("⏸ Paused: no new album is begun")
        await bot.say("/generate a knight", VERA)
        await bot.answer("⏸ Хозяин поставил бота на паузу", VERA)
        await bot.say("/pause")
        await bot.answer("One album waits")
    async with running_bot(data, playground=telegram) as bot:
        await bot.say("/queue")
        assert PAUSED in words_of(await bot.answer("In all there is 1"))
        assert not bot.generator.steps_taken
        await bot.say("/resume")
        await bot.answer("▶️ Albums are begun again. One album waits.")
        await bot.album(chat=VERA)
        await bot.say("/queue")
        assert PAUSED not in words_of(await bot.answer("Nothing is waiting"))


async def test_what_is_being_drawn_is_drawn_to_its_end(tmp_path: Path) -> None:
    """Who stands behind it is told at once, not only when it is done."""
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.give_face()
        generator.hold()
        await bot.say("/generate a knight")
        await bot.until(lambda: generator.steps_taken, "a step")
        await bot.say("/generate a queen")
        status = await bot.answer("“a queen”")
        await bot.say("/pause")
        await bot.answer("One album waits")
        await _says(bot, status, PAUSED)
        generator.release()
        await bot.album()
        await bot.say("/resume")
        await bot.album()


async def test_only_the_owner_may(bot: RunningBot) -> None:
    """Whoever else tries is told so, and albums go on."""
    await bot.allow(VERA)
    await bot.say("/pause", VERA)
    await bot.answer("хозяин", VERA)
    await bot.say("/generate a knight")
    await bot.album(chat=ANN)


async def _says(bot: RunningBot, message: dict[str, object], part: str) -> None:
    def shown() -> bool:
        now = bot.playground.world.message(ANN, int(str(message["message_id"])))
        return part in words_of(now or {})

    await bot.until(shown, part)
