"""Pictures of which nothing can be made out but their colours."""

import io

from PIL import Image

from generation.provenance import XMP

PIXELS = 10
"""Pixels of the longer side that are left. No shape of a body and no face survives that, whatever a
program makes of it: the others are gone."""

QUALITY = 80
"""Of the JPEG."""


def blurred(picture: bytes) -> bytes:
    """Give a picture's file blurred, in its own size, as a JPEG."""
    with Image.open(io.BytesIO(picture)) as image:
        whole = image.convert("RGB")
    longer = max(whole.size)
    few = tuple(max(1, round(PIXELS * side / longer)) for side in whole.size)
    left = whole.resize((few[0], few[1]), Image.Resampling.BOX)
    file = io.BytesIO()
    left.resize(whole.size, Image.Resampling.BICUBIC).save(
        file, "JPEG", quality=QUALITY, xmp=XMP.encode()
    )
    return file.getvalue()
