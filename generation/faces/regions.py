"""Of what a portrait's pixels are: a network marks it, see `looks_file.REGIONS_FILE`."""

from enum import IntEnum


class Region(IntEnum):
    OTHER, SKIN, HAIR, BEARD = range(4)


MARKED = (Region.SKIN, Region.HAIR, Region.BEARD)
"""What is marked; all else is cloth, a wall, eyes, brows, glasses or teeth."""
