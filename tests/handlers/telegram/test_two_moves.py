"""A group that is said to have moved twice at once."""

import pytest

from tests.support.running_bot import ANN, RunningBot


async def test_two_words_of_one_move_are_no_accident(
    new_bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram may repeat it: each is followed, and nothing is logged as an error."""
    world = new_bot.playground.world
    message = await new_bot.say("hello", chat=new_bot.group)
    for number in range(3):
        moved = {"message_id": message["message_id"] + 100 + number, "migrate_to_chat_id": -1009}
        world.updates.add("message", message | moved)
    await new_bot.say("/help", ANN)
    await new_bot.answer("/generate")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
