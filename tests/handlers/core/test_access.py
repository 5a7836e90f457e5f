"""Closed by default: who may use the bot is the owner's decision."""

import re
from pathlib import Path

import pytest

from tests.support.edits_and_alerts import alert
from tests.support.running_bot import ANN, VERA, RunningBot, astronaut, running_bot, words_of

EVE = 103
STRANGER = "This bot belongs to somebody"


def invite_eve(bot: RunningBot) -> None:
    bot.playground.world.add_person(EVE, "Eve", language_code="en", groups=True)


async def test_a_stranger_gets_one_polite_sentence(new_bot: RunningBot) -> None:
    """Whatever a stranger does, they hear whom to ask, and nothing of theirs is kept."""
    invite_eve(new_bot)
    for text in ("/generate a cat", "/allow 103", "hello"):
        await new_bot.say(text, EVE)
        await new_bot.answer(f"{STRANGER}. Write /start to me", EVE)
    await new_bot.photo(astronaut(), EVE)
    await new_bot.answer(STRANGER, EVE)
    await new_bot.say("/generate x", VERA)
    await new_bot.answer("есть хозяин", VERA)
    await new_bot.say("/generate a cat", EVE, new_bot.group)
    await new_bot.answer(STRANGER, new_bot.group)
    await new_bot.say("/preset", chat=new_bot.group)
    menu = await new_bot.answer("Now: Fast", new_bot.group)
    assert STRANGER in await alert(new_bot, menu, f"preset:FAST:{EVE}", EVE, forged=True)
    assert not new_bot.generator.requests


async def test_the_owner_lets_people_in_and_out(new_bot: RunningBot) -> None:
    """By number or in reply; who is blocked stays out of an open group too."""
    invite_eve(new_bot)
    await new_bot.say(f"/allow {EVE}")
    await new_bot.answer(f"✅ {EVE}")
    await new_bot.say("/start", EVE)
    await new_bot.answer("👋", EVE)
    hello = await new_bot.say("/help", EVE, new_bot.group)
    await new_bot.answer("/generate", new_bot.group)
    await new_bot.say("/block", chat=new_bot.group, reply_to=hello["message_id"])
    await new_bot.answer("🚫 Eve", new_bot.group)
    await new_bot.say("/start", EVE)
    await new_bot.answer("closed it to you", EVE)
    await new_bot.say("/allow", chat=new_bot.group)
    await new_bot.answer("Everybody in this group", new_bot.group)
    await new_bot.say("/preset", VERA, new_bot.group)
    await new_bot.answer("Сейчас", new_bot.group)
    await new_bot.say("/preset", EVE, new_bot.group)
    await new_bot.answer("closed it to you", new_bot.group)
    await new_bot.say("/preset", VERA)  # who was met in an open group may go on in private
    await new_bot.answer("Сейчас", VERA)
    await new_bot.say("/allow", chat=new_bot.group, reply_to=hello["message_id"])
    await new_bot.answer("✅ Eve", new_bot.group)
    await new_bot.say("/block", chat=new_bot.group)
    await new_bot.answer("This group may not", new_bot.group)
    await new_bot.say("/preset", VERA)
    await new_bot.answer("есть хозяин", VERA)
    await new_bot.say("/preset", EVE, new_bot.group)
    await new_bot.answer("Now", new_bot.group)


async def test_only_the_owner_decides(new_bot: RunningBot) -> None:
    """Somebody let in lets nobody in; and the owner can't lock themselves out."""
    await new_bot.say(f"/allow {VERA}")
    await new_bot.answer("✅")
    for text in ("/allow 103", f"/block {ANN}", "/allow"):
        await new_bot.say(text, VERA)
        await new_bot.answer("только хозяин", VERA)
    await new_bot.say(f"/block {ANN}")
    await new_bot.answer("always open to you")
    for text in ("/allow", "/allow Vera", "/allow -5", "/block 1 2", "/allow " + "9" * 40):
        await new_bot.say(text)
        await new_bot.answer("Write /allow or /block")


async def test_who_is_blocked_has_nothing_drawn(bot: RunningBot) -> None:
    """What waited is taken away without a word; the owner hears how many there were."""
    await bot.say(f"/allow {VERA}")
    await bot.answer("✅")
    await bot.give_face(VERA)
    bot.generator.hold()
    await bot.say("/generate mine")
    await bot.answer("Picture 1")
    for _ in range(2):
        await bot.say("/generate a knight", VERA)
        waiting = await bot.answer("⏳", VERA)
    await bot.say(f"/block {VERA}")
    await bot.answer("Their 2 albums")
    assert not bot.playground.world.message(VERA, waiting["message_id"])
    await bot.say("/queue")
    await bot.answer("In all there is 1")
    bot.generator.release()
    await bot.album()
    assert len(bot.generator.requests) == 1


@pytest.fixture
def claim(capsys: pytest.CaptureFixture[str]) -> "Claim":
    return Claim(capsys)


class Claim:
    """Reads the one-time link that the terminal shows."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._printed = ""

    def code(self) -> str | None:
        self._printed += self._capsys.readouterr().out
        found = re.search(r"t\.me/portrait_desk_bot\?start=(claim-\w+)", self._printed)
        return found[1] if found else None


async def test_the_link_in_the_terminal_makes_the_owner(tmp_path: Path, claim: Claim) -> None:
    """128 random bits, good for one person and one time; a guess is refused."""
    async with running_bot(tmp_path, owner_id=None) as bot:
        await bot.say("/start", VERA)
        await bot.answer("есть хозяин", VERA)
        await bot.say("/start claim-" + "0" * 32, VERA)
        await bot.answer("уже использована или устарела", VERA)
        code = await bot.until(claim.code, "the link")
        assert code
        assert len(code) == len("claim-") + 128 // 4
        await bot.say(f"/start {code}", VERA)
        await bot.answer("🔑 Теперь вы хозяин", VERA)
        await bot.say(f"/start {code}", ANN)
        await bot.answer("already been used")
        await bot.say("/preset", ANN)
        await bot.answer(STRANGER)
        await bot.say(f"/allow {ANN}", VERA)
        await bot.answer("✅", VERA)
        await bot.say("/preset", ANN)
        await bot.answer("Now: Fast")


async def test_with_an_owner_there_is_no_link(tmp_path: Path, claim: Claim) -> None:
    """A bot that has its owner offers itself to nobody, also after a restart."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/start")
        await bot.answer("👋")
    async with running_bot(tmp_path, owner_id=None) as bot:
        await bot.say("/preset")
        assert "Fast" in words_of(await bot.answer("Now: Fast"))
        assert claim.code() is None


async def test_who_is_shut_out_may_still_be_forgotten(new_bot: RunningBot) -> None:
    """/forget works for somebody who was blocked after sending their face."""
    await new_bot.say(f"/allow {VERA}")
    await new_bot.answer("✅")
    await new_bot.register(VERA)
    await new_bot.say(f"/block {VERA}")
    await new_bot.answer("🚫")
    await new_bot.say("/forget", VERA)
    await new_bot.press(await new_bot.answer("🗑", VERA), "forget:yes", VERA)
    await new_bot.until(lambda: any("Всё о вас стёрто" in words_of(m)
                              for m in new_bot.playground.world.messages(VERA)))  # fmt: skip
