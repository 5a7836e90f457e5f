"""A person's photos are judged one by one, and not at all once the person was forgotten."""

import asyncio
from dataclasses import dataclass, field
from weakref import WeakValueDictionary


@dataclass(eq=False)
class Turns:
    """Those of the photos that one person sent until the next /forget."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a photo is judged by those before it, and while the person is forgotten."""
    over: bool = False
    """The person was forgotten: what was still being read is not kept."""


_TURNS: WeakValueDictionary[int, Turns] = WeakValueDictionary()


def turns_of(person_id: int) -> Turns:
    """Give the turns of photos that are sent now."""
    return _TURNS.setdefault(person_id, Turns())


def end_turns(person_id: int) -> Turns:
    """Give them for the last time: photos that are sent from now on have others."""
    turns = turns_of(person_id)
    del _TURNS[person_id]
    return turns
