"""/again: the last album once more, and what a person changes about it."""

import pytest

from tests.support.running_bot import RunningBot, words_of


@pytest.fixture
async def drawn(bot: RunningBot) -> RunningBot:
    """A bot that has drawn a knight for Ann."""
    await bot.say("/preset quality")
    await bot.answer("✅")
    await bot.say("/generate a knight --seed 5")
    await bot.album()
    return bot


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("/again", "a knight"),
        ("/again in a forest", "a knight, in a forest"),
        ("/again:in a forest", "a knight, in a forest"),
        ("/Again@portrait_desk_bot\nin a\nforest", "a knight, in a forest"),
        ("/again!", "a knight"),
    ],
)
async def test_words_after_again_are_added(drawn: RunningBot, written: str, words: str) -> None:
    """The album's caption says all of them."""
    await drawn.say(written)
    assert f"“{words}”" in words_of((await drawn.album())[0])
    first, second = drawn.generator.requests
    assert second.words == words
    assert second.seed != first.seed


async def test_again_takes_a_seed(drawn: RunningBot) -> None:
    """The same option as /generate has."""
    await drawn.say("/again in snow --seed 9")
    assert "seed 9" in words_of((await drawn.album())[0])
    assert drawn.generator.requests[1].words == "a knight, in snow"


@pytest.mark.parametrize("mode", ["FAST", "BALANCED"])
async def test_again_draws_in_the_mode_of_now(drawn: RunningBot, mode: str) -> None:
    """Who has just chosen another mode sees it; the button repeats its album's own mode."""
    await drawn.say(f"/preset {mode}")
    await drawn.answer("✅")
    await drawn.say("/again")
    await drawn.album()
    assert [request.mode.name for request in drawn.generator.requests] == ["QUALITY", mode]


async def test_again_can_not_grow_for_ever(drawn: RunningBot) -> None:
    """The words of both together have the limit of one album."""
    await drawn.say("/again " + "x" * 995)
    await drawn.answer("I can take at most")
    await drawn.say("/again 🚀")
    await drawn.answer("need words")
    assert len(drawn.generator.requests) == 1
