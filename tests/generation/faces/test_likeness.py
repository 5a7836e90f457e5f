"""Who is who: photographs of seven people, and what a phone and a chat make of them."""

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest
from PIL import Image, ImageEnhance

from generation.faces.finder import FaceFinder
from generation.faces.likeness import (
    DEFAULT_BASELINE,
    LEAST_BASELINE,
    SAME_PERSON,
    Identity,
    cosine,
    is_same_photo,
)
from generation.faces.sface import LENGTH, vector_of
from generation.faces.sight import Sights
from tests.support.made_bad import compressed
from tests.support.photographs import Picture, encode, portrait, scaled

PEOPLE = {
    "collins": ["collins"],
    "hopper": ["hopper"],
    "obama": ["obama_1", "obama_2", "obama_3"],
    "biden": ["biden"],
    "giunchedi": ["giunchedi"],
    "rossum": ["rossum"],
    "speaker": ["speaker"],
}
WHO = {photo: person for person, photos in PEOPLE.items() for photo in photos}

CHANGES: dict[str, Callable[[Picture], Picture]] = {
    "as it is": lambda photo: photo,
    "brighter": lambda photo: ImageEnhance.Brightness(photo).enhance(1.35),
    "darker": lambda photo: ImageEnhance.Brightness(photo).enhance(0.6),
    "cut": lambda photo: photo.crop((7, 5, photo.width - 11, photo.height - 60)),
    "compressed": lambda photo: compressed(photo, 50),
    "tilted": lambda photo: photo.rotate(8, Image.Resampling.BICUBIC),
    "smaller": lambda photo: scaled(photo, 0.8),
}
SENT_AGAIN = ("compressed", "cut", "smaller")
"""What makes no other photo of it."""


@pytest.fixture(scope="module")
def embeddings() -> dict[tuple[str, str], bytes]:
    """Give the embedding of each photo's face, by the photo and what was done to it."""
    sights = Sights()
    return {
        (photo, change): sights.look(do(portrait(photo)))[0].embedding
        for photo in WHO
        for change, do in CHANGES.items()
    }


def identity(embeddings: dict[tuple[str, str], bytes], *photos: str) -> Identity:
    return Identity.of(embeddings[photo, "as it is"] for photo in photos)


def test_an_embedding_is_128_numbers_of_length_one(
    embeddings: dict[tuple[str, str], bytes],
) -> None:
    """They are stored as bytes, and compared on any machine."""
    vector = vector_of(embeddings["hopper", "as it is"])
    assert vector.shape == (LENGTH,)
    assert (vector**2).sum() == pytest.approx(1, abs=1e-5)


def test_the_same_person_is_accepted_and_every_other_refused(
    embeddings: dict[tuple[str, str], bytes],
) -> None:
    """Of all photos and all that was done to them: no error."""
    for photo, person in WHO.items():
        known = identity(embeddings, photo)
        for (other, _), embedding in embeddings.items():
            assert known.is_same(embedding) == (person == WHO[other]), (photo, other)


def test_the_line_has_room_on_both_sides(embeddings: dict[tuple[str, str], bytes]) -> None:
    """The nearest of two people, and the farthest of one, are far from it."""
    pairs = list(combinations(embeddings.items(), 2))
    same = [cosine(a, b) for ((p, _), a), ((q, _), b) in pairs if WHO[p] == WHO[q]]
    others = [cosine(a, b) for ((p, _), a), ((q, _), b) in pairs if WHO[p] != WHO[q]]
    assert max(others) < SAME_PERSON - 0.02
    assert min(same) > SAME_PERSON + 0.3


def test_one_photo_has_the_documented_baseline(embeddings: dict[tuple[str, str], bytes]) -> None:
    """Another photo of the same person is about as like as can be expected."""
    known = identity(embeddings, "obama_1")
    assert known.baseline == DEFAULT_BASELINE
    assert known.likeness(embeddings["obama_2", "as it is"]) > 0.9
    assert known.likeness(embeddings["biden", "as it is"]) < 0.4


def test_several_photos_have_their_own_baseline(embeddings: dict[tuple[str, str], bytes]) -> None:
    """It is how alike the person's own photos are; more photos make a surer identity."""
    known = identity(embeddings, *PEOPLE["obama"])
    assert 0.7 < known.baseline < 0.85
    one = identity(embeddings, "obama_3")
    darker = embeddings["obama_2", "darker"]
    assert known.cosine(darker) > one.cosine(darker)


def test_the_same_photo_five_times_counts_once(embeddings: dict[tuple[str, str], bytes]) -> None:
    """Recompressed or cut, it says nothing new of a person."""
    for photo in WHO:
        original = embeddings[photo, "as it is"]
        again = [embeddings[photo, change] for change in SENT_AGAIN]
        assert all(is_same_photo(original, other) for other in again), photo
        assert Identity.of([original, *again, original]) == Identity.of([original])


def test_a_file_that_is_sent_again_gives_a_known_face() -> None:
    """As a photo, as a file, on its side: the whole way of a photo, not only its embedding."""
    finder, photo = FaceFinder(), portrait("hopper")
    (first,) = finder.find(encode(photo))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = photo.transpose(Image.Transpose.ROTATE_90)
    files = encode(photo, "JPEG", quality=70), encode(turned, "JPEG", quality=95, exif=exif)
    for file in files:
        (again,) = finder.find(file)
        assert is_same_photo(first.embedding, again.embedding)


def test_two_photos_of_a_person_are_two(embeddings: dict[tuple[str, str], bytes]) -> None:
    """They count both."""
    for one, other in combinations(PEOPLE["obama"], 2):
        assert not is_same_photo(embeddings[one, "as it is"], embeddings[other, "as it is"])


def test_a_strangers_photo_among_ones_own_makes_nobody_alike(
    embeddings: dict[tuple[str, str], bytes],
) -> None:
    """Else two people who registered as one would both be a hundred percent."""
    mixed = identity(embeddings, "obama_1", "hopper")
    assert mixed.baseline == LEAST_BASELINE
    assert not mixed.is_same(embeddings["rossum", "as it is"])


def test_a_persons_pictures_come_out_first(embeddings: dict[tuple[str, str], bytes]) -> None:
    """Three pictures of the person among three of others: in a hundred of a hundred mixes."""
    random = Random(0)  # noqa: S311 - the same mixes each time
    for _ in range(100):
        person = random.choice(list(PEOPLE))
        known = identity(embeddings, random.choice(PEOPLE[person]))
        mine = [e for (photo, _), e in embeddings.items() if WHO[photo] == person]
        others = [e for (photo, _), e in embeddings.items() if WHO[photo] != person]
        best = random.sample(mine, 3)
        mix = best + random.sample(others, 3)
        random.shuffle(mix)
        assert set(sorted(mix, key=known.likeness, reverse=True)[:3]) == set(best)


@pytest.mark.parametrize("damaged", [b"", b"\0" * 511, b"\0" * 513])
def test_what_is_no_embedding_is_refused(damaged: bytes) -> None:
    """A damaged row is no person."""
    with pytest.raises(ValueError, match="bytes"):
        Identity.of([damaged])


def test_nobody_is_no_identity() -> None:
    """An identity is made of photos."""
    with pytest.raises(ValueError, match="photos"):
        Identity.of([])
