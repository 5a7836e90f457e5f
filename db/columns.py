"""Columns that are more than what the database holds: readable if damaged, or sealed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, get_origin

from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, TypeDecorator

from db.sealing import OPEN, Seal

Read = Callable[[Any], Any]


def _none_if_damaged(read: Read | None, fits: Callable[[object], bool]) -> Read:
    def readable(value: object) -> object:
        try:
            found = read(value) if read else value
        except (TypeError, ValueError):
            return None
        return found if fits(found) else None

    return readable


class ReadableJSON(TypeDecorator[Any]):
    """An object, or with the `kind` list a list of `items`. Any other value reads as None."""

    impl = JSON
    cache_ok = True

    def __init__(
        self,
        kind: type[dict[str, Any]] | type[list[Any]],
        items: type[int] | type[str] | type[dict[str, Any]] = int,
    ) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind
        self.items = get_origin(items) or items

    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _none_if_damaged(super().result_processor(dialect, coltype), self._fits)

    def _fits(self, value: object) -> bool:
        return isinstance(value, self.kind) and (
            not isinstance(value, list) or all(isinstance(one, self.items) for one in value)
        )


class ReadableTime(TypeDecorator[datetime]):
    """A time. Any other value reads as None."""

    impl = DateTime
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _none_if_damaged(
            super().result_processor(dialect, coltype), lambda value: isinstance(value, datetime)
        )


class Sealed(TypeDecorator[bytes]):
    """Bytes of a person, sealed with the key of the database's engine. `what` names the column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else seal_of(dialect).close(value, self.what)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else seal_of(dialect).open(value, self.what)


def seal_of(dialect: Dialect) -> Seal:
    """Give the seal of an engine's dialect: each engine has a dialect of its own."""
    return getattr(dialect, "seal", OPEN)
