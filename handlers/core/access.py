"""Who may use the bot: closed by default, opened by its owner."""

import hmac
import secrets
import time
from dataclasses import dataclass, field

from telegram import Chat

from generation.errors import Refusal

OWNERSHIP_LINK = "claim-"
"""How the payload of the link begins that makes a person the owner; the code follows."""

REFUSAL_PAUSE_S = 60
"""Seconds between two refusals in one group: Telegram grants it few messages a minute."""


class OwnerOnly(Refusal):
    """Only the owner may do that."""


@dataclass(slots=True)
class Access:
    """`everybody` may use the local chat, where the first person becomes the owner."""

    everybody: bool = False
    ownership_code: str | None = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    """128 random bits, which make one person the owner; None once there is an owner."""
    refused: dict[int, float] = field(default_factory=dict)
    """When a stranger was last refused, by group; on the monotonic clock."""

    def accepts(self, code: str) -> bool:
        """Say whether this is the ownership code, which works once."""
        if self.ownership_code is None or not hmac.compare_digest(
            code.encode(), self.ownership_code.encode()
        ):
            return False
        self.ownership_code = None
        return True

    def may_refuse(self, chat: Chat) -> bool:
        """Say whether a stranger is to be refused here now, and note it."""
        if chat.type == Chat.PRIVATE:
            return True
        clock = time.monotonic()
        self.refused = {id_: at for id_, at in self.refused.items() if clock - at < REFUSAL_PAUSE_S}
        if chat.id in self.refused:
            return False
        self.refused[chat.id] = clock
        return True
