"""Phrases weigh more or less, and nothing else changes."""

from dataclasses import replace

import pytest
import torch

from generation.engine.devices import Device
from generation.engine.emphasis import token_weights, weighed
from generation.engine.pipeline import FacePipeline
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.modes import MODES, Mode
from generation.words.prompt import Prompt
from generation.words.reading.emphasis import LEAST, MOST
from tests.support.photographs import astronaut, encode

FACE = encode(astronaut().crop((160, 40, 288, 168)))
FAST = MODES["FAST"]
PLAIN = "a knight, in a red hat, at sea"


@pytest.fixture(scope="module")
def pipeline() -> FacePipeline:
    return built()


def built(*, low_memory: bool = False) -> FacePipeline:
    return FacePipeline(
        locate(resolve("pocket")), Device("cpu", "float32"), Tuning(size=64, low_memory=low_memory)
    )


def embedded(pipeline: FacePipeline, words: str, mode: Mode = FAST) -> torch.Tensor:
    return pipeline.embed(Prompt(words, "blurry"), [FACE], mode).positive


@pytest.mark.parametrize(
    ("text", "plain", "heavy", "weight"),
    [
        ("a (red hat:1.2), at sea", "a red hat, at sea", "red hat", 1.2),
        ("(в шляпе:0.5)", "в шляпе", "в шляпе", 0.5),
        ("((red:1.5) hat:1.2) on", "red hat on", "red", 1.8),
        ("a (hat:0)", "a hat", "hat", LEAST),
        ("a (hat:-3)", "a hat", "hat", LEAST),
        ("a (hat:99)", "a hat", "hat", MOST),
        (f"a (hat:{'9' * 400})", "a hat", "hat", MOST),
    ],
)
def test_weights_are_read(text: str, plain: str, heavy: str, weight: float) -> None:
    """Those that are written beyond all sense are taken as the last sensible one."""
    read, weights = weighed(text)
    assert read == plain
    start = plain.index(heavy)
    assert weights[start : start + len(heavy)] == pytest.approx([weight] * len(heavy))


@pytest.mark.parametrize("text", ["", "a knight", "(a knight)", "(:1.2)", "(hat:)", "(hat:x", ":)"])
def test_what_is_no_weight_stays(text: str) -> None:
    """A reading has taken such brackets away already; a style of the owner's may have them."""
    assert weighed(text) == (text, [1.0] * len(text))


def test_only_the_phrase_weighs_more(pipeline: FacePipeline) -> None:
    """Its tokens are multiplied; every other one is to the bit as without."""
    before = embedded(pipeline, PLAIN)
    after = embedded(pipeline, "a knight, in a (red hat:1.5), at sea")
    weights = token_weights(pipeline.tokenizer, *weighed("a knight, in a (red hat:1.5), at sea"))
    assert weights.count(1.5) == 2
    for token, weight in enumerate(weights):
        assert torch.equal(after[0, token], before[0, token] * weight)


def test_a_weight_of_one_changes_nothing(pipeline: FacePipeline) -> None:
    """To the bit."""
    assert torch.equal(embedded(pipeline, PLAIN), embedded(pipeline, f"({PLAIN}:1.0)"))


def test_weights_are_no_tokens(pipeline: FacePipeline) -> None:
    """They take no room from the words."""
    weighted = "a knight, in a (red hat:1.5), (at sea:0.8)"
    assert pipeline.count_tokens(weighted) == pipeline.count_tokens(PLAIN)


def test_a_phrase_that_is_too_long_is_weighed_as_far_as_it_is_read(
    pipeline: FacePipeline,
) -> None:
    """The model reads 77 tokens, and a weight may go on after them."""
    long = f"({'a red hat ' * 60}:1.5), (at sea:2)"
    assert embedded(pipeline, long).shape[1] == 77
    weights = token_weights(pipeline.tokenizer, *weighed(long))
    assert (len(weights), weights[0], weights[-1]) == (77, 1.0, 1.0)
    assert set(weights[1:-1]) == {1.5}


@pytest.mark.parametrize("low_memory", [True, False])
def test_unguided_pictures_are_weighed_too(*, low_memory: bool) -> None:
    """TURBO has no guidance; there is only the positive half, on small machines too."""
    pipeline = built(low_memory=low_memory)
    unguided = replace(FAST, guidance_scale=1.0)
    words = "a knight, in a (red hat:1.5)"
    conditions = pipeline.embed(Prompt(words, "(blurry:1.4)"), [FACE], unguided)
    assert conditions.negative is None
    assert torch.equal(conditions.positive, embedded(pipeline, words))
    assert not torch.equal(conditions.positive, embedded(pipeline, weighed(words)[0]))


def test_the_negative_words_are_weighed(pipeline: FacePipeline) -> None:
    """What is to stay away can be so more strongly."""

    def negative(words: str) -> torch.Tensor:
        embeddings = pipeline.embed(Prompt("a knight", words), [FACE], FAST).negative
        assert embeddings is not None
        return embeddings

    assert not torch.equal(negative("a hat"), negative("a (hat:1.5)"))
