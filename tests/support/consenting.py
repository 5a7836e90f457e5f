"""People who say that their photo may be used, where the bot runs in a process of its own."""

from playground import Playground
from tests.support.running_bot import PATIENCE_S, Json, buttons


async def consent(playground: Playground, person: int) -> None:
    """Wait for the bot's question, and press its button."""

    def question() -> Json:
        for message in playground.world.messages(person):
            if any(data.startswith("consent:") for data in buttons(message)):
                return message
        return {}

    message = await playground.wait_for(question, PATIENCE_S)
    (data,) = buttons(message)
    await playground.press(person, person, message["message_id"], data)
