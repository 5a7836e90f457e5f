"""/likeness: how much pictures are like their person, for each person."""

import pytest

from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, words_of


async def test_three_levels(bot: RunningBot) -> None:
    """Each is a button; a press switches and marks it, and the next album is drawn by it."""
    await bot.say("/likeness")
    menu = await bot.answer("look like you? Now: normal")
    assert [data.split(":")[1] for data in buttons(menu)] == ["low", "normal", "high"]
    await bot.press(menu, "likeness:high:")
    await edited(bot, menu, "Now: high")
    await bot.press(menu, "likeness:high:")  # once more changes nothing
    await bot.say("/generate x")
    assert "Fast, likeness high · seed" in words_of((await bot.album())[0])
    assert bot.generator.requests[-1].mode.ip_adapter_scale == pytest.approx(0.65)
    await bot.say("/likeness normal")
    await bot.answer("✅ Likeness from now on: normal.")
    await bot.say("/generate x")
    assert "likeness" not in words_of((await bot.album())[0])


async def test_a_level_moves_every_mode(bot: RunningBot) -> None:
    """Repeats too: the same seeds in better quality, and the last album once more."""
    await bot.say("/generate x --seed 7")
    await bot.album()
    offer = await bot.answer("Tap a number")
    await bot.say("/likeness low")
    await bot.answer("✅")
    await bot.press(offer, "album:quality:")
    await bot.album()
    await bot.say("/again")
    await bot.album()
    scales = [request.mode.ip_adapter_scale for request in bot.generator.requests]
    assert scales == pytest.approx([0.5, 0.65, 0.35])


async def test_a_level_by_its_name(new_bot: RunningBot) -> None:
    """In English or the person's language; what there is not gets the list of what there is."""
    await new_bot.allow(VERA)
    for given, person, said in (
        ("HIGH", ANN, "✅ Likeness from now on: high."),
        ("«low»", ANN, "✅ Likeness from now on: low."),
        ("высокое", VERA, "✅ Теперь сходство высокое."),
        ("low", VERA, "✅ Теперь сходство низкое."),
        ("a lot", ANN, "no likeness “a lot”. There are: low, normal, high."),
        ("x" * 4000, ANN, "There is no likeness"),
    ):
        await new_bot.say(f"/likeness {given}", person)
        await new_bot.answer(said, person)
