import asyncio
import sys
from pathlib import Path

import aiohttp

from playground import Playground
from tests.support.bot_api import Api, picture, upload

ROOT = Path(__file__).parents[2]


async def test_everything_survives_a_restart(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    """Messages, files, updates, presses, commands and the token are as they were."""
    async with Playground(port=0, store=tmp_path) as playground:
        token = playground.token
        api = Api(session, playground)
        await api.ok("getMe")
        photo = (await playground.send_photo(101, 101, picture()))["photo"][-1]["file_id"]
        sent = await api.ok("sendPhoto", chat_id=101, photo=upload())
        query_id = await playground.press(101, 101, sent["message_id"], "x", forged=True)
        first, _ = await api.ok("getUpdates")
        await api.ok("getUpdates", offset=first["update_id"] + 1)
        commands = [{"command": "start", "description": "Start"}]
        await api.ok("setMyCommands", commands=commands)
        like = [{"type": "emoji", "emoji": "👍"}]
        reaction = {"chat_id": 101, "message_id": sent["message_id"], "reaction": like}
        await api.ok("setMessageReaction", **reaction)
        playground.world.block(102)
        messages = playground.world.messages(101)
        bytes_before = playground.world.file(photo)
    async with Playground(port=0, store=tmp_path) as playground:
        api = Api(session, playground)
        world = playground.world
        assert playground.token == token
        assert world.introduced
        assert world.messages(101) == messages
        assert world.file(photo) == bytes_before
        assert world.reactions(101, sent["message_id"]) == ["👍"]
        assert world.shown_commands(101, 101) == commands
        pending = await api.ok("getUpdates")
        assert [update.keys() - {"update_id"} for update in pending] == [
            {"callback_query"},
            {"my_chat_member"},
        ]
        assert await api.ok("answerCallbackQuery", callback_query_id=query_id)
        later = await api.ok("sendMessage", chat_id=101, text="later")
        assert later["message_id"] > messages[-1]["message_id"]
        again = await api.ok("sendPhoto", chat_id=101, photo=photo)
        assert again["photo"][-1]["file_id"] == photo


async def test_a_killed_process_loses_nothing_it_answered(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    """Kill -9 right after an answer, and the message is still there."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", "--port", "0", "--store", str(tmp_path)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout
        printed = {}
        for _ in range(3):
            name, value = (await process.stdout.readline()).decode().split()
            printed[name] = value
        url = f"{printed['API']}/bot{printed['token']}"
        send = aiohttp.FormData({"person": "101", "chat": "101", "text": "hello"})
        headers = {"X-Playground": "1"}
        async with session.post(
            f"{printed['API']}/app/send", data=send, headers=headers
        ) as response:
            assert (await response.json())["ok"]
        for number in range(20):
            params = {"chat_id": "101", "text": str(number)}
            async with session.get(f"{url}/sendMessage", params=params) as response:
                assert (await response.json())["ok"]
    finally:
        process.kill()
        await process.wait()
    async with Playground(port=0, store=tmp_path) as playground:
        texts = [message["text"] for message in playground.world.messages(101)]
        assert texts == ["hello", *map(str, range(20))]
        assert len(playground.world.updates.pending()) == 1


async def test_a_new_store_begins_with_other_updates(tmp_path: Path) -> None:
    """A bot that remembers the old ones takes the first of these for none of them."""
    ids = set()
    for name in ("old", "new", "newer"):
        async with Playground(port=0, store=tmp_path / name) as playground:
            await playground.send_text(101, 101, "hello")
            ids |= {update["update_id"] for update in playground.world.updates.pending()}
    assert len(ids) == 3
