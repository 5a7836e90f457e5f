"""Faces as photographs show them: lit in three dimensions, with hair and beards as texture.

The image encoder learns from them to read skin, hair, beard and glasses off real photographs.
"""

from random import Random

import numpy as np
from PIL import Image

from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.photograph import features, hair, head, worn
from generation.pocket.portraits.photograph.backdrop import random_backdrop
from generation.pocket.portraits.photograph.camera import random_crop, taken
from generation.pocket.portraits.photograph.film import Noise, bump, lay
from generation.pocket.portraits.photograph.light import random_lamp, shadow
from generation.pocket.portraits.photograph.tones import hair_of, skin_of


def photographed(person: Person, random: Random, side: int) -> Image.Image:
    """Give a photograph's crop around a face; the same random state gives the same pixels."""
    noise, lamp, shape = Noise(random), random_lamp(random), head.random_head(person, random)
    smile = random.choice((0.0, 0.0, 0.3, 0.7, 1.0, 1.0))
    skin, hair_colour = skin_of(person.skin, random), hair_of(person.hair_color, random)
    picture = random_backdrop(noise, random)
    locks = hair.random_hair(person, shape, hair_colour, lamp, noise, random)
    if locks:
        lay(picture, locks.colours * 0.75, locks.behind)
    face, key = head.lit(head.relief(shape, person, smile), skin, person, lamp, noise, shape)
    light = key[..., None] * lamp.key + lamp.fill * np.float32(0.85)
    under = (0.55 - 0.2 * bump(0, shape.chin + 0.15, 0.7, 0.3))[..., None]
    lay(picture, light * skin * under, head.neck(person))
    worn.draw_collar(picture, lamp, noise, random)
    lay(picture, light * skin * 0.8, head.ears(shape))
    features.draw_features(face, shape, person, (skin, hair_colour), light, noise, random, smile)
    lay(picture, face, head.silhouette(shape))
    hair.draw_beard(picture, shape, person, hair_colour, light, noise, random)
    if locks:
        fallen = np.roll(locks.above, 4, axis=0) * (1 - locks.above) * head.silhouette(shape)
        picture *= 1 - 0.3 * fallen[..., None]
        lay(picture, locks.colours, locks.above)
    worn.draw_glasses(picture, shape, person, light, random)
    worn.cover_some(picture, shape, lamp, noise, random)
    picture *= shadow(noise, random)[..., None]
    return Image.fromarray(taken(picture, random_crop(random, side), random))
