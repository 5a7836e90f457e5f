"""A command and its words, however they were written."""

import pytest
from telegram import Chat, Message, MessageEntity

from handlers.core.invocation import invocation_in, words_after_command
from playground.text import caption_of, text_of


def message(**content: object) -> Message:
    """Make the message that Telegram would make of this text or caption."""
    fields = text_of(content) if "text" in content else caption_of(content)
    data = {"message_id": 1, "date": 1, "chat": {"id": 101, "type": Chat.PRIVATE}}
    return Message.de_json(data | fields)


@pytest.mark.parametrize(
    "written",
    [
        "/generate a knight",
        "/generate:a knight",
        "/generate: a knight",
        "/generate : a knight",
        "/generate—a knight",
        "/generate — a knight",
        "/generate-a knight",
        "/generate,a knight",
        "/generate.a knight",
        "/generate!a knight",
        "/generate：a knight",
        "/generate…a knight",
        "/generate=a knight",
        "/generate\na\nknight",
        "/generate\u200ba knight\u200b",
        "/generate\u2060\u00a0a knight",
        "/generate \ufeff\u200e:\u200b a  knight \u200f",
        "/Generate@portrait_desk_bot:a knight",
    ],
)
def test_no_word_is_lost_between_a_command_and_its_words(written: str) -> None:
    """Punctuation and invisible signs part them; the first word stays, under a photo too."""
    assert words_after_command(message(text=written)) == "a knight"
    assert words_after_command(message(caption=written)) == "a knight"


@pytest.mark.parametrize(
    "words",
    [
        "--seed 7 a cat",
        "—seed 7 a cat",
        "—ar 2:3 a cat",
        "--ar 2:3",
        "-5 degrees, snow",
        "-- a knight",
        "“a knight” on a hill",
        "'a knight'",
        "#1 fan",
        "(a knight:1.2)",
        "<lora:x:1> a knight",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 a fan of 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "sci-fi",
        "👩‍🍳",
    ],
)
def test_what_begins_the_words_belongs_to_them(words: str) -> None:
    """Options, quotes, signs and numbers stay as they were written."""
    assert words_after_command(message(text=f"/generate {words}")) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("/generate--seed 7 a cat", "--seed 7 a cat"),
        ("/generate—seed 7 a cat", "—seed 7 a cat"),
        ("/generate-5 degrees", "-5 degrees"),
        ("/generate", ""),
        ("/generate:", ""),
        ("/generate\u200b", ""),
        ("a knight", ""),
        ("not /generate a knight", ""),
    ],
)
def test_an_option_needs_no_space(written: str, words: str) -> None:
    """And without a command there are no words after it."""
    assert words_after_command(message(text=written)) == words


def test_a_command_knows_its_name_and_its_bot() -> None:
    """Names are the same however they are written; what follows is kept as it is."""
    invocation = invocation_in(message(text="/ALLOW@Some_Bot:102"))
    assert invocation
    assert (invocation.name, invocation.bot, invocation.rest) == ("allow", "Some_Bot", ":102")


def test_only_telegram_says_what_a_command_is() -> None:
    """A text that looks like one, but has no such entity, is none."""
    data = {"message_id": 1, "date": 1, "chat": {"id": 101, "type": Chat.PRIVATE}}
    assert invocation_in(Message.de_json(data | {"text": "/generate a knight"})) is None
    bold = {"type": MessageEntity.BOLD, "offset": 0, "length": 9}
    assert invocation_in(Message.de_json(data | {"text": "/generate", "entities": [bold]})) is None
