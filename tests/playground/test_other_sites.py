"""Another site in the owner's browser, and paths that lead out of the files, get nothing."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from playground import Playground
from tests.support.bot_api import Api

EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
PATHS = ("/", "/app/state", "/app/events", "/app/send", "/app/press")
ALLOWING = "access-control-allow-"
SECRET = b"nobody may read this"


async def raw(playground: Playground, target: str, **headers: str) -> bytes:
    """Ask for exactly this path: clients tidy them up. Gives the answer's beginning."""
    host = playground.url.removeprefix("http://")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(host.partition(":")[2]))
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n".encode("latin-1"))
    answer = await reader.read(65536)
    writer.close()
    return answer


def places_of(content: bytes, folder: Path) -> set[Path]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.parent for file in files if file.read_bytes() == content}


async def test_another_site_reads_nothing(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """Its fetch gets no leave from the browser, asked before or after, for the stream neither."""
    for path in PATHS:
        for method in ("GET", "OPTIONS"):
            asking = EVIL | {"Access-Control-Request-Headers": "X-Playground"}
            async with session.request(method, playground.url + path, headers=asking) as answer:
                assert not [name for name in answer.headers if name.lower().startswith(ALLOWING)]
                assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
                if method == "OPTIONS":
                    assert answer.status == 405


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
async def test_another_sites_form_does_nothing(
    playground: Playground, session: aiohttp.ClientSession, kind: str
) -> None:
    """Those are the kinds that a browser sends without asking."""
    body = b'{"person": 101, "chat": 101, "text": "/forget"}'
    for path in ("/app/send", "/app/press"):
        headers = EVIL | {"Content-Type": kind}
        async with session.post(playground.url + path, data=body, headers=headers) as answer:
            assert answer.status == 403
    assert playground.world.messages(101) == []


async def test_there_is_no_web_socket(playground: Playground) -> None:
    """A browser would let another site open one."""
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}  # fmt: skip
    for path in ("/", "/app/state"):
        assert b" 101 " not in (await raw(playground, path, **upgrade)).splitlines()[0]


async def test_a_rebound_name_can_not_act_either(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """To a browser it is the page's own site: it may set the header."""
    headers = {"Host": "evil.example", "X-Playground": "1"}
    for path in ("/app/send", "/app/press"):
        async with session.post(playground.url + path, json={}, headers=headers) as answer:
            assert answer.status == 403


async def test_no_path_leads_out_of_the_files(tmp_path: Path) -> None:
    """Dots, encoded or not, absolute paths, backslashes, a NUL, a link in the folder."""
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(SECRET)
    async with Playground(port=0, store=tmp_path / "store") as playground:
        folder = tmp_path / "store" / "files" / "photos"
        folder.mkdir(parents=True)
        (folder / "link.jpg").symlink_to(secret)
        names = ["../secret.jpg", "../../secret.jpg", "../../../secret.jpg", "photos/link.jpg",
                 str(secret), f"/{secret}", "..\\..\\secret.jpg", "photos/link.jpg%00.png",
                 "playground.sqlite3", "../playground.sqlite3"]  # fmt: skip
        names += [name.replace(".", "%2e").replace("/", "%2f") for name in names]
        names += [name.replace("..", "....//") for name in names]
        for before in ("/static/", "/app/file/", f"/file/bot{playground.token}/", "/"):
            for name in names:
                answer = await raw(playground, before + name, Connection="close")
                status = answer.split(b" ", 2)[1]
                assert status in {b"400", b"404", b"403", b"401"}, (before, name, answer[:80])
                assert SECRET not in answer
                assert b"SQLite format" not in answer


async def test_a_files_name_chooses_no_place(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    """It is kept as a name only, and can't end the header that it stands in."""
    store = tmp_path / "store"
    async with Playground(port=0, store=store) as playground:
        for name in (
            "../../evil.jpg",
            "/etc/evil",
            'a"\r\nSet-Cookie: x=1\r\n.jpg',
            "CON",
            "é\x00",
        ):
            sent = await playground.send_document(101, 101, name, SECRET)
            url = f"{playground.url}/app/file/{sent['document']['file_id']}"
            async with session.get(url) as answer:
                assert await answer.read() == SECRET
                assert "Set-Cookie" not in answer.headers
    assert places_of(SECRET, tmp_path) == {store / "files" / "documents"}


async def test_the_bots_address_tells_nothing_without_the_token(
    playground: Playground, session: aiohttp.ClientSession, api: Api
) -> None:
    """Another site doesn't know it, and a page can't read it in the state."""
    async with session.get(f"{playground.url}/app/state", headers=EVIL) as answer:
        assert playground.token not in await answer.text()
