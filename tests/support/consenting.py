"""People who say that their photo may be used, where the bot runs in a process of its own."""

from typing import Any

from playground import Playground

PATIENCE_S = 120
"""Seconds after which a promise counts as broken, however slow the machine."""


async def consent(playground: Playground, person: int) -> None:
    """Wait for the bot's question, and press its button."""

    def question() -> tuple[int, str] | None:
        for message in playground.world.messages(person):
            for data in _buttons(message):
                if data.startswith("consent:"):
                    return message["message_id"], data
        return None

    found = await playground.wait_for(question, PATIENCE_S)
    assert found
    await playground.press(person, person, *found)


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]
