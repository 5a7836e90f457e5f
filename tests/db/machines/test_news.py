"""A machine's news reach the bot as they were, without anybody's words."""

import pytest

from db.machines.news import News, decode, encode, error_of, failure_of
from generation.events import (
    Cancelled,
    Drawn,
    Failed,
    Generated,
    Mending,
    Progress,
    PromptsWritten,
    Redrawing,
    Started,
    Stuck,
)
from generation.models.sources import ModelDamaged
from generation.words.prompt import Prompt
from handlers.texts import Texts
from handlers.texts.sentences import sentence


@pytest.mark.parametrize(
    "news",
    [
        Started(7),
        Drawn(7),
        Progress(7, 1, 2, 6, 0.25, 12.5),
        Progress(7, 0, 6, 6, 0.01, None),
        Redrawing(7, 2, 9.0),
        Mending(7, 3.0),
        Stuck(7, 600.0),
        Generated(7, "FAST", 12.0),
        Cancelled(7),
    ],
)
def test_news_come_as_they_were(news: News) -> None:
    assert decode(encode(news)) == news


def test_no_words_travel() -> None:
    """Whoever listens where they should not reads nobody's wishes."""
    told = encode(PromptsWritten(7, (Prompt("a secret wish", ""),)))
    assert "secret" not in told
    assert decode(told) == PromptsWritten(7, ())


def test_a_refusal_stays_the_same_refusal() -> None:
    """What the bot does about one kind it does about it from a machine, too."""
    error = ModelDamaged(model="epic", file="unet")
    told = decode(encode(Failed(7, error), failure_of(error)))
    assert isinstance(told, Failed)
    assert isinstance(told.error, ModelDamaged)
    assert told.error.fields == error.fields


def test_an_accident_has_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """The machine's log has it with its traceback, the person reads the number."""
    failure = failure_of(ZeroDivisionError())
    number = failure["fields"]["number"]
    assert f"Accident {number}" in caplog.text
    assert number in sentence(Texts().say("en"), error_of(failure))


def test_what_nobody_wrote_down_was_broken_off() -> None:
    """A machine that died could not say why."""
    assert error_of(None).text_id() == "broken-off"
    assert error_of({"id": "a-text-of-tomorrow"}).text_id() == "a-text-of-tomorrow"


@pytest.mark.parametrize("text", ["", "5", "{}", '{"kind": "Started"}', '{"kind": "X", "a": 1}'])
def test_nonsense_is_refused(text: str) -> None:
    """Nobody else knows the channel, but a machine of another version may say what is new."""
    with pytest.raises(ValueError, match=r"^"):
        decode(text)
