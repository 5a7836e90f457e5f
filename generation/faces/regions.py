"""The regions of a portrait, which `looks_file.REGIONS_FILE` marks."""

from enum import IntEnum


class Region(IntEnum):
    OTHER, SKIN, HAIR, BEARD = range(4)


MARKED = (Region.SKIN, Region.HAIR, Region.BEARD)
"""What is marked; all else is cloth, a wall, eyes, brows, glasses or teeth."""
