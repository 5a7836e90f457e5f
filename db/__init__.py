"""SQLAlchemy stays in this folder: in and out go the domain's own objects."""

from db.albums import Album, Albums, KeptPicture
from db.bots_lock import AnotherBot, only_bot
from db.characters import (
    Characters,
    NoCharacter,
    OnlyPhoto,
    PhotoRemoved,
    PhotosFull,
)  # fmt: skip
from db.chats import Chats, Group
from db.choices import Choices
from db.consents import Consents
from db.corrections import Corrections
from db.disk import Disk, look_at
from db.engine import Database
from db.face_tokens import FaceTokens
from db.faces import MOST_FACES, FaceLost, StoredFace
from db.guest_list import Ask, Decision, Guest, GuestList, Standing
from db.inspection import (
    DatabaseState,
    check_not_emptied,
    database_file,
    inspect_database,
)  # fmt: skip
from db.jobs import tables as _job_tables  # noqa: F401 - they join the metadata
from db.jobs.admission import (
    Admission,
    JobGone,
    Limits,
    QueuedAlready,
    QueueFull,
    Redelivered,
    WaitingEnough,
)  # fmt: skip
from db.jobs.checks import Checks
from db.jobs.daily_quota import DayFull
from db.jobs.job_record import JobRecord, Ticket
from db.jobs.records import Jobs
from db.jobs.schedule import Position
from db.jobs.states import AT_REST, ENDED, UNDELIVERED, UNFINISHED, WAITING, Canceller, State
from db.jobs.strays import Strays
from db.jobs.wait_estimates import Line, WaitEstimates
from db.jobs.worker_queue import WorkerQueue
from db.keeping import Keeping
from db.machines import tables as _machine_tables  # noqa: F401 - they join the metadata
from db.machines.machine import Machine, MachineState
from db.machines.news import error_of
from db.machines.roster import Machines
from db.personal_data import PersonalData, PersonalRecords
from db.refusals import (
    DatabaseDamaged,
    DatabaseForbidden,
    DatabaseHostUnknown,
    DatabaseIncomplete,
    DatabaseLocked,
    DatabaseMissing,
    DatabasePasswordUnread,
    DatabaseRefuses,
    DatabaseTlsWeak,
    DatabaseUnreachable,
    DatabaseUntrusted,
    DatabaseUrlWrong,
    DatabaseWithoutTls,
    DataDamaged,
    DataForeign,
    DataGone,
    DataOutOfReach,
    DataUnusable,
    DataUnwritable,
    DiskFull,
    in_one_line,
    is_damaged,
    is_out_of_reach,
    refusal_at_start,
    sayable,
)  # fmt: skip
from db.statistics import Statistics, Usage
from db.users import NOT_PEOPLE, PHOTO_WAITS, NotAPerson, Person, Users

__all__ = [
    "AT_REST",
    "ENDED",
    "MOST_FACES",
    "NOT_PEOPLE",
    "PHOTO_WAITS",
    "UNDELIVERED",
    "UNFINISHED",
    "WAITING",
    "Admission",
    "Album",
    "Albums",
    "AnotherBot",
    "Ask",
    "Canceller",
    "Characters",
    "Chats",
    "Checks",
    "Choices",
    "Consents",
    "Corrections",
    "DataDamaged",
    "DataForeign",
    "DataGone",
    "DataOutOfReach",
    "DataUnusable",
    "DataUnwritable",
    "Database",
    "DatabaseDamaged",
    "DatabaseForbidden",
    "DatabaseHostUnknown",
    "DatabaseIncomplete",
    "DatabaseLocked",
    "DatabaseMissing",
    "DatabasePasswordUnread",
    "DatabaseRefuses",
    "DatabaseState",
    "DatabaseTlsWeak",
    "DatabaseUnreachable",
    "DatabaseUntrusted",
    "DatabaseUrlWrong",
    "DatabaseWithoutTls",
    "DayFull",
    "Decision",
    "Disk",
    "DiskFull",
    "FaceLost",
    "FaceTokens",
    "Group",
    "Guest",
    "GuestList",
    "JobGone",
    "JobRecord",
    "Jobs",
    "Keeping",
    "KeptPicture",
    "Limits",
    "Line",
    "Machine",
    "MachineState",
    "Machines",
    "NoCharacter",
    "NotAPerson",
    "OnlyPhoto",
    "Person",
    "PersonalData",
    "PersonalRecords",
    "PhotoRemoved",
    "PhotosFull",
    "Position",
    "QueueFull",
    "QueuedAlready",
    "Redelivered",
    "Standing",
    "State",
    "Statistics",
    "StoredFace",
    "Strays",
    "Ticket",
    "Usage",
    "Users",
    "WaitEstimates",
    "WaitingEnough",
    "WorkerQueue",
    "check_not_emptied",
    "database_file",
    "error_of",
    "in_one_line",
    "inspect_database",
    "is_damaged",
    "is_out_of_reach",
    "look_at",
    "only_bot",
    "refusal_at_start",
    "sayable",
]  # fmt: skip
