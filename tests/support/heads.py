"""A tiny stand-in for MakeHuman's data: a ball for a head, and squares for all that is worn."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from generation.pocket.portraits.heads.growth import WORN

RINGS, COLUMNS = 24, 32
"""The ball's rows and columns of quads."""

_EXPRESSIONS = (
    *("eye-left-slit", "eye-right-slit", "mouth-corner-puller", "mouth-part-later"),
    *("mouth-upward-retraction", "mouth-open", "mouth-compression"),
    *("eye-left-closure", "eye-right-closure"),
    *(f"eyebrows-{side}-{way}" for side in ("left", "right") for way in ("up", "down")),
)
_AGES, _DESCENTS = ("child", "young", "old"), ("african", "asian", "caucasian")
_FRONT = 24
"""The column of vertices in the middle of the face."""


def write_heads(directory: Path) -> Path:
    """Write data of the same shape as the package's; every target moves everything by a hair."""
    data = directory / "public" / "data"
    vertices, quads = _ball()
    _json(
        data / "models" / "human_full_size.json",
        _model(vertices, quads)
        | {
            "metadata": {
                "joint_pos_idxs": {
                    "eye.L____head": [_at(11, _FRONT + 2)],
                    "eye.R____head": [_at(11, _FRONT - 2)],
                    "neck02____tail": [_at(RINGS - 2, 0)],
                }
            }
        },
    )
    names = sorted(_targets())
    _json(directory / "src/json/targets/target-list.json", {"targets": dict.fromkeys(names)})
    (data / "targets").mkdir()
    np.ones((len(names), len(vertices), 3), np.int16).tofile(data / "targets" / "targets.bin")
    for years, kind, gender in product(
        ("young", "middleage", "old"), _DESCENTS, ("male", "female")
    ):
        _texture(data / f"skins/{years}_{kind}_{gender}/textures/{years}_diffuse.png")
    irises = ("brown", "brownlight", "blue", "lightblue", "deepblue", "green", "bluegreen")
    _worn(data, "eyes", "Low-Poly", *(f"{colour}_eye" for colour in (*irises, "grey", "ice")))
    _worn(data, "teeth", "Teeth_Base", "teeth")
    for name in {name for names in WORN.values() for name in names}:
        _worn(data, "hair", name, name)
    for name in (f"eyebrow{k:03}" for k in range(1, 13)):
        _worn(data, "eyebrows", name, name)
    for name in ("Eyelashes01", "eyelashes02", "eyelashes03", "eyelashes04"):
        _worn(data, "eyelashes", name, name)
    return directory


def _targets() -> list[str]:
    built = (
        f"macrodetails/{kind}-{gender}-{age}{weight}"
        for gender, age in product(("male", "female"), _AGES)
        for kind, weight in (
            *((descent, "") for descent in _DESCENTS),
            *(
                ("universal", f"-averagemuscle-{weight}")
                for weight in ("averageweight", "minweight", "maxweight")
            ),
        )
    )
    expressions = (f"expression/units/{d}/{e}" for d, e in product(_DESCENTS, _EXPRESSIONS))
    features = ("nose/nose-width", "eyes/l-eye-size", "eyes/r-eye-size", "chin/chin-height")
    return [f"data/targets/{name}.target" for name in (*built, *expressions, *features)]


def _at(ring: int, column: int) -> int:
    return ring * (COLUMNS + 1) + column


def _ball() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """A head of a decimetre's radius: from the crown down, and from behind round its left."""
    down, around = np.meshgrid(
        np.linspace(0, np.pi, RINGS + 1), np.linspace(-np.pi, np.pi, COLUMNS + 1), indexing="ij"
    )
    vertices = np.stack(
        [np.sin(down) * np.cos(around), 1.3 * np.cos(down), -np.sin(down) * np.sin(around)], axis=-1
    )
    corners = [
        [_at(r, c), _at(r + 1, c), _at(r + 1, c + 1), _at(r, c + 1)]
        for r, c in product(range(RINGS), range(COLUMNS))
    ]
    return vertices.reshape(-1, 3), np.array(corners)


def _model(vertices: np.ndarray[Any, Any], quads: np.ndarray[Any, Any]) -> dict[str, Any]:
    faces = [[11, *corners, 0, *(k % 4 for k in range(4))] for corners in quads.tolist()]
    return {
        "vertices": vertices.ravel().tolist(),
        "faces": [number for face in faces for number in face],
        "uvs": [[0, 0, 1, 0, 1, 1, 0, 1]],
    }


def _worn(data: Path, kind: str, name: str, *textures: str) -> None:
    """A square in front of the face."""
    square = np.array([[-0.3, -0.3, 1], [0.3, -0.3, 1], [0.3, 0.3, 1], [-0.3, 0.3, 1]])
    middle = [[_at(12, _FRONT)] * 3] * 4
    _json(
        data / "proxies" / kind / name / f"{name}.json",
        _model(square, np.array([[0, 1, 2, 3]]))
        | {"ref_vIdxs": middle, "weights": [[1, 0, 0]] * 4, "offsets": square.tolist()},
    )
    for texture in textures:
        _texture(data / "proxies" / kind / name / "textures" / f"{texture}.png")


def _json(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")


def _texture(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGBA", (4, 4), (150, 120, 100, 255)).save(file)
