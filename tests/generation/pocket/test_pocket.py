"""What the shipped pocket model draws, read by a judge that was taught on drawings only.

The exact figures are in its card (`python -m generation.pocket.score` prints them); here a few
dozen pictures, always the same ones, hold what they promise.
"""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from generation.engine.conditions import Conditions
from generation.engine.devices import Device
from generation.engine.pipeline import FacePipeline
from generation.models import catalogue
from generation.models.files import locate
from generation.pocket.judging.examination import FAST, Examination, agreement
from generation.pocket.judging.reader import AttributeReader, load_reader
from generation.words.prompt import Prompt
from tests.support.photographs import astronaut, encode

SAMPLES = 8
"""People of whom a test draws a picture: enough to tell whether a model obeys."""


@pytest.fixture(scope="module")
def reader() -> AttributeReader:
    return load_reader()


@pytest.fixture(scope="module")
def pipeline() -> FacePipeline:
    return FacePipeline(locate(catalogue.pocket()), Device("cpu", "float32"))


@pytest.fixture(scope="module")
def exam(pipeline: FacePipeline, reader: AttributeReader) -> Examination:
    return Examination(pipeline, reader, SAMPLES)


def test_the_judge_reads_drawings(pipeline: FacePipeline, reader: AttributeReader) -> None:
    """Who judges the model is right about nearly every drawing; the score asks for 98 of 100."""
    drawings = Examination(pipeline, reader, samples=100)
    read = drawings.drawings()
    for name in ("skin", "hair_color", "clothes", "place", "glasses", "facial_hair", "hat", "role"):
        share = agreement(drawings.portraits, read, name)
        assert share.of - share.right <= 3, name


def test_pictures_drawn_together_are_those_drawn_alone(pipeline: FacePipeline) -> None:
    """A picture depends on its words, its face and its seed, not on its neighbours."""
    photo = astronaut()
    faces = [encode(photo.crop((120 + k, 10, 320 + k, 210))) for k in (0, 90, 180)]
    prompts = [Prompt(text, "blurry") for text in ("in space", "in the snow", "a red shirt")]
    mode = replace(FAST, steps=3)  # whether they are the same shows soon
    conditions = [
        pipeline.embed(prompt, [face], mode) for prompt, face in zip(prompts, faces, strict=True)
    ]
    pipeline.begin(mode)
    together = pipeline.draw_together(
        Conditions.together(conditions), mode, [5, 6, 7], lambda step: None
    )
    for one, seed, expected in zip(conditions, (5, 6, 7), together, strict=True):
        pipeline.begin(mode)
        alone = pipeline.draw(one, mode, seed, lambda step: None)
        away = np.abs(np.asarray(alone, float) - np.asarray(expected, float))
        assert away.max() <= 1


def test_words_are_obeyed(exam: Examination) -> None:
    """With no face to help, colours and places are those that were asked for."""
    read = exam.read(exam.draw(exam.told, replace(FAST, ip_adapter_scale=0.0), "words"))
    for name in ("hair_color", "clothes", "place", "facial_hair", "hat", "glasses"):
        assert agreement(exam.portraits, read, name).value >= 0.8, name


def test_without_guidance_there_are_portraits_too(exam: Examination) -> None:
    """A scale of at most 1 leaves the negative words out; place and clothes are still right."""
    read = exam.read(exam.draw(exam.told, replace(FAST, guidance_scale=1.0), "unguided"))
    for name in ("clothes", "place"):
        assert agreement(exam.portraits, read, name).value >= 0.7, name


def test_the_face_is_carried_over_as_far_as_its_scale_says(exam: Examination) -> None:
    """With no trait in the words the face gives them, at a scale of nought none."""
    shares = {}
    for scale in (0.0, 0.8):
        mode = replace(FAST, ip_adapter_scale=scale)
        read = exam.read(exam.draw(exam.untold, mode, "faces"))
        shares[scale] = {
            name: agreement(exam.portraits, read, name).value for name in ("skin", "hair_color")
        }
    for name in ("skin", "hair_color"):
        assert shares[0.8][name] >= 0.7, name
        assert shares[0.0][name] <= 0.45, name


def test_what_stands_beside_a_head_is_not_read(pipeline: FacePipeline) -> None:
    """A photo's background must not be taken for hair: the encoder reads a portrait's middle."""
    face = astronaut().crop((120, 10, 320, 210)).resize((300, 300))
    painted = Image.new("RGB", face.size, (20, 30, 80))
    painted.paste(face.crop((40, 40, 260, 260)), (40, 40))
    prompt = Prompt("in space", "")
    one, other = (pipeline.embed(prompt, [encode(picture)], FAST) for picture in (face, painted))
    assert torch.equal(one.face, other.face)
