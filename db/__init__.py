"""SQLAlchemy stays in this folder: in and out go the domain's own objects."""

from db.albums import Album, Albums
from db.characters import (
    Characters,
    NoCharacter,
    OnlyPhoto,
    PhotoRemoved,
    PhotosFull,
)  # fmt: skip
from db.chats import Chats
from db.choices import Choices
from db.corrections import Corrections
from db.engine import (
    Database,
    DatabaseDamaged,
    DatabaseLocked,
    DataDamaged,
    DataForeign,
    DataGone,
    DataUnusable,
    DataUnwritable,
    DiskFull,
    is_damaged,
    refusal_at_start,
)
from db.face_tokens import FaceTokens
from db.faces import MOST_FACES, FaceLost, StoredFace
from db.inspection import (
    DatabaseState,
    check_not_emptied,
    database_file,
    inspect_database,
)  # fmt: skip
from db.jobs.admission import (
    Admission,
    JobGone,
    Limits,
    QueuedAlready,
    QueueFull,
    Redelivered,
    WaitingEnough,
)  # fmt: skip
from db.jobs.daily_quota import DayFull
from db.jobs.job_record import JobRecord, Ticket
from db.jobs.records import Jobs
from db.jobs.states import AT_REST, ENDED, UNDELIVERED, UNFINISHED, WAITING, Canceller, State
from db.jobs.strays import Strays
from db.jobs.wait_estimates import Line, Position, WaitEstimates
from db.jobs.worker_queue import WorkerQueue
from db.users import NOT_PEOPLE, PHOTO_WAITS, NotAPerson, Person, Users

__all__ = [
    "AT_REST", "ENDED", "MOST_FACES", "NOT_PEOPLE", "PHOTO_WAITS", "UNDELIVERED", "UNFINISHED",
    "WAITING", "Admission", "Album", "Albums", "Canceller", "Characters", "Chats", "Choices",
    "Corrections",
    "DataDamaged", "DataForeign", "DataGone", "DataUnusable", "DataUnwritable", "Database",
    "DatabaseDamaged",
    "DatabaseLocked", "DatabaseState", "DayFull", "DiskFull", "FaceLost", "FaceTokens", "JobGone",
    "JobRecord", "Jobs", "Limits", "Line", "NoCharacter", "NotAPerson", "OnlyPhoto",
    "Person", "PhotoRemoved", "PhotosFull", "Position", "QueueFull", "QueuedAlready",
    "Redelivered", "State", "StoredFace", "Strays", "Ticket", "Users", "WaitEstimates",
    "WaitingEnough", "WorkerQueue", "check_not_emptied", "database_file", "inspect_database",
    "is_damaged", "refusal_at_start",
]  # fmt: skip
