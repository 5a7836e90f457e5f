"""In a group: what is asked there is answered there, and what is private is not."""

from pathlib import Path

import pytest

from tests.support.edits_and_alerts import alert
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of

BOT = "@portrait_desk_bot"


async def open_group(bot: RunningBot) -> None:
    """Let everybody in the group use the bot."""
    await bot.open_group()


@pytest.mark.parametrize("at", ["", BOT, BOT.upper()])
async def test_commands_are_answered_in_the_group(new_bot: RunningBot, at: str) -> None:
    """With and without the bot's name, each answer is a reply to its command, in the group."""
    await open_group(new_bot)
    await new_bot.say("/start", VERA, new_bot.group)
    await new_bot.answer("👋", new_bot.group)
    await new_bot.give_face(VERA)
    private = len(new_bot.playground.world.messages(VERA))
    for text, part in {
        f"/preset{at}": "Сейчас: Быстро",
        f"/preset{at} quality": "Качественнее",
        f"/cancel{at}": "нет альбомов",
        f"/help{at}": "/generate",
    }.items():
        command = await new_bot.say(text, VERA, new_bot.group)
        answer = await new_bot.answer(part, new_bot.group)
        assert answer["reply_to_message"]["message_id"] == command["message_id"]
    command = await new_bot.say(f"/generate{at} a knight", VERA, new_bot.group)
    album = await new_bot.album(chat=new_bot.group)
    assert album[0]["reply_to_message"]["message_id"] == command["message_id"]
    assert len(new_bot.playground.world.messages(VERA)) == private


async def test_other_bots_commands_are_not_ours(bot: RunningBot) -> None:
    """What is said to another bot, or to nobody, is passed over in silence, by strangers too."""
    for text in ("/generate@other_bot a cat", "/weather", "good morning"):
        await bot.say(text, chat=bot.group)
        await bot.say(text, VERA, bot.group)
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now: Fast", bot.group)
    said = [m for m in bot.playground.world.messages(bot.group) if m["from"]["is_bot"]]
    assert len(said) == 1


async def test_a_topic_keeps_its_answers(bot: RunningBot) -> None:
    """In a forum everything stays in the topic where it was asked for."""
    world = bot.playground.world
    forum = world.make_forum(bot.group)
    topic = world.create_topic(forum, "Portraits", by=ANN)
    await bot.say("/generate a knight", chat=forum, thread=topic)
    await bot.album(chat=forum)
    await bot.say("/preset", chat=forum, thread=topic)
    await bot.answer("Now: Fast", forum)
    await bot.say("/preset nonsense", chat=forum, thread=topic)
    await bot.answer("no mode", forum)
    await bot.say("/register", chat=forum, thread=topic)
    await bot.answer("between you and me", forum)
    answers = [m for m in world.messages(forum) if m["from"]["is_bot"]]
    assert {m["message_thread_id"] for m in answers} == {topic}


async def test_the_whole_group_is_let_in_from_a_topic(new_bot: RunningBot) -> None:
    """In a topic every message replies to its beginning: that is no reply to a person."""
    world = new_bot.playground.world
    forum = world.make_forum(new_bot.group)
    topic = world.create_topic(forum, "Portraits", by=VERA)
    await new_bot.say("/allow", chat=forum, thread=topic)
    await new_bot.answer("Everybody in this group", forum)


@pytest.mark.parametrize("command", ["register", "traits", "character", "forget"])
async def test_private_matters_go_to_the_private_chat(tmp_path: Path, command: str) -> None:
    """In a group they give a button, and its link goes on where the command began."""
    answers = {
        "register": "📷",
        "traits": "don't know your face",
        "character": "don't know your face",
        "forget": "🗑",
    }
    async with running_bot(tmp_path) as bot:
        asked = await bot.say(f"/{command}{BOT}", chat=bot.group)
        link = await bot.answer("between you and me", bot.group)
        assert link["reply_to_message"]["message_id"] == asked["message_id"]
        assert buttons(link) == [f"https://t.me/portrait_desk_bot?start={command}"]
        await bot.say(f"/start {command}")
        await bot.answer(answers[command])


async def test_start_in_a_group_points_to_the_private_chat(new_bot: RunningBot) -> None:
    """/start in a group says where faces are shown."""
    await new_bot.say("/start", chat=new_bot.group)
    assert buttons(await new_bot.answer("private chat", new_bot.group))[0].endswith(
        "?start=register"
    )


async def test_a_keyboard_belongs_to_who_asked_for_it(bot: RunningBot) -> None:
    """Another person's press gets a polite alert in their own language, and changes nothing."""
    await open_group(bot)
    await bot.say("/preset", chat=bot.group)
    menu = await bot.answer("Now: Fast", bot.group)
    await bot.say("/generate", chat=bot.group)
    ideas = await bot.answer("💡", bot.group)
    for message in (menu, ideas):
        assert "другого человека" in await alert(bot, message, buttons(message)[0], VERA)
    await bot.say("/preset", chat=bot.group)
    await bot.answer("Now: Fast", bot.group)
    assert not bot.generator.requests


FORGED = [
    f"face:take:12345:{ANN}",
    f"face:next:12345:{ANN}",
    f"face:replace:{ANN}",
    f"face:add:12345:{ANN}",
    f"face:all:12345:{ANN}",
    f"face:into:12345:12345:{ANN}",
    f"face:swap:12345:{ANN}",
    f"photos:sell:{ANN}",
    f"photos:remove:12345:{ANN}",
    f"draft:keep:99999999:{ANN}",
    f"draft:keep:-------:{ANN}",
    f"draft:sell:--------:{ANN}",
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


async def test_forged_and_old_buttons_get_a_sentence(new_bot: RunningBot) -> None:
    """Whatever data a button brings, the answer is polite and nothing happens."""
    editor = await new_bot.register()
    for data in FORGED:
        said = await alert(new_bot, editor, data, forged=True)
        assert "too old" in said or "no longer there" in said, data
    await new_bot.say("/character")
    assert "as in the photo" in words_of(await new_bot.answer("🙂"))


async def test_a_deep_link_shows_no_face_in_a_group(bot: RunningBot) -> None:
    """`/start character` in a group is answered by a button to the private chat."""
    for payload in ("character", "traits", "forget", "register"):
        await bot.say(f"/start {payload}", chat=bot.group)
        answer = await bot.answer("", bot.group)
        assert "photo" not in answer
        assert "?start=register" in buttons(answer)[0]


async def test_a_group_keeps_its_permission_when_it_moves(new_bot: RunningBot) -> None:
    """A group that becomes a supergroup stays let in, though no job was under way."""
    await new_bot.say("/allow", chat=new_bot.group)
    await new_bot.answer("✅", new_bot.group)
    moved = new_bot.playground.world.migrate(new_bot.group)
    await new_bot.say("/preset", VERA, moved)
    assert "Сейчас" in words_of(await new_bot.answer("", moved))
