import pytest

from playground import NotSent, Playground
from tests.support.bot_api import Api, picture

GROUP = -4_200_001
USERNAME = "portrait_desk_bot"


def heard(playground: Playground) -> list[str]:
    messages = [update.get("message", {}) for update in playground.world.updates.pending()]
    return [m.get("text") or m.get("caption") or next(iter(m.keys() - {"date"})) for m in messages]


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(
    playground: Playground, api: Api
) -> None:
    """Commands, captions too, and replies to it; neither talk, photos nor other bots' commands."""
    mine = await api.ok("sendMessage", chat_id=GROUP, text="Hello")
    words = await playground.send_text(101, GROUP, "nice weather")
    await playground.send_text(102, GROUP, f"@{USERNAME} look")
    await playground.send_text(102, GROUP, "/start@other_bot")
    await playground.send_text(102, GROUP, "see /start")
    await playground.send_photo(102, GROUP, picture(), "/register@other_bot")
    await playground.send_photo(102, GROUP, picture(), "nice")
    await playground.send_photo(102, GROUP, picture())
    await playground.send_text(102, GROUP, "reply to Ann", reply_to=words["message_id"])
    assert heard(playground) == []
    await playground.send_text(101, GROUP, "/preset")
    await playground.send_text(101, GROUP, f"/generate@{USERNAME.upper()} moon")
    await playground.send_text(101, GROUP, "thank you", reply_to=mine["message_id"])
    await playground.send_photo(102, GROUP, picture(), "/register")
    await playground.send_document(102, GROUP, "me.png", picture(), f"/generate@{USERNAME} me")
    assert heard(playground) == [
        "/preset",
        f"/generate@{USERNAME.upper()} moon",
        "thank you",
        "/register",
        f"/generate@{USERNAME} me",
    ]


async def test_who_is_who_in_a_group(playground: Playground, api: Api) -> None:
    """Ann made the group, Вера is in it, and a stranger is not."""
    playground.world.add_person(103, "Stranger")

    async def status(user: int) -> str:
        member = await api.ok("getChatMember", chat_id=GROUP, user_id=user)
        return str(member["status"])

    bot = (await api.ok("getMe"))["id"]
    assert [await status(user) for user in (101, 102, 103, bot)] == [
        "creator",
        "member",
        "left",
        "member",
    ]
    playground.world.promote(GROUP, 102)
    admins = await api.ok("getChatAdministrators", chat_id=GROUP)
    assert [admin["user"]["id"] for admin in admins] == [101, 102]
    assert (await api.ok("getChat", chat_id=GROUP))["title"] == "Portrait club"
    assert (await api.ok("getChat", chat_id=101))["first_name"] == "Ann"
    assert "user not found" in await api.refused("getChatMember", chat_id=GROUP, user_id=9)


async def test_a_stranger_can_not_write_there(playground: Playground) -> None:
    """Only members write to a chat, and a private one is its person's alone."""
    playground.world.add_person(103, "Stranger")
    for chat in (GROUP, 101, -1):
        with pytest.raises(NotSent):
            await playground.send_text(103, chat, "hi")
    playground.world.add_person(104, "Friend", language_code="ru", groups=True)
    assert await playground.send_text(104, GROUP, "hi")


async def test_a_blocked_bot_is_refused(playground: Playground, api: Api) -> None:
    """Everything it sends there is forbidden until the person unblocks it."""
    playground.world.block(101)
    assert playground.world.updates.pending()[-1]["my_chat_member"]["from"]["id"] == 101
    for method, params in (
        ("sendMessage", {"text": "hi"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"message_id": 1, "text": "hi"}),
    ):
        refusal = await api.refused(method, chat_id=101, **params)
        assert refusal == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(NotSent):
        await playground.send_text(101, 101, "hi")
    playground.world.unblock(101)
    await api.ok("sendMessage", chat_id=101, text="hi")
    playground.world.kick_bot(GROUP, by=101)
    refusal = await api.refused("sendMessage", chat_id=GROUP, text="hi")
    assert refusal == "403 Forbidden: bot was kicked from the group chat"


async def test_a_group_becomes_a_supergroup(playground: Playground, api: Api) -> None:
    """The old id says where everybody went."""
    new = playground.world.migrate(GROUP)
    answer = await api("sendMessage", chat_id=GROUP, text="hi")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    assert (await api.ok("sendMessage", chat_id=new, text="hi"))["chat"]["type"] == "supergroup"
    told = [update["message"] for update in await api.ok("getUpdates")]
    assert told[0]["migrate_to_chat_id"] == new
    assert told[1]["migrate_from_chat_id"] == GROUP
    with pytest.raises(NotSent):
        await playground.send_text(101, GROUP, "hi")


async def test_a_forum_has_topics(playground: Playground, api: Api) -> None:
    """Messages go to the topic they name or answer; General has no number."""
    forum = playground.world.make_forum(GROUP)
    thread = playground.world.create_topic(forum, "Moon", by=101)
    asked = await playground.send_text(101, forum, "/generate", thread=thread)
    assert asked["is_topic_message"]
    assert asked["reply_to_message"]["forum_topic_created"]["name"] == "Moon"
    sent = await api.ok("sendMessage", chat_id=forum, text="hi", message_thread_id=thread)
    assert sent["message_thread_id"] == thread
    reply = {"message_id": asked["message_id"]}
    answer = await api.ok("sendMessage", chat_id=forum, text="hi", reply_parameters=reply)
    assert answer["message_thread_id"] == thread
    general = await api.ok("sendMessage", chat_id=forum, text="hi")
    assert "message_thread_id" not in general
    playground.world.delete_topic(forum, thread)
    assert playground.world.message(forum, sent["message_id"]) is None
    for wrong in (1, 999, thread):
        refusal = await api.refused(
            "sendMessage", chat_id=forum, text="hi", message_thread_id=wrong
        )
        assert refusal == "400 Bad Request: message thread not found"
        refusal = await api.refused(
            "sendChatAction", chat_id=forum, action="typing", message_thread_id=wrong
        )
        assert refusal == "400 Bad Request: message thread not found"


async def test_the_bot_is_told_who_adds_it_and_may_leave(playground: Playground, api: Api) -> None:
    """As Telegram tells it: who did it, and what the bot was and is; then a message of the chat."""
    playground.world.add_group(-5, "Club", by=102)
    added, told = playground.world.updates.pending()[-2:]
    change = added["my_chat_member"]
    assert change["from"]["id"] == 102
    assert change["old_chat_member"]["status"] == "left"
    assert change["new_chat_member"]["status"] == "member"
    assert told["message"]["new_chat_members"][0]["is_bot"]
    await api.ok("sendMessage", chat_id=-5, text="hi")
    assert await api.ok("leaveChat", chat_id=-5) is True
    left = playground.world.updates.pending()[-1]["my_chat_member"]
    assert left["new_chat_member"]["status"] == "left"
    for method, params in (("sendMessage", {"text": "hi"}), ("leaveChat", {})):
        refusal = await api.refused(method, chat_id=-5, **params)
        assert refusal == "403 Forbidden: bot is not a member of the group chat"
    playground.world.add_bot(-5, by=102)
    await api.ok("sendMessage", chat_id=-5, text="hi")
    assert "private" in await api.refused("leaveChat", chat_id=101)
