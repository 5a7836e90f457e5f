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


async def test_a_stranger_gets_one_polite_sentence(tmp_path: Path) -> None:
    """Whatever a stranger does, they hear whom to ask, and nothing of theirs is kept."""
    async with running_bot(tmp_path) as bot:
        invite_eve(bot)
        for text in ("/start", "/generate a cat", "/allow 103", "hello"):
            await bot.say(text, EVE)
            await bot.answer(f"{STRANGER}. Ask its owner to let you in with /allow {EVE}", EVE)
        await bot.photo(astronaut(), EVE)
        await bot.answer(STRANGER, EVE)
        await bot.say("/generate x", VERA)
        await bot.answer("есть хозяин", VERA)
        await bot.say("/generate a cat", EVE, bot.group)
        await bot.answer(STRANGER, bot.group)
        await bot.say("/preset", chat=bot.group)
        menu = await bot.answer("Now: FAST", bot.group)
        assert STRANGER in await alert(bot, menu, f"preset:FAST:{EVE}", EVE, forged=True)
        assert not bot.generator.requests


async def test_the_owner_lets_people_in_and_out(tmp_path: Path) -> None:
    """By number or in reply; who is blocked stays out of an open group too."""
    async with running_bot(tmp_path) as bot:
        invite_eve(bot)
        await bot.say(f"/allow {EVE}")
        await bot.answer(f"✅ {EVE}")
        await bot.say("/start", EVE)
        await bot.answer("👋", EVE)
        hello = await bot.say("/help", EVE, bot.group)
        await bot.answer("/generate", bot.group)
        await bot.say("/block", chat=bot.group, reply_to=hello["message_id"])
        await bot.answer("🚫 Eve", bot.group)
        await bot.say("/start", EVE)
        await bot.answer(STRANGER, EVE)
        await bot.say("/allow", chat=bot.group)
        await bot.answer("Everybody in this group", bot.group)
        await bot.say("/preset", VERA, bot.group)
        await bot.answer("Сейчас", bot.group)
        await bot.say("/preset", EVE, bot.group)
        await bot.answer(STRANGER, bot.group)
        await bot.say("/preset", VERA)  # who was met in an open group may go on in private
        await bot.answer("Сейчас", VERA)
        await bot.say("/allow", chat=bot.group, reply_to=hello["message_id"])
        await bot.answer("✅ Eve", bot.group)
        await bot.say("/block", chat=bot.group)
        await bot.answer("This group may not", bot.group)
        await bot.say("/preset", VERA)
        await bot.answer("есть хозяин", VERA)
        await bot.say("/preset", EVE, bot.group)
        await bot.answer("Now", bot.group)


async def test_only_the_owner_decides(tmp_path: Path) -> None:
    """Somebody let in lets nobody in; and the owner can't lock themselves out."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        for text in ("/allow 103", f"/block {ANN}", "/allow"):
            await bot.say(text, VERA)
            await bot.answer("только хозяин", VERA)
        await bot.say(f"/block {ANN}")
        await bot.answer("can't shut yourself out")
        for text in ("/allow", "/allow Vera", "/allow -5", "/block 1 2", "/allow " + "9" * 40):
            await bot.say(text)
            await bot.answer("Write /allow or /block")


async def test_who_is_blocked_has_nothing_drawn(tmp_path: Path) -> None:
    """What waited is taken away without a word; the owner hears how many there were."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        await bot.give_face()
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
        await bot.answer("Now: FAST")


async def test_with_an_owner_there_is_no_link(tmp_path: Path, claim: Claim) -> None:
    """A bot that has its owner offers itself to nobody, also after a restart."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/start")
        await bot.answer("👋")
    async with running_bot(tmp_path, owner_id=None) as bot:
        await bot.say("/preset")
        assert "FAST" in words_of(await bot.answer("Now: FAST"))
        assert claim.code() is None


async def test_who_is_shut_out_may_still_be_forgotten(tmp_path: Path) -> None:
    """/forget works for somebody who was blocked after sending their face."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        await bot.register(VERA)
        await bot.say(f"/block {VERA}")
        await bot.answer("🚫")
        await bot.say("/forget", VERA)
        await bot.press(await bot.answer("🗑", VERA), "forget:yes", VERA)
        await bot.until(lambda: any("Всё о вас стёрто" in words_of(m)
                                  for m in bot.playground.world.messages(VERA)))  # fmt: skip
