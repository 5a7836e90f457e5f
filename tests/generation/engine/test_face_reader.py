"""What is made of a person's faces: of each once, of the model's own frame, and of all together."""

import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
import torch
from PIL import Image

from generation.engine.devices import Device
from generation.engine.face_tokens import FaceTokensInMemory
from generation.engine.pipeline import FacePipeline
from generation.engine.tuning import Tuning
from generation.face_frame import PLUS_FACE
from generation.faces.finder import FaceFinder
from generation.faces.frame import cut
from generation.models.catalogue import POCKET_WEIGHTS
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.modes import MODES
from generation.words.prompt import Prompt
from tests.support.photographs import astronaut, encode, hopper

CPU = Device("cpu", "float32")
PROMPT = Prompt("a woman", "")


@pytest.fixture(scope="module")
def faces() -> list[bytes]:
    """Two photographs as they are stored, of two people: they differ most."""
    return [FaceFinder().find(encode(photo))[0].image for photo in (astronaut(), hopper())]


@pytest.fixture(scope="module")
def pocket() -> FacePipeline:
    return FacePipeline(locate(resolve("pocket")), CPU, Tuning(size=64))


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose adapter wants to see faces as plus-face does."""
    model = Path(shutil.copytree(POCKET_WEIGHTS, tmp_path_factory.mktemp("near") / "model"))
    (model / "about.json").write_text('{"photographs": false}')
    return model


def tokens(pipeline: FacePipeline, faces: Sequence[bytes]) -> torch.Tensor:
    """Give the negative row and the positive one."""
    return pipeline.embed(PROMPT, faces, MODES["FAST"]).face


def likeness(one: torch.Tensor, other: torch.Tensor) -> float:
    return torch.nn.functional.cosine_similarity(one.flatten(), other.flatten(), dim=0).item()


def test_several_photos_are_averaged(pocket: FacePipeline, faces: list[bytes]) -> None:
    """The average is like each of them, in any order, and as strong; the negative row stays."""
    one, other = (tokens(pocket, [face]) for face in faces)
    both = tokens(pocket, faces)
    assert both.shape == one.shape
    assert torch.equal(both[0], one[0])
    assert torch.equal(one[0], other[0])
    apart = likeness(one[1], other[1])
    assert min(likeness(both[1], one[1]), likeness(both[1], other[1])) > apart + 0.2
    strength = (one[1].norm(dim=-1) + other[1].norm(dim=-1)) / 2
    torch.testing.assert_close(both[1].norm(dim=-1), strength)
    torch.testing.assert_close(tokens(pocket, faces[::-1]), both)


def test_one_photo_is_itself(pocket: FacePipeline, faces: list[bytes]) -> None:
    """As it was drawn from before there could be several; twice the same is no other person."""
    alone = tokens(pocket, faces[:1])
    torch.testing.assert_close(tokens(pocket, [faces[0], faces[0]]), alone)


def test_each_model_sees_its_own_frame(
    near: Path, pocket: FacePipeline, faces: list[bytes]
) -> None:
    """The portrait with the border in the colours that go on, or what is cut out of it."""
    face = faces[1]
    portrait = encode(Image.open(BytesIO(face)).convert("RGB"))
    assert torch.equal(tokens(pocket, [face]), tokens(pocket, [portrait]))
    engine = FacePipeline(locate(resolve(str(near))), CPU, Tuning(size=64))
    assert PLUS_FACE.eye_distance
    framed = encode(cut(face, PLUS_FACE.eye_distance))
    assert torch.equal(tokens(engine, [face]), tokens(pocket, [framed]))
    assert not torch.equal(tokens(engine, [face]), tokens(pocket, [face]))


def test_another_frame_reads_a_known_face_anew(near: Path, faces: list[bytes]) -> None:
    """Its tokens were made of another picture; with the same frame they are taken as they are."""
    saved = FaceTokensInMemory()

    def made() -> torch.Tensor:
        files = locate(resolve(str(near)))
        return tokens(FacePipeline(files, CPU, Tuning(size=64), saved), faces[:1])

    before = made()
    assert torch.equal(made(), before)
    about = (near / "about.json").read_text()
    (near / "about.json").write_text('{"frame": "portrait"}')
    assert not torch.equal(made(), before)
    (near / "about.json").write_text(about)
