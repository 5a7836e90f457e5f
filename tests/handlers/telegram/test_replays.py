"""An update that comes twice is answered once."""

from tests.support.running_bot import ANN, RunningBot, words_of


async def test_an_update_that_comes_again_is_not_done_again(new_bot: RunningBot) -> None:
    """By its number, or by the message in it: a Bot API server may number anew after a crash."""
    await new_bot.say("/queue")
    await new_bot.answer("Nothing is waiting")
    (message,) = (m for m in new_bot.playground.world.messages(ANN) if words_of(m) == "/queue")
    for _ in range(3):
        new_bot.playground.world.updates.add("message", message)
    await new_bot.say("/help")
    await new_bot.answer("/generate")
    answers = new_bot.playground.world.messages(ANN)
    assert len([m for m in answers if "Nothing is waiting" in words_of(m)]) == 1
