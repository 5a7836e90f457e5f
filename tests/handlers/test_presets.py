"""/preset: faster or better, for each person."""

from pathlib import Path

from tests.desk import ANN, VERA, buttons, desk, words_of
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
