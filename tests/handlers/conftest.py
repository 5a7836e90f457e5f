"""A running bot, whose waits are short: no test here is about their length."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import commands.run
from generation.faces import finder
from generation.work import worker
from handlers.core import media_groups, replies
from handlers.delivery import sender, status_board, teller
from handlers.telegram import patient_request
from playground import pictures
from tests.support.read_once import READ_ONCE
from tests.support.running_bot import RunningBot, running_bot

PAUSE_S = 0.05
"""Seconds. Without any pause every step of every picture would be an edit."""


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits follow each other quickly, and failures be tried again at once."""
    monkeypatch.setattr(status_board, "PAUSE_PRIVATE_S", PAUSE_S)
    monkeypatch.setattr(status_board, "PAUSE_GROUP_S", PAUSE_S)
    monkeypatch.setattr(worker, "RETRY_S", PAUSE_S)
    monkeypatch.setattr(worker, "LOOK_S", PAUSE_S)
    monkeypatch.setattr(media_groups, "QUIET_S", PAUSE_S)
    monkeypatch.setattr(patient_request, "WAITS_S", (PAUSE_S,) * 4)
    for module in (replies, sender, teller):
        monkeypatch.setattr(module, "RECONNECT_S", PAUSE_S)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each photo for real, but only once: no test here is about how it is read."""
    for module in (finder, pictures):
        monkeypatch.setattr(module, "SANDBOX", READ_ONCE)


@pytest.fixture
def short_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon, at the bot's stop, what a test left under way in masses."""
    monkeypatch.setattr(commands.run, "STOP_S", 1)


@pytest.fixture
async def new_bot(tmp_path: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    """The bot of Ann, who owns it. It knows nobody's face."""
    async with running_bot(tmp_path) as bot:
        yield bot


@pytest.fixture
async def bot(tmp_path: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    """The bot of Ann, who owns it. It knows her face."""
    async with running_bot(tmp_path, known=True) as bot:
        yield bot
