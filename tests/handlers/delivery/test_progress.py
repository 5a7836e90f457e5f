"""How far an album is: in words, and at what cost."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine, event

from generation.events import Progress
from handlers.delivery.progress import progress_text
from handlers.texts import Texts
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import RunningBot

WHOLE_JOB = re.compile(r"SELECT.*jobs\.words.*WHERE jobs\.id = ", re.DOTALL)
"""The statement that reads one job's row."""


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("seconds_left", [0.0, 0.4, 5.0, None])
def test_what_is_drawn_is_not_promised(language: str, seconds_left: float | None) -> None:
    """At 100 % no time is left, whatever the estimate says; before that one is."""
    say = Texts().say(language)
    whole = Progress(1, 6, 1, 6, 1.0, seconds_left)
    assert "100" in progress_text(say, whole)
    assert not set("~≈") & set(progress_text(say, whole))
    assert " 5 " not in progress_text(say, whole).partition("100")[2]
    almost = progress_text(say, Progress(1, 5, 1, 6, 0.999, seconds_left))
    assert "99" in almost
    assert "100" not in almost


async def test_a_step_reads_no_job(bot: RunningBot) -> None:
    """Steps come many times a second, and edits seconds apart: 60 steps need no 60 reads."""
    reads: list[str] = []

    def note(_: object, __: object, statement: str, *___: Any) -> None:  # noqa: ANN401
        if WHOLE_JOB.match(statement):
            reads.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        bot.generator.hold(picture=5)
        await bot.say("/generate a knight")
        await edited(bot, await bot.answer("“a knight”"), "Picture 6")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert bot.generator.steps_taken >= 60
    assert 0 < len(reads) < 20
