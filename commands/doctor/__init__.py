"""`python bot.py doctor`: looks at everything that the bot needs, and changes nothing."""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from commands import env_file
from commands.doctor import account, hardware, network, self_check, storage, versions, weights
from commands.doctor.finding import Finding, Verdict, bad, good, warning
from config import Settings
from db.sealing import OPEN, Seal
from generation.engine.generator import DiffusionGenerator
from generation.engine.tuning import Tuning
from generation.models.catalogue import FewStepsName
from generation.modes import Mode
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Installation:
    """What the doctor looks at: the settings, as values.

    `database` is an SQLAlchemy URL. The self-check draws in `self_check_mode`; `default_mode` is
    the name of the mode of people who chose none.
    """

    data_dir: Path
    database: str
    model: str
    few_steps: FewStepsName
    loras: Path | None
    device: str
    tuning: Tuning
    self_check_mode: Mode
    default_mode: str
    api_url: str
    draws: bool
    """Whether this computer draws, and not only others."""
    seal: Seal = OPEN
    token: str | None = field(default=None, repr=False)
    webhook_url: str | None = None
    """The bot's own, if Telegram is to bring its updates."""


def installation(settings: Settings) -> Installation:
    token = settings.telegram_bot_token
    return Installation(
        data_dir=settings.data_dir,
        database=settings.database,
        model=settings.model_name,
        few_steps=settings.turbo,
        loras=settings.loras,
        device=settings.device,
        tuning=settings.tuning,
        self_check_mode=settings.modes(None)["FAST"],
        default_mode=settings.preset,
        api_url=settings.telegram_api_url,
        seal=settings.seal,
        draws=settings.workers > 0,
        token=token.get_secret_value() if token else None,
        webhook_url=settings.webhook_url,
    )


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    commands.add_parser("doctor", help=say("usage-doctor"), description=say("usage-doctor"))


def run(installation: Installation, say: Say) -> int:
    """Print each finding as soon as it is known; give the exit code, 1 when one is bad."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub's client is imported: nothing is fetched
    logging.disable()  # whatever goes wrong becomes a finding
    verdicts = []
    for finding in _findings(installation, say):
        print(finding, flush=True)
        verdicts.append(finding.verdict)
    wrong, doubtful = verdicts.count(Verdict.BAD), verdicts.count(Verdict.WARNING)
    print()
    if wrong:
        print(say("doctor-wrong", count=wrong), flush=True)
        return 1
    print(say("doctor-doubtful", count=doubtful) if doubtful else say("doctor-well"), flush=True)
    return 0


def _findings(installation: Installation, say: Say) -> Iterator[Finding]:
    try:
        yield from _examine(installation, say)
    except Exception as error:  # noqa: BLE001 - its text could have the token in it
        kind = type(error).__name__
        yield bad(say("doctor-broke-off", kind=kind), say("doctor-broke-off-advice"))


def _examine(it: Installation, say: Say) -> Iterator[Finding]:
    """Do the quick checks first: torch takes seconds to import."""
    yield versions.check(say, REQUIREMENTS)
    yield _settings(say)
    yield from storage.check(say, it.data_dir, it.database, it.seal)
    if (yield from network.check(say, it.api_url if it.token else None)) or not it.token:
        yield from account.check(say, it.token, it.api_url, it.webhook_url)
    yield weights.check_faces(say)
    if not it.draws:
        return
    model = yield from weights.check(say, it.model, it.few_steps, it.default_mode)
    yield from weights.check_loras(say, it.loras, model)
    device = yield from hardware.check(say, it.device, large=weights.are_large(it.model))
    if device is None or model is None:
        yield warning(say("doctor-picture-waits"))
    else:
        generator = DiffusionGenerator(model, device, tuning=replace(it.tuning, compiled=False))
        yield self_check.check(say, it.model, generator, it.self_check_mode)


def _settings(say: Say) -> Finding:
    if env_file.is_open():
        return warning(say("env-open"))
    if Path(".env").is_file():
        return good(say("doctor-settings"))
    return good(say("doctor-settings-no-env", where=str(Path.cwd())))
