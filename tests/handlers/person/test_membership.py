"""The bot is added to a group: by whom decides whether it works there."""

import pytest

from playground import Forbidden, Migrated
from tests.support.arrivals import ANONYMOUS_ADMIN
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, words_of

GROUP = -777
HELLO, ASKED = "I make pictures of you", "I have asked my owner"
HELLO_RU, ASKED_RU = "Я рисую картинки", "Я спросил хозяина"


async def greeted(bot: RunningBot) -> RunningBot:
    await bot.say("/start")
    await bot.answer("👋")
    return bot


def outside(bot: RunningBot) -> bool:
    return bool(bot.playground.world.chats.get(GROUP)["bot"] == "left")


async def test_a_group_of_the_owners_works_at_once(new_bot: RunningBot) -> None:
    """Without a word of the owner's."""
    new_bot.playground.world.add_group(GROUP, "Club", ANN)
    await new_bot.answer(HELLO, GROUP)
    await new_bot.say("/preset", chat=GROUP)
    await new_bot.answer("Now: Fast", GROUP)
    assert new_bot.playground.world.chats.get(GROUP)["bot"] == "member"


async def test_a_group_of_an_allowed_person_works_for_all_in_it(new_bot: RunningBot) -> None:
    """Their friends are guests, in the private chat too."""
    await new_bot.allow(VERA)
    new_bot.playground.world.add_group(GROUP, "Клуб", VERA)
    await new_bot.answer(HELLO_RU, GROUP)
    new_bot.playground.world.add_person(103, "Eve", groups=True)
    await new_bot.say("/preset", 103, GROUP)
    await new_bot.answer("Now: Fast", GROUP)


@pytest.mark.parametrize("limited", [False, True])
async def test_the_owner_is_asked_about_other_groups(new_bot: RunningBot, limited: bool) -> None:  # noqa: FBT001 - a case
    """A stranger's, and one of a person with a limit, whose friends would have none."""
    await greeted(new_bot)
    if limited:
        await new_bot.say("/start", VERA)
        await new_bot.press(await new_bot.answer("102"), "ask:limit:")
        await new_bot.answer("🎉", VERA)
    new_bot.playground.world.add_group(GROUP, "<b>Club</b>", VERA)
    await new_bot.answer(ASKED_RU, GROUP)
    card = await new_bot.answer("<b>Club</b>")
    assert "Вера Лис" in words_of(card)
    await new_bot.press(card, "group:allow:")
    assert not buttons(await edited(new_bot, card, "✅ Everybody in the group"))
    await new_bot.answer(HELLO, GROUP)
    await new_bot.say("/preset", VERA, GROUP)
    await new_bot.answer("Сейчас", GROUP)


@pytest.mark.parametrize("told", ["asked-first", "moved-first"])
async def test_a_card_follows_its_group_into_a_supergroup(new_bot: RunningBot, told: str) -> None:
    """Which has another id; its title stays on the card."""
    await greeted(new_bot)
    world = new_bot.playground.world
    world.add_group(GROUP, "Club", VERA)
    card = await new_bot.answer("Club")
    await new_bot.answer(ASKED_RU, GROUP)
    moved = world.migrate(GROUP)
    if told == "moved-first":
        await new_bot.until(lambda: not world.updates.pending(), "the move")
    new_bot.playground.faults.add("sendMessage", Migrated(moved), chat_id=GROUP)
    await new_bot.press(card, "group:allow:")
    assert "Club" in words_of(await edited(new_bot, card, "Everybody in the group"))
    await new_bot.answer(HELLO, moved)
    await new_bot.say("/preset", VERA, moved)
    await new_bot.answer("Сейчас", moved)


async def test_the_bot_leaves_where_the_owner_says_so(new_bot: RunningBot) -> None:
    """And again, whoever of the others brings it back; only the owner can."""
    await greeted(new_bot)
    world = new_bot.playground.world
    world.add_group(GROUP, "Club", VERA)
    await new_bot.press(await new_bot.answer("Club"), "group:leave:")
    await new_bot.until(lambda: outside(new_bot))
    await new_bot.allow(VERA)
    world.add_bot(GROUP, VERA)
    await new_bot.until(lambda: outside(new_bot))
    world.chats.change(GROUP, members={str(VERA): "creator", str(ANN): "member"})
    world.add_bot(GROUP, ANN)
    await new_bot.say("/preset", chat=GROUP)
    await new_bot.answer("Now: Fast", GROUP)
    await new_bot.say("/allow", chat=GROUP)
    await new_bot.answer("✅", GROUP)


async def test_a_blocked_person_adds_it_nowhere(new_bot: RunningBot) -> None:
    """It leaves without a word, and the owner is not bothered."""
    await greeted(new_bot)
    await new_bot.say(f"/block {VERA}")
    await new_bot.answer("🚫")
    new_bot.playground.world.add_group(GROUP, "Club", VERA)
    await new_bot.until(lambda: outside(new_bot))
    assert not any("Club" in words_of(m) for m in new_bot.playground.world.messages(ANN))
    said = [m for m in new_bot.playground.world.messages(GROUP) if m.get("text")]
    assert said == []


async def test_who_adds_it_anonymously_is_asked_about(new_bot: RunningBot) -> None:
    """Nobody knows who it was, whatever the owner decided about that number."""
    await greeted(new_bot)
    world = new_bot.playground.world
    world.chats.people[str(ANONYMOUS_ADMIN["id"])] = ANONYMOUS_ADMIN
    world.add_group(GROUP, "Club", ANONYMOUS_ADMIN["id"])
    await new_bot.answer(ASKED, GROUP)
    await new_bot.answer("Club")


async def test_a_removal_ends_what_was_decided(new_bot: RunningBot) -> None:
    """A stranger who brings the bot back asks anew; the guests of the group are strangers then."""
    await greeted(new_bot)
    world = new_bot.playground.world
    world.add_group(GROUP, "Club", ANN)
    await new_bot.answer(HELLO, GROUP)
    world.chats.change(GROUP, members={str(ANN): "creator", str(VERA): "member"})
    await new_bot.say("/preset", VERA, GROUP)
    await new_bot.answer("Сейчас", GROUP)
    world.kick_bot(GROUP, by=VERA)
    await new_bot.say("/preset")
    await new_bot.answer("Now: Fast")
    await new_bot.say("/preset", VERA)
    await new_bot.answer("есть хозяин", VERA)
    world.add_bot(GROUP, VERA)
    await new_bot.answer("Club")
    await new_bot.say("/preset", VERA, GROUP)
    await new_bot.say("/preset")
    await new_bot.answer("Now: Fast")
    assert not any("Сейчас" in words_of(m) for m in world.messages(GROUP)[-2:])


async def test_there_and_back_makes_no_second_card(new_bot: RunningBot) -> None:
    """Who adds and removes the bot for fun bothers nobody."""
    await greeted(new_bot)
    world = new_bot.playground.world
    world.add_group(GROUP, "Club", VERA)
    await new_bot.answer("Club")
    for _ in range(3):
        world.kick_bot(GROUP, by=VERA)
        world.add_bot(GROUP, VERA)
    await new_bot.say("/preset")
    await new_bot.answer("Now: Fast")
    assert len([m for m in world.messages(ANN) if "Club" in words_of(m)]) == 1
    assert len([m for m in world.messages(GROUP) if m.get("text")]) == 1


async def test_an_owner_out_of_reach_leaves_the_command(new_bot: RunningBot) -> None:
    """The group hears what the owner has to write there."""
    await greeted(new_bot)
    new_bot.playground.faults.add("sendMessage", Forbidden())
    new_bot.playground.world.add_group(GROUP, "Club", VERA)
    await new_bot.answer("/allow", GROUP)
