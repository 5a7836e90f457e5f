"""Everything that is kept of one person, to be handed to them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.engine import Database, off_loop
from db.faces import rows_of
from db.jobs.job_record import record_of
from db.tables import CharacterRow, CorrectionRow, JobRow, UserRow

WAITING = "photos_that_wait_for_consent"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """`words`: what is kept in words and numbers, ready for JSON; `photos`: the faces as kept."""

    words: dict[str, Any]
    photos: tuple[bytes, ...]
    job_ids: tuple[int, ...]
    """The albums that may have pictures, the oldest first."""

    @property
    def is_empty(self) -> bool:
        """Nothing of the person is kept that they don't know by heart: no photo, album or word."""
        has_words = any(self.words[part] for part in ("character", "albums", "corrections"))
        waits = WAITING in self.words["about"]
        return not (self.photos or self.job_ids or has_words or waits)


class PersonalRecords:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def of(self, person_id: int) -> PersonalData:
        """Read all of it at one moment, and of nobody else."""
        with self._database.reading() as session:
            user = session.get(UserRow, person_id)
            character = session.get(CharacterRow, person_id)
            corrections = session.scalars(
                select(CorrectionRow).where(CorrectionRow.person_id == person_id)
            )
            jobs = session.scalars(
                select(JobRow).where(JobRow.person_id == person_id).order_by(JobRow.id)
            ).all()
            words = {
                "person": person_id,
                "settings": _settings(user),
                "about": _about(user),
                "character": _character(character),
                "corrections": {one.words: one.english for one in corrections},
                "albums": [_album(job) for job in jobs],
            }
            photos = tuple(face.image for face in rows_of(session, person_id))
            return PersonalData(words, photos, tuple(job.id for job in jobs if not job.expired))


def _settings(row: UserRow | None) -> dict[str, Any]:
    names = ("mode_name", "likeness", "style", "size", "allowed", "owner")
    return {name: getattr(row, name) for name in names} if row else {}


def _about(row: UserRow | None) -> dict[str, Any]:
    """Say what is known from Telegram, and what the person and the owner have said."""
    if row is None:
        return {}
    names = ("name", "username", "language", "albums_a_day", "ideas", "group_id")
    said = {name: value for name in names if (value := getattr(row, name))}
    times = {name: at.isoformat() for name in ("asked", "consented") if (at := getattr(row, name))}
    waiting = {WAITING: row.aside} if row.aside else {}
    return said | times | waiting


def _character(row: CharacterRow | None) -> dict[str, Any]:
    return {"name": row.name, "traits": row.traits} if row else {}


def _album(row: JobRow) -> dict[str, Any]:
    """Say of an album what its person wrote and chose, and what became of it."""
    job = record_of(row)
    return {
        "album": job.id,
        "accepted": job.created.isoformat() if job.created else None,
        "ended": str(job.state),
        "expired": job.expired,
        "words": job.words,
        "scenes": list(job.scenes),
        "english": job.english,
        "mode": job.mode_name,
        "numbers": row.mode,
        "style": row.style,
        "size": str(job.size),
        "pictures": job.count,
        "seeds": list(job.seeds),
        "seconds": job.seconds,
        "model": job.model,
        "traits": row.traits,
        "prompts": row.prompts,
        "remarks": row.remarks,
        "loras": row.loras,
        "about_the_pictures": row.pictures,
        "looks_at_the_pictures": row.checks,
    }
