import asyncio

import aiohttp
from aiogram.types import User
from aiohttp import web

from playground import Playground
from tests.support.bot_api import Api, picture
from tests.support.free_port import free_port
from tests.support.referees import faults


async def test_every_kind_of_update_is_as_telegram_writes_it(
    playground: Playground, api: Api
) -> None:
    """Whatever people do, aiogram's types know each field of what the bot hears."""
    world = playground.world
    sent = await api.ok(
        "sendMessage",
        chat_id=101,
        text="press",
        reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    )
    await playground.send_text(
        101, 101, "/start #tag @ann https://example.com", reply_to=sent["message_id"]
    )
    await playground.send_photo(101, 101, picture(), "a caption with /command")
    await playground.send_document(101, 101, "notes.txt", b"words")
    await playground.send_document(101, 101, "photo.png", picture())
    await playground.press(101, 101, sent["message_id"], "a")
    world.block(101)
    world.unblock(101)
    forum = world.make_forum(-4_200_001)
    thread = world.create_topic(forum, "Moon", by=101)
    await playground.send_text(101, forum, "/start", thread=thread)
    updates = await api.ok("getUpdates")
    kinds = [next(kind for kind in update if kind != "update_id") for update in updates]
    assert kinds == [*["message"] * 4, "callback_query", *["my_chat_member"] * 2, *["message"] * 4]


async def test_an_offset_confirms_what_came_before_it(playground: Playground, api: Api) -> None:
    """Updates stay until they are confirmed, and come in order."""
    for words in ("one", "two", "three"):
        await playground.send_text(101, 101, words)
    first = await api.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert await api.ok("getUpdates", limit=2) == first
    rest = await api.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert await api.ok("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_last(playground: Playground, api: Api) -> None:
    """Offset -1 asks for the newest update and forgets the others."""
    for words in ("one", "two", "three"):
        await playground.send_text(101, 101, words)
    assert [u["message"]["text"] for u in await api.ok("getUpdates", offset=-1)] == ["three"]
    assert len(playground.world.updates.pending()) == 1


async def test_a_poll_waits_for_something_to_happen(playground: Playground, api: Api) -> None:
    """A long poll is answered at once when somebody writes."""
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await playground.wait_for(lambda: playground.world.presence.online)
    await playground.send_text(101, 101, "wake up")
    assert [update["message"]["text"] for update in await poll] == ["wake up"]


async def test_only_allowed_updates_come(playground: Playground, api: Api) -> None:
    """The list holds until another one is given."""
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    await playground.send_text(101, 101, "unheard")
    assert await api.ok("getUpdates") == []
    await api.ok("getUpdates", allowed_updates=[])
    await playground.send_text(101, 101, "heard")
    assert len(await api.ok("getUpdates")) == 1
    refusal = await api.refused("getUpdates", allowed_updates=["telepathy"])
    assert "allowed_updates" in refusal


async def test_of_two_polls_the_older_one_is_ended(playground: Playground, api: Api) -> None:
    """Two bots with one token are told of each other."""
    older = asyncio.create_task(api.refused("getUpdates", timeout=50))
    await playground.wait_for(lambda: playground.world.presence.online)
    assert await api.ok("getUpdates") == []
    assert await older == (
        "409 Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )


async def test_a_poll_that_hangs_up_takes_nothing_along(playground: Playground, api: Api) -> None:
    """What a dead connection was to hear is still there for the next one."""
    poll = asyncio.create_task(api.ok("getUpdates", timeout=50))
    await playground.wait_for(lambda: playground.world.presence.online)
    poll.cancel()
    await playground.send_text(101, 101, "still here")
    assert len(await api.ok("getUpdates")) == 1


async def test_pending_updates_can_be_dropped(playground: Playground, api: Api) -> None:
    """DeleteWebhook does it on request, and getWebhookInfo counts them."""
    await playground.send_text(101, 101, "old")
    assert (await api.ok("getWebhookInfo"))["pending_update_count"] == 1
    await api.ok("deleteWebhook")
    assert len(playground.world.updates.pending()) == 1
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert playground.world.updates.pending() == []


async def test_a_webhook_reaches_this_computer_only(playground: Playground, api: Api) -> None:
    """While there is one nobody polls; without an address there is none."""
    assert "bad webhook" in await api.refused("setWebhook", url="https://example.com")
    assert "secret" in await api.refused(
        "setWebhook", url="http://127.0.0.1:9/", secret_token="no spaces"
    )
    await api.ok("setWebhook", url="http://127.0.0.1:9/", secret_token="secret")
    assert (await api.ok("getWebhookInfo"))["url"] == "http://127.0.0.1:9/"
    assert "webhook is active" in await api.refused("getUpdates")
    await api.ok("setWebhook", url="")
    await api.ok("getUpdates")


async def test_a_bot_that_stops_polling_goes_offline(playground: Playground, api: Api) -> None:
    """The page shows whether anybody listens."""
    assert not playground.world.presence.online
    await api.ok("getUpdates")
    await playground.wait_for(lambda: not playground.world.presence.online)


async def test_a_bot_behind_a_webhook_is_online_as_long_as_it_takes_updates(
    playground: Playground, api: Api
) -> None:
    """The page said that it was not running."""

    async def take(_: web.Request) -> web.Response:
        return web.Response()

    port = free_port()
    await api.ok("setWebhook", url=f"http://127.0.0.1:{port}/")
    await playground.wait_for(lambda: playground.world.presence.online)
    await playground.send_text(101, 101, "nobody is there")
    await playground.wait_for(lambda: not playground.world.presence.online)
    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await playground.wait_for(lambda: playground.world.presence.online)
    finally:
        await runner.cleanup()


async def test_a_press_becomes_a_callback_query(playground: Playground, api: Api) -> None:
    """The query carries the whole message, and its answer reaches the person once."""
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = await api.ok("sendMessage", chat_id=101, text="Sure?", reply_markup=keyboard)
    query_id = await playground.press(101, 101, sent["message_id"], "yes")
    (update,) = await api.ok("getUpdates")
    query = update["callback_query"]
    assert query["id"] == query_id
    assert query["data"] == "yes"
    assert query["message"] == sent
    assert query["from"]["first_name"] == "Ann"
    with playground.world.feed.listen() as events:
        await api.ok(
            "answerCallbackQuery", callback_query_id=query_id, text="Good", show_alert=True
        )
        name, data = events.get_nowait() or ("", {})
    assert name == "answer"
    assert data == {
        "callback_query_id": query_id,
        "person_id": 101,
        "text": "Good",
        "show_alert": True,
    }
    too_old = "query is too old and response timeout expired or query ID is invalid"
    for unknown in (query_id, "12345"):
        refusal = await api.refused("answerCallbackQuery", callback_query_id=unknown)
        assert refusal == f"400 Bad Request: {too_old}"


async def test_a_query_gets_too_old(session: aiohttp.ClientSession) -> None:
    """An answer that takes too long is refused."""
    hours = 0
    async with Playground(port=0, now=lambda: hours * 3600) as playground:
        api = Api(session, playground)
        await playground.send_text(101, 101, "hello")
        sent = await api.ok("sendMessage", chat_id=101, text="hi")
        query_id = await playground.press(101, 101, sent["message_id"], "x", forged=True)
        hours = 1
        refusal = await api.refused("answerCallbackQuery", callback_query_id=query_id)
    assert "query is too old" in refusal


def test_the_judge_of_updates_refuses_what_is_wrong() -> None:
    """The closed types do find an unknown field."""
    assert list(faults(User, {"id": 1, "is_bot": False, "first_name": "Ann", "nickname": "A"}))
