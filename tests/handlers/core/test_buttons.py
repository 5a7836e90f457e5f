"""Presses as no button of ours makes them."""

from tests.support.edits_and_alerts import alert
from tests.support.running_bot import RunningBot


async def test_a_press_with_nothing_in_it_is_an_old_button(new_bot: RunningBot) -> None:
    """PTB hands it to the first handler of buttons, whatever that one answers to."""
    await new_bot.say("/preset")
    menu = await new_bot.answer("Now: Fast")
    told = await alert(new_bot, menu, "", forged=True)
    assert told
    assert "wrong on my side" not in told
