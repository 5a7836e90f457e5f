"""A stranger's /start asks the owner, who decides by a button, without a number."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import guest_list
from playground import Forbidden, Playground
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, running_bot, words_of

EVE = 103
ASKED = "I asked the owner"


async def greeted(bot: RunningBot) -> RunningBot:
    """The owner has a private chat with the bot."""
    await bot.say("/start")
    await bot.answer("👋")
    return bot


async def asked(bot: RunningBot, person: int = EVE, name: str = "Eve") -> Json:
    """Have a newcomer ask; give the owner's card."""
    bot.playground.world.add_person(person, name, language_code="en", groups=True)
    bot.seen[ANN] = max(m["message_id"] for m in bot.playground.world.messages(ANN))
    await bot.say("/start", person)
    await bot.answer(ASKED, person)
    return await bot.answer(str(person))


def cards(bot: RunningBot) -> list[Json]:
    return [m for m in bot.playground.world.messages(ANN) if "would like" in words_of(m)]


def row_of(bot: RunningBot, person: int, columns: str) -> tuple[object, ...] | None:
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        found = database.execute(f"SELECT {columns} FROM users WHERE id = {person}")  # noqa: S608 - our own
        row: tuple[object, ...] | None = found.fetchone()
        return row


@pytest.mark.parametrize(
    ("button", "card", "told"),
    [
        ("ask:allow:", "✅ may use", "has let you in: you may use this bot now"),
        ("ask:limit:", "⏳ may have 10 albums a day", "you may have 10 albums a day"),
        ("ask:block:", "🚫 may not use", ""),
    ],
)
async def test_the_owner_decides_by_a_button(
    new_bot: RunningBot, button: str, card: str, told: str
) -> None:
    """The card says what was decided, and whoever was let in hears of it."""
    offer = await asked(await greeted(new_bot))
    assert "Eve" in words_of(offer)
    assert len(buttons(offer)) == 3
    await new_bot.press(offer, button)
    assert not buttons(await edited(new_bot, offer, card))
    if told:
        assert "Send me a photo" in words_of(await new_bot.answer(told, EVE))
    await new_bot.say("/preset", EVE)
    await new_bot.answer("Now: Fast" if told else "closed it to you", EVE)


async def test_a_second_start_makes_no_second_card(tmp_path: Path) -> None:
    """Neither after /forget, nor after a restart; and the first card's buttons work then."""
    async with Playground(port=0) as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            offer = await asked(await greeted(bot))
            await bot.say("/start", EVE)
            await bot.answer(ASKED, EVE)
            await bot.say("/forget", EVE)
            await bot.press(await bot.answer("🗑", EVE), "forget:yes", EVE)
            await bot.until(lambda: row_of(bot, EVE, "name, username, language") == (None,) * 3)
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.say("/start", EVE)
            await bot.answer(ASKED, EVE)
            assert len(cards(bot)) == 1
            await bot.press(offer, "ask:allow:")
            await edited(bot, offer, "✅ may use")
            await bot.answer("🎉", EVE)


async def test_what_was_decided_since_is_said(new_bot: RunningBot) -> None:
    """By /block, say: the old card's button changes nothing."""
    offer = await asked(await greeted(new_bot))
    await new_bot.say(f"/block {EVE}")
    await new_bot.answer("🚫")
    said = await alert(new_bot, offer, f"ask:allow:{EVE}:{ANN}")
    assert "decided already" in said
    assert not buttons(await edited(new_bot, offer, "🚫 may not use"))
    assert row_of(new_bot, EVE, "allowed") == (0,)


async def test_allow_by_number_tells_who_asked(new_bot: RunningBot) -> None:
    """The promise to write holds, whichever way the owner decides."""
    await asked(await greeted(new_bot))
    await new_bot.say(f"/allow {EVE}")
    await new_bot.answer("✅")
    await new_bot.answer("🎉", EVE)


async def test_only_so_many_cards_wait_for_the_owner(
    new_bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then comes one line, and after it nothing; /people lists all of them."""
    monkeypatch.setattr(guest_list, "MOST_CARDS", 2)
    await greeted(new_bot)
    for person in range(201, 206):
        new_bot.playground.world.add_person(person, f"P{person}")
        await new_bot.say("/start", person)
        await new_bot.answer(ASKED, person)
    assert len(cards(new_bot)) == 2
    lines = [m for m in new_bot.playground.world.messages(ANN) if "More people" in words_of(m)]
    assert len(lines) == 1
    await new_bot.say("/people")
    listed = words_of(await new_bot.answer("5 people"))
    assert all(f"P{person}" in listed for person in range(201, 206))


async def test_an_owner_out_of_reach_leaves_a_number(new_bot: RunningBot) -> None:
    """The owner has blocked the bot: who asks hears how to be let in, and may ask again."""
    await greeted(new_bot)
    new_bot.playground.world.add_person(EVE, "Eve", language_code="en")
    new_bot.playground.faults.add("sendMessage", Forbidden())
    await new_bot.say("/start", EVE)
    await new_bot.answer(f"/allow {EVE}", EVE)
    assert row_of(new_bot, EVE, "name, asked") == (None, None)
    await new_bot.say("/start", EVE)
    await new_bot.answer(ASKED, EVE)
    await new_bot.answer("Eve")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>&amp;</b>", "\u2068<b>&amp;</b>\u2069, 103"),
        ("a\u202eb\u200b\u2066c", "\u2068abc\u2069, 103"),
        ("x" * 64, "\u2068" + "x" * 39 + "…\u2069, 103"),
        ("\u3164\u2800", "(no name), 103"),
        ("one\ntwo\tthree", "\u2068one two three\u2069, 103"),
        ("z" + "\u0335" * 50, "\u2068z\u0335\u0335\u2069, 103"),
        ("אבג", "\u2068אבג\u2069, 103"),
    ],
)
async def test_a_name_is_data(new_bot: RunningBot, name: str, shown: str) -> None:
    """No markup, no sign that turns or hides what is around it, no length that hides the rest."""
    offer = await asked(await greeted(new_bot), name=name)
    assert shown in words_of(offer)
    kinds = {entity["type"] for entity in offer["entities"]}
    assert "bold" not in kinds


async def test_only_the_owner_presses(new_bot: RunningBot) -> None:
    """Also with forged data under one's own message, and one's own number in it."""
    await asked(await greeted(new_bot))
    await new_bot.allow(VERA)
    await new_bot.say("/preset", VERA)
    menu = await new_bot.answer("Сейчас", VERA)
    for data in ("ask:allow:103", "group:allow:5", "people:allow:103:0", "person:103:0",
                 "people:0", "people:remove:101:0"):  # fmt: skip
        said = await alert(new_bot, menu, f"{data}:{VERA}", VERA, forged=True)
        assert "только хозяин" in said, data
    assert row_of(new_bot, EVE, "allowed") == (None,)


async def test_people_are_changed_by_name(new_bot: RunningBot) -> None:
    """Each button does what it says, and the list says so afterwards."""
    await asked(await greeted(new_bot))
    await new_bot.say("/people")
    listed = await new_bot.answer("👥 One person")
    assert "Eve" in words_of(listed)
    for button, standing in (
        ("people:limit:", "⏳ may have 10"),
        ("people:unlimit:", "✅ may use"),
        ("people:block:", "🚫 may not use"),
        ("people:allow:", "✅ may use"),
    ):
        if button == "people:limit:":
            await new_bot.press(listed, f"person:{EVE}:")
        await new_bot.press(listed, button)
        await edited(new_bot, listed, standing)
    await new_bot.press(listed, "people:0:")
    await edited(new_bot, listed, "👥 One person")
    await new_bot.press(listed, f"person:{EVE}:")
    await new_bot.press(listed, "people:remove:")
    await edited(new_bot, listed, "Nobody is on the list")
    assert row_of(new_bot, EVE, "allowed, asked, name") == (None, None, None)


async def test_people_are_paged(new_bot: RunningBot) -> None:
    """Eight a page, and both ways; a page that is empty by now shows the first one."""
    await greeted(new_bot)
    for person in range(201, 210):
        new_bot.playground.world.add_person(person, f"P{person}")
        await new_bot.say("/start", person)
        await new_bot.answer("🔔", person)
    await new_bot.say("/people")
    listed = await new_bot.answer("9 people")
    await new_bot.press(listed, "people:1:")
    await edited(new_bot, listed, "P209")
    await new_bot.press(listed, "people:0:")
    await edited(new_bot, listed, "P201")


async def test_a_guest_of_a_group_is_on_the_list(new_bot: RunningBot) -> None:
    """By their name, which is kept as soon as they write."""
    await greeted(new_bot)
    await new_bot.open_group()
    await new_bot.say("/preset", VERA, new_bot.group)
    await new_bot.answer("Сейчас", new_bot.group)
    await new_bot.say("/people")
    listed = words_of(await new_bot.answer("👥"))
    assert "Вера Лис" in listed
    assert "@vera" in listed
    assert "comes from a group" in listed
