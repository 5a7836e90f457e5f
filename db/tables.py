"""The tables. A rule that the database can hold is held here, so that it can't race."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.columns import ReadableJSON, ReadableTime, Sealed


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


NO_ID_TWICE: Any = {"sqlite_autoincrement": True}
"""SQLite never gives an id again: an old button must not name another person's row."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UserRow(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Telegram's id of the person."""
    mode_name: Mapped[str | None]
    """The mode that the person chose; None leaves it to the settings."""
    likeness: Mapped[str | None] = mapped_column(String(16))
    """How much like them pictures are to be, as they chose; None: as the mode has it."""
    allowed: Mapped[bool | None]
    """True: let in; False: blocked; None: the owner has not decided."""
    owner: Mapped[bool] = mapped_column(default=False)
    awaits: Mapped[str | None]
    """What the bot has asked the person for: a photo, or words about the character."""
    awaits_since: Mapped[datetime | None] = mapped_column(ReadableTime)
    group_id: Mapped[int | None] = mapped_column(BigInteger)
    """The allowed group in which the person was met; it lets them into the private chat."""
    last_media_groups: Mapped[str | None]
    """Telegram's ids of the person's last albums: a part that comes after the answer is no photo
    of its own."""
    style: Mapped[str | None]
    """The name of the style that the person chose; None: none."""
    size: Mapped[str | None] = mapped_column(String(16))
    """The shape of pictures that they chose; None: square."""
    ideas: Mapped[list[str]] = mapped_column(ReadableJSON(list, str), default=list)
    """The ideas that the person was offered last."""
    awaits_job: Mapped[int | None]
    """The job that the awaited answer is about."""
    consented: Mapped[datetime | None] = mapped_column(ReadableTime)
    """When the person said that the photos they send are of themselves, or may be used."""
    aside: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """Telegram's messages with photos that wait until the person has said so."""
    name: Mapped[str | None]
    username: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(16))
    albums_a_day: Mapped[int | None]
    """Their own limit, which beats that of the settings."""
    asked: Mapped[datetime | None] = mapped_column(ReadableTime)  # when, to be let in
    created: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        Index("one_owner", "owner", unique=True, sqlite_where=text("owner"),
              postgresql_where=text("owner")),
    )  # fmt: skip


class ChatRow(Base):
    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    allowed: Mapped[bool | None]
    title: Mapped[str | None]
    asked: Mapped[datetime | None] = mapped_column(ReadableTime)
    away: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The bot was removed: what was decided counts no more until somebody adds it again."""


class FaceRow(Base):
    """A face never changes; a new photo is a new face."""

    __tablename__ = "faces"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    image: Mapped[bytes] = mapped_column(Sealed("faces.image"))
    embedding: Mapped[bytes | None] = mapped_column(Sealed("faces.embedding"))
    """SFace's, which says who it is; None until somebody needs it. As personal as the face."""
    flaws: Mapped[list[str]] = mapped_column(ReadableJSON(list, str), default=list)
    """What a better photo would not have: `generation.faces.face.Flaw`."""

    __table_args__ = NO_ID_TWICE


class FaceTokensRow(Base):
    """A face adapter's tokens of a face, which are as personal as the face."""

    __tablename__ = "face_tokens"

    face_id: Mapped[int] = mapped_column(
        ForeignKey("faces.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = mapped_column(String(64), index=True)
    """`Seal.digest` of the face's image: two people may have sent the same photo."""
    model: Mapped[str]
    tokens: Mapped[bytes] = mapped_column(Sealed("face_tokens.tokens"))


class CharacterRow(Base):
    __tablename__ = "characters"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str]
    traits: Mapped[dict[str, Any]] = mapped_column(JSON)
    told_traits: Mapped[list[str]] = mapped_column(ReadableJSON(list, str), default=list)
    """Traits of which the person was told that a photo shows them otherwise."""


class CharacterFaceRow(Base):
    """A face of a character, of which there are one to five: the lowest id was sent first."""

    __tablename__ = "character_faces"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("characters.person_id", ondelete="CASCADE"), primary_key=True
    )
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id"), primary_key=True)


class JobRow(Base):
    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    cancel_wanted: Mapped[bool] = mapped_column(default=False)
    cancelled_by: Mapped[str | None] = mapped_column(String(16))
    """Who cancelled the job: a `states.Canceller`."""
    turn: Mapped[int] = mapped_column(default=0)
    """The fair queue's turn: workers claim jobs with the lowest one first."""
    crashes: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime] = mapped_column(ReadableTime, default=now)
    claimed: Mapped[datetime | None] = mapped_column(ReadableTime)
    told: Mapped[bool] = mapped_column(default=False)
    """The person has been told how the job ended, by a sentence or the buttons under the album."""
    seconds: Mapped[float | None]
    """Seconds from the first step to the last picture; None until all pictures are drawn."""
    timing_key: Mapped[str | None]
    """What decides how long an album takes, such as the model and the size of the pictures."""
    model: Mapped[str | None]
    """The name of the model that draws it, once it has begun."""
    needs: Mapped[str] = mapped_column(String(16), default="album", server_default="album")
    """What a machine must have to draw it: a `db.jobs.needs.Needs`."""
    engine_id: Mapped[int | None] = mapped_column(BigInteger)
    """Its row in the engine's line, which a trigger of Postgres keeps; None in SQLite."""
    machine: Mapped[str | None] = mapped_column(String(64))
    """The machine that draws it, or drew it; None: the bot's own workers."""
    failure: Mapped[dict[str, Any] | None] = mapped_column(ReadableJSON(dict))
    """What went wrong: the id of a text and its fields, as a machine said it; the kind of error, as
    the bot's own workers had it."""

    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None]
    message_id: Mapped[int]
    """The id of the command's message."""
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """The id of Telegram's update with the command: after a crash Telegram may send it again."""
    button: Mapped[str | None] = mapped_column(String(64))
    """The data of the button that was pressed in place of a command."""
    status_message_id: Mapped[int | None]
    status_digest: Mapped[str | None] = mapped_column(String(64))
    """What the status message says; None when nobody knows."""
    language: Mapped[str]

    name: Mapped[str]
    traits: Mapped[dict[str, Any]] = mapped_column(ReadableJSON(dict))
    words: Mapped[str]
    mode: Mapped[dict[str, Any]] = mapped_column(ReadableJSON(dict))
    """The mode's numbers at the moment when the job was accepted."""
    mode_name: Mapped[str]
    """A column of its own: timings are looked up by it."""
    steps: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    near: Mapped[list[int]] = mapped_column(ReadableJSON(list), default=list)
    """Seeds of the picture that the album varies; empty when it is no variation."""
    count: Mapped[int]
    style: Mapped[dict[str, Any] | None] = mapped_column(ReadableJSON(dict))
    """The style as it was when the job was accepted; None: none."""
    size: Mapped[str | None] = mapped_column(String(16))
    """The shape of its pictures; None: square."""
    scenes: Mapped[list[str]] = mapped_column(ReadableJSON(list, str), default=list)
    """A story's scenes, one a picture; empty for an album of the same words."""
    english: Mapped[str] = mapped_column(default="")
    """The words in English as the person put them right."""
    loras: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """The LoRAs that the words name: `LoraUse` of generation.words.lora."""
    remarks: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """What of the request was not taken as it stood: `Remark` of generation.words.reading."""
    prompts: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """What the model reads: `Prompt` of generation.words.prompt, once the worker has written it."""
    pictures: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """What each picture is, in the order in which they are shown: `PictureNote` of
    generation.request; empty where nobody looked at them."""
    checks: Mapped[list[dict[str, Any]]] = mapped_column(
        ReadableJSON(list, dict[str, Any]), default=list
    )
    """What was found of each picture: `PictureCheck` of generation.decency.check."""
    sent: Mapped[list[int] | None] = mapped_column(ReadableJSON(list))
    """The ids of the album's messages, once it was sent."""
    file_ids: Mapped[list[str] | None] = mapped_column(ReadableJSON(list, str))
    """Telegram's ids of the album's photos, once it was sent: by them it can be sent again."""
    expired: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its words and pictures are erased, for it is old; what remains is counted."""

    __table_args__ = (
        UniqueConstraint("update_id", "chat_id", "message_id"),
        Index("jobs_by_turn", "state", "turn", "id"),
        Index("jobs_by_person", "person_id", "state"),
        Index("jobs_by_timing_key", "timing_key", "id",
              sqlite_where=text("seconds IS NOT NULL"),
              postgresql_where=text("seconds IS NOT NULL")),
        Index("jobs_by_mode", "timing_key", "mode_name", "count", "steps", "id",
              sqlite_where=text("seconds IS NOT NULL"),
              postgresql_where=text("seconds IS NOT NULL")),
        NO_ID_TWICE,
    )  # fmt: skip


class JobFaceRow(Base):
    """A face that a job draws: the snapshot of its character."""

    __tablename__ = "job_faces"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("faces.id"), primary_key=True, index=True)


class CorrectionRow(Base):
    """What somebody put right in the English of their words."""

    __tablename__ = "corrections"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(primary_key=True)
    english: Mapped[str]
    written: Mapped[datetime | None] = mapped_column(ReadableTime, default=now)


class ChoiceRow(Base):
    """What the owner has chosen for the whole bot, by what it is."""

    __tablename__ = "choices"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ErasedJobRow(Base):
    """A job that was erased: its pictures have to go. It stays until the next start has looked."""

    __tablename__ = "erased_jobs"

    job_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
