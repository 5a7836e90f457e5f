"""/size: the shape of pictures, for each person."""

from generation.sizes import Size
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, buttons


async def test_three_sizes(bot: RunningBot) -> None:
    """Each is a button; a press switches and marks it, and the next album has it."""
    await bot.say("/size")
    menu = await bot.answer("Now: square")
    assert [data.split(":")[1] for data in buttons(menu)] == ["square", "portrait", "landscape"]
    await bot.press(menu, "size:portrait:")
    await edited(bot, menu, "Now: portrait")
    await bot.press(menu, "size:portrait:")  # once more changes nothing
    for words, size in (("a knight", "portrait"), ("a knight --size landscape", "landscape")):
        await bot.say(f"/generate {words}")
        await bot.album()
        assert bot.generator.requests[-1].size is Size(size)


async def test_a_size_by_its_name(new_bot: RunningBot) -> None:
    """In English or the person's language; what there is not gets the list of what there is."""
    await new_bot.allow(VERA)
    for given, person, said in (
        ("LANDSCAPE", ANN, "✅ Shape from now on: landscape."),
        ("«portrait»", ANN, "✅ Shape from now on: portrait."),
        ("квадрат", VERA, "✅ Формат теперь: квадрат."),
        ("square", VERA, "✅ Формат теперь: квадрат."),
        ("round", ANN, "no shape “round”. There are: square, portrait, landscape."),
        ("x" * 4000, ANN, "There is no shape"),
    ):
        await new_bot.say(f"/size {given}", person)
        await new_bot.answer(said, person)
