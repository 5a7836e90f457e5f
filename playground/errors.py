"""Refusals: to the bot in Telegram's words, to a person in a sentence."""

from http import HTTPStatus
from pathlib import Path

from playground.request import Json


class ApiError(Exception):
    """A refusal with Telegram's error code, description and ResponseParameters."""

    def __init__(self, code: HTTPStatus, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        answer: Json = {
            "ok": False,
            "error_code": int(self.code),
            "description": self.description,
        }
        return answer | {"parameters": self.parameters} if self.parameters else answer


class BadRequest(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self, description: str, **parameters: int) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, f"Bad Request: {description}", **parameters)


class Forbidden(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self, description: str) -> None:
        super().__init__(HTTPStatus.FORBIDDEN, f"Forbidden: {description}")


class NotFound(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, "Not Found")


class Unauthorized(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self) -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED, "Unauthorized")


class Conflict(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self, description: str) -> None:
        super().__init__(HTTPStatus.CONFLICT, f"Conflict: {description}")


class BrokenOff(BadRequest):
    """The connection was lost before the whole request had come."""

    def __init__(self) -> None:
        super().__init__("the request broke off")


class TooSlow(ApiError):  # noqa: N818 - an answer, as the others
    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_TIMEOUT, "Request Timeout")


class TooLarge(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")


class TooLong(TooLarge):
    """So are the words of a request, not its files."""


class Unsupported(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self, what: str) -> None:
        super().__init__(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Unsupported Media Type: unsupported {what}"
        )


class NotSaved(ApiError):  # noqa: N818 - an answer, as the others
    """The disk is full or can't be written. Nothing of what was asked for has been done."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(HTTPStatus.INSUFFICIENT_STORAGE, f"Insufficient Storage: {reason}")


class StoreGone(NotSaved):
    """The store's file was removed or replaced: whatever is written would be lost."""


class StoreDamaged(Exception):  # noqa: N818 - as the others
    """The store's file can't be read: it was cut off or overwritten, or is another program's."""

    def __init__(self, path: Path | None, reason: str) -> None:
        super().__init__(f"{path} can't be read: {reason}")
        self.path = path
        self.reason = reason


class NotSent(Exception):  # noqa: N818 - it is an answer to a person, not an accident
    """A person's message or press was refused; a sentence says to them why."""

    def __init__(self, sentence: str, code: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.refusal = ApiError(code, sentence)
