"""/stats: how the bot is used, and how it is doing."""

import asyncio
from collections import Counter
from datetime import UTC

from telegram import Update
from telegram.constants import MessageLimit

from db import Disk, Usage, look_at
from generation.modes import MODES
from handlers.core.context import Context, message_in
from handlers.core.invocation import invocation_in
from handlers.core.lengths import shortened
from handlers.core.phrases import duration_text, mode_name, size_text
from handlers.core.replies import replying_to
from handlers.owner.chart import Part, draw
from handlers.texts import Say

DAYS, MANY_DAYS = 14, 30
"""Days that are looked back, and with `/stats 30`."""

PARTS = tuple(
    Part(mode, colour, sign)
    for mode, (colour, sign) in zip(
        MODES,
        (
            ("#7a5cd6", "🟪"),
            ("#2f9e5f", "🟩"),
            ("#2f6fde", "🟦"),
            ("#e8892b", "🟧"),
            ("#d0453e", "🟥"),
        ),
        strict=True,
    )
)

MOST_FAILURES = 4
"""Kinds of failures that are named."""


async def stats(update: Update, context: Context) -> None:
    """Send a chart of the last days, and the numbers below it."""
    message = message_in(update)
    invocation = invocation_in(message)
    days = MANY_DAYS if invocation and invocation.words == str(MANY_DAYS) else DAYS
    services = context.services
    usage = await services.statistics.usage(days)
    disk = await look_at(services.data_dir)
    text = "\n".join(
        [
            *_lines(context.say, usage, days),
            _disk(context.say, disk),
            *_accidents(context),
        ]
    )
    reply = replying_to(message.message_id)
    if not any(usage.albums):
        await message.reply_text(text, reply_parameters=reply)
        return
    chart = await asyncio.to_thread(draw, usage.first, usage.albums, PARTS)
    caption = shortened(text, MessageLimit.CAPTION_LENGTH)
    await message.reply_photo(chart, caption=caption, reply_parameters=reply)


def _lines(say: Say, usage: Usage, days: int) -> list[str]:
    albums: Counter[str] = Counter()
    for day in usage.albums:
        albums.update(day)
    lines = [say("stats", days=days, albums=albums.total())]
    for part in PARTS:
        if part.mode in albums:
            seconds = duration_text(say, usage.seconds.get(part.mode, 0.0))
            name = mode_name(say, part.mode)
            lines.append(
                say("stats-mode", sign=part.sign, mode=name, albums=albums[part.mode],
                    seconds=seconds)
            )  # fmt: skip
    lines.append(say("stats-people", people=usage.people, active=usage.active))
    lines.append(say("stats-line", waiting=usage.waiting, running=usage.running))
    if usage.likeness is not None:
        lines.append(say("stats-likeness", percent=round(100 * usage.likeness)))
    if usage.failures:
        kinds = list(usage.failures.items())[:MOST_FAILURES]
        named = ", ".join(f"{kind} {count}" for kind, count in kinds)
        lines.append(say("stats-failures", count=sum(usage.failures.values()), kinds=named))
    return lines


def _disk(say: Say, disk: Disk) -> str:
    return say("stats-disk", used=size_text(say, disk.used), free=size_text(say, disk.free))


def _accidents(context: Context) -> list[str]:
    """List the last accidents of this run, the newest first."""
    accidents = context.services.accidents
    if not accidents.last:
        return []
    shown = [
        f"{accident.number} · {accident.at.astimezone(UTC):%H:%M} UTC · {accident.kind}"
        for accident in reversed(accidents.last)
    ]
    return [context.say("stats-accidents", count=accidents.count), *shown]
