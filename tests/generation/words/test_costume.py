"""What somebody in a story looks like."""

from collections.abc import Sequence

import pytest

from generation.words.costume import costumes
from generation.words.recipes import PHOTOGRAPH, POCKET, RECIPES, Recipe


def worn(
    *scenes: str, without: Sequence[Sequence[str]] = (), recipe: Recipe = PHOTOGRAPH
) -> list[str]:
    return costumes(scenes, without or [()] * len(scenes), recipe)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_without_clothes_in_the_words_all_scenes_have_the_same(recipe: Recipe) -> None:
    """They are the same for the same scenes, and others for others."""
    scenes = ("in a castle", "walks in a forest", "at sea")
    first, *others = worn(*scenes, recipe=recipe)
    assert first.startswith("wearing a")
    assert others == [first, first]
    assert worn(*scenes, recipe=recipe) == [first] * 3
    chosen = {worn(f"in a castle {k}", "at sea", recipe=recipe)[0] for k in range(40)}
    assert chosen == set(recipe.outfits)


@pytest.mark.parametrize(
    ("scene", "kept"),
    [
        ("a girl in a red coat walks", "in a red coat"),
        ("wearing a long white dress, at sea", "wearing a long white dress"),
        ("in blue jeans and a white shirt", "in blue jeans"),
        ("dressed in black", "dressed in black"),
        ("green hoodie", "green hoodie"),
    ],
)
def test_the_clothes_of_one_scene_are_those_of_all(scene: str, kept: str) -> None:
    """Before it and after it; the scene itself says them already."""
    before, own, after = worn("in a castle", scene, "on the moon")
    assert before == after == kept
    assert own == ""


def test_new_clothes_stay_on() -> None:
    """Until the next."""
    assert worn("in a red coat", "at sea", "in a blue dress", "on the moon") == [
        "",
        "in a red coat",
        "",
        "in a blue dress",
    ]


def test_a_role_is_a_costume() -> None:
    """The pocket model's roles wear any colour, so one is chosen for all."""
    assert worn("an astronaut on the moon", "in a kitchen") == ["", "dressed as an astronaut"]
    pocket = worn("a pirate at sea", "in a kitchen", recipe=POCKET)
    assert pocket[0] in POCKET.costumes
    assert pocket[1] == f"{pocket[0]}, dressed as a pirate"
    assert worn("a knight", "a king in a red robe", "at sea")[2].startswith("in a red robe")


@pytest.mark.parametrize("look", ["red-haired", "long-haired", "bearded", "blonde", "bald"])
def test_looks_before_somebody_stay_too(look: str) -> None:
    """In every scene; but those of company are theirs."""
    _, after = worn(f"a {look} queen in a castle", "at sea")
    assert look in after
    _, after = worn(f"a king with a {look} queen in a castle", "at sea")
    assert look not in after


def test_hair_and_glasses_stay_too() -> None:
    """Who has long hair in one scene has it in all."""
    before, _, after = worn("in a coat", "with long red hair and glasses", "at sea")
    assert "with long red hair" in before
    assert "with long red hair" in after


def test_what_a_scene_does_not_want_is_off_from_there() -> None:
    """Who takes a hat off doesn't wear it in the next scene."""
    without: list[tuple[str, ...]] = [(), ("hat",), ()]
    assert worn("in a red coat with a hat", "in a city", "at sea", without=without) == [
        "",
        "in a red coat",
        "in a red coat",
    ]
