"""The files of all messages: bytes in a folder or in memory, records in the store."""

import contextlib
import hashlib
import mimetypes
from pathlib import Path
from uuid import uuid4

from decoding.preview import Preview
from playground.request import Json
from playground.store import Store

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # what getFile hands out
UPLOAD_LIMIT = 50 * 1024 * 1024
SUFFIX_LIMIT = 16  # characters of a file's kind that its path keeps


class Files:
    """Every file by its file_id. A record: kind, unique_id, path, name, mime_type, size."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._records = store.table("files")
        self._store = store
        self._folder = folder
        self._memory: dict[str, bytes] = {}
        self._new: list[Path] = []

    def keep(self) -> None:
        """Note that the records of all files are saved."""
        self._new.clear()

    def undo(self) -> None:
        """Remove the files whose records weren't saved."""
        for path in self._new:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        self._new.clear()

    def record(self, file_id: str) -> Json | None:
        return self._records.get(file_id)

    def by_path(self, path: str) -> Json | None:
        return next((r for r in self._records.values() if r["path"] == path), None)

    def read(self, record: Json) -> bytes:
        """Read the file's bytes."""
        path: str = record["path"]
        return (self._folder / path).read_bytes() if self._folder else self._memory[path]

    def add_photo(self, sizes: list[Preview]) -> list[Json]:
        """Save a photo; returns its PhotoSize array."""
        media = [self._photo_size(size, "photos") for size in sizes]
        for photo_size in media:  # any one of the sizes stands for the photo
            record = self._records[photo_size["file_id"]]
            self._records[photo_size["file_id"]] = record | {"kind": "photo", "media": media}
        return media

    def add_document(self, name: str, data: bytes, thumbnail: Preview | None) -> Json:
        """Save a file as it is; returns its Document."""
        mime_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = "".join(c for c in Path(name).suffix[:SUFFIX_LIMIT] if c.isalnum() or c == ".")
        document = self._save("documents", suffix, data, mime_type, name)
        document |= {"file_name": name, "mime_type": mime_type}
        if thumbnail:
            document["thumbnail"] = self._photo_size(thumbnail, "thumbnails")
        record = self._records[document["file_id"]]
        self._records[document["file_id"]] = record | {"kind": "document", "media": document}
        return document

    def _photo_size(self, size: Preview, folder: str) -> Json:
        saved = self._save(folder, ".jpg", size.jpeg, "image/jpeg", "photo.jpg")
        return saved | {"width": size.width, "height": size.height}

    def _save(self, folder: str, suffix: str, data: bytes, mime_type: str, name: str) -> Json:
        path = f"{folder}/file_{self._store.counter('file')}{suffix}"
        if self._folder:
            target = self._folder / path
            self._new.append(target)
            with self._store.writing():  # before its record, which then names a whole file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        else:
            self._memory[path] = data
        file_id = f"{folder[0].upper()}g{uuid4().hex}{uuid4().hex[:16]}"
        unique = hashlib.sha256(data).hexdigest()[:15]
        self._records[file_id] = {
            "kind": "thumbnail",
            "unique_id": unique,
            "path": path,
            "name": name,
            "mime_type": mime_type,
            "size": len(data),
        }
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(data)}
