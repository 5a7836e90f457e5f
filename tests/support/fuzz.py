"""The whole bot, and updates made at random: nothing breaks, nobody sees what isn't theirs."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, seed, settings
from telegram.ext import AIORateLimiter

from db import Characters, Database, Users
from handlers.telegram import connection, floods
from handlers.telegram.buckets import Allowance
from handlers.texts import Texts
from playground import ApiRequest, Playground
from tests.support.random_updates import STRANGER, Json, updates
from tests.support.running_bot import ANN, VERA, astronaut_as_found, running_bot

SILENT_ONES = (201, 202)
"""People who send nothing. What is theirs must stay as it is, and be shown to nobody."""

CANARY = "Heliotrope"
"""The beginning of their names, which the bot shows to themselves only."""

BATCH = 100
PATIENCE_S = 60
"""Seconds in which the owner must be answered after a batch."""

FOR_STRANGERS = (
    "stranger", "stranger-start", "asked-the-owner", "shut-out", "no-person", "late", "flood",
    "flood-photos", "forget-sure", "kept", "forgotten", "pictures-left", "owner-link-void",
    "button-old", "button-not-yours", "to-private", "privacy",
)  # fmt: skip
"""All that a stranger may read."""


@dataclass
class Findings:
    """What came of it."""

    sent: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    accidents: list[str] = field(default_factory=list)
    """What was logged as an error."""
    told: list[str] = field(default_factory=list)
    """What a stranger read beyond the table, or what shows a traceback or another's data."""
    changed: list[int] = field(default_factory=list)
    """People whose data somebody else changed."""

    def check(self) -> None:
        assert not self.accidents, self.accidents[:3]
        assert not self.told, self.told[:3]
        assert not self.changed, self.changed


class Accidents(logging.Handler):
    def __init__(self, findings: Findings) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(logging.Formatter())
        self._findings = findings

    def emit(self, record: logging.LogRecord) -> None:
        self._findings.accidents.append(self.format(record))


def made_at_random(count: int, lot: int) -> list[Json]:
    """Make so many updates, the same ones for the same lot."""
    found: list[Json] = []

    @seed(lot)
    @settings(
        max_examples=count, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(updates())
    def make(update: Json) -> None:
        ((_, payload),) = update.items()
        for name in ("message_id", "id"):  # a number that came before would not be heard
            if isinstance(payload.get(name), int | str):
                payload[name] = type(payload[name])(1_000 + len(found))
        found.append(update)

    make()
    return found


async def fuzz(data: Path, chosen: list[Json]) -> Findings:
    """Send all of them to the bot, with what else people have; look at all that it says."""
    findings = Findings()
    texts = Texts()
    starts = [
        texts.say(language)(text_id, id="", seconds=1, days=1, sealed="no", chat="telegram")[:12]
        for language in texts.languages
        for text_id in FOR_STRANGERS
    ]

    def heard(request: ApiRequest) -> None:
        findings.answers[request.method] += 1
        words = str(request.raw.get("text") or request.raw.get("caption") or "")
        shown = "Traceback" in words or (
            CANARY in str(request.raw) and request.params.get("chat_id") not in SILENT_ONES
        )
        to_stranger = request.method.startswith(("send", "edit")) and (
            request.params.get("chat_id") == STRANGER
        )
        if shown or (to_stranger and not any(words.startswith(start) for start in starts)):
            findings.told.append(f"{request.method} {request.raw}")

    endless = Allowance(1e12, 1e12)
    patient = partial(AIORateLimiter, overall_max_rate=0, group_max_rate=0)
    with (
        patch.multiple(floods, PERSON=endless, GROUP=endless, PHOTOS=endless),
        patch.object(connection, "AIORateLimiter", patient),
    ):
        async with (
            Playground(port=0, on_request=heard) as playground,
            running_bot(data, playground=playground) as bot,
        ):
            playground.world.add_person(STRANGER, "Eve", language_code="en")
            await bot.allow(VERA)
            accidents = Accidents(findings)  # not before: the bot's start sets the log up anew
            logging.getLogger().addHandler(accidents)
            await bot.give_face()
            await bot.give_face(VERA)
            before = await _silent_ones(data, fill=True)
            for first in range(0, len(chosen), BATCH):
                for update in chosen[first : first + BATCH]:
                    ((kind, payload),) = update.items()
                    findings.sent[kind] += 1
                    playground.world.updates.add(kind, payload)
                await asyncio.wait_for(_answered(bot.playground), PATIENCE_S)
            logging.getLogger().removeHandler(accidents)
    after = await _silent_ones(data, fill=False)
    findings.changed = [one for one in SILENT_ONES if before[one] != after[one]]
    return findings


async def _answered(playground: Playground) -> None:
    """Have the owner ask something, and wait for the answer."""
    world = playground.world
    asked = (await playground.send_text(ANN, ANN, "/help"))["message_id"]

    def answered() -> bool:
        replies = [m for m in world.messages(ANN) if m["message_id"] > asked]
        return any("/generate" in m.get("text", "") and m["from"]["is_bot"] for m in replies)

    await playground.wait_for(answered, PATIENCE_S)


async def _silent_ones(data: Path, *, fill: bool) -> dict[int, str]:
    """Give all that is kept about them; `fill`: write it before."""
    database = Database(f"sqlite:///{data / 'bot.db'}")
    characters, users = Characters(database), Users(database)
    for person in SILENT_ONES if fill else ():
        await characters.add_new(person, [astronaut_as_found()], f"{CANARY} {person}")
    kept = {}
    for person in SILENT_ONES:
        kept[person] = repr((await users.get(person), await characters.active(person)))
    database.close()
    return kept
