"""SQLAlchemy stays in this folder: in and out go the domain's own objects."""

from db.albums import Album, Albums
from db.characters import Characters, FaceLost, NoCharacter
from db.chats import Chats
from db.engine import Database, DataUnusable
from db.jobs import AlreadyQueued, JobCard, Jobs, State, Ticket
from db.users import Person, Users

__all__ = [
    "Album", "Albums", "AlreadyQueued", "Characters", "Chats", "DataUnusable", "Database",
    "FaceLost", "JobCard", "Jobs", "NoCharacter", "Person", "State", "Ticket", "Users",
]  # fmt: skip
