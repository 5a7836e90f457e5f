"""The styles, and an owner's file of them."""

from pathlib import Path

import pytest

from generation.words.style import Style
from generation.words.styles import StylesDamaged, load_styles
from tests.support.clip_tokenizer import count_clip_tokens


def test_the_shipped_styles_are_whole() -> None:
    """Each has a title in both languages, and words that leave room for a request's."""
    styles = load_styles()
    assert {"photo", "film", "anime", "oil", "watercolour", "pencil", "comic"} <= set(styles)
    assert {"cyberpunk", "fairytale", "pixel"} <= set(styles)
    for name, entry in styles.items():
        assert {"en", "ru"} <= set(entry.titles)
        assert entry.style.name == name
        assert count_clip_tokens(entry.style.words) <= 24
        assert count_clip_tokens(entry.style.negative) <= 20
    for language in ("en", "ru"):
        titles = [entry.title(language) for entry in styles.values()]
        assert len(titles) == len(set(titles))


def test_an_owner_adds_styles_and_takes_some_away(tmp_path: Path) -> None:
    """A file of their own, in the same form; a title that is missing is the name."""
    file = tmp_path / "styles.toml"
    file.write_text(
        '[lego]\nwords = "made of lego bricks"\n[oil]\nwords = ""\n'
        '[pencil]\nen = "crayon"\nwords = "crayon"\nnegative = "ink"\n',
        encoding="utf-8",
    )
    styles = load_styles(file)
    assert styles["lego"].style == Style("lego", "made of lego bricks")
    assert styles["lego"].title("ru") == "lego"
    assert "oil" not in styles
    assert styles["pencil"].title("ru") == "crayon"
    assert styles["pencil"].style == Style("pencil", "crayon", "ink")


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("[lego", "none"),
        ("words = 3", "words"),
        ("[lego]\nen = 'x'", "lego"),
        ("[lego]\nwords = 'x'\nnegativ = 'y'", "lego"),
        ("[lego]\nwords = 'x'\nname = 'y'", "lego"),
        ("[lego]\nwords = 4", "lego"),
        ("['Big Lego']\nwords = 'x'", "Big Lego"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str, style: str) -> None:
    """And the style in it: a word that is misspelt would do nothing."""
    file = tmp_path / "styles.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StylesDamaged) as refused:
        load_styles(file)
    assert refused.value.fields == {"file": "styles.toml", "style": style}


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """The owner set it, so they want it."""
    with pytest.raises(StylesDamaged):
        load_styles(tmp_path / "styles.toml")
