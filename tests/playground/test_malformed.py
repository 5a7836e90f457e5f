"""Requests that no client should make: each gets its answer, and none leaves a traceback."""

import asyncio
import json
import logging
import random
import time
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from yarl import URL

from playground import ApiRequest, Playground, body
from tests.support.bot_api import Api

Json = dict[str, Any]
PAGE = {"X-Playground": "1"}
FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 100_000 + "]" * 100_000
MODERATE = '{"a":' * 500 + "1" + "}" * 500
"""Python's own reader takes it, its writer doesn't take much more."""
PIECES = (
    b"", b"\0", b"\r\n", b"--x", b"--x\r\n", b"--x--\r\n", b"--x--", b"\xff\xfe", b"%ff%zz", b"&=&",
    b"{", b"[" * 3000, b'{"a":NaN}', b'{"text":1e999,"chat_id":101}', b'{"chat_id":"\\ud800"}',
    b"Content-Disposition: form-data\r\n\r\n", b'Content-Disposition: form-data; name=""\r\n\r\nx',
    b'Content-Disposition: form-data; name="chat_id"\r\n\r\n101\r\n',
    b'Content-Disposition: form-data; name="text"; filename="\xff\xfe/../\r\n',
    b'Content-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nnot a picture\r\n',
    b"Content-Transfer-Encoding: rot13\r\n\r\nx", b"Content-Type: text/plain; charset=klingon\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n", b"a" * 9000,
    b'{"person":101,"chat":101,"message_id":1,"data":"x"}', b"person=101&chat=101&text=hello",
)  # fmt: skip
KINDS = (
    "application/json", "application/json; charset=klingon", FORM, f"{FORM}; charset=rot13",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "b" * 200, "text/plain", "nonsense", "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing of all this may be worth a line in the log."""
    with caplog.at_level(logging.WARNING):
        yield
    assert caplog.records == []


def method(playground: Playground, name: str = "sendMessage") -> str:
    return f"{playground.url}/bot{playground.token}/{name}"


async def refused(response: aiohttp.ClientResponse) -> int:
    """Check the shape of a refusal; give its code."""
    answer = await response.json()
    assert set(answer) == {"ok", "error_code", "description"}, answer
    assert answer["ok"] is False
    assert answer["error_code"] == response.status
    assert answer["description"]
    return response.status


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("application/json", DEEP, 400),
        ("application/json", MODERATE, 400),
        ("application/json", '{"chat_id": 101, "text": "x", "entities": ' + DEEP + "}", 400),
        ("application/json", json.dumps({"chat_id": 101, "text": "x", "entities": DEEP}), 400),
        ("application/json", '{"chat_id": 101, "text": NaN}', 400),
        ("application/json", '{"chat_id": 101, "text": 1e999}', 400),
        ("application/json", "[1]", 400),
        ("application/json; charset=klingon", "{}", 415),
        ("application/json; charset=utf-16", "{}", 415),
        (f"{FORM}; charset=klingon", "chat_id=101", 415),
        (f"{FORM}; charset=punycode", "chat_id=101", 415),
        (FORM, "text=%ff", 400),
        (FORM, "&".join(f"a{n}=1" for n in range(2000)), 400),
        (FORM, "text=" + "x" * 2_600_000, 413),
        ("application/json", '{"text": "' + "x" * 2_600_000 + '"}', 413),
        ("text/xml", "<x/>", 415),
        ("multipart/form-data", "x", 400),
        ("multipart/form-data; boundary=x", "--x\r\nnonsense", 400),
        ("multipart/form-data; boundary=x", "--x\r\n\r\nno name\r\n--x--", 400),
        (
            "multipart/form-data; boundary=x",
            (
                "--x\r\nContent-Disposition: form-data; name=a\r\n"
                "Content-Type: text/plain; charset=klingon\r\n\r\nx\r\n--x--\r\n"
            ),
            415,
        ),
        (
            "multipart/form-data; boundary=x",
            (
                "--x\r\nContent-Disposition: form-data; name=a\r\n"
                "Content-Transfer-Encoding: klingon\r\n\r\nx\r\n--x--\r\n"
            ),
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=" + "n" * 5000 + "\r\n\r\nx\r\n--x--\r\n",
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            "".join(
                f"--x\r\nContent-Disposition: form-data; name=n{n}\r\n\r\nx\r\n" for n in range(500)
            )
            + "--x--\r\n",
            400,
        ),
    ],
)
@pytest.mark.parametrize("route", ["bot", "send", "press"])
async def test_a_body_that_can_not_be_read_is_answered(
    playground: Playground,
    session: aiohttp.ClientSession,
    route: str,
    kind: str,
    data: str,
    code: int,
) -> None:
    """On every route that reads one: 400, 413 or 415, in JSON, and nobody waits for it."""
    url = method(playground) if route == "bot" else f"{playground.url}/app/{route}"
    headers = {"Content-Type": kind, **PAGE}
    async with session.post(url, data=data.encode(), headers=headers) as response:
        assert await refused(response) in {code, 400}
        assert response.status == code or route != "bot"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nothing", 404),
        ("/" + "x" * 5000, 404),
        ("/static/" + "x" * 300, 404),
        ("/static/" + "x/" * 2000, 404),
        ("/static/%00", 404),
        ("/static/%2e%2e/server.py", 404),
        ("/static/js/main.js/x", 404),
        ("/app/file/" + "x" * 30_000, 404),
        ("/file/bot{token}/" + "x" * 5000, 404),
        ("/bot{token}/" + "x" * 5000, 404),
        ("/bot%ff/getMe", 401),
        ("/" + "x" * 100_000, 414),
        ("/app/send", 405),
    ],
)
async def test_a_path_that_leads_nowhere_is_answered(
    playground: Playground, session: aiohttp.ClientSession, path: str, code: int
) -> None:
    """However long or odd it is."""
    address = playground.url + path.replace("{token}", playground.token)
    async with session.get(URL(address, encoded=True)) as response:
        assert await refused(response) == code


async def test_a_header_that_is_too_long_is_answered(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """431, as Telegram says it; one as long as browsers send is fine."""
    for length, code in ((4000, 200), (20_000, 431), (200_000, 431)):
        async with session.get(playground.url, headers={"Cookie": "c" * length}) as response:
            assert response.status == code
            assert code == 200 or await refused(response) == code


@pytest.mark.parametrize("sign", ["x", "-", "a.", "a@", "/a ", "#1 ", "http://", "😀", "a-b "])
async def test_a_text_of_megabytes_holds_nobody_up(
    playground: Playground, session: aiohttp.ClientSession, sign: str
) -> None:
    """Too long a text is refused before it is read; the longest that fits is quickly read."""
    begun = time.process_time()
    for length, code in ((2_600_000, 413), (300_000, 400), (40_960, 200)):
        form = {"person": "101", "chat": "101", "text": (sign * length)[:length]}
        if sign == "😀":  # two code units, and a long way to write them
            form["text"] = sign * (length // 8 if code == 400 else length // 2)
        async with session.post(f"{playground.url}/app/send", data=form, headers=PAGE) as response:
            answer = await response.json()
            assert response.status == code, answer
        if code != 200:
            assert answer["description"] == (
                "The text is too long: up to 40960 characters can be sent."
            )
    assert time.process_time() - begun < 4  # of this process alone; it was 17 s
    assert 10 <= len(playground.world.messages(101)) <= 11


@pytest.mark.parametrize("mode", ["HTML", "MarkdownV2", "Markdown"])
@pytest.mark.parametrize("sign", ["<b>", "*a* ", "`", "[", "\\", "||", ">\n", "<a " + "a " * 50])
async def test_markup_of_any_length_holds_nobody_up(api: Api, mode: str, sign: str) -> None:
    """Whatever the markup repeats, it is refused at once."""
    begun = time.process_time()
    for length in (300_000, 60_000):
        refusal = await api.refused(
            "sendMessage", chat_id=101, text=(sign * length)[:length], parse_mode=mode
        )
        assert refusal.startswith("400 Bad Request: ")
    assert time.process_time() - begun < 4


async def test_a_body_that_never_ends_is_given_up(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends too slowly gets 408, and nobody else waits."""
    monkeypatch.setattr(body, "SLOWEST", 0.05)
    answer = await spoken(
        playground,
        f"POST /bot{playground.token}/sendMessage HTTP/1.1\r\nHost: {host(playground)}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode(),
    )
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"error_code": 408' in answer


async def test_a_body_that_breaks_off_is_forgotten(session: aiohttp.ClientSession) -> None:
    """A connection that was lost while it sent leaves nothing behind: nobody has asked."""
    seen: list[ApiRequest] = []
    async with Playground(port=0, on_request=seen.append) as playground:
        await break_off(playground)
        await Api(session, playground).ok("getMe")
        assert [request.method for request in seen] == ["getMe"]
        assert playground.world.messages(101) == []


async def break_off(playground: Playground) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x"):
        for path in (f"/bot{playground.token}/sendPhoto", "/app/send"):
            _, writer = await asyncio.open_connection("127.0.0.1", port(playground))
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: {host(playground)}\r\nX-Playground: 1\r\n"
                f"Content-Type: {kind}\r\nContent-Length: 100\r\n\r\n--x\r\n".encode()
            )
            await writer.drain()
            writer.transport.abort()


@pytest.mark.parametrize(
    "words",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: {host}\r\n\r\n",
        b"POST /app/send HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
        b"POST /app/send HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nExpect: miracles\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {host}\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_answered(playground: Playground, words: bytes) -> None:
    """In JSON too, and the next one is served."""
    answer = await spoken(playground, words.replace(b"{host}", host(playground).encode()))
    assert b"application/json" in answer, answer
    assert b'"ok": false' in answer


async def test_five_hundred_wild_requests(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """Any method on any route with any body: an answer under 500, JSON where it refuses."""
    chance = random.Random(17)  # noqa: S311 - no secret
    token = playground.token
    routes = (
        "/", "/app/state", "/app/send", "/app/press", "/app/file/x", "/static/js/main.js",
        f"/bot{token}/sendMessage", f"/bot{token}/sendPhoto", f"/bot{token}/sendMediaGroup",
        f"/bot{token}/setMyCommands", f"/bot{token}/nothing", f"/file/bot{token}/photos/x.jpg",
        "/bot1:x/getMe", "/%00", "/%ff%fe",
    )  # fmt: skip
    for number in range(500):
        verb = chance.choice(("GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"))
        data = b"".join(chance.choices(PIECES, k=chance.randint(0, 5)))
        headers = {"Content-Type": chance.choice(KINDS), **(PAGE if chance.random() < 0.9 else {})}
        if chance.random() < 0.1:
            headers["Content-Encoding"] = chance.choice(("gzip", "deflate", "br", "klingon"))
        path = chance.choice(routes)
        request = session.request(
            verb, playground.url + path, data=data, headers=headers, skip_auto_headers=["Accept"]
        )
        async with request as response:
            wild = (number, verb, path, headers, data)
            assert response.status < 500, wild
            if response.status >= 400:
                assert response.content_type == "application/json", wild
                assert (await response.json())["error_code"] == response.status, wild


def port(playground: Playground) -> int:
    return int(playground.url.rpartition(":")[2])


def host(playground: Playground) -> str:
    return f"localhost:{port(playground)}"


async def spoken(playground: Playground, words: bytes) -> bytes:
    """Say this to the server, and hear it until it hangs up or has answered in JSON."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port(playground))
    writer.write(words)
    answer = b""
    while not answer.endswith(b"}") and (more := await reader.read(65536)):
        answer += more
    writer.close()
    return answer
