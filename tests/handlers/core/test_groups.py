"""In a group: what is asked there is answered there, and what is private is not."""

from pathlib import Path

import pytest

from tests.desk import ANN, VERA, Desk, buttons, desk, words_of
from tests.handlers.watching import alert

BOT = "@portrait_desk_bot"


async def open_group(d: Desk) -> None:
    """Let everybody in the group use the bot."""
    await d.say("/allow", chat=d.group)
    await d.answer("Everybody in this group", d.group)


@pytest.mark.parametrize("at", ["", BOT, BOT.upper()])
async def test_commands_are_answered_in_the_group(tmp_path: Path, at: str) -> None:
    """With and without the bot's name, each answer is a reply to its command, in the group."""
    async with desk(tmp_path) as d:
        await open_group(d)
        await d.say("/start", VERA, d.group)
        await d.answer("👋", d.group)
        await d.register(VERA)
        private = len(d.playground.world.messages(VERA))
        for text, part in {
            f"/preset{at}": "Сейчас: FAST",
            f"/preset{at} quality": "QUALITY",
            f"/cancel{at}": "ничего не ждёт",
            f"/help{at}": "/generate",
        }.items():
            command = await d.say(text, VERA, d.group)
            answer = await d.answer(part, d.group)
            assert answer["reply_to_message"]["message_id"] == command["message_id"]
        command = await d.say(f"/generate{at} a knight", VERA, d.group)
        album = await d.album(chat=d.group)
        assert album[0]["reply_to_message"]["message_id"] == command["message_id"]
        assert len(d.playground.world.messages(VERA)) == private


async def test_other_bots_commands_are_not_ours(tmp_path: Path) -> None:
    """What is said to another bot, or to nobody, is passed over in silence, by strangers too."""
    async with desk(tmp_path) as d:
        await d.register()
        for text in ("/generate@other_bot a cat", "/weather", "good morning"):
            await d.say(text, chat=d.group)
            await d.say(text, VERA, d.group)
        await d.say("/preset", chat=d.group)
        await d.answer("Now: FAST", d.group)
        said = [m for m in d.playground.world.messages(d.group) if m["from"]["is_bot"]]
        assert len(said) == 1


async def test_a_topic_keeps_its_answers(tmp_path: Path) -> None:
    """In a forum everything stays in the topic where it was asked for."""
    async with desk(tmp_path) as d:
        await d.register()
        world = d.playground.world
        forum = world.make_forum(d.group)
        topic = world.create_topic(forum, "Portraits", by=ANN)
        await d.say("/generate a knight", chat=forum, thread=topic)
        await d.album(chat=forum)
        await d.say("/preset", chat=forum, thread=topic)
        await d.answer("Now: FAST", forum)
        await d.say("/preset nonsense", chat=forum, thread=topic)
        await d.answer("no mode", forum)
        await d.say("/register", chat=forum, thread=topic)
        await d.answer("between you and me", forum)
        answers = [m for m in world.messages(forum) if m["from"]["is_bot"]]
        assert {m["message_thread_id"] for m in answers} == {topic}


async def test_the_whole_group_is_let_in_from_a_topic(tmp_path: Path) -> None:
    """In a topic every message replies to its beginning: that is no reply to a person."""
    async with desk(tmp_path) as d:
        world = d.playground.world
        forum = world.make_forum(d.group)
        topic = world.create_topic(forum, "Portraits", by=VERA)
        await d.say("/allow", chat=forum, thread=topic)
        await d.answer("Everybody in this group", forum)


@pytest.mark.parametrize("command", ["register", "traits", "character", "forget"])
async def test_private_matters_go_to_the_private_chat(tmp_path: Path, command: str) -> None:
    """In a group they give a button, and its link goes on where the command began."""
    answers = {
        "register": "📷",
        "traits": "don't know your face",
        "character": "don't know your face",
        "forget": "🗑",
    }
    async with desk(tmp_path) as d:
        asked = await d.say(f"/{command}{BOT}", chat=d.group)
        link = await d.answer("between you and me", d.group)
        assert link["reply_to_message"]["message_id"] == asked["message_id"]
        assert buttons(link) == [f"https://t.me/portrait_desk_bot?start={command}"]
        await d.say(f"/start {command}")
        await d.answer(answers[command])


async def test_start_in_a_group_points_to_the_private_chat(tmp_path: Path) -> None:
    """/start in a group says where faces are shown."""
    async with desk(tmp_path) as d:
        await d.say("/start", chat=d.group)
        assert buttons(await d.answer("private chat", d.group))[0].endswith("?start=register")


async def test_a_keyboard_belongs_to_who_asked_for_it(tmp_path: Path) -> None:
    """Another person's press gets a polite alert in their own language, and changes nothing."""
    async with desk(tmp_path) as d:
        await open_group(d)
        await d.register()
        await d.say("/preset", chat=d.group)
        menu = await d.answer("Now: FAST", d.group)
        await d.say("/generate", chat=d.group)
        ideas = await d.answer("💡", d.group)
        for message in (menu, ideas):
            assert "другого человека" in await alert(d, message, buttons(message)[0], VERA)
        await d.say("/preset", chat=d.group)
        await d.answer("Now: FAST", d.group)
        assert not d.generator.requests


FORGED = [
    f"face:take:12345:{ANN}",
    f"face:next:12345:{ANN}",
    f"face:replace:{ANN}",
    f"forget:no:{ANN}",
    f"forget:yes:{ANN}",
    f"preset:QUALITY:{ANN}",
    ":",
    "nonsense",
    "preset",
    "preset:",
    f"preset:TURBOO:{ANN}",
    f"preset:FAST:FAST:{ANN}",
    f"traits:open:shoes:{ANN}",
    f"traits:set:eyes:purple:{ANN}",
    f"traits:set:words:hello:{ANN}",
    f"traits:clear:name:{ANN}",
    f"idea:nothing:{ANN}",
    f"face:take:x:{ANN}",
    f"face:take:{'9' * 40}:{ANN}",
    f"cancel:{'9' * 40}:{ANN}",
    f"cancel:12345:{ANN}",
    f"cancel::{ANN}",
    f"again:12345:{ANN}",
    f"forget:perhaps:{ANN}",
    "forget:yes:²",
]


async def test_forged_and_old_buttons_get_a_sentence(tmp_path: Path) -> None:
    """Whatever data a button brings, the answer is polite and nothing happens."""
    async with desk(tmp_path) as d:
        await d.register()
        editor = await d.answer("🧬")
        for data in FORGED:
            assert "too old" in await alert(d, editor, data, forged=True), data
        await d.say("/character")
        assert "from the photo" in words_of(await d.answer("🙂"))


async def test_a_deep_link_shows_no_face_in_a_group(tmp_path: Path) -> None:
    """`/start character` in a group is answered by a button to the private chat."""
    async with desk(tmp_path) as d:
        await d.register()
        for payload in ("character", "traits", "forget", "register"):
            await d.say(f"/start {payload}", chat=d.group)
            answer = await d.answer("", d.group)
            assert "photo" not in answer
            assert "?start=register" in buttons(answer)[0]


async def test_a_group_keeps_its_permission_when_it_moves(tmp_path: Path) -> None:
    """A group that becomes a supergroup stays let in, though no job was under way."""
    async with desk(tmp_path) as d:
        await d.say("/allow", chat=d.group)
        await d.answer("✅", d.group)
        moved = d.playground.world.migrate(d.group)
        answer = ""
        while "FAST" not in answer:  # this update may overtake the move
            await d.say("/preset", VERA, moved)
            answer = words_of(await d.answer("", moved))
