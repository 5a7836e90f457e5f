"""Updates that the bot has not confirmed, and the long poll that hands them out."""

import asyncio
import secrets

from playground.errors import BadRequest, Conflict
from playground.presence import Presence
from playground.request import Json
from playground.store import Store

KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
        "business_message", "edited_business_message", "deleted_business_messages",
        "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
        "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
        "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
        "removed_chat_boost", "managed_bot", "guest_message",
    }
)  # fmt: skip
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
LOWEST_ID, FIRST_IDS = 100_000_000, 800_000_000
"""The first update's id is one of so many from here on, by chance, as with Telegram. A bot may
remember those of a store that was moved away, and must not take the new ones for them."""
LONGEST_POLL = 50  # s; Telegram shortens a longer one too
MOST = 100  # updates in one answer


class Updates:
    """Updates stay until an offset confirms them, over restarts too."""

    def __init__(self, store: Store, presence: Presence) -> None:
        self._store = store
        self._presence = presence
        self._updates = store.table("updates")
        self._arrived = asyncio.Event()
        self._poll = 0
        self._closed = False

    def add(self, kind: str, payload: Json) -> None:
        allowed = self._store.setting("allowed_updates", sorted(KINDS - ON_REQUEST_ONLY))
        if kind not in allowed:
            return
        update_id = self._store.counter("update", LOWEST_ID + secrets.randbelow(FIRST_IDS))
        self._updates[str(update_id)] = {"update_id": update_id, kind: payload}
        self._wake()

    def pending(self) -> list[Json]:
        return list(self._updates.values())

    async def next(self) -> list[Json]:
        """Wait for updates that nobody has confirmed."""
        while not self._updates:
            await self._arrived.wait()
        return self.pending()

    def confirm(self, offset: int) -> None:
        """Forget all updates before the offset."""
        self._confirm(offset)

    def allow(self, kinds: list[str] | None) -> None:
        """Take only updates of these kinds from now on."""
        self._allow(kinds)

    def drop(self) -> None:
        self._updates.clear()

    def close(self) -> None:
        """Answer the open poll and every later one at once."""
        self._closed = True
        self._wake()

    async def poll(
        self, offset: int, limit: int, seconds: int, allowed: list[str] | None
    ) -> list[Json]:
        """Give the updates from `offset` on; waits `seconds` for one. A newer poll ends it."""
        if not 1 <= limit <= MOST:
            limit = MOST
        self._poll += 1
        mine = self._poll
        self._wake()
        self._allow(allowed)
        self._confirm(offset)
        with self._presence.here():
            try:
                async with asyncio.timeout(min(max(seconds, 0), LONGEST_POLL)):
                    while not self._updates and not self._closed:
                        await self._arrived.wait()
                        self._check_alone(mine)
            except TimeoutError:
                pass  # an empty answer, as it was asked for
        self._check_alone(mine)
        return self.pending()[:limit]

    def _check_alone(self, mine: int) -> None:
        if mine != self._poll:
            raise Conflict(
                "terminated by other getUpdates request;"
                " make sure that only one bot instance is running"
            )

    def _allow(self, allowed: list[str] | None) -> None:
        if allowed is None:
            return
        if any(not isinstance(kind, str) or kind not in KINDS for kind in allowed):
            raise BadRequest("unsupported update type in allowed_updates")
        wanted = allowed or sorted(KINDS - ON_REQUEST_ONLY)
        if wanted != self._store.setting("allowed_updates", None):  # a full disk stops no poll
            self._store.save("allowed_updates", wanted)

    def _confirm(self, offset: int) -> None:
        """Forget all updates before the offset; a negative one leaves that many of the last."""
        known = [int(key) for key in self._updates]
        first = known[max(len(known) + offset, 0)] if offset < 0 and known else offset
        for update_id in known:
            if update_id < first:
                del self._updates[str(update_id)]
        self._store.commit()

    def _wake(self) -> None:
        self._arrived.set()
        self._arrived = asyncio.Event()
