"""The groups that the owner has let in."""

from sqlalchemy import update

from db.engine import Database, off_loop
from db.tables import ChatRow, JobRow, UserRow


class Chats:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def allowed(self, chat_id: int) -> bool | None:
        """Say whether the owner let the group in; None when they have not decided."""
        with self._database.reading() as session:
            row = session.get(ChatRow, chat_id)
            return row.allowed if row else None

    @off_loop
    def allow(self, chat_id: int, allowed: bool) -> None:  # noqa: FBT001 - it is the value
        with self._database.session() as session, session.begin():
            session.merge(ChatRow(id=chat_id, allowed=allowed))

    @off_loop
    def migrate(self, old: int, new: int) -> None:
        """Follow a group that became a supergroup: its permission and its jobs move along."""
        with self._database.session() as session, session.begin():
            if row := session.get(ChatRow, old):
                session.merge(ChatRow(id=new, allowed=row.allowed))
                session.delete(row)
            # The supergroup numbers its messages anew: an old id names another message there.
            session.execute(
                update(JobRow)
                .where(JobRow.chat_id == old)
                .values(chat_id=new, status_message_id=None, sent=None)
            )
            session.execute(update(UserRow).where(UserRow.group_id == old).values(group_id=new))
