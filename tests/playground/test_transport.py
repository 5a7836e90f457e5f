import logging

import aiohttp
import pytest

from playground import ApiRequest, Playground, UploadedFile
from tests.support.bot_api import Api, picture, upload


async def test_a_wrong_token_is_unauthorized(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """Without the token nothing is answered, neither methods nor files."""
    for path in ("bot1:wrong/getMe", "file/bot1:wrong/photos/file_1.jpg"):
        async with session.get(f"{playground.url}/{path}") as response:
            assert response.status == 401
            assert (await response.json())["description"] == "Unauthorized"


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    """Only what is in the table is answered."""
    assert await api.refused("sendTelepathy", chat_id=101) == "404 Not Found"


async def test_method_names_are_read_in_any_case(api: Api) -> None:
    """As at Telegram, getme is getMe."""
    assert (await api.ok("getMe"))["is_bot"]


async def test_an_unknown_parameter_is_named(api: Api) -> None:
    """A misspelt parameter is refused, not ignored."""
    refusal = await api.refused("sendMessage", chat_id=101, text="hi", parse_mod="HTML")
    assert refusal == '400 Bad Request: unknown parameter "parse_mod"'


async def test_a_missing_parameter_is_named(api: Api) -> None:
    """What a method needs, it asks for by name."""
    refusal = await api.refused("sendMessage", chat_id=101)
    assert refusal == '400 Bad Request: parameter "text" is required'


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"message_thread_id": "seven"}, 'parameter "message_thread_id" must be of type Integer'),
        (
            {"disable_notification": "maybe"},
            'parameter "disable_notification" must be of type Boolean',
        ),
        ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"reply_markup": "[]"}, "object expected as reply markup"),
        ({"entities": "{}"}, "array expected as entities"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": "ann"}, "chat not found"),
        ({"text": UploadedFile("a.txt", b"hi")}, 'parameter "text" can\'t be a file'),
    ],
)
async def test_a_parameter_of_the_wrong_type_is_refused(
    api: Api, params: dict[str, object], reason: str
) -> None:
    """Each parameter is read by its type."""
    refusal = await api.refused("sendMessage", **{"chat_id": 101, "text": "hi", **params})
    assert refusal == f"400 Bad Request: {reason}"


async def test_a_request_may_come_in_any_form(
    playground: Playground, api: Api, session: aiohttp.ClientSession
) -> None:
    """Query string, form and JSON mean the same."""
    url = f"{playground.url}/bot{playground.token}/sendMessage"
    fields = {"chat_id": "101", "text": "hi"}
    for response in (
        await session.get(url, params=fields),
        await session.post(url, data=fields),
        await session.post(url, json={"chat_id": 101, "text": "hi"}),
    ):
        assert (await response.json())["result"]["text"] == "hi"


async def test_broken_bodies_are_refused(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """A body that can't be read is the bot's fault, not a crash."""
    url = f"{playground.url}/bot{playground.token}/getMe"
    for kind, body in (
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("multipart/form-data; boundary=x", b"--y\r\nnonsense"),
    ):
        async with session.post(url, data=body, headers={"Content-Type": kind}) as response:
            assert response.status == 400
            assert not (await response.json())["ok"]


async def test_other_hosts_are_refused(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """A name that somebody else points at this address reaches nothing."""
    port = playground.url.rpartition(":")[2]
    for path in ("/", "/app/state", f"/bot{playground.token}/getMe"):
        for host, status in (
            (f"localhost:{port}", 200),
            (f"127.0.0.1:{port}", 200),
            (f"evil.example:{port}", 403),
            ("localhost:1", 403),
        ):
            async with session.get(playground.url + path, headers={"Host": host}) as response:
                assert response.status == status, (path, host)


async def test_the_token_stays_out_of_the_logs(
    playground: Playground, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even the server's own log knows the token."""
    with caplog.at_level(logging.DEBUG):
        await api.ok("getMe")
        await api.refused("sendTelepathy")
    own = [r.getMessage() for r in caplog.records if r.name.startswith(("aiohttp", "playground"))]
    assert not any(playground.token in line for line in own)


async def test_a_photo_comes_back_as_jpeg(
    playground: Playground, api: Api, session: aiohttp.ClientSession
) -> None:
    """GetFile leads to the bytes of any size of a photo."""
    message = await playground.send_photo(101, 101, picture(640, 480))
    file = await api.ok("getFile", file_id=message["photo"][-1]["file_id"])
    path = f"{playground.url}/file/bot{playground.token}/{file['file_path']}"
    async with session.get(path) as response:
        data = await response.read()
    assert data.startswith(b"\xff\xd8")
    assert len(data) == file["file_size"]
    assert await api.refused("getFile", file_id="nothing") == (
        "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    )


async def test_a_file_of_more_than_20_mb_is_not_handed_out(
    playground: Playground, api: Api
) -> None:
    """A person may send it, the bot can't fetch it."""
    message = await playground.send_document(101, 101, "big.bin", bytes(20 * 1024 * 1024 + 1))
    document = message["document"]
    assert playground.world.file(document["file_id"])
    refusal = await api.refused("getFile", file_id=document["file_id"])
    assert refusal == "400 Bad Request: file is too big"


async def test_a_body_of_more_than_50_mb_is_refused(api: Api) -> None:
    """The upload limit holds."""
    huge = UploadedFile("huge.bin", bytes(52 * 1024 * 1024))
    refusal = await api.refused("sendDocument", chat_id=101, document=huge)
    assert refusal == "413 Request Entity Too Large"


async def test_every_request_is_observed(session: aiohttp.ClientSession) -> None:
    """An observer sees what was asked, decoded and raw, and what was answered; refusals too."""
    seen: list[ApiRequest] = []
    async with Playground(port=0, on_request=seen.append) as playground:
        await playground.send_text(101, 101, "hello")
        api = Api(session, playground)
        await api.ok("sendPhoto", chat_id=101, photo=upload(), reply_markup={"inline_keyboard": []})
        await api.refused("sendMessage", chat_id=101, text="")
    photo, text = seen
    assert photo.params["chat_id"] == 101
    assert photo.raw["chat_id"] == "101"
    assert photo.params["reply_markup"] == {"inline_keyboard": []}
    assert photo.params["photo"].name == "picture.png"
    assert photo.response.ok
    assert text.response.error_code == 400
    assert text.response.description == "Bad Request: message text is empty"


async def test_waiting_names_what_it_waited_for(playground: Playground) -> None:
    """A test that waits in vain says for what."""
    with pytest.raises(TimeoutError, match=r"playground\.world\.messages"):
        await playground.wait_for(lambda: playground.world.messages(102), timeout=0.01)
