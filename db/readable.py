"""Columns that are None where they are damaged: the rest of the row can still be told about."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator

Read = Callable[[Any], Any]


def _forgiving(read: Read | None) -> Read | None:
    if read is None:
        return None

    def readable(value: object) -> object:
        try:
            return read(value)
        except (TypeError, ValueError):
            return None

    return readable


class ReadableJSON(TypeDecorator[Any]):
    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _forgiving(super().result_processor(dialect, coltype))


class ReadableTime(TypeDecorator[datetime]):
    impl = DateTime
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Read | None:
        return _forgiving(super().result_processor(dialect, coltype))
