"""Refusals: to the bot in Telegram's words, to a person in a sentence."""

from http import HTTPStatus

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


class TooLarge(ApiError):  # noqa: N818 - Telegram's own word
    def __init__(self) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")


class NotSent(Exception):  # noqa: N818 - it is an answer to a person, not an accident
    """A person's message or press was refused; a sentence says to them why."""
