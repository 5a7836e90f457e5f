"""Pictures as PNG files, written quickly."""

import cv2
import numpy as np
from PIL.Image import Image

from generation.provenance import png_info, with_info

ENCODING = (
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_AVG),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
)
"""One filter for all rows, and no search for what repeats: photographs repeat nothing. A noisy
picture of 512 px takes 9 ms and 523 KiB so; Pillow, which tries five filters on each row, takes 28
ms and 568 KiB at zlib's level 1. Flat areas are still counted rather than written."""


def encode(image: Image, parameters: str) -> bytes:
    """Give the file of a picture, with its parameters and who drew it where image programs look.

    Its numbers are the picture's, to the bit.
    """
    pixels = cv2.cvtColor(np.asarray(image.convert("RGB")), cv2.COLOR_RGB2BGR)
    written, encoded = cv2.imencode(".png", pixels, ENCODING)
    if not written:
        raise ValueError("the picture could not be written as a PNG")
    return with_info(encoded.tobytes(), png_info(parameters))
