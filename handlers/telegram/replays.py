"""Updates that come twice: the second one is not heard."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator

from telegram import Update

KNOWN = 4_000
"""Updates that are remembered. What Telegram sends again after a crash, `db/jobs/admission.py`
knows."""


class Replays:
    """Knows the last updates by their numbers, and by what came in them."""

    def __init__(self, most: int = 2 * KNOWN) -> None:
        self._known: OrderedDict[Hashable, None] = OrderedDict()
        self._most = most

    def is_new(self, update: Update) -> bool:
        """Say whether it came for the first time, and remember it."""
        keys = list(_keys(update))
        new = not any(key in self._known for key in keys)
        for key in keys:
            self._known[key] = None
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return new


def _keys(update: Update) -> Iterator[Hashable]:
    """A message goes by its date too: where a chat was begun anew, its numbers come again."""
    yield update.update_id
    if message := update.message:
        yield message.chat.id, message.message_id, message.date
    if query := update.callback_query:
        yield query.id
