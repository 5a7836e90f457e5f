"""What a bot asked and what it was answered."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class UploadedFile:
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ApiResponse:
    """The answer, with a `result` if `ok`, and otherwise with an error."""

    ok: bool
    error_code: int | None = None
    description: str | None = None
    result: object = None


@dataclass(frozen=True)
class ApiRequest:
    """One request of the bot, as an observer sees it.

    `raw` holds the fields as they came; in `params` they are numbers, booleans and decoded JSON
    where the method says so. Uploads are `UploadedFile` under the name of their form field.
    `injected` marks an answer that a fault made up.
    """

    method: str
    params: Json
    raw: Json
    response: ApiResponse
    injected: bool = False
