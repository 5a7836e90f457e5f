"""What a person is awaited for, and which of their albums were answered."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from db import Corrections, Database, Decision, GuestList, Person, Users
from db.tables import Base, now
from db.users import KNOWN_MEDIA_GROUPS
from generation.modes import Likeness
from generation.sizes import Size

ANN, VERA = 101, 102


async def test_a_wait_ends_once(database: Database) -> None:
    """Of two answers that come at once, one is the awaited one; another kind ends nothing."""
    users = Users(database)
    await users.await_next(ANN, "photo")
    assert not await users.end_wait(ANN, "words")
    assert (await users.get(ANN)).awaits == "photo"
    assert await users.end_wait(ANN, "photo")
    assert not await users.end_wait(ANN, "photo")
    assert (await users.get(ANN)).awaits is None


@pytest.mark.parametrize("minutes", [30, 31, -31])
async def test_a_wait_lapses(database: Database, minutes: int) -> None:
    """After half an hour nothing is awaited, and a clock that ran ahead makes no wait longer."""
    users = Users(database)
    await users.await_next(ANN, "words")
    with database.engine.begin() as connection:
        since = now() - timedelta(minutes=minutes)
        connection.execute(text("UPDATE users SET awaits_since = :since"), {"since": since})
    assert (await users.get(ANN)).awaits is None
    assert not await users.end_wait(ANN, "words")


async def test_what_an_older_version_awaited_has_lapsed(new_url: str) -> None:
    """It wrote down no time, so nobody knows how long ago it asked."""
    database = Database(new_url)
    database.upgrade("0006")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO users (id, owner, awaits, last_media_group, created)"
                " VALUES (101, true, 'words', '777', '2026-11-01')"
            )
        )
    database.upgrade()
    users = Users(database)
    assert (await users.get(ANN)).awaits is None
    assert not await users.starts_media_group(ANN, "777")
    database.close()


async def test_several_albums_are_remembered(database: Database) -> None:
    """Albums that come in turns are each begun once."""
    users = Users(database)
    albums = [str(number) for number in range(KNOWN_MEDIA_GROUPS)]
    assert all([await users.starts_media_group(ANN, album) for album in albums])
    assert not any([await users.starts_media_group(ANN, album) for album in albums])
    assert await users.starts_media_group(ANN, "another")


async def test_a_likeness_is_kept_until_it_is_forgotten(database: Database) -> None:
    """It can be chosen, taken back and chosen anew; /forget takes it back too."""
    users = Users(database)
    assert (await users.get(ANN)).likeness is Likeness.NORMAL
    await users.choose_likeness(ANN, Likeness.HIGH)
    assert (await users.get(ANN)).likeness is Likeness.HIGH
    await users.choose_likeness(ANN, Likeness.NORMAL)
    assert (await users.get(ANN)).likeness is Likeness.NORMAL
    await users.choose_likeness(ANN, Likeness.LOW)
    await GuestList(database).decide(ANN, Decision.ALLOW)
    await users.forget(ANN)
    assert (await users.get(ANN)).likeness is Likeness.NORMAL


async def test_a_likeness_of_another_version_is_the_usual_one(database: Database) -> None:
    """What this version doesn't know leaves it to the mode."""
    users = Users(database)
    await users.choose_likeness(ANN, Likeness.HIGH)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE users SET likeness = 'utmost'"))
    assert (await users.get(ANN)).likeness is Likeness.NORMAL


async def test_what_was_chosen_and_put_right_is_forgotten(database: Database) -> None:
    """Also of somebody whom the owner let in, whose row stays; another person's stays."""
    users, corrections = Users(database), Corrections(database)
    for person in (ANN, VERA):
        await GuestList(database).decide(person, Decision.ALLOW)
        await users.choose_style(person, "oil")
        await users.choose_size(person, Size.PORTRAIT)
        await users.offer_ideas(person, ["knight"])
        await users.await_next(person, "english", 7)
        await corrections.remember(person, "Витязь", "a hero")
    await users.forget(ANN)
    assert await users.get(ANN) == Person(ANN, allowed=True)
    assert await corrections.of(ANN, "витязь") == ""
    hers = await users.get(VERA)
    assert (hers.style, hers.size, hers.ideas) == ("oil", Size.PORTRAIT, ("knight",))
    assert (hers.awaits, hers.about) == ("english", 7)
    assert await corrections.of(VERA, "витязь") == "a hero"


async def test_nothing_of_a_person_is_left_in_any_table(database: Database) -> None:
    """But for the count of their day: whoever adds a table thinks of /forget."""
    personal = {table.name for table in Base.metadata.tables.values() if "person_id" in table.c}
    assert personal == {"faces", "characters", "character_faces", "jobs", "corrections"} | {
        "daily_quota"
    }
