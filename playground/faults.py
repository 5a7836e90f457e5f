"""Faults on order: what the network and Telegram do to a bot now and then."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from playground import errors


@dataclass(frozen=True)
class RetryAfter:
    """429: the bot has to wait."""

    seconds: int

    def error(self) -> errors.ApiError:
        return errors.ApiError(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"Too Many Requests: retry after {self.seconds}",
            retry_after=self.seconds,
        )


@dataclass(frozen=True)
class Forbidden:
    """403: as if the person had blocked the bot."""

    description: str = "bot was blocked by the user"

    def error(self) -> errors.ApiError:
        return errors.Forbidden(self.description)


@dataclass(frozen=True)
class Refused:
    """A refusal in whichever words of Telegram's."""

    description: str
    code: HTTPStatus = HTTPStatus.BAD_REQUEST

    def error(self) -> errors.ApiError:
        return errors.ApiError(self.code, f"{self.code.phrase}: {self.description}")


@dataclass(frozen=True)
class Migrated:
    """400: the group has become a supergroup with another id."""

    new_id: int

    def error(self) -> errors.ApiError:
        return errors.BadRequest(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.new_id
        )


@dataclass(frozen=True)
class BadGateway:
    """502 with a page of HTML, from something in front of Telegram."""


@dataclass(frozen=True)
class DropBefore:
    """The socket closes before the request is carried out."""


@dataclass(frozen=True)
class DropAfter:
    """The request is carried out, and the socket closes without an answer."""


@dataclass(frozen=True)
class Held:
    """The request is carried out and answered once `until` is set."""

    until: asyncio.Event


@dataclass(frozen=True)
class NamedByPath:
    """getFile names the file by this path, as a Bot API server with --local does."""

    path: str


Refusing = RetryAfter | Forbidden | Refused | Migrated
Fault = Refusing | BadGateway | DropBefore | DropAfter | Held | NamedByPath


@dataclass
class _Order:
    method: str
    fault: Fault
    times: int
    chat_id: int | None


DOWNLOAD = "download"
"""The method, for faults, of a file's download."""


class Faults:
    """The faults still to come, for each method in the order in which they were added."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []

    def add(self, method: str, fault: Fault, times: int = 1, chat_id: int | None = None) -> None:
        """Let a method fail so often, in any chat or only in one."""
        self._orders.append(_Order(method, fault, times, chat_id))

    def pending(self, method: str) -> int:
        """Count the requests of this method that will still fail."""
        return sum(order.times for order in self._orders if order.method == method)

    def take(self, method: str, chat_id: object = None) -> Fault | None:
        for order in self._orders:
            if order.method == method and order.chat_id in (None, chat_id):
                order.times -= 1
                if order.times == 0:
                    self._orders.remove(order)
                return order.fault
        return None

    def clear(self) -> None:
        self._orders.clear()
