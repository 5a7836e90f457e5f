"""Who may use the bot: closed by default, opened by its owner."""

import hmac
import secrets
import time
from dataclasses import dataclass, field

from generation.errors import Refusal

OWNERSHIP_LINK = "claim-"
"""How the payload of the link begins that makes a person the owner; the code follows."""

ANSWER_PAUSE_S = 60
"""Seconds between two such answers in one group: Telegram grants it few messages a minute."""


class OwnerOnly(Refusal):
    """Only the owner may do that."""


@dataclass(slots=True)
class Access:
    """`everybody` may use the local chat, where the first person becomes the owner."""

    everybody: bool = False
    ownership_code: str | None = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    """128 random bits, which make one person the owner; None once there is an owner."""
    answered: dict[tuple[int, ...], float] = field(default_factory=dict)
    """When who may not use the bot was last answered, by group and speaker, on the monotonic
    clock."""

    def accepts(self, code: str) -> bool:
        """Say whether this is the ownership code, which works once."""
        if self.ownership_code is None or not hmac.compare_digest(
            code.encode(), self.ownership_code.encode()
        ):
            return False
        self.ownership_code = None
        return True

    def is_due(self, *key: int) -> bool:
        """Say whether an answer with this key is due in a group now, and note it."""
        clock = time.monotonic()
        self.answered = {
            known: at for known, at in self.answered.items() if clock - at < ANSWER_PAUSE_S
        }
        if key in self.answered:
            return False
        self.answered[key] = clock
        return True
