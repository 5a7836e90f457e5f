"""/style: how pictures are made, for each person."""

import asyncio
import threading
from pathlib import Path

import pytest

from generation.words.styles import load_styles
from generation.work import worker
from tests.support.edits_and_alerts import edited
from tests.support.ended_bot import bot as ended_bot
from tests.support.ended_bot import refused
from tests.support.running_bot import (
    ANN,
    PATIENCE_S,
    VERA,
    RunningBot,
    buttons,
    running_bot,
    words_of,
)
from tests.support.scripted_generator import ScriptedGenerator


async def test_a_style_by_its_button(bot: RunningBot) -> None:
    """Those that the model knows are buttons; a press marks one, and the next albums have it."""
    await bot.say("/style")
    menu = await bot.answer("Now: none")
    names = [data.split(":")[1] for data in buttons(menu)]
    assert names[0] == "-"
    assert {"oil", "watercolour", "pencil", "pixel"} <= set(names)
    assert not {"anime", "cyberpunk", "photo"} & set(names)
    await bot.press(menu, "style:oil:")
    await edited(bot, menu, "Now: oil painting")
    await bot.press(menu, "style:oil:")  # once more changes nothing
    await bot.say("/generate a knight")
    await bot.album()
    style = bot.generator.requests[-1].style
    assert style is not None
    assert style.name == "oil"
    await bot.press(menu, "style:-:")
    await edited(bot, menu, "Now: none")
    await bot.say("/generate a knight")
    await bot.album()
    assert bot.generator.requests[-1].style is None


async def test_a_style_by_its_name(new_bot: RunningBot) -> None:
    """In any of the languages; what the model can't draw and what there isn't is named."""
    await new_bot.allow(VERA)
    for given, person, said in (
        ("OIL", ANN, "✅ Style from now on: oil painting."),
        ("«pixel art»", ANN, "✅ Style from now on: pixel art."),
        ("карандаш", ANN, "✅ Style from now on: pencil drawing."),
        ("none", ANN, "✅ Style from now on: none."),
        ("нет", ANN, "✅ Style from now on: none."),
        ("масло", VERA, "✅ Стиль теперь: масло."),
        ("oil painting", VERA, "✅ Стиль теперь: масло."),
        ("без стиля", VERA, "✅ Стиль теперь: без стиля."),
        ("anime", ANN, "can't draw in the style “anime”. It can: none, "),
        ("аниме", VERA, "не умеет рисовать в стиле «аниме»"),
        ("mud", ANN, "There is no style “mud”. There are: none, "),
        ("x" * 4000, ANN, "There is no style"),
    ):
        await new_bot.say(f"/style {given}", person)
        await new_bot.answer(said, person)


async def test_a_style_for_one_album(bot: RunningBot) -> None:
    """An option goes before what its person chose, and changes that for one album only."""
    await bot.say("/style oil")
    await bot.answer("✅")
    for words, name in (
        ("a knight --style pencil drawing", "pencil"),
        ("a knight --style none", None),
        ("a knight", "oil"),
    ):
        await bot.say(f"/generate {words}")
        await bot.album()
        request = bot.generator.requests[-1]
        assert (request.words, request.style and request.style.name) == ("a knight", name)
    await bot.say("/generate a knight --style anime")
    await bot.answer("can't draw in the style “anime”")


async def test_an_owners_styles(tmp_path: Path) -> None:
    """A file in DATA_DIR adds styles, changes those that are there, and takes them away."""
    (tmp_path / "styles.toml").write_text(
        '[rain]\nen = "in the rain"\nru = "под дождём"\nwords = "rain, storm"\n'
        '[oil]\nen = "old master"\nwords = "in the style of an old master"\n'
        '[pixel]\nwords = ""\n',
        encoding="utf-8",
    )
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        await bot.say("/style")
        menu = await bot.answer("What style")
        names = [data.split(":")[1] for data in buttons(menu)]
        assert names[-2:] == ["rain", "oil"]
        assert "pixel" not in names
        await bot.say("/style под дождём")
        await bot.answer("✅ Style from now on: in the rain.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[oil", "can't be read."),
        ("oil = 1", "look at “oil”"),
        ('[oil]\nwords = "oil"\nngative = "photo"', "look at “oil”"),
    ],
)
async def test_a_damaged_file_of_styles(tmp_path: Path, text: str, part: str) -> None:
    """The bot does not start, and its owner reads where to look."""
    (tmp_path / "styles.toml").write_text(text, encoding="utf-8")
    said = refused(await ended_bot(tmp_path, DATA_DIR=str(tmp_path), LOCAL_CHAT_PORT="0"))
    assert "styles.toml" in said
    assert part in said


async def test_where_the_model_knows_no_style(tmp_path: Path) -> None:
    """Nothing is offered, and that is said."""
    names = load_styles()
    gone = "".join(f'[{name}]\nwords = ""\n' for name in names)
    (tmp_path / "styles.toml").write_text(gone, encoding="utf-8")
    async with running_bot(tmp_path) as bot:
        await bot.say("/style")
        await bot.answer("knows no styles")


async def test_each_has_a_style_in_a_group(new_bot: RunningBot) -> None:
    """A button is its person's; what one presses changes nothing of the other's."""
    await new_bot.open_group()
    await new_bot.say("/style", ANN, chat=new_bot.group)
    hers = await new_bot.answer("What style", new_bot.group)
    await new_bot.say("/style", VERA, chat=new_bot.group)
    veras = await new_bot.answer("В каком стиле", new_bot.group)
    await new_bot.press(hers, "style:oil:", VERA)
    await new_bot.press(veras, "style:pencil:", VERA)
    await edited(new_bot, veras, "Сейчас: карандаш")
    await new_bot.say("/style", ANN, chat=new_bot.group)
    await new_bot.answer("Now: none", new_bot.group)


async def test_a_style_that_is_gone(tmp_path: Path) -> None:
    """When its owner has taken it away, a person has none."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/style pixel")
        await bot.answer("✅")
    (tmp_path / "styles.toml").write_text('[pixel]\nwords = ""\n', encoding="utf-8")
    async with running_bot(tmp_path) as bot:
        await bot.say("/style")
        await bot.answer("Now: none")


class FinishedGenerator(ScriptedGenerator):
    """Lets a test wait until it is asked to keep nothing: then what it drew is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.finished = threading.Event()

    def forget(self) -> None:
        super().forget()
        self.finished.set()


async def test_a_picture_of_each_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are drawn while nobody waits, and shown as one sheet; before that it is said."""
    generator = FinishedGenerator()
    async with running_bot(tmp_path, generator=generator, style_pictures=True) as bot:
        await bot.say("/style")
        menu = await bot.answer("I draw a picture of each")
        assert "photo" not in menu
    monkeypatch.setattr(worker, "QUIET_S", 0)
    async with running_bot(tmp_path, generator=generator, style_pictures=True) as bot:
        assert await asyncio.to_thread(generator.finished.wait, PATIENCE_S)
        await bot.say("/style")
        menu = await bot.answer("Now: none")
        assert menu["photo"]
        assert "I draw" not in words_of(menu)
        labels = [
            button["text"] for row in menu["reply_markup"]["inline_keyboard"] for button in row
        ]
        assert labels[:2] == ["✅ 1. none", "2. oil painting"]
        await bot.press(menu, "style:oil:")
        await edited(bot, menu, "Now: oil painting")
    async with running_bot(tmp_path) as bot:  # the owner wants no more of them
        await bot.say("/style")
        assert (await bot.answer("Now: oil painting"))["photo"]


async def test_what_an_album_says_of_itself(new_bot: RunningBot) -> None:
    """Its style and its shape, where they aren't the usual ones, in its person's language."""
    await new_bot.allow(VERA)
    for person, words, said in (
        (ANN, "a knight --style oil --size portrait", "Fast, oil painting, portrait · seed"),
        (ANN, "a knight --size square", "Fast · seed"),
        (VERA, "рыцарь --style oil --size landscape", "масло, пейзаж · seed"),
    ):
        await new_bot.give_face(person)
        await new_bot.say(f"/generate {words}", person)
        assert said in words_of((await new_bot.album(chat=person))[0])
