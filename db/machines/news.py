"""A machine's news of its job, as a line of text that the database carries to the bot.

No words and no prompts are in it: who listens where they should not learns numbers.
"""

import json
import logging
import secrets
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from generation.errors import Refusal
from generation.events import (
    Cancelled,
    Drawn,
    Failed,
    Generated,
    JobNews,
    Mending,
    Progress,
    PromptsWritten,
    Redrawing,
    Started,
    Stuck,
)

log = logging.getLogger(__name__)

News = JobNews | Generated
"""What the bot hears of a machine's job, as it would of its own workers'."""

KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(Started, PromptsWritten, Drawn, Progress, Redrawing, Mending, Stuck),
        *(Generated, Cancelled, Failed),
    )
}

Failure = dict[str, Any]
"""Why a job failed: the `id` of a text, and its `fields`."""


def encode(news: News, failure: Failure | None = None) -> str:
    """Write news down; `failure` is what was written down of the error of Failed."""
    values = {
        field.name: getattr(news, field.name)
        for field in fields(news)
        if field.name not in ("prompts", "error")
    }
    return json.dumps({"kind": type(news).__name__, **values, "failure": failure})


def decode(text: str) -> News:
    """Read what `encode` wrote. Raises ValueError for anything else."""
    try:
        values = json.loads(text)
        kind, failure = KINDS[values.pop("kind")], values.pop("failure", None)
        if kind is Failed:
            values["error"] = error_of(failure)
        if kind is PromptsWritten:
            values["prompts"] = ()
        news: News = kind(**values)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(text) from error
    return news


def failure_of(error: Exception) -> Failure:
    """Write down why a job failed: in the log of this machine, where it was no refusal."""
    if isinstance(error, Refusal):
        return {"id": type(error).text_id(), "fields": error.fields}
    number = secrets.token_hex(3).upper()
    log.error("Accident %s", number, exc_info=error, extra={"reference": number})
    return {"id": "accident", "fields": {"number": number}}


def error_of(failure: Failure | None) -> Refusal:
    """Give the refusal that was written down; without one, that it was broken off."""
    text_id = str((failure or {}).get("id") or "broken-off")
    told = (failure or {}).get("fields") or {}
    known = {kind.text_id(): kind for kind in _refusals(Refusal)}
    kind: type[Refusal] = known.get(text_id) or type(_class_name(text_id), (Refusal,), {})
    return kind(**told)


def _refusals(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _refusals(each)


def _class_name(text_id: str) -> str:
    """Give the name of which `Refusal.text_id` makes this id."""
    return "".join(part.capitalize() for part in text_id.split("-"))
