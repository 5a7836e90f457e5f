from typing import Any

import pytest

from playground import Playground
from tests.support.bot_api import Api

GROUP = -4_200_001
PRIVATE = {"type": "all_private_chats"}


def command(name: str) -> list[dict[str, Any]]:
    return [{"command": name, "description": f"What {name} does"}]


async def test_the_narrowest_list_is_shown(playground: Playground, api: Api) -> None:
    """Scopes from the widest to the narrowest; in each the person's language comes first."""

    def shown(chat: int, person: int) -> str:
        return "".join(one["command"] for one in playground.world.shown_commands(chat, person))

    def everywhere() -> list[str]:
        places = ((101, 101), (102, 102), (GROUP, 101), (GROUP, 102))
        return [shown(*place) for place in places]

    assert everywhere() == ["", "", "", ""]
    for scope, language, result in (
        ({"type": "default"}, "", "a a a a"),
        ({"type": "default"}, "ru", "a b a b"),
        (PRIVATE, "", "c c a b"),
        (PRIVATE, "ru", "c d a b"),
        ({"type": "all_group_chats"}, "", "c d e e"),
        ({"type": "all_chat_administrators"}, "", "c d f e"),
        ({"type": "chat", "chat_id": GROUP}, "", "c d g g"),
        ({"type": "chat_administrators", "chat_id": GROUP}, "", "c d h g"),
        ({"type": "chat_member", "chat_id": GROUP, "user_id": 102}, "", "c d h i"),
        ({"type": "chat", "chat_id": 101}, "", "j d h i"),
    ):
        name = max(set(result.split()) - set(everywhere()))
        params = {"commands": command(name), "scope": scope, "language_code": language}
        await api.ok("setMyCommands", **params)
        assert everywhere() == result.split(), (scope, language)


async def test_a_list_is_read_and_deleted_by_its_own_scope(
    playground: Playground, api: Api
) -> None:
    """Each scope and language has a list of its own, and the page hears of a change."""
    with playground.world.feed.listen() as events:
        await api.ok("setMyCommands", commands=command("start"), scope=PRIVATE, language_code="ru")
        assert events.qsize() == 4
    assert await api.ok("getMyCommands") == []
    own = {"scope": PRIVATE, "language_code": "ru"}
    assert await api.ok("getMyCommands", **own) == command("start")
    await api.ok("deleteMyCommands", **own)
    assert await api.ok("getMyCommands", **own) == []


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"commands": command("Start!")}, "BOT_COMMAND_INVALID"),
        ({"commands": command("x" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand"),
        ({"commands": command("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"language_code": "russian"}, "invalid language code specified"),
        ({"scope": {"type": "galaxy"}}, "can't parse BotCommandScope"),
        ({"scope": {"type": "chat"}}, "can't parse BotCommandScope"),
        ({"scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
    ],
)
async def test_bad_commands_are_refused(api: Api, params: dict[str, Any], reason: str) -> None:
    """Names of 1-32 letters, digits and underscores, and a description."""
    refusal = await api.refused("setMyCommands", **{"commands": command("start"), **params})
    assert reason in refusal


@pytest.mark.parametrize(
    ("name", "field", "limit"),
    [
        ("MyName", "name", 64),
        ("MyDescription", "description", 512),
        ("MyShortDescription", "short_description", 120),
    ],
)
async def test_the_bot_describes_itself(api: Api, name: str, field: str, limit: int) -> None:
    """In each language, and where there is none in the common one; within limits."""
    await api.ok(f"set{name}", **{field: "common"})
    await api.ok(f"set{name}", **{field: "по-русски", "language_code": "ru"})
    assert await api.ok(f"get{name}", language_code="ru") == {field: "по-русски"}
    assert await api.ok(f"get{name}", language_code="de") == {field: "common"}
    assert "is too long" in await api.refused(f"set{name}", **{field: "x" * (limit + 1)})
