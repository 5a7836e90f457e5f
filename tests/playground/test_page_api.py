import asyncio
import json
import re
from typing import Any

import aiohttp
import pytest

from playground import Playground
from playground.page_api import SAMPLES
from tests.support.bot_api import Api, picture

Json = dict[str, Any]
HEADERS = {"X-Playground": "1"}
GROUP = -4_200_001
PLAYGROUND = SAMPLES.parents[1]


async def send(
    session: aiohttp.ClientSession, playground: Playground, *files: bytes, **fields: str
) -> tuple[int, Json]:
    form = aiohttp.FormData({"person": "101", "chat": "101", **fields})
    for data in files:
        form.add_field("file", data, filename="portrait.png")
    url = f"{playground.url}/app/send"
    async with session.post(url, data=form, headers=HEADERS) as response:
        return response.status, await response.json()


async def state(session: aiohttp.ClientSession, playground: Playground) -> Json:
    async with session.get(f"{playground.url}/app/state") as response:
        answer: Json = await response.json()
        return answer


async def test_the_state_has_three_chats(
    playground: Playground, session: aiohttp.ClientSession, api: Api
) -> None:
    """Two people's private chats and a group, a bot once it has come, and samples to click."""
    first = await state(session, playground)
    assert first["bot"] is None
    assert first["online"] is False
    assert [person["id"] for person in first["people"]] == [101, 102]
    assert [chat["chat"]["type"] for chat in first["chats"]] == ["private", "private", "group"]
    assert first["chats"][2]["members"] == [101, 102]
    assert first["chats"][0]["messages"][0]["text"] == "hello"
    assert {sample["name"] for sample in first["samples"]} == {
        p.name for p in SAMPLES.glob("*.jpg")
    }
    for sample in first["samples"]:
        async with session.get(playground.url + sample["url"]) as response:
            assert response.content_type == "image/jpeg"
    me = await api.ok("getMe")
    await api.ok("getUpdates")
    await api.ok("setMyCommands", commands=[{"command": "start", "description": "Start"}])
    second = await state(session, playground)
    assert second["bot"]["id"] == me["id"]
    assert second["online"] is True
    assert second["chats"][0]["commands"]["101"][0]["command"] == "start"


async def test_the_page_sends(playground: Playground, session: aiohttp.ClientSession) -> None:
    """Text, a reply, a photo, an album and files."""
    _, words = await send(session, playground, text="hello")
    _, reply = await send(session, playground, text="again", reply_to=str(words["message_ids"][0]))
    _, photo = await send(session, playground, picture(), text="look", **{"as": "photo"})
    _, album = await send(session, playground, *[picture()] * 3, **{"as": "photo"})
    _, files = await send(session, playground, picture(), **{"as": "document"})
    messages = playground.world.messages(101)
    ids = [answer["message_ids"] for answer in (words, reply, photo, album, files)]
    assert [m["message_id"] for m in messages] == [one for each in ids for one in each]
    assert messages[1]["reply_to_message"]["text"] == "hello"
    assert messages[2]["caption"] == "look"
    assert len({m["media_group_id"] for m in messages[3:6]}) == 1
    assert messages[6]["document"]["file_name"] == "portrait.png"


@pytest.mark.parametrize(
    ("files", "fields", "error"),
    [
        ((), {}, "There is nothing to send."),
        ((), {"text": "x", "chat": "102"}, "There is no such chat."),
        ((), {"text": "x", "person": "me"}, "The request can't be read."),
        ((), {"text": "x", "reply_to": "999"}, "The message to reply to is gone."),
        ((b"words",), {}, "This is no picture, or a damaged one. Send it as a file."),
        ((b"",), {"as": "document"}, "The file is empty."),
        ((picture(),), {"text": "x" * 1025}, "A caption has at most 1024 characters."),
    ],
)
async def test_what_can_not_be_sent_is_explained(
    playground: Playground,
    session: aiohttp.ClientSession,
    files: tuple[bytes, ...],
    fields: dict[str, str],
    error: str,
) -> None:
    """A sentence, and nothing in the chat."""
    refusal = {"ok": False, "error_code": 400, "description": error}
    assert await send(session, playground, *files, **fields) == (400, refusal)
    assert playground.world.messages(101) == []


def test_every_refusal_has_its_russian_words() -> None:
    """The page shows them in its own language."""
    sources = "".join(file.read_text("utf-8") for file in PLAYGROUND.glob("*.py"))
    refusals = re.findall(r'(?:NotSent\(f?|sentence = f?)"([A-Z][^"]+)"', sources)
    page = (PLAYGROUND / "static" / "js" / "texts.js").read_text("utf-8")
    assert "The file is larger than 50 MB." in refusals
    for refusal in refusals:
        sentence = refusal.replace("{text.CAPTION_LIMIT}", "1024").replace("{LONGEST}", "40960")
        assert f'"{sentence}":' in page


async def test_another_site_can_not_send(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """Without the header that a foreign form can't set, nothing is sent or pressed."""
    for path in ("send", "press"):
        async with session.post(f"{playground.url}/app/{path}", data={"text": "x"}) as response:
            assert response.status == 403


async def test_the_page_presses(
    playground: Playground, session: aiohttp.ClientSession, api: Api
) -> None:
    """A button that is there gives a callback query, another one an explanation."""
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = await api.ok("sendMessage", chat_id=101, text="Sure?", reply_markup=keyboard)
    press = {"person": 101, "chat": 101, "message_id": sent["message_id"], "data": "yes"}
    url = f"{playground.url}/app/press"
    async with session.post(url, json=press, headers=HEADERS) as response:
        answer = await response.json()
    (update,) = await api.ok("getUpdates")
    assert answer == {"ok": True, "callback_query_id": update["callback_query"]["id"]}
    for change in ({"data": "no"}, {"message_id": 999}, {"person": 102}, {"person": None}):
        async with session.post(url, json=press | change, headers=HEADERS) as response:
            assert response.status == 400
            assert (await response.json())["description"]


async def test_the_page_hears_what_happens(
    playground: Playground, session: aiohttp.ClientSession, api: Api
) -> None:
    """Messages, edits and actions come as events, in order."""
    async with session.get(f"{playground.url}/app/events") as stream:
        assert stream.content_type == "text/event-stream"
        sent = await api.ok("sendMessage", chat_id=101, text="old")
        await api.ok("editMessageText", chat_id=101, message_id=sent["message_id"], text="new")
        await api.ok("sendChatAction", chat_id=101, action="typing")
        events: list[tuple[str, Json]] = []
        while len(events) < 3:
            lines = (await stream.content.readuntil(b"\n\n")).decode().strip().splitlines()
            name, data = (line.partition(": ")[2] for line in lines)
            events.append((name, json.loads(data)))
    assert [name for name, _ in events] == ["message", "message", "action"]
    assert [data["message"]["text"] for _, data in events[:2]] == ["old", "new"]
    assert events[2][1] == {"chat_id": 101, "action": "typing"}


async def test_files_are_shown_or_downloaded(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """Pictures are drawn; a document of another site's making never runs as a page of ours."""
    photo = (await playground.send_photo(101, 101, picture()))["photo"][0]["file_id"]
    script = await playground.send_document(101, 101, "письмо.html", b"<script>alert(1)</script>")
    for file_id, query, kind, disposition in (
        (photo, "", "image/jpeg", "inline"),
        (photo, "?download=1", "application/octet-stream", "attachment"),
        (script["document"]["file_id"], "", "application/octet-stream", "attachment"),
    ):
        async with session.get(f"{playground.url}/app/file/{file_id}{query}") as response:
            assert response.content_type == kind
            assert response.content_disposition
            assert response.content_disposition.type == disposition
    async with session.get(f"{playground.url}/app/file/nothing") as response:
        assert response.status == 404


async def test_the_page_is_served(playground: Playground, session: aiohttp.ClientSession) -> None:
    """It may load nothing from elsewhere, and no other page may frame it."""
    async with session.get(playground.url) as response:
        assert response.content_type == "text/html"
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_closed_page_leaves_no_traceback(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    """What happens after a page was closed is sent to nobody, and nothing is logged."""
    async with Playground(port=0) as playground:
        stream = await session.get(f"{playground.url}/app/events")
        assert playground.world.feed.listeners == 1
        assert stream.connection
        assert stream.connection.transport
        stream.connection.transport.abort()
        while playground.world.feed.listeners:
            for _ in range(5):
                await playground.send_text(101, 101, "is anybody there?")
            await asyncio.sleep(0)  # lets the server look at its connections
    assert caplog.records == []
