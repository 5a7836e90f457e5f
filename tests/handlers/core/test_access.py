"""Closed by default: who may use the bot is the owner's decision."""

import re
from pathlib import Path

import pytest

from tests.desk import ANN, VERA, Desk, astronaut, desk, words_of
from tests.handlers.watching import alert

EVE = 103
STRANGER = "This bot belongs to somebody"


def invite_eve(d: Desk) -> None:
    d.playground.world.add_person(EVE, "Eve", language_code="en", groups=True)


async def test_a_stranger_gets_one_polite_sentence(tmp_path: Path) -> None:
    """Whatever a stranger does, they hear whom to ask, and nothing of theirs is kept."""
    async with desk(tmp_path) as d:
        invite_eve(d)
        for text in ("/start", "/generate a cat", "/allow 103", "hello"):
            await d.say(text, EVE)
            await d.answer(f"{STRANGER}. Ask its owner to let you in with /allow {EVE}", EVE)
        await d.photo(astronaut(), EVE)
        await d.answer(STRANGER, EVE)
        await d.say("/generate x", VERA)
        await d.answer("есть хозяин", VERA)
        await d.say("/generate a cat", EVE, d.group)
        await d.answer(STRANGER, d.group)
        await d.say("/preset", chat=d.group)
        menu = await d.answer("Now: FAST", d.group)
        assert STRANGER in await alert(d, menu, f"preset:FAST:{EVE}", EVE, forged=True)
        assert not d.generator.requests


async def test_the_owner_lets_people_in_and_out(tmp_path: Path) -> None:
    """By number or in reply; who is blocked stays out of an open group too."""
    async with desk(tmp_path) as d:
        invite_eve(d)
        await d.say(f"/allow {EVE}")
        await d.answer(f"✅ {EVE}")
        await d.say("/start", EVE)
        await d.answer("👋", EVE)
        hello = await d.say("/help", EVE, d.group)
        await d.answer("/generate", d.group)
        await d.say("/block", chat=d.group, reply_to=hello["message_id"])
        await d.answer("🚫 Eve", d.group)
        await d.say("/start", EVE)
        await d.answer(STRANGER, EVE)
        await d.say("/allow", chat=d.group)
        await d.answer("Everybody in this group", d.group)
        await d.say("/preset", VERA, d.group)
        await d.answer("Сейчас", d.group)
        await d.say("/preset", EVE, d.group)
        await d.answer(STRANGER, d.group)
        await d.say("/preset", VERA)  # who was met in an open group may go on in private
        await d.answer("Сейчас", VERA)
        await d.say("/allow", chat=d.group, reply_to=hello["message_id"])
        await d.answer("✅ Eve", d.group)
        await d.say("/block", chat=d.group)
        await d.answer("This group may not", d.group)
        await d.say("/preset", VERA)
        await d.answer("есть хозяин", VERA)
        await d.say("/preset", EVE, d.group)
        await d.answer("Now", d.group)


async def test_only_the_owner_decides(tmp_path: Path) -> None:
    """Somebody let in lets nobody in; and the owner can't lock themselves out."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        for text in ("/allow 103", f"/block {ANN}", "/allow"):
            await d.say(text, VERA)
            await d.answer("только хозяин", VERA)
        await d.say(f"/block {ANN}")
        await d.answer("can't shut yourself out")
        for text in ("/allow", "/allow Vera", "/allow -5", "/block 1 2", "/allow " + "9" * 40):
            await d.say(text)
            await d.answer("Write /allow or /block")


async def test_who_is_blocked_has_nothing_drawn(tmp_path: Path) -> None:
    """What waited is taken away without a word; the owner hears how many there were."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register()
        await d.register(VERA)
        d.generator.hold()
        await d.say("/generate mine")
        await d.answer("Picture 1")
        for _ in range(2):
            await d.say("/generate a knight", VERA)
            waiting = await d.answer("⏳", VERA)
        await d.say(f"/block {VERA}")
        await d.answer("Their 2 albums")
        assert not d.playground.world.message(VERA, waiting["message_id"])
        await d.say("/queue")
        await d.answer("In all there is 1")
        d.generator.release()
        await d.album()
        assert len(d.generator.requests) == 1


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
    async with desk(tmp_path, owner_id=None) as d:
        await d.say("/start", VERA)
        await d.answer("есть хозяин", VERA)
        await d.say("/start claim-" + "0" * 32, VERA)
        await d.answer("уже использована или устарела", VERA)
        code = await d.until(claim.code, "the link")
        assert code
        assert len(code) == len("claim-") + 128 // 4
        await d.say(f"/start {code}", VERA)
        await d.answer("🔑 Теперь вы хозяин", VERA)
        await d.say(f"/start {code}", ANN)
        await d.answer("already been used")
        await d.say("/preset", ANN)
        await d.answer(STRANGER)
        await d.say(f"/allow {ANN}", VERA)
        await d.answer("✅", VERA)
        await d.say("/preset", ANN)
        await d.answer("Now: FAST")


async def test_with_an_owner_there_is_no_link(tmp_path: Path, claim: Claim) -> None:
    """A bot that has its owner offers itself to nobody, also after a restart."""
    async with desk(tmp_path) as d:
        await d.say("/start")
        await d.answer("👋")
    async with desk(tmp_path, owner_id=None) as d:
        await d.say("/preset")
        assert "FAST" in words_of(await d.answer("Now: FAST"))
        assert claim.code() is None


async def test_who_is_shut_out_may_still_be_forgotten(tmp_path: Path) -> None:
    """/forget works for somebody who was blocked after sending their face."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        await d.register(VERA)
        await d.say(f"/block {VERA}")
        await d.answer("🚫")
        await d.say("/forget", VERA)
        await d.press(await d.answer("🗑", VERA), "forget:yes", VERA)
        await d.until(lambda: any("Всё о вас стёрто" in words_of(m)
                                  for m in d.playground.world.messages(VERA)))  # fmt: skip
