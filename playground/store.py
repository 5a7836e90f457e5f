"""State that outlives a kill -9: JSON documents in one SQLite table."""

import contextlib
import errno
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import TypeVar

from playground.errors import NotSaved, StoreDamaged, StoreGone
from playground.request import Json

T = TypeVar("T")

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""SQLite's codes for a file that it can't read; the last one is for tables of another kind."""


class Store:
    """Tables of JSON documents. What is written up to a `commit` is saved or lost together.

    Without a `path` everything is in memory only. A write or commit that fails raises NotSaved, and
    everything is again as it was at the last commit. Raises StoreDamaged where it can't be read.
    """

    def __init__(self, path: Path | None) -> None:
        self.undoing: list[Callable[[], None]] = []  # what else goes with a commit that fails
        self._tables: list[Table] = []
        self._path = path
        self._database = sqlite3.connect(path or ":memory:")
        with self.whole():
            # In WAL mode a killed process loses nothing that was committed; a power cut may.
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("PRAGMA secure_delete = ON")  # what was deleted is overwritten
            (found,) = self._database.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise StoreDamaged(path, found)
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS documents"
                " (kind TEXT, id TEXT, document TEXT NOT NULL, PRIMARY KEY (kind, id))"
            )
        self._identity = self._look()
        self._settings = self.table("settings")

    def table(self, kind: str) -> "Table":
        table = Table(self, self._database, kind)
        self._tables.append(table)
        return table

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
        with self.writing():
            self._database.commit()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Undo everything since the last commit if what is inside can't be written."""
        try:
            if not self._is_in_place():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self._path))
            yield
        except (OSError, sqlite3.Error) as error:
            # Memory stays where the disk can't be read.
            with contextlib.suppress(sqlite3.Error, ValueError):
                self._database.rollback()
                for table in self._tables:
                    table.load()
            for undo in self.undoing:
                undo()
            raise (NotSaved if self._is_in_place() else StoreGone)(error) from error

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """Raise StoreDamaged where what is inside finds that the file is no whole store."""
        try:
            yield
        except ValueError as error:  # a document's, or its letters'
            raise StoreDamaged(self._path, f"a document in it is broken, {error}") from error
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the finer distinctions
            if code not in DAMAGED:
                raise
            raise StoreDamaged(self._path, str(error)) from error

    def _is_in_place(self) -> bool:
        return self._look() == self._identity

    def _look(self) -> tuple[int, int] | None:
        with contextlib.suppress(OSError):
            if self._path:
                status = self._path.stat()
                return status.st_dev, status.st_ino
        return None

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.commit()
        self._database.close()


class Table(MutableMapping[str, Json]):
    """Documents by id, the oldest first. To change a document, assign it anew."""

    def __init__(self, store: Store, database: sqlite3.Connection, kind: str) -> None:
        self._store = store
        self._database = database
        self._kind = kind
        self._documents: dict[str, Json] = {}
        with store.whole():
            self.load()

    def load(self) -> None:
        """Read what is saved."""
        rows = self._database.execute(
            "SELECT id, document FROM documents WHERE kind = ? ORDER BY rowid", (self._kind,)
        )
        documents = {key: json.loads(text) for key, text in rows}
        if not all(isinstance(document, dict) for document in documents.values()):
            raise ValueError("a document that is no object")
        self._documents = documents

    def __getitem__(self, key: str) -> Json:
        return self._documents[key]

    def __setitem__(self, key: str, document: Json) -> None:
        self._documents[key] = document
        self._write(
            "INSERT INTO documents VALUES (?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document",
            (self._kind, key, json.dumps(document)),
        )

    def __delitem__(self, key: str) -> None:
        del self._documents[key]
        self._write("DELETE FROM documents WHERE kind = ? AND id = ?", (self._kind, key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        with self._store.writing():
            self._database.execute(statement, values)
