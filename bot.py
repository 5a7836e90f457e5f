"""The front door: settings in, everything put together here, a clean stop."""

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ExtBot

import commands
import handlers
from commands import doctor, download
from config import Settings, complaints
from db import (
    Albums,
    Characters,
    Chats,
    Database,
    DatabaseLine,
    DataUnusable,
    DataUnwritable,
    FaceTokens,
    JobQueue,
    Jobs,
    Limits,
    Users,
)
from generation import models
from generation.benchmark import report
from generation.errors import Refusal
from generation.faces import FaceFinder
from generation.generator import DiffusionGenerator
from generation.models import Model
from generation.presets import Preset
from generation.request import AlbumGenerator
from generation.sources import NoFewSteps
from generation.worker import WORKER
from generation.workers import Workers
from handlers.access import CLAIM, Access
from handlers.admins import Admins
from handlers.connection import App, application, connect, reach
from handlers.context import Services
from handlers.delivery import Delivery
from handlers.logs import log_without
from handlers.owner import Owner
from handlers.statuses import Statuses
from handlers.texts import Say, Texts
from playground import Playground

log = logging.getLogger("bot")

STOP_S = 8
"""For the running step to end, the job to be put back and a started album to arrive."""
SETTING_WRONG = 2
"""The exit code when the owner has something to correct."""


class PortTaken(Refusal):
    """The local chat's port is in use."""


class AlreadyRunning(Refusal):
    """Another process works on this DATA_DIR."""


async def run(
    settings: Settings,
    say: Say,
    stop: asyncio.Event,
    generators: Sequence[AlbumGenerator] = (),
) -> None:
    """Run until `stop`. Raises Refusal for what the owner can correct.

    `generators`, one a worker, stand in for those that the settings name.
    """
    model = models.resolve(settings.model_name, settings.turbo)
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(_alone_in(settings.data_dir))
        database = Database(settings.database)
        stack.callback(database.close)
        await asyncio.to_thread(database.upgrade)
        token, url = settings.telegram_bot_token, settings.telegram_api_url
        if token is None:
            playground = await _open_local_chat(settings, stack)
            token, url = SecretStr(playground.token), playground.url
        log_without(token)
        bot = connect(token, url)
        stack.push_async_callback(bot.shutdown)
        if not await reach(bot.initialize, say, stop):
            return
        generators = generators or _generators(settings, model, database)
        services = await _compose(settings, database, bot, generators, _presets(settings, model))
        app = application(bot, services)
        handlers.register(app)
        stack.push_async_callback(_shut_down, app)
        await app.initialize()
        greeting = _greeting(settings, bot, services.access, url, say)
        if await reach(lambda: handlers.set_commands(app, services.texts), say, stop):
            await _serve(app, services, say, stop, greeting)
    print(say("stopped"), flush=True)


async def _serve(
    app: App, services: Services, say: Say, stop: asyncio.Event, greeting: str
) -> None:
    """Take updates and draw until `stop`; then put back what is not finished."""
    polling = app.updater
    if polling is None:
        raise RuntimeError("an application without an updater")
    await app.start()
    await services.delivery.start()
    services.workers.start()
    updates = [Update.MESSAGE, Update.CALLBACK_QUERY]
    if await reach(
        lambda: polling.start_polling(allowed_updates=updates, error_callback=_polling_failed),
        say,
        stop,
    ):
        print(greeting, flush=True)
        await stop.wait()
    deadline = time.monotonic() + STOP_S
    workers = asyncio.create_task(asyncio.to_thread(services.workers.stop, STOP_S))
    if polling.running:
        await _until(deadline, polling.stop())
    if not await workers:
        log.warning("A worker did not stop in time; what it was drawing is drawn at the next start")
        with contextlib.suppress(DataUnwritable):
            await services.jobs.put_all_back()
    await _until(deadline, app.stop())
    await services.delivery.stop(max(0, deadline - time.monotonic()))


async def _shut_down(app: App) -> None:
    """Also when the start broke off: its own error is the one to be told."""
    if app.running:
        await app.stop()
    await app.shutdown()


async def _until(deadline: float, work: Awaitable[None]) -> None:
    """Let it end, or give it up: what it was for is in the database."""
    try:
        await asyncio.wait_for(work, max(0.1, deadline - time.monotonic()))
    except TimeoutError:
        log.warning("The stop did not wait for the last answers")


async def _compose(
    settings: Settings,
    database: Database,
    bot: ExtBot[Any],
    generators: Sequence[AlbumGenerator],
    presets: Mapping[str, Preset],
) -> Services:
    texts = Texts()
    users, chats = Users(database), Chats(database)
    albums = Albums(settings.data_dir / "albums")
    jobs = Jobs(database, albums)
    await jobs.drop_strays()
    if settings.owner_id and settings.owner_id != await users.owner():
        await users.replace_owner(settings.owner_id)
    access = Access(everybody=settings.local_chat)
    if await users.owner():
        access.claim_code = None
    limits = Limits(settings.waiting_per_person, settings.waiting_in_all, settings.albums_a_day)
    name = generators[0].model_name
    drawn_by = f"{name} {settings.image_size or ''} {settings.guidance_until}"
    line = DatabaseLine(database, limits, len(generators), drawn_by)
    statuses = Statuses(bot, jobs, line, texts)
    owner = Owner(bot, users, jobs, texts)
    delivery = Delivery(bot, jobs, albums, chats, statuses, owner, texts, name)
    return Services(
        users=users,
        chats=chats,
        characters=Characters(database),
        jobs=jobs,
        line=line,
        albums=albums,
        faces=FaceFinder(),
        workers=Workers(JobQueue(database, albums, drawn_by), generators, delivery.hear),
        statuses=statuses,
        delivery=delivery,
        owner=owner,
        texts=texts,
        access=access,
        admins=Admins(bot),
        presets=presets,
        default_preset=settings.preset,
        album_size=settings.album_size,
        benchmark=report.load(
            settings.data_dir,
            name,
            presets,
            settings.device,
            settings.image_size,
            compiled=settings.compile,
        ),
    )


def _generators(settings: Settings, model: Model, database: Database) -> list[AlbumGenerator]:
    """Make one a worker, with a pipeline of its own; on a device of its own, if there are some."""
    tokens = FaceTokens(database)
    return [
        DiffusionGenerator(model, settings.device, number, settings.tuning, tokens)
        for number in range(settings.workers)
    ]


def _presets(settings: Settings, model: Model) -> Mapping[str, Preset]:
    """Give the modes that the model can draw. Raises NoFewSteps for a default that it can't."""
    presets = settings.presets(model.few_steps.steps if model.few_steps else None)
    if settings.preset not in presets:
        raise NoFewSteps(mode=settings.preset)
    return presets


async def _open_local_chat(settings: Settings, stack: contextlib.AsyncExitStack) -> Playground:
    folder = settings.data_dir / "local_chat"
    try:
        playground = Playground(port=settings.local_chat_port, store=folder)
    except (OSError, sqlite3.Error) as error:
        raise DataUnusable(where=str(folder), reason=str(error)) from error
    try:
        return await stack.enter_async_context(playground)
    except OSError as error:
        raise PortTaken(port=str(settings.local_chat_port)) from error


def _greeting(settings: Settings, bot: ExtBot[Any], access: Access, url: str, say: Say) -> str:
    if settings.local_chat:
        return say("open-chat", url=url.replace("127.0.0.1", "localhost"))
    lines = [say("running-as", username=bot.username)]
    if access.claim_code:
        link = f"https://t.me/{bot.username}?start={CLAIM}{access.claim_code}"
        lines.append(say("claim-link", url=link))
    return "\n".join(lines)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the lock goes with the process, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise DataUnusable(where=str(folder), reason=error.strerror or str(error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning(where=str(folder)) from error
        yield


def _polling_failed(error: TelegramError) -> None:
    log.warning("No news from Telegram, trying again: %s", error)


async def _run_until_signal(
    settings: Settings, say: Say, generators: Sequence[AlbumGenerator]
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(settings, say, stop, generators)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing left to stop


def main(generators: Sequence[AlbumGenerator] = (), arguments: Sequence[str] = ()) -> int:
    """Give the exit code; `generators` as `run` takes them, `arguments` of the command line."""
    code = _main(generators, arguments)
    if any(thread.name == WORKER and thread.is_alive() for thread in threading.enumerate()):
        # One that is still deep in torch would abort Python's orderly end.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _main(generators: Sequence[AlbumGenerator], arguments: Sequence[str]) -> int:
    texts = Texts()
    say = texts.say(texts.language(_terminal_language()))
    asked = commands.parse(arguments, say)
    try:
        settings = Settings()
    except (OSError, UnicodeDecodeError) as error:
        print(say("env-unreadable", reason=str(error)), file=sys.stderr)
        return SETTING_WRONG
    except ValidationError as error:
        for text_id, fields in complaints(error):
            hint = say(fields.pop("hint"), **fields)
            print(say(text_id, hint=hint, **fields), file=sys.stderr)
        return SETTING_WRONG
    if asked.command == "doctor":
        return doctor.run(_installation(settings), say)
    try:
        if asked.command == "download":
            model = asked.model or settings.model_name
            few_steps = asked.few_steps or settings.turbo
            download.run(model, few_steps, say, accepted=asked.accept_licence)
        else:
            asyncio.run(_run_until_signal(settings, say, generators))
    except Refusal as refusal:
        print(say(refusal.text_id(), **refusal.fields), file=sys.stderr)
        return SETTING_WRONG
    except Exception:  # the interpreter would print it with the token in it
        log.exception("The bot broke off")
        return 1
    return 0


def _installation(settings: Settings) -> doctor.Installation:
    token = settings.telegram_bot_token
    return doctor.Installation(
        data_dir=settings.data_dir,
        database=settings.database,
        model=settings.model_name,
        few_steps=settings.turbo,
        device=settings.device,
        tuning=settings.tuning,
        preset=settings.presets(None)["FAST"],
        mode=settings.preset,
        api_url=settings.telegram_api_url,
        token=token.get_secret_value() if token else None,
    )


def _terminal_language() -> str | None:
    """Give what POSIX says, whether or not that locale is installed."""
    wanted = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, wanted), None)


if __name__ == "__main__":
    sys.exit(main(arguments=sys.argv[1:]))
