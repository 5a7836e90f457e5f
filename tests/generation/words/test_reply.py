"""Replies to an album: what they change, and in which picture."""

import pytest

from generation.words.reply import Change, PictureUnknown, is_change

PICTURES = {
    "3 in a red coat": (3, "in a red coat"),
    "№3: red coat": (3, "red coat"),
    "picture 3, at night": (3, "at night"),
    "3rd one with a hat": (3, "with a hat"),
    "the second one with a hat": (2, "with a hat"),
    "3 в шляпе": (3, "в шляпе"),
    "3-я без очков": (3, "без очков"),
    "третья в шляпе": (3, "в шляпе"),
    "номер 3 без очков": (3, "без очков"),
    "3 but with a hat": (3, "but with a hat"),
    "3": (3, ""),
    "3, 5": (3, ""),
    "2 people in the background": (None, "2 people in the background"),
    "5 years younger": (None, "5 years younger"),
    "80 years old": (None, "80 years old"),
    "10/10": (None, "10/10"),
    "but with a hat": (None, "but with a hat"),
    "на пляже": (None, "на пляже"),
    "first snow": (None, "first snow"),
}


@pytest.mark.parametrize(("text", "read"), PICTURES.items())
def test_a_number_names_a_picture_where_it_can_mean_nothing_else(
    text: str, read: tuple[int | None, str]
) -> None:
    """Of a number of things the whole album is meant."""
    change = Change.of(text, 6)
    assert (change.picture, change.words) == read


@pytest.mark.parametrize("text", ["7", "0", "№ 12"])
def test_a_number_that_no_picture_has_is_refused(text: str) -> None:
    """There are six."""
    with pytest.raises(PictureUnknown):
        Change.of(text, 6)


@pytest.mark.parametrize(
    "text",
    [
        "but with a hat", "without glasses", "3 in a red coat", "3rd one with a hat", "no hat",
        "number 3 with a hat", "lose the hat", "remove the hat", "darker", "smiling", "at night",
        "make it darker", "3 without glasses", "now in a forest", "as a pirate",
        "но в шляпе", "без очков", "надень шляпу", "сделай ночь", "ночью", "номер 3 без очков",
        "на пляже", "теперь в лесу", "3 в шляпе", "в красном плаще",
    ],
)  # fmt: skip
def test_in_a_group_a_change_is_one(text: str) -> None:
    """Its person says what shall be different."""
    assert is_change(text)


@pytest.mark.parametrize(
    "text",
    [
        "haha, that is you!", "10/10", "no way!", "но красиво!", "no", "in love",
        "как ты это сделал?", "с днём рождения!", "5 stars", "2 is the best", "with love",
        "in my opinion it's ugly", "as always great", "now that's funny", "3 лучше всех",
        "без комментариев", "и это я?", "thanks!", "wow", "на мой взгляд, ужасно", "в точку!",
        "но почему?", "and you?", "on my way", "ok", "80 years old", "как всегда красиво",
    ],
)  # fmt: skip
def test_in_a_group_talk_is_left_alone(text: str) -> None:
    """People speak with each other under an album."""
    assert not is_change(text)
