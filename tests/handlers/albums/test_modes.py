"""/preset: faster or better, for each person."""

import json
from pathlib import Path

from tests.support.edits_and_alerts import edited
from tests.support.model_shapes import add_few_steps, with_adapter
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, running_bot, words_of

MODES = ["ULTRA_FAST", "FAST", "BALANCED", "QUALITY"]


async def test_four_modes_with_their_numbers(bot: RunningBot) -> None:
    """Every mode is a button with a plain name; a press switches, and marks it.

    The numbers and the settings' constants are shown to who asks for them.
    """
    await bot.say("/preset")
    menu = await bot.answer("Now: Fast")
    assert [data.split(":")[1] for data in buttons(menu)] == [*MODES, "details"]
    assert labels(menu)[1] == "✅ Fast"
    assert not set(MODES) & set(str(menu).split())
    await bot.press(menu, "preset:details:")
    details = words_of(await edited(bot, menu, "steps"))
    assert "• Fast (FAST): 12 steps, guidance 6.5, face 0.50" in details
    assert "• Better quality (QUALITY): 20 steps, guidance 7.5, face 0.80" in details
    await bot.press(menu, "preset:QUALITY:")
    assert labels(await edited(bot, menu, "Now: Better quality"))[3] == "✅ Better quality"
    await bot.press(menu, "preset:QUALITY:")  # once more changes nothing
    await bot.say("/generate x")
    assert "Better quality" in words_of((await bot.album())[0])


async def test_a_mode_by_its_name(new_bot: RunningBot) -> None:
    """However it is written; what there is not gets the list of what there is."""
    for given, name in {
        "quality": "Better quality",
        "ultra-fast": "Very fast",
        "Fast": "Fast",
        "BETTER  quality": "Better quality",
        "very_fast": "Very fast",
        "fast!": "Fast",
        "«balanced».": "Balanced",
        "“Better\u200b quality”": "Better quality",
    }.items():
        await new_bot.say(f"/preset {given}")
        await new_bot.answer(f"✅ From now on: {name}.")
    await new_bot.allow(VERA)
    await new_bot.say("/preset очень быстро", VERA)
    await new_bot.answer("✅ Выбран режим «Очень быстро»", VERA)
    await new_bot.say("/preset nonsense <b>")
    refusal = words_of(await new_bot.answer("no mode “nonsense <b>”"))
    assert "Very fast, Fast, Balanced, Better quality" in refusal
    await new_bot.say("/preset " + "x" * 4000)
    await new_bot.answer("There is no mode")


async def test_a_mode_is_one_persons_own(new_bot: RunningBot) -> None:
    """What one chooses another does not get."""
    await new_bot.allow(VERA)
    await new_bot.say("/preset QUALITY")
    await new_bot.answer("✅ From now on: Better quality")
    await new_bot.say("/preset", VERA)
    await new_bot.answer("Сейчас: Быстро", VERA)
    await new_bot.say("/preset", ANN)
    await new_bot.answer("Now: Better quality", ANN)


async def test_a_mode_shows_this_machines_seconds(tmp_path: Path) -> None:
    """By its own albums, else by the speed test of as many steps, else by the modes beside it."""
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
        assert labels(await bot.answer("an album of 6"))[:-1] == [
            "Very fast; ~50 s", "✅ Fast; ~1 min", "Balanced; ~1 min", "Better quality; ~12 min"
        ]  # fmt: skip
        await bot.say("/generate a knight")
        await bot.answer("Tap a number")
        await bot.say("/preset")
        _, fast, _, quality, _ = labels(await bot.answer("an album of 6"))
        assert fast == "✅ Fast; ~1 s"
        assert quality == "Better quality; ~12 min"


def labels(menu: Json) -> list[str]:
    return [b["text"] for row in menu["reply_markup"]["inline_keyboard"] for b in row]


async def test_turbo_is_offered_where_the_model_has_it(tmp_path: Path) -> None:
    """And it says what has no effect there."""
    model = with_adapter(tmp_path, "plus")
    add_few_steps(model)
    async with running_bot(tmp_path / "data", model=str(model)) as bot:
        await bot.give_face()
        await bot.say("/preset turbo")
        assert "no effect" in words_of(await bot.answer("✅ From now on: Turbo"))
        await bot.say("/generate a knight")
        assert "Turbo" in words_of((await bot.album())[0])
        assert bot.generator.requests[0].mode.few_steps
