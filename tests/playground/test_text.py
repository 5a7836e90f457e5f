import random

import pytest

from playground.errors import BadRequest
from playground.text import caption_of, found, text_of, utf16

RESERVED = r"is reserved and must be escaped with the preceding '\'"


def spans(text: str, mode: str | None = None) -> tuple[str, list[tuple[str, str]]]:
    """Give the plain text, and each entity as its kind and its words."""
    read = text_of({"text": text, "parse_mode": mode} if mode else {"text": text})
    units = read["text"].encode("utf-16-le")
    return read["text"], [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in read.get("entities", [])
    ]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", "/start")]),
        ("😀 /start@portrait_bot go", [("bot_command", "/start@portrait_bot")]),
        ("either/or a//b /", []),
        ("hi @vera, write to a@b.com", [("mention", "@vera"), ("email", "a@b.com")]),
        (
            "#портрет #1 see https://t.me/x?start=1.",
            [("hashtag", "#портрет"), ("url", "https://t.me/x?start=1")],
        ),
        (
            "(https://example.com/a_b) t.me/x",
            [("url", "https://example.com/a_b"), ("url", "t.me/x")],
        ),
        ("generate 3.5 of e.g. this", []),
    ],
)
def test_entities_are_found_in_plain_text(text: str, entities: list[tuple[str, str]]) -> None:
    """Commands, mentions, links and hashtags; offsets count UTF-16."""
    assert spans(text) == (text, entities)


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("&lt;b&gt; &amp; &#128512; <u>x</u>", "<b> & 😀 x", [("underline", "x")]),
        ("&nbsp;<s>😀</s>!", "&nbsp;😀!", [("strikethrough", "😀")]),
        ('<a href="https://example.com/?a=1&amp;b">go</a>', "go", [("text_link", "go")]),
        ('<a href="">go</a>', "go", []),
        ("<b></b>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", [("pre", "x = 1")]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", "x")]),
        (
            "<code>/start</code> /start",
            "/start /start",
            [("code", "/start"), ("bot_command", "/start")],
        ),
        ("<b> /start </b>", "/start", [("bold", "/start"), ("bot_command", "/start")]),
    ],
)
def test_html_is_read(markup: str, text: str, entities: list[tuple[str, str]]) -> None:
    """Telegram's tags become entities."""
    assert spans(markup, "HTML") == (text, entities)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag, expected "</i>", found "</b>" at byte offset 7'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("я < 3", 'Unsupported start tag "" at byte offset 3'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(markup: str, reason: str) -> None:
    """With the place of the fault in bytes, as Telegram gives it."""
    with pytest.raises(BadRequest) as refusal:
        spans(markup, "html")
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("*a _b_*", "a b", [("bold", "a b"), ("italic", "b")]),
        (
            "__u__ ~s~ ||p||",
            "u s p",
            [("underline", "u"), ("strikethrough", "s"), ("spoiler", "p")],
        ),
        (r"1\.5 \*x\*", "1.5 *x*", []),
        (r"`a\`b` x", "a`b x", [("code", "a`b")]),
        ("```python\nx = 1```", "x = 1", [("pre", "x = 1")]),
        (r"[😀 go](https://example.com/a\)b)", "😀 go", [("text_link", "😀 go")]),
        (">quoted\n>more\nplain", "quoted\nmore\nplain", [("blockquote", "quoted\nmore\n")]),
        ("**>hidden\n>more||", "hidden\nmore", [("expandable_blockquote", "hidden\nmore")]),
    ],
)
def test_markdown_is_read(markup: str, text: str, entities: list[tuple[str, str]]) -> None:
    """Telegram's MarkdownV2 becomes entities."""
    assert spans(markup, "MarkdownV2") == (text, entities)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (
            "1.5",
            f"Character '.' {RESERVED} at byte offset 1",
        ),
        ("я *x", "Can't find end of Bold entity at byte offset 3"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("[x](y", "Can't find end of a URL at byte offset 2"),
    ],
)
def test_broken_markdown_is_refused(markup: str, reason: str) -> None:
    """A full stop that nobody escaped is the classic."""
    with pytest.raises(BadRequest) as refusal:
        spans(markup, "MarkdownV2")
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("*a* _b_ `c`", "a b c", [("bold", "a"), ("italic", "b"), ("code", "c")]),
        ("*a _b*", "a _b", [("bold", "a _b")]),  # nothing nests
        (r"\*a\_b\` 1.5!", "*a_b` 1.5!", []),
        (r"`a\*`", r"a\*", [("code", r"a\*")]),  # nothing is escaped inside
        ("```python\nx_y```", "x_y", [("pre", "x_y")]),
        ("```\nx\n```", "x\n", [("pre", "x\n")]),
        ("[😀 go](https://example.com/a_b) on", "😀 go on", [("text_link", "😀 go")]),
        ("[plain] words", "plain words", []),
        ("**", "", []),
    ],
)
def test_the_first_markdown_is_read(
    markup: str, text: str, entities: list[tuple[str, str]]
) -> None:
    """Bots of other people still write the legacy `Markdown`."""
    assert spans(markup + "x", "markdown") == (text + "x", entities)


@pytest.mark.parametrize(
    ("markup", "offset"), [("я _x", 3), ("a_b", 1), ("*", 0), ("[x", 0), ("```x", 0), ("``` ``", 0)]
)
def test_broken_first_markdown_is_refused(markup: str, offset: int) -> None:
    """An underscore in a name is the classic."""
    with pytest.raises(BadRequest) as refusal:
        spans(markup, "Markdown")
    assert refusal.value.description == (
        "Bad Request: can't parse entities:"
        f" Can't find end of the entity starting at byte offset {offset}"
    )


def test_given_entities_move_with_the_trimmed_text() -> None:
    """White space at the ends goes, what is marked stays marked."""
    bold = {"type": "bold", "offset": 2, "length": 4}
    read = caption_of({"caption": "\n  ab \n", "caption_entities": [bold]})
    assert read == {"caption": "ab", "caption_entities": [{**bold, "offset": 0, "length": 2}]}


@pytest.mark.parametrize("seed", range(200))
def test_any_words_are_read_or_refused(seed: int) -> None:
    """No text crashes the parsers, and no entity leaves its text."""
    alphabet = [
        "<b>",
        "</b>",
        "<",
        ">",
        "&amp;",
        "*",
        "_",
        "__",
        "`",
        "```",
        "||",
        "[",
        "](",
        ")",
        "\\",
        "😀",
        "/a",
        "@bob",
        "#x",
        "a",
        " ",
        "\n",
    ]
    words = "".join(random.Random(seed).choices(alphabet, k=12))  # noqa: S311 - no secret
    for mode in ("HTML", "MarkdownV2", "Markdown", ""):
        try:
            read = text_of({"text": words, "parse_mode": mode})
        except BadRequest:
            continue
        for entity in read.get("entities", []):
            assert entity["length"] > 0
            assert 0 <= entity["offset"] <= utf16.length(read["text"]) - entity["length"]


def test_a_text_is_cut_between_characters() -> None:
    """An emoji of two units is never split."""
    assert utf16.cut("a😀b", 2) == ("a", "😀b")
    assert utf16.cut("a😀b", 3) == ("a😀", "b")
    assert found.find("") == []
