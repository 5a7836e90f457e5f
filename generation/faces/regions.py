"""Marks where a portrait shows skin, hair and a beard."""

from enum import IntEnum


class Region(IntEnum):
    OTHER, SKIN, HAIR, BEARD = range(4)


MARKED = (Region.SKIN, Region.HAIR, Region.BEARD)
"""What is marked; all else is cloth, a wall, eyes, glasses or teeth."""
