"""What an album's words become by a reply."""

import pytest

from generation.words.reading import Options, changed, read


@pytest.mark.parametrize(
    ("words", "reply", "wanted", "unwanted"),
    [
        ("a knight in a forest", "but with a hat", "a knight in a forest, with a hat", []),
        ("рыцарь в лесу", "но в шляпе", "рыцарь в лесу, в шляпе", []),
        ("рыцарь", "на пляже", "рыцарь, на пляже", []),
        ("рыцарь", "а теперь то же самое, но зимой", "рыцарь, зимой", []),
        ("a knight", "make it darker", "a knight, darker", []),
        ("a knight", "without the hat", "a knight", ["hat"]),
        ("a knight", "--no hat, crowd", "a knight", ["hat", "crowd"]),
        ("a knight with a hat in a forest", "without the hat", "a knight in a forest", ["hat"]),
        ("рыцарь в шляпе", "убери шляпу", "рыцарь", ["шляпа"]),
        ("a bearded viking", "no beard", "a viking", ["beard"]),
        ("a knight, no hat", "but with a hat", "a knight, with a hat", []),
        ("a knight --no hat, crowd", "with a hat", "a knight, with a hat", ["crowd"]),
        ("рыцарь без очков", "в очках", "рыцарь, в очках", []),
        ("a knight. Negative prompt: castle", "in a castle", "a knight, in a castle", []),
        ("a knight in a forest", "on a beach", "a knight, on a beach", []),
        ("рыцарь в тёмном лесу", "на луне", "рыцарь, на луне", []),
        ("a king in a red hat, at night", "in a blue hat", "a king, at night, in a blue hat", []),
        ("a king in a city at night", "at sunset", "a king in a city, at sunset", []),
        ("a knight", "--seed 5", "a knight", []),
        ("a knight", "🚀", "a knight", []),
    ],
)  # fmt: skip
def test_a_reply_changes_the_words(
    words: str, reply: str, wanted: str, unwanted: list[str]
) -> None:
    """What it rules out goes, what it asks for is ruled out no more; one place, one coat."""
    reading = changed(words, reply)
    assert (reading.wanted, list(reading.unwanted)) == (wanted, unwanted)
    again = read(reading.words)
    assert (again.wanted, again.unwanted) == (reading.wanted, reading.unwanted)


def test_options_and_remarks_are_those_of_the_reply() -> None:
    """What the words said of the album before is said already."""
    reading = changed("a knight --no hat", "at night --style fairy tale --v 6",
                      {"style": ["fairy tale"]})  # fmt: skip
    assert reading.options == Options(style="fairy tale")
    assert [one.given for one in reading.remarks] == ["--v 6"]
