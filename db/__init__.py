"""SQLAlchemy stays in this folder: in and out go the domain's own objects."""

from db.albums import Album, Albums
from db.characters import Characters, FaceLost, NoCharacter
from db.chats import Chats
from db.days import DayFull
from db.engine import Database, DataForeign, DataUnusable, DataUnwritable
from db.examination import DatabaseState, examine
from db.face_tokens import FaceTokens
from db.jobs import JobCard, Jobs, State, Ticket
from db.line import (
    DatabaseLine,
    JobGone,
    Limits,
    Line,
    LineFull,
    Redelivered,
    WaitingEnough,
)  # fmt: skip
from db.queue import JobQueue
from db.users import Person, Users
from db.waits import Place

__all__ = [
    "Album", "Albums", "Characters", "Chats", "DataForeign", "DataUnusable", "DataUnwritable",
    "Database", "DatabaseLine", "DatabaseState", "DayFull", "FaceLost", "FaceTokens", "JobCard",
    "JobGone", "JobQueue", "Jobs", "Limits", "Line", "LineFull", "NoCharacter", "Person", "Place",
    "Redelivered", "State", "Ticket", "Users", "WaitingEnough", "examine",
]  # fmt: skip
