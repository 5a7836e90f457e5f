"""The bot's waits, shortened: no test here is about their length."""

import pytest

from generation.work import worker
from handlers.core import replies
from handlers.delivery import sender, status_board, teller

PAUSE_S = 0.05
"""Seconds. Without any pause every step of every picture would be an edit."""


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let edits follow each other quickly, and failures be tried again at once."""
    monkeypatch.setattr(status_board, "PAUSE_PRIVATE_S", PAUSE_S)
    monkeypatch.setattr(status_board, "PAUSE_GROUP_S", PAUSE_S)
    monkeypatch.setattr(worker, "RETRY_S", PAUSE_S)
    for module in (replies, sender, teller):
        monkeypatch.setattr(module, "RECONNECT_S", PAUSE_S)
