"""What the bot's owner is told of the machine."""

from tests.support.running_bot import ANN, RunningBot, words_of


async def test_half_precision_that_is_given_up_is_told_once(bot: RunningBot) -> None:
    """To the owner alone, however many albums are drawn after it."""
    bot.generator.half_precision_given_up = True
    for words in ("a knight", "a queen"):
        await bot.say(f"/generate {words}")
        await bot.album()
        await bot.answer("Tap a number")
    said = map(words_of, bot.playground.world.messages(ANN))
    assert sum("loses pictures in half precision" in words for words in said) == 1
