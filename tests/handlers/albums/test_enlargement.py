"""Pictures as files: each has a thumbnail that can be looked at."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from handlers.albums.enlargement import PictureFile, as_drawn, enlarge


@pytest.mark.parametrize("prepare", [as_drawn, enlarge])
@pytest.mark.parametrize("size", [(512, 512), (512, 768), (1024, 640)])
def test_a_file_has_a_proper_thumbnail(
    prepare: Callable[[bytes], PictureFile], size: tuple[int, int]
) -> None:
    """As large as Telegram takes, in the picture's own shape; the widest picture is noise."""
    file = io.BytesIO()
    Image.effect_noise(size, 100).convert("RGB").save(file, "PNG")
    thumbnail = prepare(file.getvalue()).thumbnail
    with Image.open(io.BytesIO(thumbnail)) as small:
        assert small.format == "JPEG"
        assert max(small.size) == 320
        assert small.width / small.height == pytest.approx(size[0] / size[1], abs=0.01)
    assert len(thumbnail) < 200_000
