"""The modes that are measured: those of the bot, with the numbers that it has by default."""

from generation.presets import Preset

MODES = {
    mode.name: mode
    for mode in (
        Preset("ULTRA_FAST", 10, 6.0, 0.40),
        Preset("FAST", 12, 6.5, 0.50),
        Preset("BALANCED", 15, 7.0, 0.65),
        Preset("QUALITY", 20, 7.5, 0.80),
        Preset("TURBO", 4, 1.0, 0.50, few_steps=True),
    )
}
"""What the environment makes of FAST in the bot is not known here."""
