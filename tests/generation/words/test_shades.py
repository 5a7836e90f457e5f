"""Colours of hair, beards, eyes and skin that people call otherwise than a small model knows."""

import pytest

from generation.words.shades import plain_shades


@pytest.mark.parametrize(
    ("exactly", "plain"),
    [
        ("a woman with snow-white hair", "a woman with white hair"),
        ("a Jet black beard", "a black beard"),
        ("a man with a long salt and pepper beard", "a man with a long gray beard"),
        ("a fiery red-haired queen", "a red-haired queen"),
        ("strawberry blonde wavy hair", "blonde wavy hair"),
        ("an ash blond beard", "a blond beard"),
        ("a silvery grey moustache", "a grey moustache"),
        ("with golden hair", "with blond hair"),
        ("an auburn-haired queen", "a red-haired queen"),
        ("Dark curly hair", "black curly hair"),
        ("very dark copper hair", "red hair"),
        ("light brown hair", "brown hair"),
        ("a silver ponytail", "a gray ponytail"),
        ("a dark beard", "a black beard"),
        ("a light stubble", "a stubble"),
        ("hazel eyes", "brown eyes"),
        ("dark brown eyes", "brown eyes"),
        ("hair: red", "red hair"),
        ("her eyes are blue", "her blue eyes"),
        ("hair color: blond, smiling", "blond hair, smiling"),
        ("turn my hair pink", "pink hair"),
        ("change my hair to blonde", "blonde hair"),
        ("my hair should be blue", "blue hair"),
        ("a clean shaven man", "a clean-shaven man"),
        ("hair as black as night", "black hair"),
        ("an emerald-eyed witch", "a green-eyed witch"),
        ("with deep ocean blue eyes", "with blue eyes"),
        ("porcelain skin", "pale skin"),
        ("an ebony-skinned king", "a dark-skinned king"),
        ("bronze skin", "tan skin"),
        ("a queen in a golden dress", "a queen in a yellow dress"),
        ("a coral silk coat", "an orange silk coat"),
        ("a lime green dress", "a green dress"),
        ("a girl in a bright red dress with long hair", "a girl in a red dress with long hair"),
        ("in a dark blue wool suit", "in a blue wool suit"),
        ("in violet on a beach", "in purple on a beach"),
        ("a black man in a suit", "a dark-skinned man in a suit"),
        ("a white old lady", "a fair-skinned old lady"),
        ("in dark glasses", "in sunglasses"),
    ],
)
def test_looks_are_called_by_a_plain_colour(exactly: str, plain: str) -> None:
    assert plain_shades(exactly) == plain


@pytest.mark.parametrize(
    "words",
    [
        "a snow-white castle",
        "a chef with salt and pepper",
        "Snow White with hair",
        "bright red lips and black hair",
        "a golden crown on brown hair",
        "a dark castle and fair weather",
        "in a silver suit with glasses",
        "an emerald ring",
        "hair in black lace",
        "red is my hair",
        "a black knight",
        "a man in black",
        "golden retriever in a dress",
        "in lime juice",
        "a copper kettle",
    ],
)
def test_what_is_no_look_keeps_its_colour(words: str) -> None:
    assert plain_shades(words) == words
