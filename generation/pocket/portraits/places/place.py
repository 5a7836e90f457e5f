"""The places behind a drawn person, each with shapes of its own."""

from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.attributes import Place
from generation.pocket.portraits.places import built, land, water
from generation.pocket.portraits.places.brush import Brush


def draw_place(place: Place, random: Random, lit: int = -1) -> NDArray[np.uint8]:
    """Paint a place without a person, lit from one side, at the size of a drawing."""
    brush = Brush(random, lit)
    _PLACES[place](brush)
    return brush.pixels


_PLACES: dict[Place, Callable[[Brush], None]] = {
    Place.STUDIO: built.studio,
    Place.SPACE: built.space,
    Place.MOON: land.moon,
    Place.SNOW: land.snow,
    Place.FOREST: land.forest,
    Place.BEACH: water.beach,
    Place.SEA: water.sea,
    Place.DESERT: land.desert,
    Place.MOUNTAINS: land.mountains,
    Place.CITY: built.city,
    Place.NIGHT: built.night,
    Place.UNDERWATER: water.underwater,
    Place.GARDEN: land.garden,
    Place.LIBRARY: built.library,
    Place.KITCHEN: built.kitchen,
    Place.STAGE: built.stage,
    Place.SUNSET: water.sunset,
    Place.RAIN: water.rain,
    Place.CASTLE: built.castle,
}
