"""Who speaks as a group or a channel is nobody, and a service message is nobody's question."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import column, select, table

from db import NOT_PEOPLE, Database, Decision, GuestList, NotAPerson, Users
from db.tables import UserRow
from tests.support.arrivals import (
    OTHER_BOT,
    TELEGRAM_ID,
    arrive,
    as_admin,
    as_channel,
    as_linked_channel,
)
from tests.support.edits_and_alerts import alert
from tests.support.records import put_database
from tests.support.running_bot import ANN, Json, RunningBot, words_of

FACELESS = "writing as a group or a channel"
COMMANDS = ["/preset quality", "/allow", "/allow 102", "/generate a cat", "/start", "/forget"]


def people(bot: RunningBot) -> set[int]:
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        return {row[0] for row in database.execute("SELECT id FROM users")}


def answers(bot: RunningBot, chat: int) -> list[str]:
    world = bot.playground.world
    said = world.messages(chat)
    return [words_of(message) for message in said if message["from"]["id"] == world.bot["id"]]


@pytest.mark.parametrize("speak", [as_admin, as_channel, as_linked_channel])
async def test_who_has_no_face_is_asked_to_show_it(new_bot: RunningBot, speak: object) -> None:
    """An anonymous admin, a channel and the group's own channel: nothing they ask for is done."""
    await new_bot.open_group()
    for command in COMMANDS:
        command_message: Json = speak(new_bot, new_bot.group, command)  # type: ignore[operator]
        answer = await new_bot.answer(FACELESS, new_bot.group)
        assert answer["reply_to_message"]["message_id"] == command_message["message_id"]
    assert not people(new_bot) & NOT_PEOPLE
    await new_bot.say("/preset", chat=new_bot.group)
    await new_bot.answer("Now: ", new_bot.group)


async def test_an_anonymous_admin_hears_it_wherever_they_are(new_bot: RunningBot) -> None:
    """Also in a group that is not let in, as often as they try; a channel there only once."""
    for _ in range(2):
        as_admin(new_bot, new_bot.group, "/allow")
        await new_bot.answer(FACELESS, new_bot.group)
        as_channel(new_bot, new_bot.group, "/help")
    await new_bot.say("/preset", chat=new_bot.group)
    await new_bot.answer("Now: ", new_bot.group)
    said = answers(new_bot, new_bot.group)
    assert len([words for words in said if FACELESS in words]) == 3


async def test_their_talk_is_nobodys_question(new_bot: RunningBot) -> None:
    """What is no command of ours is passed over, and another bot is never answered."""
    await new_bot.open_group()
    as_admin(new_bot, new_bot.group, "good morning")
    as_channel(new_bot, new_bot.group, "/weather")
    as_linked_channel(new_bot, new_bot.group, "/generate@other_bot a cat")
    arrive(new_bot, new_bot.group, OTHER_BOT, "/help")
    await new_bot.say("/preset", chat=new_bot.group)
    await new_bot.answer("Now: ", new_bot.group)
    assert len(answers(new_bot, new_bot.group)) == 2


@pytest.mark.parametrize(
    "marks",
    [
        {"business_connection_id": "b1"},
        {"direct_messages_topic": {"topic_id": 5}},
    ],
)
async def test_who_writes_to_somebody_else_is_not_answered(
    new_bot: RunningBot, marks: Json
) -> None:
    """A bot may see what comes to a business account, or to a channel in private."""
    ann = new_bot.playground.world.chats.people[str(ANN)]
    arrive(new_bot, ANN, ann, "/preset", **marks)
    await new_bot.say("/size")
    await new_bot.answer("Now: ")
    assert len(answers(new_bot, ANN)) == 1


async def test_a_button_is_not_pressed_by_many(new_bot: RunningBot) -> None:
    """The ids that many share may press nothing either."""
    await new_bot.open_group()
    await new_bot.say("/preset", chat=new_bot.group)
    menu = await new_bot.answer("Now: ", new_bot.group)
    new_bot.playground.world.add_person(TELEGRAM_ID, "Telegram", groups=True)
    data = f"preset:QUALITY:{TELEGRAM_ID}"
    assert FACELESS in await alert(new_bot, menu, data, TELEGRAM_ID, forged=True)


@pytest.mark.parametrize("person", sorted(NOT_PEOPLE))
async def test_the_database_takes_in_no_one_whom_many_share(tmp_path: Path, person: int) -> None:
    """Whatever asks for it."""
    database = Database(f"sqlite:///{put_database(tmp_path)}")
    users = Users(database)
    for write in (
        users.make_owner(person),
        users.replace_owner(person),
        GuestList(database).decide(person, Decision.ALLOW),
        users.choose_mode(person, "FAST"),
        users.met_in(person, -5),
        users.await_next(person, "photo"),
    ):
        with pytest.raises(NotAPerson):
            await write
    database.close()


def test_an_older_database_gives_them_up(tmp_path: Path) -> None:
    """What was decided for all anonymous admins of the world at once was decided for nobody."""
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    database.upgrade("0006")
    users = table("users", *map(column, ("id", "owner", "allowed", "created")))
    with database.engine.begin() as connection:
        for person in (ANN, *NOT_PEOPLE):
            connection.execute(
                users.insert(),
                {"id": person, "owner": False, "allowed": True, "created": "2026-11-01 12:00:00"},
            )
    database.upgrade()
    with database.reading() as session:
        assert list(session.scalars(select(UserRow.id))) == [ANN]
    database.close()


SERVICE: list[Json] = [
    {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": ANN, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Eve"}]},
    {"left_chat_member": {"id": 5, "is_bot": False, "first_name": "Eve"}},
    {"new_chat_title": "Club"},
    {"delete_chat_photo": True},
    {"group_chat_created": True},
    {"forum_topic_created": {"name": "Art", "icon_color": 7322096}},
    {"forum_topic_edited": {"name": "Arts"}},
    {"forum_topic_closed": {}},
    {"general_forum_topic_hidden": {}},
    {"video_chat_started": {}},
    {"video_chat_ended": {"duration": 5}},
    {"boost_added": {"boost_count": 1}},
    {"chat_background_set": {"type": {"type": "fill", "fill": {"type": "solid", "color": 1},
                                      "dark_theme_dimming": 1}}},
    {"giveaway_created": {}},
    {"write_access_allowed": {}},
    {"users_shared": {"request_id": 1, "users": []}},
    {"connected_website": "example.org"},
    {"successful_payment": {"currency": "XTR", "total_amount": 1, "invoice_payload": "x",
                            "telegram_payment_charge_id": "x", "provider_payment_charge_id": "x"}},
    {"something_that_telegram_invents_next_year": {"with": "words"}},
    {},
]  # fmt: skip


async def test_what_tells_of_the_chat_is_not_answered(new_bot: RunningBot) -> None:
    """A pinned message, a timer, a new member, and whatever Telegram thinks of next."""
    ann = new_bot.playground.world.chats.person(ANN)
    await new_bot.open_group()
    await new_bot.say("/help")
    await new_bot.answer("/generate")
    before = {chat: len(answers(new_bot, chat)) for chat in (ANN, new_bot.group)}
    for content in SERVICE:
        for chat in before:
            arrive(new_bot, chat, ann, **content)
    for chat in before:
        await new_bot.say("/preset", chat=chat)
        await new_bot.answer("Now: ", chat)
    await new_bot.until(lambda: not new_bot.playground.world.updates.pending())
    assert {chat: len(answers(new_bot, chat)) - 1 for chat in before} == before


SPOKEN: list[Json] = [
    {"text": "ok"},
    {"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1,
                 "is_animated": False, "is_video": False}},
    {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}},
    {"location": {"longitude": 1, "latitude": 1}},
    {"dice": {"emoji": "🎲", "value": 1}},
]  # fmt: skip


async def test_what_a_person_says_is_answered(new_bot: RunningBot) -> None:
    """A sticker or a voice gets the hint, as words do."""
    for content in SPOKEN:
        arrive(new_bot, ANN, new_bot.playground.world.chats.person(ANN), **content)
        await new_bot.answer("/help")
