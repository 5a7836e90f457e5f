"""Who may use the bot, and what they last chose."""

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.tables import CharacterRow, CorrectionRow, ErasedJobRow, FaceRow, JobRow, UserRow, now
from generation.errors import Refusal
from generation.modes import Likeness
from generation.sizes import Size

log = logging.getLogger(__name__)

NOT_PEOPLE = frozenset(
    {
        777000,  # Telegram: service messages, and what a channel posts in its discussion group
        1087968824,  # GroupAnonymousBot: all anonymous admins of all groups
        136817688,  # Channel Bot: whoever writes as a channel
        1271266957,  # Replies
        489000,  # Verification Codes
        5434988373,  # Telegram's anti-spam
    }
)
"""Ids that Telegram gives as the sender of what no one person wrote."""

Awaited = Literal["photo", "swap", "more", "words", "english"]
"""What a person may be awaited for. `swap` is a photo in place of one of theirs. `more` is only an
invitation: further photos are taken without a question, and nothing that is said ends it. `english`
are better words in English for the job `Person.about`."""

PHOTO_WAITS: tuple[Awaited, ...] = ("photo", "swap")
"""A photo that was asked for."""

PERSONAL = (
    "users, characters, character_faces, faces, face_tokens, jobs, job_faces, corrections, "
    "drawn_pictures"
)
"""The tables of a server in which something of a person may have been erased."""

LAPSES = timedelta(minutes=30)
"""How long an answer is waited for: who comes back later has something else in mind."""

KNOWN_MEDIA_GROUPS = 8
"""Albums of a person that are remembered: as many as one private chat has worked on at once."""


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    owner: bool = False
    allowed: bool | None = None
    mode_name: str | None = None
    awaits: Awaited | None = None
    """What the bot asked the person for, unless that has lapsed."""
    invited: bool = False
    """The person may go on to send photos: see `more` of Awaited."""
    group: int | None = None
    """The allowed group in which the person was met."""
    likeness: Likeness = Likeness.NORMAL
    """How much like them pictures are to be."""
    style: str | None = None
    """The name of the style they chose."""
    size: Size = Size.SQUARE
    """The shape of pictures they chose."""
    ideas: tuple[str, ...] = ()
    """The ideas that they were offered last."""
    about: int | None = None
    """The job that what is awaited is about."""
    consented: bool = False
    """They have said that the photos they send may be used."""
    name: str | None = None
    username: str | None = None
    language: str | None = None
    albums_a_day: int | None = None
    """Their own limit, which beats that of the settings."""
    asked: bool = False
    """The owner was asked to let them in."""


class NotAPerson(Refusal):
    """The id is one of NOT_PEOPLE: everybody behind it would share one face and one permission."""


class Users:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def get(self, person_id: int) -> Person:
        """Give the person, known or new."""
        with self._database.reading() as session:
            return _person(session.get(UserRow, person_id), person_id)

    @off_loop
    def owner(self) -> int | None:
        with self._database.reading() as session:
            return session.scalar(select(UserRow.id).where(UserRow.owner))

    @off_loop
    def make_owner(self, person_id: int) -> bool:
        """Make the person the owner; False when there is one already."""
        try:
            with self._database.session() as session, session.begin():
                row_of(session, person_id).owner = True
        except IntegrityError:
            return False
        return True

    @off_loop
    def replace_owner(self, person_id: int) -> None:
        """Make the person the owner, whoever was before: the settings name them."""
        with self._database.session() as session, session.begin():
            for row in session.scalars(select(UserRow).where(UserRow.owner)):
                row.owner = False
            session.flush()
            row_of(session, person_id).owner = True

    @off_loop
    def remember(
        self, person_id: int, name: str, username: str | None, language: str | None
    ) -> None:
        """Keep what the person is called, and the language of their Telegram."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            row.name, row.username, row.language = name, username, (language or "")[:16] or None

    @off_loop
    def choose_mode(self, person_id: int, mode_name: str) -> None:
        with self._database.session() as session, session.begin():
            row_of(session, person_id).mode_name = mode_name

    @off_loop
    def choose_likeness(self, person_id: int, likeness: Likeness) -> None:
        """Keep how much like them pictures are to be."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id).likeness = likeness

    @off_loop
    def choose_style(self, person_id: int, style: str | None) -> None:
        """Keep the name of the style they like; None: none."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id).style = style

    @off_loop
    def choose_size(self, person_id: int, size: Size) -> None:
        """Keep the shape of pictures they like."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id).size = size

    @off_loop
    def offer_ideas(self, person_id: int, ideas: Sequence[str]) -> None:
        """Note which ideas they were offered last."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id).ideas = list(ideas)

    @off_loop
    def await_next(self, person_id: int, awaited: Awaited, job_id: int | None = None) -> None:
        """Wait for the person's photo or words, from now on; perhaps about a job."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            row.awaits, row.awaits_since, row.awaits_job = awaited, now(), job_id

    @off_loop
    def invite(self, person_id: int) -> None:
        """Let the person send more photos, unless they were asked for something meanwhile."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            if _awaits(row) in (None, "more"):
                row.awaits, row.awaits_since = "more", now()

    @off_loop
    def end_wait(self, person_id: int, *awaited: Awaited) -> Awaited | None:
        """Wait no longer, or no longer for one of `awaited`; give what was waited for."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            waited = _awaits(row)
            if waited is None or (awaited and waited not in awaited):
                return None
            row.awaits = row.awaits_since = None
            return waited

    @off_loop
    def met_in(self, person_id: int, group_id: int) -> None:
        with self._database.session() as session, session.begin():
            row_of(session, person_id).group_id = group_id

    @off_loop
    def starts_media_group(self, person_id: int, media_group: str) -> bool:
        """Say whether the album, which Telegram names `media_group`, is a new one; note it."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            known = (row.last_media_groups or "").split()
            if media_group in known:
                return False
            row.last_media_groups = " ".join([*known, media_group][-KNOWN_MEDIA_GROUPS:])
            return True

    @off_loop
    def forget(self, person_id: int) -> list[int]:
        """Erase the person's faces, character and jobs; give the ids of the erased jobs.

        That their pictures have to go is written down: `db.jobs.strays` sees to it after a crash.
        Whether they are owner, allowed or blocked stays, and their limit: the owner decided that.
        So does that they have asked: who could take it back could ask without end.
        """
        with self._database.session() as session, session.begin():
            jobs = list(session.scalars(select(JobRow.id).where(JobRow.person_id == person_id)))
            session.add_all(ErasedJobRow(job_id=job_id) for job_id in jobs)
            for table in (JobRow, CharacterRow, FaceRow, CorrectionRow):
                session.execute(delete(table).where(table.person_id == person_id))
            if row := session.get(UserRow, person_id):
                row.mode_name = row.likeness = row.awaits = row.awaits_since = None
                row.last_media_groups = row.group_id = None
                row.style = row.size = row.awaits_job = None
                row.ideas, row.aside, row.consented = [], [], None
                row.name = row.username = row.language = None
                if row.allowed is None and row.asked is None and not row.owner:
                    session.delete(row)
        clean_up(self._database)
        return jobs


def clean_up(database: Database) -> None:
    """Let what was erased be overwritten.

    SQLite has done so, but in its write-ahead log. On a server the rows' room becomes free; its own
    log and its backups are the owner's.
    """
    engine = database.engine
    if engine.dialect.name == "sqlite":
        with contextlib.closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    import psycopg  # noqa: PLC0415 - only where a server is used

    try:
        with psycopg.connect(database.conninfo, autocommit=True) as connection:
            connection.execute(f"VACUUM {PERSONAL}")
    except psycopg.Error as error:  # the server's own vacuum comes later
        log.warning("The room of erased rows is not free yet: %s", error)


def row_of(session: Session, person_id: int) -> UserRow:
    """Give the person's row; a new one when it is missing. Raises NotAPerson."""
    if person_id in NOT_PEOPLE:
        raise NotAPerson
    row = session.get(UserRow, person_id)
    if row is None:
        row = UserRow(id=person_id)
        session.add(row)
        session.flush()
    return row


def _person(row: UserRow | None, person_id: int) -> Person:
    if row is None:
        return Person(person_id)
    awaits = _awaits(row)
    return Person(
        row.id,
        owner=row.owner,
        allowed=row.allowed,
        mode_name=row.mode_name,
        awaits=None if awaits == "more" else awaits,
        invited=awaits == "more",
        group=row.group_id,
        likeness=Likeness.stored(row.likeness),
        style=row.style,
        size=Size.stored(row.size),
        ideas=tuple(row.ideas or ()),
        about=row.awaits_job if awaits else None,
        consented=row.consented is not None,
        name=row.name,
        username=row.username,
        language=row.language,
        albums_a_day=row.albums_a_day,
        asked=row.asked is not None,
    )


def _awaits(row: UserRow) -> Awaited | None:
    """Give what is awaited, None when it has lapsed; a clock that was wrong lets it lapse too."""
    since = row.awaits_since
    if since is None or abs(now() - since) >= LAPSES:
        return None
    return next((awaited for awaited in get_args(Awaited) if awaited == row.awaits), None)
