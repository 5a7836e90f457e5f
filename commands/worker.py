"""`python bot.py worker`: this computer draws for a bot that runs elsewhere."""

import asyncio
import contextlib
import logging
import os
import socket
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from commands.belongings import OwnBelongings
from commands.data_folder import locked, private
from commands.drawn_with import generators_for
from commands.exit_codes import AGAIN, SETTING_WRONG
from commands.run import look_at_loras
from config import Settings
from db import Database, key_mark
from db.address import is_servers
from db.machines.handover import Handover
from db.machines.machine import HEARTBEAT_S, MachineState
from db.machines.paces import Paces
from db.machines.patient_queue import PatientQueue
from db.machines.post import Post
from db.machines.registry import MachineTwice, NoTablesYet, OtherVersion, Registry, Report
from db.machines.remote_queue import RemoteQueue
from db.refusals import DatabaseUnreachable
from generation import proxies
from generation.engine.devices import choose
from generation.errors import Refusal
from generation.faces.sight import Sights
from generation.models.choice import ModelChoice
from generation.models.download import find_missing
from generation.request import AlbumGenerator
from generation.work.machine import Machine, ThisMachine
from generation.work.neighbour import Neighbour
from generation.work.queue import QueueUnwritable
from generation.work.worker import Worker
from handlers.texts import Say

if TYPE_CHECKING:
    import argparse

log = logging.getLogger(__name__)

STARTED_ANEW = (OtherVersion, MachineTwice, NoTablesYet)
"""What passes by itself: the bot is brought up to date, or another run lets the name go."""

STOP_S = 8
"""Seconds for the running step to end, and its job to be put back."""

LONGEST_NAME = 64


class WorkerNeedsPostgres(Refusal):
    """DATABASE_URL names no Postgres: only there can other computers take jobs."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    commands.add_parser("worker", help=say("usage-worker"))


async def work(
    settings: Settings,
    say: Say,
    stop: asyncio.Event,
    generators: Sequence[AlbumGenerator] = (),
    machine: Machine | None = None,
) -> int:
    """Draw until `stop`, or until the owner drains the machine; give the exit code.

    `generators` replace the one that the settings name, and `machine` is looked at in place of this
    one. Raises Refusal for what the owner can correct.
    """
    if not is_servers(settings.database):
        raise WorkerNeedsPostgres
    name = (settings.machine or socket.gethostname())[:LONGEST_NAME]
    choice = ModelChoice(settings.model_name, settings.turbo)
    loras = look_at_loras(settings, choice.current, say)
    if find_missing(choice.current.sources.values()):
        proxies.check()
    with contextlib.ExitStack() as stack:
        stack.enter_context(private(settings.data_dir))
        stack.enter_context(locked(settings.data_dir))
        database = Database(settings.database, machine=True, seal=settings.seal)
        stack.callback(database.close)
        device = settings.device
        if not generators:
            generators = generators_for(settings, choice, loras, None, workers=1)
            device = (await asyncio.to_thread(choose, device)).name
        registry = Registry(database, name)
        stack.callback(registry.close)
        belongings = OwnBelongings(settings, choice, loras)
        offers = await asyncio.to_thread(belongings.offers, None)
        beginning = Report(MachineState.LOADING, offers)
        try:
            measured = await _register(registry, device, beginning, say, stop)
        except (OtherVersion, NoTablesYet) as passing:
            return _told(passing, say)
        await asyncio.to_thread(key_mark.check, database)
        paces = Paces(measured)
        desk = _Desk(stop, Post(registry, belongings, offers, paces, stop))
        desk.compose(settings, name, database, generators[0], paces, machine or ThisMachine())
        print(say("worker-running", name=name, model=choice.current.name), flush=True)
        refusal = await desk.work()
    code = _told(refusal, say)
    if desk.engine_waits:
        _end(code)
    return code


def _told(refusal: Refusal | None, say: Say) -> int:
    """Say why the machine ends; give the exit code."""
    if refusal is None:
        print(say("stopped"), flush=True)
        return 0
    print(say(refusal.text_id(), **refusal.fields), file=sys.stderr)
    return AGAIN if isinstance(refusal, STARTED_ANEW) else SETTING_WRONG


def _end(code: int) -> NoReturn:
    """End at once: the engine waits for a database that is gone, and Python would wait for it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


async def _register(
    registry: Registry, device: str, report: Report, say: Say, stop: asyncio.Event
) -> dict[str, float]:
    """Register with the database, and wait for its server: after a power cut that is up later.

    Raises Refusal.
    """
    is_told = False
    while True:
        try:
            return await asyncio.to_thread(registry.begin, device, report)
        except DatabaseUnreachable as refusal:
            if stop.is_set():
                raise
            if not is_told:
                print(say("database-awaited", **refusal.fields), flush=True)
                is_told = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), HEARTBEAT_S)


class _Desk:
    """The parts of a machine, put together."""

    def __init__(self, stop: asyncio.Event, post: Post) -> None:
        self._stop = stop
        self._post = post
        self.engine_waits = False
        """Whether the engine could not be stopped, because it has no database."""

    def compose(
        self,
        settings: Settings,
        name: str,
        database: Database,
        generator: AlbumGenerator,
        paces: Paces,
        machine: Machine,
    ) -> None:
        handover = Handover(asyncio.get_running_loop(), self._post.ready)

        def timing_key(model: str) -> str:
            return f"{model} {settings.image_size or ''} {settings.guidance_until} @{name}"

        self._queue = RemoteQueue(database, name, handover, timing_key, paces, lost)
        self._patient = PatientQueue(self._queue)
        self._worker = Worker(
            self._patient,
            generator,
            [self._post.hear],
            sights=Sights(),
            budget=settings.budget,
            neighbour=Neighbour(settings.manners, machine, settings.modes(None).values()),
        )
        from db.machines.engine import Engine  # noqa: PLC0415 - imports procrastinate

        self._engine = Engine(database.conninfo, handover, self._worker.ring, self._worker.cancel)
        self._post.begin(self._engine, handover, self._queue, self._worker)

    async def work(self) -> Refusal | None:
        """Draw until the stop, then put back what is being drawn; say why it stopped by itself.

        Raises what broke a part of it off.
        """
        self._worker.start()
        serving = asyncio.create_task(self._engine.serve())
        keeping = asyncio.create_task(self._post.keep())
        stopping = asyncio.create_task(self._stop.wait())
        done, _ = await asyncio.wait(
            {serving, keeping, stopping}, return_when=asyncio.FIRST_COMPLETED
        )
        keeping.cancel()
        await self._put_back(serving)
        await self._post.go()
        try:
            for task in done:
                task.result()
        except Exception:
            if not self.engine_waits:
                raise
            log.exception("The machine broke off")
            _end(1)
        return self._post.refusal

    async def _put_back(self, serving: "asyncio.Task[None]") -> None:
        self._engine.stop()
        self._patient.stop()
        if not await asyncio.to_thread(self._worker.stop, STOP_S):
            log.warning("The worker did not stop in time; another machine draws its job")
            with contextlib.suppress(QueueUnwritable):
                await asyncio.to_thread(self._queue.give_up)
        await asyncio.wait({serving}, timeout=STOP_S)
        self.engine_waits = not serving.done()
        if self.engine_waits:
            log.warning("The database can't be told; the bot gives the job to another machine")


def lost() -> NoReturn:
    """End at once, without a word to anybody: another machine has the job."""
    log.warning("This machine was away too long: another one draws its job. It starts anew")
    os._exit(AGAIN)
