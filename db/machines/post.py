"""A machine at its post: what it tells the bot, and when it takes jobs."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import SQLAlchemyError

from db.machines.handover import Handover
from db.machines.machine import HEARTBEAT_S, MachineState, Offers, Wanted
from db.machines.news import Failure, failure_of
from db.machines.paces import Paces
from db.machines.registry import MachineTwice, Orders, OtherVersion, Registry, Report
from db.machines.remote_queue import RemoteQueue
from db.machines.teller import Teller
from db.refusals import DatabaseForbidden, DataUnwritable, refusal_of
from generation.download_news import Downloading, DownloadWaits, TokenIgnored
from generation.errors import Refusal
from generation.events import (
    Event,
    HalfPrecisionGivenUp,
    NotLoaded,
    PutBack,
    QueueBroken,
    Resting,
    Resumed,
)
from generation.models.sources import ModelUnavailable
from generation.work.queue import QueueUnwritable

if TYPE_CHECKING:
    from db.machines.engine import Engine

log = logging.getLogger(__name__)

LOAD_AGAIN_S = 60.0
"""Seconds until a model that could not be loaded is tried again."""

GONE_S = 5.0
"""Most seconds for the last sign of life at a stop."""

OUT_OF_REACH = (SQLAlchemyError, DataUnwritable, QueueUnwritable)
"""What is raised while the database is gone."""


class MachineOtherModel(Refusal):
    """The bot draws with a model that this machine does not have. Fields: wanted, own."""


class MachineOtherCheckpoint(Refusal):
    """This machine has other files under the name of the bot's model. Fields: model."""


class MachineOtherSize(Refusal):
    """The bot's pictures have another size. Fields: size; empty: as the model was taught."""


class Belongings(Protocol):
    """What a machine has, and can change to. It reads files: for threads, one at a time."""

    @property
    def image_size(self) -> int | None:
        """The side of its square pictures; None: as the model was taught."""

    def offers(self, wanted: Wanted | None) -> Offers:
        """Say what it can draw with, by what the bot wants now."""

    def take_up(self, model: str) -> bool:
        """Draw with the model of that name from now on; False: it does already.

        Raises ModelUnavailable.
        """


class Hands(Protocol):
    """The thread that draws."""

    def ring(self) -> None:
        """Have it load its model, and look for a job."""

    def cancel(self) -> None:
        """Have it look, at its next step, whether its job is to be cancelled."""


class Post:
    """Opens the engine while the machine can draw what is wanted. It lives on the loop."""

    def __init__(
        self,
        registry: Registry,
        belongings: Belongings,
        offers: Offers,
        paces: Paces,
        stop: asyncio.Event,
    ) -> None:
        """`offers` are those of the beginning. `stop` ends the process."""
        self._registry = registry
        self._belongings = belongings
        self._paces = paces
        self._stop = stop
        self.refusal: Refusal | None = None
        """Why the machine stopped by itself, where nobody wanted it."""
        self._loop = asyncio.get_running_loop()
        self._teller = Teller(registry.tell)
        self._offers = offers
        self._orders: Orders | None = None
        """Before they are known nothing is drawn: the machine may be paused."""
        self._looked_for: Wanted | None = None
        """What the look was for that gave the offers."""
        self._loaded = False
        """Whether the thread has its model: it has asked for a job since it was told to load."""
        self._resting = False
        self._trouble: Failure | None = None
        self._load_again_at = 0.0
        self._gone: Failure | None = None
        """Why what the bot draws with can't be read here, though it is offered."""

    def begin(self, engine: "Engine", handover: Handover, queue: RemoteQueue, hands: Hands) -> None:
        """Be given those that work here, before any of them begins."""
        self._engine, self._handover, self._queue, self._hands = engine, handover, queue, hands

    def ready(self) -> None:
        """Hear that the thread wants a job."""
        if self._trouble is None:
            self._loaded = True
        self._decide()

    async def keep(self) -> None:
        """Give signs of life and follow the orders, until cancelled.

        Looking at what there is may take long: signs of life don't wait for it.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._beat_on())
            tasks.create_task(self._look_on())

    async def go(self) -> None:
        """Say that the machine has stopped in order, if the database can be told so."""
        await asyncio.to_thread(self._teller.stop)
        gone = Report(MachineState.GONE, self._offers, None, self._paces.seconds)
        with contextlib.suppress(*OUT_OF_REACH, OtherVersion, MachineTwice, TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(self._registry.beat, gone), GONE_S)

    def hear(self, event: Event) -> None:
        """Take an event of the thread that draws, on that thread."""
        match event:
            case Resting() | Resumed():
                self._soon(self._rest, isinstance(event, Resting))
            case NotLoaded():
                self._handover.refuse()
                self._soon(self._not_loaded, failure_of(event.error))
            case Downloading() | DownloadWaits() | TokenIgnored() | QueueBroken() | PutBack():
                pass  # the log has them
            case HalfPrecisionGivenUp():
                log.warning("This machine draws in full precision from now on")
            case _:
                self._teller.hear(event)

    def _soon(self, call: Callable[..., None], value: object) -> None:
        self._loop.call_soon_threadsafe(call, value)

    def _rest(self, resting: bool) -> None:  # noqa: FBT001 - it is the value
        self._resting = resting
        self._decide()

    def _not_loaded(self, failure: Failure) -> None:
        self._loaded, self._trouble = False, failure
        self._load_again_at = self._loop.time() + LOAD_AGAIN_S
        self._decide()

    async def _beat_on(self) -> None:
        while True:
            try:
                await self._beat()
            except (OtherVersion, MachineTwice) as refusal:
                self.refusal = refusal
                self._stop.set()
            except OUT_OF_REACH as error:
                if isinstance(refusal_of(error, ""), DatabaseForbidden):
                    self.refusal = refusal_of(error, self._registry.where)
                    self._stop.set()
                log.warning("No sign of life could be given: %s", type(error).__name__)
            await asyncio.sleep(HEARTBEAT_S)

    async def _beat(self) -> None:
        trouble = self._misfit or self._trouble
        report = Report(self._state(), self._offers, trouble, self._paces.seconds)
        orders = await asyncio.to_thread(self._registry.beat, report)
        self._orders = orders
        if await asyncio.to_thread(self._queue.check):
            self._hands.cancel()
        if self._trouble and self._loop.time() >= self._load_again_at:
            self._load_again()
        self._decide()
        if orders.draining and not self._engine.drawing:
            self._stop.set()

    async def _look_on(self) -> None:
        """See, again and again, whether the machine has what the bot draws with; take it up."""
        while True:
            wanted = self._orders.wanted if self._orders else None
            try:
                self._offers = await asyncio.to_thread(self._belongings.offers, wanted)
                self._looked_for, self._gone = wanted, None
                if wanted and not self._misfit:
                    await self._take_up(wanted.model)
            except (ModelUnavailable, OSError) as error:
                self._gone = failure_of(error)
            self._decide()
            await asyncio.sleep(HEARTBEAT_S)

    async def _take_up(self, model: str) -> None:
        if await asyncio.to_thread(self._belongings.take_up, model):
            self._load_again()

    @property
    def _misfit(self) -> Failure | None:
        """Say why it can't draw what the bot wants."""
        wanted, own = self._looked_for, self._offers.models
        if wanted is None or self._gone:
            return self._gone
        if wanted.model not in own:
            return failure_of(MachineOtherModel(wanted=wanted.model, own=", ".join(own)))
        if wanted.fingerprint and own[wanted.model] not in ("", wanted.fingerprint):
            return failure_of(MachineOtherCheckpoint(model=wanted.model))
        if wanted.image_size != self._belongings.image_size:
            return failure_of(MachineOtherSize(size=wanted.image_size or ""))
        return None

    def _load_again(self) -> None:
        self._loaded, self._trouble = False, None
        self._handover.accept()
        self._decide()
        self._hands.ring()

    def _decide(self) -> None:
        """Open the engine while the machine can draw, and close it while it can't."""
        orders = self._orders
        free = orders and not (self._resting or orders.paused or orders.draining)
        if free and self._loaded and self._fits:
            self._engine.open(self._offers.meets)
        else:
            self._engine.close()

    @property
    def _fits(self) -> bool:
        """Whether it has what is wanted now. What is being downloaded is not known yet."""
        wanted = self._orders.wanted if self._orders else None
        known = not (wanted and wanted.fingerprint) or self._offers.models.get(wanted.model)
        return bool(known) and wanted == self._looked_for and not self._misfit

    def _state(self) -> MachineState:
        if self._misfit or self._trouble:
            return MachineState.TROUBLE
        if self._engine.drawing:
            return MachineState.DRAWING
        if self._resting:
            return MachineState.RESTING
        return MachineState.READY if self._loaded and self._fits else MachineState.LOADING
