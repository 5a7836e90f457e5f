"""/preset: faster or better, for each person."""

import json
from pathlib import Path

from tests.desk import ANN, VERA, buttons, desk, words_of
from tests.generation.shapes import add_few_steps, with_adapter
from tests.handlers.watching import edited

MODES = ["ULTRA_FAST", "FAST", "BALANCED", "QUALITY"]


async def test_four_modes_with_their_numbers(tmp_path: Path) -> None:
    """Every mode is a button with its numbers; a press switches, and marks it."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/preset")
        menu = await d.answer("Now: FAST")
        assert [data.split(":")[1] for data in buttons(menu)] == MODES
        labels = str(menu["reply_markup"])
        assert "✅ FAST · 12 steps · guidance 6.5 · face 0.50" in labels
        assert "QUALITY · 20 steps · guidance 7.5 · face 0.80" in labels
        await d.press(menu, "preset:QUALITY:")
        assert "✅ QUALITY" in str(await edited(d, menu, "Now: QUALITY"))
        await d.press(menu, "preset:QUALITY:")  # once more changes nothing
        await d.say("/generate x")
        assert "QUALITY" in words_of((await d.album())[0])


async def test_a_mode_by_its_name(tmp_path: Path) -> None:
    """However it is written; what there is not gets the list of what there is."""
    async with desk(tmp_path) as d:
        for given, name in {
            "quality": "QUALITY",
            "ultra-fast": "ULTRA_FAST",
            "Fast": "FAST",
        }.items():
            await d.say(f"/preset {given}")
            await d.answer(f"✅ {name} from now on")
        await d.say("/preset nonsense <b>")
        refusal = words_of(await d.answer("no mode “nonsense <b>”"))
        assert all(mode in refusal for mode in MODES)
        await d.say("/preset " + "x" * 4000)
        await d.answer("There is no mode")


async def test_a_mode_is_one_persons_own(tmp_path: Path) -> None:
    """What one chooses another does not get."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.say("/preset QUALITY")
        await d.answer("✅ QUALITY")
        await d.say("/preset", VERA)
        await d.answer("Сейчас: FAST", VERA)
        await d.say("/preset", ANN)
        await d.answer("Now: QUALITY", ANN)


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
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/preset")
        menu = words_of(await d.answer("An album of 6"))
        assert menu.splitlines()[-2:] == ["• FAST: 1 min", "• QUALITY: 12 min"]
        await d.say("/generate a knight")
        await d.answer("What next?")
        await d.say("/preset")
        menu = words_of(await d.answer("An album of 6"))
        fast, quality = menu.splitlines()[-2:]
        assert fast != "• FAST: 1 min"
        assert quality == "• QUALITY: 12 min"


async def test_turbo_is_offered_where_the_model_has_it(tmp_path: Path) -> None:
    """And it says what has no effect there."""
    model = with_adapter(tmp_path, "plus")
    add_few_steps(model)
    async with desk(tmp_path / "data", model=str(model)) as d:
        await d.register()
        await d.say("/preset turbo")
        assert "no effect" in words_of(await d.answer("✅ TURBO from now on: 4 steps"))
        await d.say("/generate a knight")
        assert "TURBO" in words_of((await d.album())[0])
        assert d.generator.requests[0].preset.few_steps
