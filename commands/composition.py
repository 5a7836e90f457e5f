"""Puts everything together: each part is given the parts that it works with."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.ext import ExtBot

from commands.drawn_with import measured_seconds, modes_of, styles_of
from config import Settings
from db import (
    Admission,
    Albums,
    Characters,
    Chats,
    Checks,
    Choices,
    Consents,
    Corrections,
    Database,
    GuestList,
    Jobs,
    Keeping,
    Limits,
    Machines,
    PersonalRecords,
    Statistics,
    Strays,
    Users,
    WaitEstimates,
    WorkerQueue,
)
from db.machines.presence import Presence
from generation.decency.eye import Eye
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.models.choice import ModelChoice
from generation.models.loras import Loras
from generation.request import AlbumGenerator
from generation.work.machine import Machine
from generation.work.neighbour import Neighbour
from generation.work.samples import Samples
from generation.work.workers import Workers
from handlers.albums.ideas import ideas_for, tales_for
from handlers.commands import DEEP_LINKS
from handlers.core.access import Access
from handlers.core.accidents import Accident, Accidents
from handlers.core.context import Drawing, Kept, People, Services
from handlers.core.decency import Decency
from handlers.delivery.delivery import Delivery
from handlers.delivery.doorbell import Doorbell
from handlers.delivery.owner_alerts import OwnerAlerts
from handlers.owner.metrics import Metrics
from handlers.owner.monitor import Monitor
from handlers.telegram.group_admins import GroupAdmins
from handlers.texts import Texts

if TYPE_CHECKING:
    from db.machines.room import Room

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What is started and stopped with the bot."""

    services: Services
    jobs: Jobs
    workers: Workers
    delivery: Delivery
    keeping: Keeping
    room: "Room | None"
    """Where other computers may draw for the bot: on a server."""
    metrics: Metrics
    monitor: Monitor


async def compose(
    settings: Settings,
    database: Database,
    bot: ExtBot[Any],
    generators: Sequence[AlbumGenerator],
    choice: ModelChoice,
    loras: Loras,
    machine: Machine,
) -> Parts:
    """Raises NoFewSteps and StylesDamaged."""
    texts = Texts()
    model = choice.current
    modes = modes_of(settings, model)

    def name() -> str:
        return generators[0].model_name if generators else choice.current.name

    def timing_key(model_name: str) -> str:
        return f"{model_name} {settings.image_size or ''} {settings.guidance_until}"

    def sample_key() -> str:
        return f"{name()} {settings.image_size or ''}".strip()

    users, chats, guests = Users(database), Chats(database), GuestList(database)
    eye = Eye() if settings.check_pictures else None
    albums = Albums(
        settings.data_dir / "albums",
        settings.seal,
        kept=eye.look if eye else None,
        visible_mark=settings.visible_mark,
    )
    jobs = Jobs(database, albums)
    machines = Machines(database)
    choices = Choices(database)
    waits = WaitEstimates(database, len(generators), lambda: timing_key(name()), machines.hands)
    access = await _access(settings, users)
    styles, others = styles_of(settings, model, loras)
    owner_alerts = OwnerAlerts(bot, users, jobs, texts)
    metrics = Metrics()
    accidents = _accidents(owner_alerts, metrics)
    await owner_alerts.find_owner()
    strays = await Strays(database, albums).settle()
    if strays.aside:
        await owner_alerts.albums_set_aside(strays.aside)
    if strays.put_back:
        await owner_alerts.albums_put_back(strays.put_back)
    paused = await choices.paused()
    decency = Decency(eye, albums, Checks(database), owner_alerts)
    delivery = Delivery(
        bot,
        jobs,
        albums,
        chats,
        waits,
        owner_alerts,
        texts,
        decency,
        name(),
        {**styles, **others},
        metrics.ended,
    )
    if paused:
        await delivery.pause(paused=True)
    hear, room = delivery.hear, None
    if database.engine.dialect.name == "postgresql":
        from commands.club import room_for  # noqa: PLC0415 - imports psycopg

        presence = Presence(delivery.hear, own_workers=bool(generators))
        hear = presence.hear
        room = room_for(
            settings, database, albums, choice, loras, presence, delivery.hear, owner_alerts
        )
    queue = WorkerQueue(database, albums, timing_key)
    samples = Samples(
        settings.data_dir / "styles",
        sample_key,
        modes[settings.preset],
        [None, *(entry.style for entry in styles.values())],
        on=settings.style_pictures and bool(generators),
        eye=eye,
    )
    neighbour = Neighbour(settings.manners, machine, modes.values(), paused=paused)
    workers = Workers(
        queue,
        generators,
        [hear],
        sights=Sights(),
        budget=settings.budget,
        samples=samples,
        neighbour=neighbour,
    )
    drawing = Drawing(
        jobs=jobs,
        admission=Admission(
            database, _limits(settings), adult_in_groups=settings.adult_words_in_groups
        ),
        waits=waits,
        albums=albums,
        decency=decency,
        workers=workers,
        own_workers=len(generators),
        machines=machines,
        delivery=delivery,
        modes=modes,
        default_mode=settings.preset,
        album_size=settings.album_size,
        styles=styles,
        loras=list(loras.usable),
        samples=samples,
        other_styles=others,
        plain_words=settings.plain_words,
        ideas=ideas_for(model.vocabulary, texts),
        tales=tales_for(model.vocabulary, texts),
        model_choice=choice,
        choices=choices,
        measured_seconds=lambda: measured_seconds(settings, name(), modes),
    )
    services = Services(
        people=People(
            users,
            chats,
            guests,
            Characters(database),
            FaceFinder(),
            Corrections(database),
            Consents(database),
            PersonalRecords(database),
        ),
        drawing=drawing,
        texts=texts,
        access=access,
        group_admins=GroupAdmins(bot),
        owner_alerts=owner_alerts,
        accidents=accidents,
        statistics=Statistics(database),
        data_dir=settings.data_dir,
        doorbell=Doorbell(bot, users, guests, chats, texts),
        kept=Kept(settings.keep_days, bool(settings.seal.id), settings.local_chat),
        deep_links=DEEP_LINKS,
    )
    keeping = Keeping(database, albums, settings.keep_days)
    monitor = Monitor(services.statistics, workers, metrics)
    return Parts(services, jobs, workers, delivery, keeping, room, metrics, monitor)


def _accidents(alerts: OwnerAlerts, metrics: Metrics) -> Accidents:
    """Count accidents, and let the owner know, whichever thread they happen on."""
    loop, telling = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    def tell(accident: Accident) -> None:
        metrics.error()
        task = loop.create_task(alerts.accident(accident))
        telling.add(task)
        task.add_done_callback(telling.discard)

    def tell_from_anywhere(accident: Accident) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it the bot
            loop.call_soon_threadsafe(tell, accident)

    return Accidents(tell_from_anywhere)


async def _access(settings: Settings, users: Users) -> Access:
    if settings.owner_id and settings.owner_id != await users.owner():
        await users.replace_owner(settings.owner_id)
    access = Access(everybody=settings.local_chat)
    if await users.owner():
        access.ownership_code = None
    return access


def _limits(settings: Settings) -> Limits:
    return Limits(
        per_person=settings.waiting_per_person,
        in_all=settings.waiting_in_all,
        per_day=settings.albums_a_day,
    )
