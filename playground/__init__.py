"""Telegram on your own desk: a Bot API server with a chat page, for trying and testing bots."""

from playground.errors import NotSaved, NotSent, StoreDamaged
from playground.faults import (
    BadGateway,
    DropAfter,
    DropBefore,
    Faults,
    Forbidden,
    Held,
    Migrated,
    NamedByPath,
    Refused,
    RetryAfter,
)
from playground.request import ApiRequest, ApiResponse, UploadedFile
from playground.server import Playground
from playground.world import World

__all__ = [
    "ApiRequest",
    "ApiResponse",
    "BadGateway",
    "DropAfter",
    "DropBefore",
    "Faults",
    "Forbidden",
    "Held",
    "Migrated",
    "NamedByPath",
    "NotSaved",
    "NotSent",
    "Playground",
    "Refused",
    "RetryAfter",
    "StoreDamaged",
    "UploadedFile",
    "World",
]
