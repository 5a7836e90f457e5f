"""State that outlives a kill -9: JSON documents in one SQLite table."""

import json
import sqlite3
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import TypeVar

from playground.request import Json

T = TypeVar("T")


class Store:
    """Tables of JSON documents. What is written up to a `commit` is saved or lost together.

    Without a `path` everything is in memory only.
    """

    def __init__(self, path: Path | None) -> None:
        self._database = sqlite3.connect(path or ":memory:")
        # In WAL mode a killed process loses nothing that was committed; a power cut may.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS documents"
            " (kind TEXT, id TEXT, document TEXT NOT NULL, PRIMARY KEY (kind, id))"
        )
        self._settings = self.table("settings")

    def table(self, kind: str) -> "Table":
        return Table(self._database, kind)

    def counter(self, name: str, start: int = 0) -> int:
        """Give the next number of a sequence, which goes on after a restart."""
        value = self.setting(name, start) + 1
        self.save(name, value)
        return value

    def setting(self, name: str, default: T) -> T:
        value: T = self._settings.get(name, {}).get("value", default)
        return value

    def save(self, name: str, value: object) -> None:
        """Save a setting."""
        self._settings[name] = {"value": value}

    def commit(self) -> None:
        self._database.commit()

    def close(self) -> None:
        self._database.commit()
        self._database.close()


class Table(MutableMapping[str, Json]):
    """Documents by id, the oldest first. To change a document, assign it anew."""

    def __init__(self, database: sqlite3.Connection, kind: str) -> None:
        self._database = database
        self._kind = kind
        rows = database.execute(
            "SELECT id, document FROM documents WHERE kind = ? ORDER BY rowid", (kind,)
        )
        self._documents: dict[str, Json] = {key: json.loads(text) for key, text in rows}

    def __getitem__(self, key: str) -> Json:
        return self._documents[key]

    def __setitem__(self, key: str, document: Json) -> None:
        self._documents[key] = document
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document",
            (self._kind, key, json.dumps(document)),
        )

    def __delitem__(self, key: str) -> None:
        del self._documents[key]
        self._database.execute("DELETE FROM documents WHERE kind = ? AND id = ?", (self._kind, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
