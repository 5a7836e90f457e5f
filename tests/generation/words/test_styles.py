"""The styles, and an owner's file of them."""

import re
from pathlib import Path

import pytest

from generation.words.style import Style
from generation.words.styles import StylesDamaged, load_styles
from generation.words.vocabulary import EVERY_WORD
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
        ("[lego]\nlora = 'bricks:3'", "lego"),
        ("[lego]\nlora = 'bricks:much'", "lego"),
        ("[lego]\nlora = ':1'", "lego"),
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


def test_each_lora_is_a_style(tmp_path: Path) -> None:
    """By its file's name, with its own word, beside a shipped style that is called like it."""
    loras = {"Ink Wash_v2": "inkwash", "film": "", "плёнка": "", "x" * 50: ""}
    styles = load_styles(loras=loras)
    assert styles["ink-wash-v2"].style == Style("ink-wash-v2", "inkwash", lora="Ink Wash_v2:1")
    assert styles["ink-wash-v2"].title("ru") == "Ink Wash_v2"
    assert styles["film"].style.lora == ""
    assert styles["film-lora"].title("en") == "film (LoRA)"
    named = [name for name, entry in styles.items() if entry.style.lora]
    assert [styles[name].style.lora for name in named] == [f"{lora}:1" for lora in loras]
    assert all(re.fullmatch("[a-z0-9][a-z0-9-]{0,31}", name) for name in named)


def test_an_owner_says_how_a_lora_is_used(tmp_path: Path) -> None:
    """Then it is that style and no other; one can be taken away, and one may be missing."""
    file = tmp_path / "styles.toml"
    file.write_text(
        '[ink]\nru = "тушь"\nwords = "inkwash"\nlora = "INK-wash:0.7"\n'
        '[bare]\nlora = "fog"\n[grain]\nwords = ""\n',
        encoding="utf-8",
    )
    styles = load_styles(file, loras={"ink_wash": "", "grain": "", "dust": ""})
    assert styles["ink"].style == Style("ink", "inkwash", lora="ink_wash:0.7")
    assert not {"ink-wash", "grain"} & set(styles)
    assert styles["bare"].style.lora == "fog:1"
    assert not styles["bare"].known_to(EVERY_WORD, ["ink_wash"])
    assert styles["dust"].known_to(EVERY_WORD, ["dust"])
