"""What a small model reads of a phrase."""

import pytest

from generation.models.resolve import resolve
from generation.words.known_part import known_part
from generation.words.vocabulary import EVERY_WORD

POCKET = resolve("pocket").vocabulary


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a knight in a castle", "a knight in a castle"),
        ("a brave knight", "a knight"),
        ("climbing with a rope and a backpack in the mountains", "in the mountains"),
        ("a samurai under cherry blossoms in a garden", "a samurai in a garden"),
        ("a knight with a dragon and a hat in Rome", "a knight with a hat"),
        ("a knight with a violin or hat", "a knight with a hat"),
        ("a king in Paris and in the snow", "a king in the snow"),
        ("smiling and juggling", "smiling"),
        ("a chef and Gordon Ramsay", "a chef"),
        ("juggling and smiling", "smiling"),
        ("the neon city streets of Tokyo", "the city streets"),
        ("at Hogwarts as a wizard", "as a wizard"),
        ("with a violin", ""),
        ("a 🎻 — (a violin), a king!", "a king!"),
        ("in a red kimono", "in red"),
        ("a king/violin", "a king/violin"),
        ("looking like me", ""),
        ("this is me", "this is me"),
        ("with a black cat and a red hat", "with a red hat"),
        ("a knight with a long shining sword", "a knight"),
        ("drinking white wine in the snow", "in the snow"),
        ("wearing blue jeans", "wearing blue"),
        ("in a red Ferrari on a beach", "on a beach"),
        ("in a yellow submarine", ""),
        ("in blue rooms", ""),
        ("a happy dog", ""),
        ("a happy elf", "happy"),
        ("sitting on a rock under a tree", ""),
        ("under a palm tree", "under a palm tree"),
        ("in a long dark kimono", "in dark"),
        ("a blond elf in a forest", "blond in a forest"),
        ("a tall blond gentleman", "blond"),
        ("a white linen shirt", "a white shirt"),
        ("a red baseball cap and a hat", "a red cap and a hat"),
        ("black slicked back hair", "black hair"),
        ("blue and white striped shirt", "blue and white shirt"),
        ("in a long white cotton dress", "in a long white dress"),
        ("a king with long golden hair", "a king with long hair"),
        ("with long braids", "with long"),
        ("in blue jeans and a white shirt", "in blue and a white shirt"),
        ("with a black and white cat in a forest", "in a forest"),
        ("a bald eagle and a king", "a king"),
        ("a young deer near a castle", "near a castle"),
        ("a young gladiator", "young"),
        ("a king wearing a kimono", "a king"),
        ("wearing a red kimono", "wearing red"),
        ("a sorceress with a long purple robe", "with purple"),
        ("with a purple balloon", ""),
        ("with red & black hair", "with red & black hair"),
        ("a knight with a dragon in the background", "a knight"),
        ("an old castle, a black gentleman", "an old castle, black"),
        ("in an evening dress", "in a dress"),
        ("a mighty emperor", "an emperor"),
        ("a blond tall gladiator", "blond"),
        ("with a white fluffy cat", ""),
        ("wearing black gloves and a hat", "wearing a hat"),
        ("black horn-rimmed glasses", "black glasses"),
        ("скрипка и a king", "a king"),
        ("", ""),
    ],
)
def test_words_that_nothing_is_drawn_for_go_with_those_that_led_to_them(
    text: str, left: str
) -> None:
    """They aren't ignored: for a backpack the model drew kings."""
    assert known_part(text, POCKET) == left
    assert known_part(text, EVERY_WORD) == text
