"""`python bot.py`: starts everything in order, serves, and stops cleanly."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Iterator, Sequence
from typing import Any

from pydantic import SecretStr
from telegram import Update
from telegram.ext import ExtBot, TypeHandler

from commands import env_file
from commands.backup import remove_copies
from commands.composition import Parts, compose
from commands.data_folder import locked, private
from commands.drawn_with import generators_for
from commands.local_chat import open_local_chat
from commands.sweeping import sweep_daily
from commands.updates import Updates
from config import Settings
from db import (
    Albums,
    Choices,
    Database,
    DataUnwritable,
    check_not_emptied,
    database_file,
    key_mark,
    only_bot,
    refusal_at_start,
)
from db.address import is_servers
from db.backup.swap import finish_swap
from generation import proxies
from generation.errors import Refusal
from generation.models.choice import ModelChoice
from generation.models.download import find_missing
from generation.models.loras import Loras, look_into
from generation.models.model import Model
from generation.models.sources import ModelUnavailable
from generation.request import AlbumGenerator
from generation.work.machine import Machine, ThisMachine
from handlers import menu, router
from handlers.commands import COMMANDS
from handlers.core.access import OWNERSHIP_LINK, Access
from handlers.core.accidents import Accidents
from handlers.telegram.connection import App, application, connect, reach
from handlers.telegram.logs import keep_log
from handlers.telegram.telegram_time import TelegramTime
from handlers.texts import Say

log = logging.getLogger(__name__)

WARM_S = 3
"""Seconds after the first greeting at which the process that reads photos is started: the start and
the first answers don't wait for it."""

STOP_S = 8
"""Seconds for the running step to end, its job to be put back, and a started upload to end."""


class NobodyDraws(Refusal):
    """WORKERS=0 without a database that other computers could take jobs from."""


async def run(
    settings: Settings,
    say: Say,
    stop: asyncio.Event,
    generators: Sequence[AlbumGenerator] = (),
    machine: Machine | None = None,
) -> None:
    """Run until `stop`. Raises Refusal for what the owner can correct.

    `generators`, one for each worker, replace those that the settings name, and `machine` is looked
    at in place of this one.
    """
    if not settings.workers and not is_servers(settings.database):
        raise NobodyDraws
    if env_file.is_open():
        print(say("env-open"), flush=True)
    choice = ModelChoice(settings.model_name, settings.turbo)
    model = choice.current
    loras = look_at_loras(settings, model, say)
    if settings.telegram_bot_token or find_missing(model.sources.values()):
        proxies.check()
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(private(settings.data_dir, database_file(settings.database)))
        stack.enter_context(locked(settings.data_dir))
        finish_swap(settings.data_dir)
        remove_copies(settings.data_dir)
        await stack.enter_async_context(
            only_bot(settings.database, stop, tell=lambda refusal: _awaited(refusal, say))
        )
        check_not_emptied(settings.database, Albums(settings.data_dir / "albums"))
        database = Database(settings.database, seal=settings.seal)
        stack.callback(database.close)
        await asyncio.to_thread(database.upgrade)
        albums = Albums(settings.data_dir / "albums", settings.seal)
        await asyncio.to_thread(key_mark.check, database, albums)
        if is_servers(settings.database):
            await asyncio.to_thread(_renew_rights, settings.database)
        telegram_time = TelegramTime()
        bot, url = await _connect(settings, say, stack, telegram_time)
        if not await reach(bot.initialize, say, stop):
            return
        await _take_up(choice, database)
        generators = (generators if settings.workers else ()) or generators_for(
            settings, choice, loras, database, settings.workers
        )
        stack.enter_context(_told_to_the_owner(settings, database))
        parts = await compose(
            settings, database, bot, generators, choice, loras, machine or ThisMachine()
        )
        stack.enter_context(_noted(parts.services.accidents))
        app = application(bot, parts.services, {command.name for command in COMMANDS})
        router.register(app)
        app.add_handler(TypeHandler(Update, parts.metrics.update), group=-4)
        if settings.metrics_port:
            await stack.enter_async_context(parts.monitor.serve(settings.metrics_port))
        stack.push_async_callback(_shut_down, app)
        await app.initialize()
        greeting = _greeting(settings, bot, parts.services.access, url, say)
        if await reach(lambda: menu.set_commands(app, parts.services.texts), say, stop):
            updates = Updates(app, settings, say, stop, telegram_time)
            await _serve(app, parts, updates, stop, greeting)
    print(say("stopped"), flush=True)


async def _connect(
    settings: Settings, say: Say, stack: contextlib.AsyncExitStack, telegram_time: TelegramTime
) -> tuple[ExtBot[Any], str]:
    """Give the bot and the Bot API's URL; without a token that of the local chat."""
    token, url, proxy = settings.telegram_bot_token, settings.telegram_api_url, None
    if token is None:
        playground = await open_local_chat(settings, stack)
        token, url = SecretStr(playground.token), playground.url
    elif proxy := proxies.way_to(url):
        print(say("telegram-by-proxy", proxy=proxy.shown, name=proxy.name), flush=True)
    keep_log(settings.log_format, token)
    bot = connect(token, url, proxy.url if proxy else None, telegram_time)
    stack.push_async_callback(bot.shutdown)
    return bot, url


def _awaited(refusal: Refusal, say: Say) -> None:
    print(say("database-awaited", **refusal.fields), flush=True)


def _renew_rights(url: str) -> None:
    """Let machines' roles have the rights of this version."""
    from db.machines.worker_roles import WorkerRoles  # noqa: PLC0415 - imports psycopg

    WorkerRoles(url).renew()


async def _take_up(choice: ModelChoice, database: Database) -> None:
    """Draw with what the owner chose in an earlier run, if it is still there."""
    name = await Choices(database).model()
    if name and name != choice.current.name:
        try:
            await asyncio.to_thread(choice.choose, name)
        except ModelUnavailable:
            log.warning("%s, which was chosen, is not there: %s draws", name, choice.current.name)


def look_at_loras(settings: Settings, model: Model, say: Say) -> Loras:
    """Look at the owner's LoRAs, and say which of them are not used. Raises NoLorasFolder."""
    if settings.loras is None:
        return Loras()
    loras = look_into(settings.loras)
    if not model.takes_loras:
        print(say("loras-not-taken", model=model.name), flush=True)
        return Loras()
    for refusal in loras.refused:
        print(say(refusal.text_id(), **refusal.fields), flush=True)
    return loras


@contextlib.contextmanager
def _noted(accidents: Accidents) -> Iterator[None]:
    """Let it hear of everything that is logged."""
    logging.getLogger().addHandler(accidents)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(accidents)


@contextlib.contextmanager
def _told_to_the_owner(settings: Settings, database: Database) -> Iterator[None]:
    """Put trouble with the data into the owner's words: those of chats say that the owner knows."""
    try:
        yield
    except DataUnwritable as refusal:
        where = str(database_file(settings.database) or database.where)
        raise refusal_at_start(refusal, where) from refusal


async def _serve(
    app: App, parts: Parts, updates: Updates, stop: asyncio.Event, greeting: str
) -> None:
    """Take updates and draw until `stop`; then stop every part."""
    await app.start()
    await parts.delivery.start()
    parts.workers.start()
    if parts.room:
        parts.room.start()
    try:
        if await updates.begin():
            print(greeting, flush=True)
            beside = [
                asyncio.create_task(_warm(parts)),
                asyncio.create_task(sweep_daily(parts.keeping)),
            ]
            await stop.wait()
            for task in beside:
                task.cancel()
    finally:
        await _stop(app, parts, updates)


async def _warm(parts: Parts) -> None:
    await asyncio.sleep(WARM_S)
    await asyncio.to_thread(parts.services.people.faces.warm)


async def _stop(app: App, parts: Parts, updates: Updates) -> None:
    """Stop every part within STOP_S, and put back the jobs that are not finished."""
    deadline = time.monotonic() + STOP_S
    workers = asyncio.create_task(asyncio.to_thread(parts.workers.stop, STOP_S))
    await _until(deadline, updates.end())
    if not await workers:
        log.warning("A worker did not stop in time; what it was drawing is drawn at the next start")
        with contextlib.suppress(DataUnwritable):
            await parts.jobs.put_all_back()
    await _until(deadline, app.stop())
    if parts.room:
        await parts.room.stop()
    await parts.delivery.stop(max(0, deadline - time.monotonic()))


async def _shut_down(app: App) -> None:
    """Shut down, also when the start broke off: its own error must be the one that shows."""
    if app.running:
        await app.stop()
    await app.shutdown()


async def _until(deadline: float, work: Awaitable[None]) -> None:
    """Wait for the work until the deadline, then give it up: the database has what it was for."""
    try:
        await asyncio.wait_for(work, max(0.1, deadline - time.monotonic()))
    except TimeoutError:
        log.warning("The stop did not wait for the last answers")


def _greeting(settings: Settings, bot: ExtBot[Any], access: Access, url: str, say: Say) -> str:
    if settings.local_chat:
        return say("open-chat", url=url.replace("127.0.0.1", "localhost"))
    lines = [say("running-as", username=bot.username)]
    if access.ownership_code:
        link = f"https://t.me/{bot.username}?start={OWNERSHIP_LINK}{access.ownership_code}"
        lines.append(say("owner-link", url=link))
    return "\n".join(lines)
