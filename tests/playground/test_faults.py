import aiohttp
import pytest

from playground import (
    ApiRequest,
    BadGateway,
    DropAfter,
    DropBefore,
    Forbidden,
    Migrated,
    Playground,
    RetryAfter,
)
from playground.faults import Fault
from tests.support.bot_api import Api


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (
            RetryAfter(2),
            {
                "error_code": 429,
                "description": "Too Many Requests: retry after 2",
                "parameters": {"retry_after": 2},
            },
        ),
        (
            Forbidden(),
            {"error_code": 403, "description": "Forbidden: bot was blocked by the user"},
        ),
        (
            Migrated(-100_500),
            {
                "error_code": 400,
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -100_500},
            },
        ),
    ],
)
async def test_a_refusal_is_injected(
    playground: Playground, api: Api, fault: Fault, answer: dict[str, object]
) -> None:
    """As often as it was ordered, for that method only, and nothing is done."""
    playground.faults.add(method="sendMessage", fault=fault, times=2)
    before = playground.world.messages(101)
    await api.ok("sendChatAction", chat_id=101, action="typing")
    for left in (1, 0):
        assert await api("sendMessage", chat_id=101, text="hi") == {"ok": False, **answer}
        assert playground.faults.pending("sendMessage") == left
    assert playground.world.messages(101) == before
    await api.ok("sendMessage", chat_id=101, text="hi")


async def test_faults_come_in_order(playground: Playground, api: Api) -> None:
    """The first ordered comes first; what is cleared doesn't come."""
    playground.faults.add(method="getMe", fault=Forbidden("first"))
    playground.faults.add(method="getMe", fault=Forbidden("second"))
    assert await api.refused("getMe") == "403 Forbidden: first"
    playground.faults.clear()
    await api.ok("getMe")


async def test_a_gateway_answers_in_html(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    """A 502 that isn't JSON."""
    playground.faults.add(method="getMe", fault=BadGateway())
    async with session.get(f"{playground.url}/bot{playground.token}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


@pytest.mark.parametrize(("fault", "sent"), [(DropBefore(), 0), (DropAfter(), 1)])
async def test_a_socket_is_dropped(session: aiohttp.ClientSession, fault: Fault, sent: int) -> None:
    """Before anything was done, or after all of it: the bot can't tell."""
    seen: list[ApiRequest] = []
    async with Playground(port=0, on_request=seen.append) as playground:
        await playground.send_text(101, 101, "hello")
        playground.faults.add(method="sendMessage", fault=fault)
        with pytest.raises(aiohttp.ClientConnectionError):
            await Api(session, playground)("sendMessage", chat_id=101, text="hi")
        assert len(playground.world.messages(101)) == 1 + sent
    assert [(r.method, r.injected, r.response.ok) for r in seen] == [
        ("sendMessage", True, bool(sent))
    ]
