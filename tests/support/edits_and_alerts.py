"""What a person sees besides new messages: edits, and what a button says over the chat."""

import asyncio

from tests.support.running_bot import ANN, Json, RunningBot, words_of

PATIENCE_S = 30
Events = asyncio.Queue[tuple[str, Json] | None]


async def edited(bot: RunningBot, message: Json, part: str) -> Json:
    """Wait until the message has `part` in it; give it as it is then."""

    def found() -> Json | None:
        now = bot.playground.world.message(message["chat"]["id"], message["message_id"])
        return now if now and part in words_of(now) else None

    seen = await bot.until(found, f"{part!r} in an edit")
    assert seen
    return seen


async def spoken(events: Events, query_id: str | None = None) -> str:
    """Give the words of the answer to this press, or of the next one; empty when it has none."""
    async with asyncio.timeout(PATIENCE_S):
        while event := await events.get():
            name, answer = event
            if name == "answer" and query_id in (None, answer["callback_query_id"]):
                assert answer["show_alert"] or not answer["text"]
                return str(answer["text"])
    raise AssertionError("the playground closed before the button was answered")


async def alert(
    bot: RunningBot, message: Json, data: str, person: int = ANN, *, forged: bool = False
) -> str:
    """Press the button with this data, `forged` if there is none; give the alert's words.

    An earlier press may be answered while this one waits: that is another answer.
    """
    place = message["chat"]["id"], message["message_id"]
    with bot.playground.world.feed.listen() as events:
        query_id = await bot.playground.press(person, *place, data, forged=forged)
        return await spoken(events, query_id)
