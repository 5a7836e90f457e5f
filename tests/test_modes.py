"""The modes: defined once; whatever else shows their numbers shows the same ones."""

import re
from dataclasses import asdict, replace

import pytest

import config
from generation.modes import MODES, Likeness, Mode
from tests.support.python_process import ROOT

GUIDANCE = {"none": "1.0", "нет": "1.0"}
"""How the READMEs write guidance that is switched off."""


def test_the_settings_show_fasts_numbers() -> None:
    """The owner's manual looks for them in config.py."""
    fast = MODES["FAST"]
    assert fast.steps == config.NUM_INFERENCE_STEPS
    assert fast.guidance_scale == config.GUIDANCE_SCALE
    assert fast.ip_adapter_scale == config.IP_ADAPTER_SCALE


def test_what_can_be_set_has_the_same_defaults() -> None:
    """.env.example shows each setting's default."""
    example = (ROOT / ".env.example").read_text("utf-8")
    fast = MODES["FAST"]
    for name, value in (
        ("NUM_INFERENCE_STEPS", fast.steps),
        ("GUIDANCE_SCALE", fast.guidance_scale),
        ("IP_ADAPTER_SCALE", fast.ip_adapter_scale),
    ):
        assert f"\n#{name}={value}\n" in example


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_mode_may_be_the_default(mode: Mode) -> None:
    """PRESET takes whatever mode there is."""
    settings = config.Settings(preset=mode.name)
    assert settings.preset == mode.name
    assert mode.name in settings.modes(turbo_steps=4)


@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_the_readmes_list_every_mode(readme: str) -> None:
    """With its steps, its guidance and the weight of the face."""
    rows = re.findall(
        r"^\| `(\w+)`[^|]*\| (\d+) \| ([\w.,]+) \| ([\d.,]+) \|$",
        (ROOT / readme).read_text("utf-8"),
        re.MULTILINE,
    )
    shown = {
        name: (
            int(steps),
            float(GUIDANCE.get(guidance, guidance.replace(",", "."))),
            float(face.replace(",", ".")),
        )
        for name, steps, guidance, face in rows
        if name in MODES
    }
    assert shown == {
        mode.name: (mode.steps, mode.guidance_scale, mode.ip_adapter_scale)
        for mode in MODES.values()
    }


@pytest.mark.parametrize(
    ("scale", "low", "high"), [(0.5, 0.35, 0.65), (0.1, 0.0, 0.25), (0.9, 0.75, 1.0)]
)
def test_likeness_moves_the_faces_weight_about_the_modes(
    scale: float, low: float, high: float
) -> None:
    """By the same step up and down, never out of its range; nothing else changes."""
    mode = replace(MODES["FAST"], ip_adapter_scale=scale)
    assert mode.with_likeness(Likeness.NORMAL) == mode
    assert mode.with_likeness(Likeness.LOW) == replace(
        mode, ip_adapter_scale=low, likeness=Likeness.LOW
    )
    assert mode.with_likeness(Likeness.HIGH) == replace(
        mode, ip_adapter_scale=high, likeness=Likeness.HIGH
    )


def test_the_fastest_modes_draw_nothing_twice() -> None:
    """Who takes them wants speed; a job of before that was said may be refined."""
    assert [name for name, mode in MODES.items() if not mode.refines] == ["TURBO", "ULTRA_FAST"]
    stored = asdict(MODES["FAST"])
    del stored["refines"]
    assert Mode(**stored) == MODES["FAST"]
