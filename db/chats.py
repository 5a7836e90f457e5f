"""The groups in which the bot is, and what was decided about them."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.guest_list import Ask, note_asked
from db.tables import ChatRow, JobRow, UserRow


@dataclass(frozen=True, slots=True)
class Group:
    id: int
    title: str | None = None
    allowed: bool | None = None
    """Whether the group was let in, also where the bot has been removed since."""
    asked: bool = False
    away: bool = False


class Chats:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def get(self, chat_id: int) -> Group:
        """Give the group, known or new."""
        with self._database.reading() as session:
            row = session.get(ChatRow, chat_id)
            if row is None:
                return Group(chat_id)
            return Group(row.id, row.title, row.allowed, row.asked is not None, row.away)

    @off_loop
    def allowed(self, chat_id: int) -> bool | None:
        """Say whether the group was let in; None when nobody decided, or the bot is not there."""
        with self._database.reading() as session:
            row = session.get(ChatRow, chat_id)
            return row.allowed if row and not row.away else None

    @off_loop
    def allow(self, chat_id: int, allowed: bool) -> None:  # noqa: FBT001 - it is the value
        with self._database.session() as session, session.begin():
            row = _row_of(session, chat_id)
            row.allowed, row.away = allowed, False

    @off_loop
    def removed(self, chat_id: int) -> None:
        """Note that the bot was removed: who adds it again decides anew."""
        with self._database.session() as session, session.begin():
            if row := session.get(ChatRow, chat_id):
                row.away = True

    @off_loop
    def ask(self, chat_id: int, title: str) -> Ask:
        """Note that the owner is asked about the group; say how."""
        with self._database.session() as session, session.begin():
            row = _row_of(session, chat_id)
            if row.away and row.allowed:  # it was let in once, and is decided about anew
                row.allowed = row.asked = None
            row.title, row.away = title, False
            return note_asked(session, row)

    @off_loop
    def take_back(self, chat_id: int) -> None:
        """Note that the owner could not be asked."""
        with self._database.session() as session, session.begin():
            _row_of(session, chat_id).asked = None

    @off_loop
    def migrate(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup: its permission and its jobs move along."""
        with self._database.session() as session, session.begin():
            if row := session.get(ChatRow, old):
                moved = _row_of(session, new)
                moved.title, moved.asked = row.title or moved.title, row.asked or moved.asked
                if row.allowed is not None:
                    moved.allowed = row.allowed
                session.delete(row)
            # The supergroup numbers its messages anew: an old id names another message there.
            session.execute(
                update(JobRow)
                .where(JobRow.chat_id == old)
                .values(chat_id=new, status_message_id=None, sent=None)
            )
            session.execute(update(UserRow).where(UserRow.group_id == old).values(group_id=new))


def _row_of(session: Session, chat_id: int) -> ChatRow:
    row = session.get(ChatRow, chat_id)
    if row is None:
        row = ChatRow(id=chat_id, away=False)
        session.add(row)
    return row
