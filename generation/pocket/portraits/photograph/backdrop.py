"""What stands behind a photographed head."""

from collections.abc import Callable
from colorsys import hsv_to_rgb
from random import Random

import cv2
import numpy as np

from generation.pocket.portraits.photograph.film import SIDE, Colours, Noise, Plane, X, Y, lay, soft
from generation.pocket.portraits.photograph.tones import Colour, linear


def random_backdrop(noise: Noise, random: Random) -> Colours:
    """Give a wall, a room out of focus, a landscape, lamps, or cloth, in linear light."""
    picture = np.empty((SIDE, SIDE, 3), np.float32)
    random.choice(_KINDS)(picture, noise, random)
    sigma = random.choice((0, 0, 1.5, 3))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32) if sigma else picture


def _wall(picture: Colours, noise: Noise, random: Random) -> None:
    colour = _any(random) if random.random() < 0.5 else linear((random.randint(120, 250),) * 3)
    _plain(picture, colour, noise, random)


def _dark(picture: Colours, noise: Noise, random: Random) -> None:
    _plain(picture, linear((random.randint(4, 50),) * 3), noise, random)


def _plain(picture: Colours, colour: Colour, noise: Noise, random: Random) -> None:
    slope = random.uniform(-0.25, 0.25) * X + random.uniform(-0.2, 0.2) * Y
    picture[:] = colour * (1 + slope + 0.06 * noise.cloud(5))[..., None]


def _room(picture: Colours, noise: Noise, random: Random) -> None:
    cells = random.choice((3, 5, 8))
    picture[:] = _any(random)
    for _ in range(random.randint(1, 3)):
        lay(picture, _any(random), np.clip(0.5 + noise.cloud(cells), 0, 1))
    for _ in range(random.randint(0, 4)):
        lay(picture, _any(random), _box(random))


def _box(random: Random) -> Plane:
    left, top = random.uniform(-2, 1.6), random.uniform(-2, 1.4)
    across = np.minimum(X - left, left + random.uniform(0.3, 1.4) - X)
    down = np.minimum(Y - top, top + random.uniform(0.3, 2) - Y)
    return soft(np.minimum(across, down), random.uniform(0.05, 0.4))


def _outdoors(picture: Colours, noise: Noise, random: Random) -> None:
    sky = linear((random.randint(120, 230), random.randint(170, 240), 250))
    ground = linear((random.randint(30, 130), random.randint(60, 140), random.randint(20, 70)))
    low = soft(Y - random.uniform(-1.2, 1.2) + 0.3 * noise.cloud(6), random.uniform(0.2, 0.8))
    picture[:] = sky
    lay(picture, ground * (1 + 0.4 * noise.cloud(14))[..., None].clip(0.2, 2), low)


def _leaves(picture: Colours, noise: Noise, random: Random) -> None:
    green = linear((random.randint(20, 120), random.randint(50, 150), random.randint(10, 60)))
    spots = 1 + 0.5 * noise.cloud(random.choice((9, 16, 30))) + 0.3 * noise.cloud(40)
    picture[:] = green * np.clip(spots, 0.05, 3)[..., None]


def _lights(picture: Colours, noise: Noise, random: Random) -> None:
    """Paint lamps out of focus: what shines beside a head is no white hair."""
    _plain(picture, _any(random) * np.float32(random.uniform(0.1, 1)), noise, random)
    for _ in range(random.randint(5, 25)):
        x, y = random.uniform(-2, 2), random.uniform(-2, 2)
        disc = soft(random.uniform(0.05, 0.35) - np.hypot(X - x, Y - y), random.choice((0.05, 0.2)))
        light = linear((255, random.randint(200, 255), random.randint(140, 255)))
        lay(picture, light, disc * np.float32(random.uniform(0.4, 1)))


def _glare(picture: Colours, noise: Noise, random: Random) -> None:
    """Paint a window: most of it is too bright."""
    picture[:] = linear((random.randint(170, 255),) * 3) * np.float32(1.2)
    lay(picture, _any(random), np.clip(0.4 * noise.cloud(random.choice((4, 7, 12))), 0, 1))


def _stripes(picture: Colours, noise: Noise, random: Random) -> None:
    picture[:] = _any(random)
    angle = random.uniform(-0.6, 0.6)
    along = X * np.float32(np.cos(angle)) + Y * np.float32(np.sin(angle)) + 0.1 * noise.cloud(4)
    for _ in range(random.randint(2, 7)):
        middle = random.uniform(-2, 2)
        lay(picture, _any(random), soft(random.uniform(0.05, 0.3) - np.abs(along - middle), 0.04))


def _any(random: Random) -> Colour:
    """Give a colour; most that stand behind people are dull, and the warm ones more frequent."""
    hue = random.random() if random.random() < 0.4 else random.gauss(0.08, 0.05) % 1
    saturation = min(abs(random.gauss(0, 0.35)), 1)
    red, green, blue = hsv_to_rgb(hue, saturation, random.uniform(0.05, 1))
    return linear((255 * red, 255 * green, 255 * blue))


_KINDS: tuple[Callable[[Colours, Noise, Random], None], ...] = (
    *(_wall,) * 3,
    *(_room,) * 4,
    *(_glare, _lights, _stripes) * 2,
    *(_outdoors, _leaves, _dark),
)
