"""LoRAs: among the words, as styles, and in all that is made of an album later."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from generation.words.lora import LoraUse
from tests.support.edits_and_alerts import edited
from tests.support.ended_bot import bot as ended_bot
from tests.support.ended_bot import refused
from tests.support.lora_files import lora_file
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of

FILM = LoraUse("film_grain", 0.8)
INK = LoraUse("ink")


@pytest.fixture
async def bot(tmp_path: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    """The bot of an owner with two LoRAs, and one that the model can't take."""
    loras = tmp_path / "loras"
    lora_file(loras, "film_grain", said={"modelspec.trigger_phrase": "faded film"})
    lora_file(loras, "ink")
    lora_file(loras, "pony", "sdxl")
    async with running_bot(tmp_path / "data", model="sd15", loras=loras) as bot:
        await bot.give_face()
        yield bot


async def test_a_lora_of_the_words_stays_with_the_album(bot: RunningBot) -> None:
    """Its caption, its details, its files and everything that repeats it name it."""
    await bot.say("/generate a knight <lora:Film Grain:0.8>")
    caption = words_of((await bot.album())[0])
    assert "“a knight”" in caption
    assert "film_grain 0.8" in caption
    offer = await bot.answer("Tap a number")
    await bot.press(offer, "album:details:")
    assert "LoRA: film_grain 0.8" in words_of(await edited(bot, offer, "This is what I understood"))
    (picture, *_) = (bot.data / "albums").rglob("*.png")
    with Image.open(picture) as opened:
        assert "<lora:film_grain:0.8>\nNegative prompt:" in opened.info["parameters"]
    await bot.press(offer, "album:back:")
    await edited(bot, offer, "Tap a number")
    await bot.press(offer, "album:again:")
    await bot.album()
    await bot.say("/again on the moon")
    await bot.album()
    await bot.say("/again <lora:ink>")
    await bot.album()
    await bot.say("/again <lora:film_grain:0>")
    await bot.album()
    drawn = [one.loras for one in bot.generator.requests]
    assert drawn[:3] == [(FILM,)] * 3
    assert drawn[3:] == [(FILM, INK), (LoraUse("film_grain", 0), INK)]


async def test_a_reply_brings_a_lora(bot: RunningBot) -> None:
    """It changes the album, and its words stay."""
    await bot.say("/generate a knight --seed 7")
    offer = await bot.answer("Tap a number")
    await bot.say("<lora:ink:0.5>", reply_to=offer["message_id"])
    await bot.album()
    request = bot.generator.requests[-1]
    assert (request.words, request.seed) == ("a knight", 7)
    assert request.loras == (LoraUse("ink", 0.5),)


async def test_a_lora_that_is_not_there_is_named(bot: RunningBot) -> None:
    """With those that are, in both languages; the album is drawn."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    for person, words, said in (
        (
            ANN,
            "a knight",
            "without <lora:pony:1>: there is no such LoRA. There are: film_grain, ink",
        ),
        (VERA, "рыцарь", "без <lora:pony:1>: такой LoRA нет. Есть: film_grain, ink"),
    ):
        await bot.say(f"/generate {words} <lora:pony:1>", person)
        assert said in words_of((await bot.album(chat=person))[0])
        assert bot.generator.requests[-1].loras == ()


async def test_a_lora_that_is_gone_loses_no_album(bot: RunningBot) -> None:
    """What could not be used when the album was drawn is said under it."""
    bot.generator.missing = ("film_grain",)
    await bot.say("/generate a knight <lora:film_grain:0.8>")
    caption = words_of((await bot.album())[0])
    assert "can't be used any more: film_grain" in caption
    assert "film_grain 0.8" not in caption


async def test_loras_are_styles(bot: RunningBot) -> None:
    """Beside the others; the menu says how they are used once."""
    await bot.say("/style")
    menu = await bot.answer("Now: none")
    assert "/generate a knight <lora:film_grain:0.8>. There are: film_grain, ink" in words_of(menu)
    names = [data.split(":")[1] for data in buttons(menu)]
    assert {"film", "film-grain", "ink"} <= set(names)
    assert "pony" not in names
    await bot.press(menu, "style:film-grain:")
    await edited(bot, menu, "Now: film_grain")
    await bot.say("/generate a knight")
    assert "Fast, film_grain" in words_of((await bot.album())[0])
    style = bot.generator.requests[-1].style
    assert style is not None
    assert (style.words, style.lora) == ("faded film", "film_grain:1")
    offer = await bot.answer("Tap a number")
    await bot.press(offer, "album:details:")
    assert "LoRA: film_grain 1" in words_of(await edited(bot, offer, "This is what I understood"))


async def test_a_lora_without_words_is_named(bot: RunningBot) -> None:
    """Whether it is there or not; what is missing are the words."""
    for words, said in (
        ("<lora:ink:0.5>", "<lora:ink:0.5> changes how I draw"),
        ("<lora:pony:1>", "There is no LoRA <lora:pony:1> here. There are: film_grain, ink."),
    ):
        await bot.say(f"/generate {words}")
        await bot.answer(said)


async def test_a_style_is_chosen_as_words_name_a_lora(bot: RunningBot) -> None:
    """All of it is a style; how a part is used is said."""
    await bot.say("/style <lora:ink>")
    await bot.answer("✅ Style from now on: ink.")
    for given in ("<lora:Film Grain:0.5>", "film_grain:0.5"):
        await bot.say(f"/style {given}")
        await bot.answer("the moon <lora:film_grain:0.5>")


async def test_an_owners_style_may_use_a_lora(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its own words and scale; one whose LoRA is not there is not offered."""
    loras, data = tmp_path / "loras", tmp_path / "data"
    lora_file(loras, "ink")
    lora_file(loras, "fog", "sdxl")
    data.mkdir()
    (data / "styles.toml").write_text(
        '[wash]\nen = "ink wash"\nwords = "inkwash"\nlora = "ink:0.7"\n'
        '[lost]\nwords = "fog"\nlora = "fog"\n',
        encoding="utf-8",
    )
    async with running_bot(data, model="sd15", loras=loras) as bot:
        await bot.say("/style ink wash")
        await bot.answer("✅ Style from now on: ink wash.")
        await bot.say("/style lost")
        await bot.answer("can't draw in the style “lost”")
    assert "fog.safetensors is not used: it is for SDXL" in capsys.readouterr().out


async def test_the_pocket_model_takes_no_loras(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its owner reads so at the start, and whoever names one too."""
    lora_file(tmp_path / "loras", "ink")
    async with running_bot(tmp_path / "data", loras=tmp_path / "loras") as bot:
        await bot.give_face()
        await bot.say("/generate a knight <lora:ink:0.8>")
        caption = words_of((await bot.album())[0])
        assert "There are no LoRAs here, and I draw without: <lora:ink:0.8>" in caption
        await bot.say("/style ink")
        await bot.answer("There is no style “ink”")
    assert "the model pocket takes no LoRAs" in capsys.readouterr().out


async def test_a_folder_of_loras_that_is_not_there(tmp_path: Path) -> None:
    """The bot does not start: its owner has misspelt it."""
    settings = {"DATA_DIR": str(tmp_path), "LOCAL_CHAT_PORT": "0", "LORAS": "/no/such/folder"}
    said = refused(await ended_bot(tmp_path, **settings))
    assert said == "LORAS is /no/such/folder, and there is no such folder."
