"""The bot's end of the machines: it hears their news, takes their albums, looks after them."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import sql

from db.engine import Database
from db.jobs.states import State
from db.machines.collector import Collector, Ending
from db.machines.machine import HEARTBEAT_S, Machine, MachineState, Wanted
from db.machines.news import decode, error_of
from db.machines.presence import Presence
from db.machines.registry import RING
from db.machines.roster import Machines
from db.machines.sweeper import Sweeper
from db.machines.wanted import Wanteds, agreed
from db.refusals import DataUnwritable
from generation.events import (
    Cancelled,
    Drawn,
    Event,
    Failed,
    Generated,
    Listener,
    PutBack,
    QueueBroken,
    Started,
)

log = logging.getLogger(__name__)

RETRY_S = 2.0
"""Seconds until a database that is out of reach is tried again."""

TROUBLE_S = 600.0
"""Seconds for which the owner hears no more of a machine's trouble, whatever else it says."""


class Owner(Protocol):
    """How the owner hears of machines."""

    async def machine_in_trouble(self, name: str, error: Exception) -> None:
        """Say that a machine can draw nothing, and why."""

    async def job_given_up(self, job_id: int, name: str) -> None:
        """Say that a job was lost with a second machine, the one of that name."""


class Room:
    """Lives on the event loop. What it hears goes on to `hear`, as its own workers' news do."""

    def __init__(
        self,
        database: Database,
        machines: Machines,
        collector: Collector,
        sweeper: Sweeper,
        presence: Presence,
        own_wanted: Callable[[], Wanted],
        hear: Listener,
        owner: Owner,
    ) -> None:
        """`own_wanted` says what the bot draws with; it may read files, in a thread."""
        self._database = database
        self._machines = machines
        self._collector = collector
        self._sweeper = sweeper
        self._presence = presence
        self._wanteds = Wanteds(database)
        self._own_wanted = own_wanted
        self._hear = hear
        self._owner = owner
        self._channels: dict[str, str] = {}
        """The name of each machine that is listened to, by its channel."""
        self._drawing: dict[int, str] = {}
        """The jobs that machines draw, as it was told, and the name of each one's machine."""
        self._troubles: dict[str, tuple[object, float]] = {}
        """What the owner knows, by the machine's name, and since when."""
        self._some_ended = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._collect())]

    async def stop(self) -> None:
        """Hear no more. Machines go on, and the next start hears how their jobs ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await self._listen(connection)
            except (psycopg.Error, DataUnwritable, OSError) as error:
                self._hear(QueueBroken(error))
            except Exception:
                log.exception("The machines can't be heard; it is tried again in %s s", RETRY_S)
            await asyncio.sleep(RETRY_S)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._database.conninfo, autocommit=True)

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Hear news as they come, and look round every few seconds, or when a machine rings."""
        self._sweeper.begin_anew()
        self._channels = {}
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(RING)))
        while True:
            await self._tune_in(connection)
            await self._look_round()
            news = connection.notifies(timeout=HEARTBEAT_S)
            async with contextlib.aclosing(news):
                async for one in news:
                    if one.channel == RING:
                        break
                    await self._take(one.channel, one.payload)

    async def _tune_in(self, connection: psycopg.AsyncConnection[Any]) -> None:
        channels = await self._machines.channels()
        for word, changed in (
            ("LISTEN {}", channels.keys() - self._channels.keys()),
            ("UNLISTEN {}", self._channels.keys() - channels.keys()),
        ):
            for channel in changed:
                await connection.execute(sql.SQL(word).format(sql.Identifier(channel)))
        self._channels = channels

    async def _look_round(self) -> None:
        machines = await self._machines.all()
        self._presence.see(machines)
        for given in await self._sweeper.sweep():
            log.warning("Job %s: no sign of life from %s", given.job_id, given.machine)
            if given.failed:
                await self._owner.job_given_up(given.job_id, given.machine)
        await self._follow()
        self._some_ended.set()
        await self._tell_troubles(machines)
        await self._agree(machines)  # last: the first time it reads a model of gigabytes

    async def _agree(self, machines: Sequence[Machine]) -> None:
        """Write down what the bot draws with, where that has changed."""
        own = await asyncio.to_thread(self._own_wanted)
        before = await self._wanteds.read()
        wanted = agreed(own, before, machines)
        if wanted != before:
            await self._wanteds.write(wanted)

    async def _follow(self) -> None:
        """Tell of jobs that were begun, or put back, without news that came here."""
        drawing = await self._machines.drawing()
        for job_id in drawing.keys() - self._drawing.keys():
            self._hear(Started(job_id))
        gone = self._drawing.keys() - drawing.keys()
        self._drawing = drawing
        for job_id in await self._machines.waiting_again(gone):
            self._hear(PutBack(job_id))

    async def _tell_troubles(self, machines: Sequence[Machine]) -> None:
        """Tell the owner why a machine draws nothing, once, and not too often."""
        clock = asyncio.get_running_loop().time()
        for machine in machines:
            in_trouble = machine.there and machine.state is MachineState.TROUBLE
            trouble = machine.trouble if in_trouble else None
            told, at = self._troubles.get(machine.name, (None, -TROUBLE_S))
            if trouble == told or clock - at < TROUBLE_S:
                continue
            self._troubles[machine.name] = (trouble, clock)
            if trouble is not None:
                text_id, fields = trouble
                error = error_of({"id": text_id, "fields": fields})
                await self._owner.machine_in_trouble(machine.name, error)

    async def _take(self, channel: str, payload: str) -> None:
        """Pass on what a machine tells of its own job. How a job ended is read from its row."""
        try:
            news = decode(payload)
        except ValueError:
            log.warning("Words that are no news came from %s", self._channels.get(channel))
            return
        if isinstance(news, Generated | Cancelled | Failed):
            self._some_ended.set()
        elif await self._is_of(news.job_id, self._channels.get(channel)):
            if isinstance(news, Drawn):
                await self._collector.show_first(news.job_id)
            self._hear(news)

    async def _is_of(self, job_id: int, name: str | None) -> bool:
        """Say whether the machine draws this job: nobody tells news of others' jobs."""
        if self._drawing.get(job_id) != name:
            self._drawing |= await self._machines.drawing()
        return name is not None and self._drawing.get(job_id) == name

    async def _collect(self) -> None:
        """Take over the jobs that have ended, whenever there may be some."""
        while True:
            await self._some_ended.wait()
            self._some_ended.clear()
            try:
                endings = await self._collector.endings()
            except DataUnwritable as error:
                self._hear(QueueBroken(error))  # with the next look it is tried again
                continue
            for job_id in endings:
                await self._end(job_id)

    async def _end(self, job_id: int) -> None:
        """Take over a job. One that can't be, such as for its folder, keeps no other waiting."""
        try:
            ending = await self._collector.take(job_id)
        except (DataUnwritable, OSError) as error:
            self._hear(QueueBroken(error))
            return
        except Exception:
            log.exception("The album of job %s can't be taken over", job_id)
            return
        self._drawing.pop(job_id, None)
        if ending:
            self._hear(_event(ending))


def _event(ending: Ending) -> Event:
    match ending.state:
        case State.GENERATED:
            return Generated(ending.job_id, ending.mode_name, ending.seconds)
        case State.CANCELLED:
            return Cancelled(ending.job_id)
        case _:
            return Failed(ending.job_id, error_of(ending.failure))
