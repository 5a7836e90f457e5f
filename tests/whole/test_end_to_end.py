"""The main job with everything real: the process, HTTP, a photograph, the diffusion pipeline."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from generation.character import HairColor
from generation.pocket.judging.reader import load_reader
from generation.pocket.portraits.attributes import Place
from playground import Playground
from tests.support.bot_process import bot_process
from tests.support.python_process import fresh
from tests.support.referees import Referees
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    grace_hopper,
    words_of,
)
from tests.support.scripted_generator import ScriptedGenerator


async def test_a_photo_goes_in_and_an_album_of_six_comes_out(tmp_path: Path) -> None:
    """A photograph, traits by buttons, words: six different pictures; the same again by seed."""
    referees = Referees()
    async with (
        Playground(port=0, on_request=referees) as playground,
        bot_process(tmp_path, playground, ("bot.py",), fresh),
    ):
        bot = RunningBot(playground, ScriptedGenerator(), tmp_path)
        await bot.say("/start")
        assert "/forget" in words_of(await bot.answer("🔒"))
        bot.consenting = False
        await bot.photo(astronaut())
        await bot.press(await bot.answer("One question"), "consent:")
        crop = await bot.answer("This is the face")
        assert crop["photo"]
        await bot.answer("🧬")
        await bot.say("/traits")
        editor = await bot.answer("🧬")
        await bot.press(editor, "traits:open:hair_color")
        await bot.press(editor, "traits:set:hair_color:brown")
        await bot.press(editor, "traits:done")

        await bot.say("/generate an astronaut on the moon --seed 11")
        album = await bot.album()
        assert "pocket" in words_of(album[0])
        first = pictures(playground, album)
        await bot.say("/generate an astronaut on the moon --seed 11")
        second = pictures(playground, await bot.album())

        assert len({picture.tobytes() for picture in first}) == 6
        assert all(min(picture.size) >= 512 for picture in first)
        assert [p.tobytes() for p in first] == [p.tobytes() for p in second]
    assert referees.refusals == []


async def test_pictures_show_what_was_asked_for(tmp_path: Path) -> None:
    """Space is darker than snow, red hair is red; words it never saw are named and harm nothing."""
    async with Playground(port=0) as playground, bot_process(tmp_path, playground):
        bot = RunningBot(playground, ScriptedGenerator(), tmp_path)
        await bot.register()
        await bot.say("/generate in space --seed 3")
        space = pictures(playground, await bot.album())
        await bot.say("/generate in the snow --seed 3")
        snow = pictures(playground, await bot.album())
        assert max(map(brightness, space)) < min(map(brightness, snow))

        await bot.say("/traits")
        editor = await bot.answer("🧬")
        await bot.press(editor, "traits:open:hair_color")
        await bot.press(editor, "traits:set:hair_color:red")
        await bot.press(editor, "traits:done")
        await bot.say("/generate a zorgblat, игуана, in a garden --seed 3")
        album = await bot.album()
        assert "I can't draw: zorgblat, игуана" in words_of(album[0])
        read = load_reader().read(pictures(playground, album))
        assert [seen["hair_color"] for seen in read].count(HairColor.RED) >= 5  # the face has brown
        assert [seen["place"] for seen in read].count(Place.GARDEN) >= 5


@pytest.mark.parametrize(("person", "words"), [(ANN, "This is the face"), (VERA, "Это лицо")])
async def test_each_in_their_language(tmp_path: Path, person: int, words: str) -> None:
    """A photo sent as a file is answered in its person's language."""
    referees = Referees()
    async with (
        Playground(port=0, on_request=referees) as playground,
        bot_process(tmp_path, playground, OWNER_ID=str(person)),
    ):
        bot = RunningBot(playground, ScriptedGenerator(), tmp_path)
        await bot.document(grace_hopper(), "grace.jpg", person)
        await bot.answer(words, person)
    assert referees.refusals == []


def pictures(playground: Playground, album: list[Json]) -> list[Image.Image]:
    files = [playground.world.file(message["photo"][-1]["file_id"]) for message in album]
    return [Image.open(io.BytesIO(file)).convert("RGB") for file in files]


def brightness(picture: Image.Image) -> float:
    return ImageStat.Stat(picture.convert("L")).mean[0]
