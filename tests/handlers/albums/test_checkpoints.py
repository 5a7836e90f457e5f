"""/model: the owner chooses what draws."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db import Choices, Database
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import VERA, RunningBot, buttons, running_bot
from tests.support.wrong_files import unet, write


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name in ("epic", "Deliberate v2"):
        write(tmp_path / "models" / f"{name}.safetensors", unet())
    write(tmp_path / "models" / "pony.safetensors", unet(2048))
    return tmp_path / "models"


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


@pytest.fixture
async def bot(tmp_path: Path, models: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    async with running_bot(tmp_path, model=str(models)) as bot:
        yield bot


async def test_the_owner_chooses_by_a_button(bot: RunningBot, tmp_path: Path) -> None:
    """The present one is marked, what can't be drawn with is named, and the choice is kept."""
    await bot.say("/model")
    menu = await bot.answer("I draw with Deliberate v2")
    assert "pony.safetensors" in menu["text"]
    assert "SDXL" in menu["text"]
    other = buttons(menu)[1]
    await bot.press(menu, other)
    await edited(bot, menu, "I draw with epic")
    await bot.press(menu, other)  # once more changes nothing
    assert await Choices(Database(f"sqlite:///{tmp_path / 'bot.db'}")).model() == "epic"


async def test_the_owner_chooses_by_a_name(bot: RunningBot, models: Path) -> None:
    """However it is written; a name that is not there is answered with those that are."""
    await bot.say("/model EPIC.safetensors")
    await bot.answer("From the next album on I draw with epic")
    await bot.say("/model pony")
    await bot.answer("There is no model “pony” in the folder. There are: Deliberate v2, epic")


async def test_an_empty_folder_is_told(bot: RunningBot, models: Path) -> None:
    """And one that is gone: nothing is chosen from either; capitals in a suffix are no matter."""
    await bot.say("/model EPIC.SAFETENSORS")
    await bot.answer("From the next album on I draw with epic")
    _empty(models)
    await bot.say("/model epic")
    await bot.answer("there is no .safetensors file in it")
    shutil.rmtree(models)
    for words in ("/model epic", "/model"):
        await bot.say(words)
        await bot.answer("The folder “models”, which MODEL names, is not there any more.")


async def test_the_choice_outlives_a_restart(tmp_path: Path, models: Path) -> None:
    """As long as the file is there; then the first one draws again."""
    async with running_bot(tmp_path, model=str(models)) as bot:
        await bot.say("/model epic")
        await bot.answer("From the next album on I draw with epic")
    async with running_bot(tmp_path, model=str(models)) as bot:
        await bot.say("/model")
        await bot.answer("I draw with epic")
    (models / "epic.safetensors").unlink()
    async with running_bot(tmp_path, model=str(models)) as bot:
        await bot.say("/model")
        await bot.answer("I draw with Deliberate v2")


async def test_without_a_folder_there_is_nothing_to_choose(new_bot: RunningBot) -> None:
    """It is said how there would be; and nobody but the owner is told anything."""
    await new_bot.say("/model")
    said = await new_bot.answer("I draw with pocket")
    assert "put .safetensors files" in said["text"]
    await new_bot.allow(VERA)
    await new_bot.say("/model", VERA)
    await new_bot.answer(chat=VERA)
    assert "pocket" not in str(new_bot.playground.world.chats.conversations[str(VERA)])


async def test_an_album_names_the_model_that_drew_it(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the one that the bot began with."""
    await bot.give_face()
    await bot.say("/generate a knight")
    (first, *_) = await bot.album()
    assert "scripted" in first["caption"]
    monkeypatch.setattr(type(bot.generator), "model_name", "another")
    await bot.say("/generate a queen")
    (second, *_) = await bot.album()
    assert "another" in second["caption"]
