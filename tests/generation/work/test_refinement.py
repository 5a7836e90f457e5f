"""Albums of photographs: the most similar first, the others drawn again, within a budget."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageEnhance

from generation.character import Character
from generation.events import Mending, Redrawing
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.modes import MODES
from generation.request import GenerationRequest, Picture, PictureNote, Square, Step
from generation.words.prompt import Prompt
from generation.work.budget import Budget
from generation.work.judge import Judge, Judgement, judge_of
from generation.work.refinement import SMALL_FACE, Refinement
from tests.support.photographs import astronaut, encode, hopper, side_by_side
from tests.support.scripted_generator import ScriptedGenerator

SIGHTS = Sights()
PACE = 4.0
"""Seconds that a picture takes."""

PROMPTS = (Prompt("a knight", ""),)


@cache
def eileen() -> Character:
    faces = FaceFinder().find(encode(astronaut()))
    return Character("Eileen", (faces[0].image,), embeddings=(faces[0].embedding,))


class RememberingJudge(Judge):
    """Looks at each picture once, however often it is asked."""

    def __init__(self) -> None:
        judge = judge_of(eileen(), SIGHTS, lambda _face, _embedding: None)
        assert judge
        self._judge = judge
        self._seen: dict[int, Judgement] = {}

    def judge(self, picture: Image.Image) -> Judgement:
        if id(picture) not in self._seen:
            self._seen[id(picture)] = self._judge.judge(picture)
        return self._seen[id(picture)]


@cache
def judge() -> RememberingJudge:
    return RememberingJudge()


@cache
def varied(person: Callable[[], Image.Image], number: int) -> Image.Image:
    """Give a photo of the person as another moment would show them."""
    dice = random.Random(number)  # noqa: S311 - repeatable
    photo = person().rotate(dice.uniform(-8, 8), Image.Resampling.BICUBIC)
    photo = ImageEnhance.Brightness(photo).enhance(dice.uniform(0.75, 1.25))
    photo = ImageEnhance.Color(photo).enhance(dice.uniform(0.6, 1.2))
    return photo.resize((500, round(500 * photo.height / photo.width)))


@cache
def nobody() -> Image.Image:
    return Image.linear_gradient("L").convert("RGB").resize((400, 400))


@cache
def small() -> Image.Image:
    """Give a picture in which the face is small."""
    canvas = Image.new("RGB", (512, 512), "gray")
    canvas.paste(astronaut().resize((330, 330)), (90, 90))
    return canvas


def drawn(
    pictures: Sequence[Image.Image],
    *,
    mode: str = "FAST",
    budget: Budget | None = None,
    mended: Callable[[Image.Image, Square], Image.Image] | None = None,
) -> tuple[list[tuple[int, PictureNote]], list[object], list[Picture]]:
    """Draw an album of the first six pictures; the next ones are what is drawn again.

    Give the order, what was told, and the pictures that took another's place.
    """
    generator = ScriptedGenerator()
    generator.picture = lambda _request, seed: pictures[seed - 100]
    if mended:
        generator.mended = mended
    count = min(6, len(pictures))
    request = GenerationRequest(eileen(), "a knight", MODES[mode], seed=100, count=count)
    kept: list[Picture] = []

    def no_step(_step: Step) -> None:
        pass

    refinement = Refinement(
        request, PROMPTS, generator, judge(), budget or Budget(), no_step, kept.append
    )
    for picture in generator.album(request, no_step, PROMPTS):
        refinement.add(picture)
    told: list[object] = list(refinement.improve(1, PACE))
    return refinement.order(), told, kept


def test_the_person_comes_first() -> None:
    """Three of the person among three of others: in 100 of 100 mixes.

    Of pictures that are all wholly like, the more similar one is still the first.
    """
    own = [varied(astronaut, number) for number in range(8)]
    others = [varied(hopper, number) for number in range(6)] + [nobody()]
    dice = random.Random(1)  # noqa: S311 - repeatable
    for _ in range(100):
        mix = dice.sample(own, 3) + dice.sample(others, 3)
        dice.shuffle(mix)
        order, _, _ = drawn(mix, budget=Budget(share=0))
        first = [mix[index] for index, _ in order[:3]]
        assert all(any(picture is one for one in own) for picture in first)
        cosines = [judge().judge(mix[index]).cosine for index, _ in order[:3]]
        assert cosines == sorted(cosines, reverse=True)
        assert {note.seed for _, note in order} == set(range(100, 106))


def test_a_picture_of_a_story_is_made_better_from_its_own_prompt() -> None:
    """Drawn again, and its face once more; the scenes stay in their order."""
    scenes = ("at sea", "in a cave", "on the moon", "at home")
    prompts = [Prompt(scene, "") for scene in scenes]
    pictures = [nobody(), varied(astronaut, 1), varied(hopper, 2), small(), small(), small()]
    generator = ScriptedGenerator()
    generator.picture = lambda _request, seed: pictures[seed - 100]
    request = GenerationRequest(eileen(), "", MODES["FAST"], seed=100, count=4, scenes=scenes)
    refinement = Refinement(
        request, prompts, generator, judge(), Budget(share=1), lambda _: None, lambda _: None
    )
    for picture in generator.album(request, lambda _: None, prompts):
        refinement.add(picture)
    told = [type(news) for news in refinement.improve(1, PACE)]
    assert told[:2] == [Redrawing, Mending]
    again = [prompt.positive for prompt in generator.drawn_from[4:]]
    assert set(again[:2]) == {"at sea", "on the moon"}
    assert set(again[2:]) == {"at sea", "on the moon", "at home"}
    assert [index for index, _ in refinement.order()] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(lambda: varied(hopper, 1), id="somebody else"),
        pytest.param(nobody, id="nobody"),
        pytest.param(lambda: side_by_side(varied(astronaut, 1), varied(hopper, 2)), id="two"),
    ],
)
def test_what_is_not_the_person_is_drawn_again(bad: Callable[[], Image.Image]) -> None:
    """With a new seed, which the note has; the pictures that are like the person stay."""
    good = [varied(astronaut, number) for number in range(5)]
    order, told, kept = drawn([*good, bad(), varied(astronaut, 6)])
    assert told == [Redrawing(1, 1, PACE)]
    assert [(picture.index, picture.seed) for picture in kept] == [(5, 106)]
    assert sorted(note.seed for _, note in order) == [100, 101, 102, 103, 104, 106]
    assert all(note.faces == 1 for _, note in order)


def test_half_more_work_at_most() -> None:
    """Six of somebody else: three are drawn again, and if that does not help nothing more is."""
    others = [varied(hopper, number) for number in range(6)]
    order, told, kept = drawn([*others, *([nobody()] * 9)])
    assert told == [Redrawing(1, 3, 3 * PACE)]
    assert kept == []
    assert len(order) == 6


@pytest.mark.parametrize("budget", [Budget(share=0), Budget(share=0.1)])
def test_without_a_budget_nothing_is_drawn_again(budget: Budget) -> None:
    _, told, kept = drawn([varied(hopper, number) for number in range(6)], budget=budget)
    assert (told, kept) == ([], [])


@pytest.mark.parametrize("mode", ["TURBO", "ULTRA_FAST"])
def test_the_fastest_modes_draw_nothing_again(mode: str) -> None:
    """But they show the best first."""
    mix = [varied(hopper, 1), varied(astronaut, 1), small()]
    order, told, kept = drawn(mix, mode=mode)
    assert (told, kept) == ([], [])
    assert order[-1][0] == 0


def test_a_small_face_is_drawn_once_more() -> None:
    """Around that face; the note says so, and the seed stays the picture's."""
    squares: list[Square] = []

    def larger(_image: Image.Image, square: Square) -> Image.Image:
        squares.append(square)
        return astronaut()

    order, told, kept = drawn([small(), varied(astronaut, 1)], mended=larger)
    assert told == [Mending(1, PACE / 2)]
    assert [(picture.index, picture.seed) for picture in kept] == [(0, 100)]
    assert {index: note.mended for index, note in order} == {0: True, 1: False}
    ((left, top, side),) = squares
    seen = SIGHTS.look(small())[0]
    assert seen.length < SMALL_FACE
    assert left <= seen.x
    assert top <= seen.y
    assert seen.x + seen.width <= left + side <= 512
    assert seen.y + seen.height <= top + side <= 512


def test_a_small_face_that_gets_lost_stays_as_it_was() -> None:
    """A mended picture without the face is worse; it is not tried for ever."""
    order, told, kept = drawn(
        [small(), varied(astronaut, 1)],
        budget=Budget(share=1.0),
        mended=lambda image, _square: nobody().resize(image.size),
    )
    assert told == [Mending(1, PACE / 2)]
    assert kept == []
    assert not any(note.mended for _, note in order)


def test_small_faces_may_stay_small() -> None:
    """Where the owner does not want them drawn once more."""
    _, told, _ = drawn([small(), varied(astronaut, 1)], budget=Budget(mends=False))
    assert told == []


def test_an_old_face_gets_its_embedding() -> None:
    """It is told, so that it can be kept; another time it is not computed."""
    found: dict[bytes, bytes] = {}
    old = replace(eileen(), embeddings=())
    assert judge_of(old, SIGHTS, found.__setitem__)
    assert list(found) == list(old.faces)
    known = replace(old, embeddings=tuple(found.values()))
    found.clear()
    assert judge_of(known, SIGHTS, found.__setitem__)
    assert not found


def test_no_face_no_judge() -> None:
    """A character whose stored picture shows no face is drawn, and not judged."""
    assert (
        judge_of(Character("?", (encode(nobody()),)), SIGHTS, dict[bytes, bytes]().__setitem__)
        is None
    )
