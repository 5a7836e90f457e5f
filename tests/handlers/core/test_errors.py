"""Whatever goes wrong with an answer: the person hears of it if there is any way, and none raises."""

import logging
from dataclasses import dataclass

import pytest

from playground import DropBefore, Forbidden, errors
from playground.faults import Faults
from tests.support.edits_and_alerts import alert
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of


@dataclass(frozen=True)
class Refused:
    """400, with words of Telegram's."""

    description: str

    def error(self) -> errors.ApiError:
        return errors.BadRequest(self.description)
