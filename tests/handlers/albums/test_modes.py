"""/preset: faster or better, for each person."""

import json
from pathlib import Path

from tests.support.edits_and_alerts import edited
from tests.support.model_shapes import add_few_steps, with_adapter
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of

MODES = ["ULTRA_FAST", "FAST", "BALANCED", "QUALITY"]


async def test_four_modes_with_their_numbers(bot: RunningBot) -> None:
    """Every mode is a button with its numbers; a press switches, and marks it."""
    await bot.say("/preset")
    menu = await bot.answer("Now: FAST")
    assert [data.split(":")[1] for data in buttons(menu)] == MODES
    labels = str(menu["reply_markup"])
    assert "✅ FAST · 12 steps · guidance 6.5 · face 0.50" in labels
    assert "QUALITY · 20 steps · guidance 7.5 · face 0.80" in labels
    await bot.press(menu, "preset:QUALITY:")
    assert "✅ QUALITY" in str(await edited(bot, menu, "Now: QUALITY"))
    await bot.press(menu, "preset:QUALITY:")  # once more changes nothing
    await bot.say("/generate x")
    assert "QUALITY" in words_of((await bot.album())[0])


async def test_a_mode_by_its_name(new_bot: RunningBot) -> None:
    """However it is written; what there is not gets the list of what there is."""
    for given, name in {
        "quality": "QUALITY",
        "ultra-fast": "ULTRA_FAST",
        "Fast": "FAST",
    }.items():
        await new_bot.say(f"/preset {given}")
        await new_bot.answer(f"✅ {name} from now on")
    await new_bot.say("/preset nonsense <b>")
    refusal = words_of(await new_bot.answer("no mode “nonsense <b>”"))
    assert all(mode in refusal for mode in MODES)
    await new_bot.say("/preset " + "x" * 4000)
    await new_bot.answer("There is no mode")


async def test_a_mode_is_one_persons_own(new_bot: RunningBot) -> None:
    """What one chooses another does not get."""
    await new_bot.allow(VERA)
    await new_bot.say("/preset QUALITY")
    await new_bot.answer("✅ QUALITY")
    await new_bot.say("/preset", VERA)
    await new_bot.answer("Сейчас: FAST", VERA)
    await new_bot.say("/preset", ANN)
    await new_bot.answer("Now: QUALITY", ANN)


async def test_a_mode_shows_this_machines_seconds(tmp_path: Path) -> None:
    """By its own albums, and where it has drawn none by the speed test, of as many steps."""
    modes = {"FAST": (12, 60.0), "BALANCED": (30, 300.0), "QUALITY": (20, 720.0)}
    measured = {
        "model": "scripted",
        "random_weights": False,
        "device": "cpu",
        "wanted_device": "auto",
        "size": 128,
        "wanted_size": None,
        "modes": {
            name: {"steps": steps, "seconds": seconds, "pictures": 6}
            for name, (steps, seconds) in modes.items()
        },
    }
    (tmp_path / "benchmark.json").write_text(json.dumps(measured))
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        await bot.say("/preset")
        menu = words_of(await bot.answer("An album of 6"))
        assert menu.splitlines()[-2:] == ["• FAST: 1 min", "• QUALITY: 12 min"]
        await bot.say("/generate a knight")
        await bot.answer("What next?")
        await bot.say("/preset")
        menu = words_of(await bot.answer("An album of 6"))
        fast, quality = menu.splitlines()[-2:]
        assert fast != "• FAST: 1 min"
        assert quality == "• QUALITY: 12 min"


async def test_turbo_is_offered_where_the_model_has_it(tmp_path: Path) -> None:
    """And it says what has no effect there."""
    model = with_adapter(tmp_path, "plus")
    add_few_steps(model)
    async with running_bot(tmp_path / "data", model=str(model)) as bot:
        await bot.give_face()
        await bot.say("/preset turbo")
        assert "no effect" in words_of(await bot.answer("✅ TURBO from now on: 4 steps"))
        await bot.say("/generate a knight")
        assert "TURBO" in words_of((await bot.album())[0])
        assert bot.generator.requests[0].mode.few_steps
