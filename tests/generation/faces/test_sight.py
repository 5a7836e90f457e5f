"""What the worker sees in pictures that it drew; photographs stand in for them."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from generation.faces.finder import FaceFinder
from generation.faces.likeness import Identity, cosine
from generation.faces.sight import Sights
from tests.support.photographs import encode, portrait, sample, scaled, side_by_side


@pytest.fixture(scope="module")
def sights() -> Sights:
    return Sights()


def test_a_face_in_a_picture_is_found_and_known(sights: Sights) -> None:
    """It is the one that the photo showed."""
    (face,) = FaceFinder().find(encode(portrait("obama_1")))
    (sight,) = sights.look(portrait("obama_2"))
    assert Identity.of([face.embedding]).is_same(sight.embedding)
    assert sight.score > 0.9


def test_the_box_lies_over_the_face(sights: Sights) -> None:
    """A region of the picture can be cut by it."""
    picture = Image.new("RGB", (1024, 1024), (120, 125, 130))
    picture.paste(portrait("hopper"), (300, 200))
    (sight,) = sights.look(picture)
    (alone,) = sights.look(portrait("hopper"))
    assert (sight.x - 300, sight.y - 200) == pytest.approx((alone.x, alone.y), abs=6)
    assert sight.length == pytest.approx(alone.length, rel=0.05)


def test_the_largest_of_several_comes_first(sights: Sights) -> None:
    """Two people in a picture are two."""
    seen = sights.look(side_by_side(portrait("collins"), portrait("biden")))
    assert len(seen) == 2
    (biden,) = sights.look(portrait("biden"))
    assert cosine(seen[0].embedding, biden.embedding) > 0.9


@pytest.mark.parametrize("length", [30, 60, 96])
def test_a_small_face_of_a_whole_body_is_seen(sights: Sights, length: int) -> None:
    """Else it could not be mended."""
    picture = Image.new("RGB", (512, 768), (120, 125, 130))
    (alone,) = sights.look(portrait("biden"))
    picture.paste(scaled(portrait("biden"), length / alone.length), (150, 60))
    (sight,) = sights.look(picture)
    assert sight.length == pytest.approx(length, rel=0.15)


@pytest.mark.parametrize("name", ["coffee", "chelsea", "rocket"])
def test_where_nobody_is_nobody_is_seen(sights: Sights, name: str) -> None:
    """Such a picture is drawn again."""
    assert sights.look(sample(name)) == []


def test_a_stored_face_gets_its_embedding_later(sights: Sights) -> None:
    """Faces of before there were embeddings are RGB, today's have alpha: neither is sent again."""
    (face,) = FaceFinder().find(encode(portrait("rossum")))
    old = Image.open(BytesIO(face.image)).convert("RGB")
    for image in (face.image, encode(old)):
        embedding = sights.embed_face(image)
        assert embedding is not None
        assert cosine(embedding, face.embedding) > 0.9


def test_a_stored_picture_without_a_face_has_no_embedding(sights: Sights) -> None:
    """Nothing is made up for it."""
    assert sights.embed_face(encode(Image.new("RGB", (224, 224)))) is None


def test_nothing_heavy_is_imported_before_the_first_look() -> None:
    """The bot answers before."""
    script = (
        "import sys; from generation.faces.sight import Sights; Sights()\n"
        "import generation.faces.likeness, generation.faces.face\n"
        "assert not {'cv2', 'PIL', 'numpy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
