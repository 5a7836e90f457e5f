"""What a chat sees of a model that is not there yet."""

import asyncio
from pathlib import Path

from generation.download_news import Downloading, DownloadNews, DownloadWaits, TokenIgnored
from generation.models.hub.refusals import HubBusy
from generation.models.sources import HubUnreachable
from playground import Playground
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of
from tests.support.scripted_generator import PATIENCE_S, ScriptedGenerator

BLOCKS: list[DownloadNews] = [Downloading(n * 10**9, 5 * 10**9) for n in (1, 2)]


async def test_those_who_wait_see_how_far_the_download_is(tmp_path: Path) -> None:
    """In their own language, from the first word on, and until it is drawn."""
    generator = ScriptedGenerator()
    generator.to_download = BLOCKS[:1]
    async with running_bot(tmp_path, generator=generator) as bot:
        assert await asyncio.to_thread(generator.downloading.wait, PATIENCE_S)
        await bot.allow(VERA)
        for person, told in ((ANN, "1.0 of 5.0 GB"), (VERA, "1,0 из 5,0 ГБ")):
            await bot.give_face(person)
            await bot.say("/generate a knight", person)
            await bot.answer(told, person)
        generator.go_on()
        await bot.album(chat=ANN)
        await bot.album(chat=VERA)


async def test_those_who_wait_see_why_it_does_not_come_on(tmp_path: Path) -> None:
    """What the hub asks for is told in their language, and for how long; then it goes on."""
    generator = ScriptedGenerator()
    busy = HubBusy(model="sd15", host="huggingface.co", minutes=0)
    generator.to_download = [BLOCKS[0], DownloadWaits(busy, 30, 30), BLOCKS[1]]
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.allow(VERA)
        for person in (ANN, VERA):
            await bot.give_face(person)
            await bot.say("/generate a knight", person)
        for english, russian in (
            ("1.0 of 5.0 GB", "1,0 из 5,0 ГБ"),
            ("asks me to wait. I go on in 30 s", "просит подождать. Продолжу через 30 с"),
            ("2.0 of 5.0 GB", "2,0 из 5,0 ГБ"),
        ):
            await shown(bot, ANN, english)
            await shown(bot, VERA, russian)
            generator.go_on(1)
        generator.go_on()
        await bot.album(chat=ANN)


async def shown(bot: RunningBot, chat: int, words: str) -> None:
    """Wait until a message says this, edited or not."""
    messages = bot.playground.world.messages
    await bot.until(lambda: any(words in words_of(one) for one in messages(chat)), words)


async def test_a_token_that_has_run_out_is_told_to_the_owner(tmp_path: Path) -> None:
    """Once: it is refused at each start of a download."""
    generator = ScriptedGenerator()
    generator.to_download = [TokenIgnored(), TokenIgnored()]
    generator.go_on()
    async with Playground(port=0) as playground:
        await playground.send_text(ANN, ANN, "/start")
        async with running_bot(tmp_path, playground=playground, generator=generator) as bot:
            await bot.answer("The hub does not accept the token")
            await bot.give_face()
            await bot.say("/generate a knight")
            await bot.album()
            said = [words_of(message) for message in playground.world.messages(ANN)]
    assert sum("does not accept the token" in words for words in said) == 1


async def test_a_download_can_be_cancelled_by_who_waits_for_it(tmp_path: Path) -> None:
    """The job ends at once; the model goes on coming, for others."""
    generator = ScriptedGenerator()
    generator.to_download = BLOCKS[:]
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.answer("a knight")
        await bot.say("/cancel")
        await bot.answer("Cancelled your album")
        generator.go_on()
        await bot.say("/generate a queen")
        await bot.album()
    assert [request.words for request in generator.requests] == ["a queen"]


async def test_a_model_that_can_not_be_had_is_told_to_the_owner(tmp_path: Path) -> None:
    """Once, at the start; who asks for an album hears it too, and may ask again."""
    generator = ScriptedGenerator()
    generator.unloadable = [HubUnreachable(model="sd15", host="huggingface.co")] * 2
    async with Playground(port=0) as playground:
        await playground.send_text(ANN, ANN, "/start")  # the bot may write to whoever wrote to it
        async with running_bot(tmp_path, playground=playground, generator=generator) as bot:
            await bot.answer("I can't draw yet. The model sd15 is not on the bot's computer")
            await bot.give_face()
            await bot.say("/generate a knight")
            await bot.answer("“a knight” · Fast\nThe model sd15 is not on the bot's computer")
            await bot.say("/generate a queen")
            await bot.album()
            said = [words_of(message) for message in playground.world.messages(ANN)]
    assert sum("I can't draw yet" in words for words in said) == 1
    assert [request.words for request in generator.requests] == ["a queen"]
