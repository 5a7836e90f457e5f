"""The guest list: who asks to be let in, and what the owner decided about whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum, auto

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.tables import ChatRow, UserRow, now
from db.users import row_of

MOST_CARDS = 20
"""Most cards in 24 hours that wait for the owner: a crowd of strangers must not bury them."""

CARDS_PERIOD = timedelta(hours=24)


class Ask(Enum):
    """How the owner hears that somebody asks."""

    CARD = auto()
    """With a card of their own."""
    MORE = auto()
    """With one line: there are too many cards already."""
    UNHEARD = auto()
    """Not at all: they know that more ask, and /people lists them."""
    AGAIN = auto()
    """Not once more: there has been a card."""


class Decision(StrEnum):
    """What the owner decides about a person; the value stands in buttons."""

    ALLOW = "allow"
    LIMIT = "limit"
    UNLIMIT = "unlimit"
    BLOCK = "block"
    REMOVE = "remove"
    """As if the person had never been there: a stranger, who may ask."""


class Standing(StrEnum):
    """How a person stands; each has its sentence, `standing-<value>`. The order is /people's."""

    ASKS = "asks"
    ALLOWED = "allowed"
    LIMITED = "limited"
    GUEST = "guest"
    """Known by a group that is let in."""
    BLOCKED = "blocked"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Guest:
    id: int
    standing: Standing
    name: str | None = None
    username: str | None = None
    language: str | None = None
    albums_a_day: int | None = None
    owner: bool = False


class GuestList:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def ask(self, person_id: int, name: str, username: str | None, language: str | None) -> Ask:
        """Note that a person asks to be let in, and what they are called; say how to tell it."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            row.name, row.username, row.language = name, username, language
            return note_asked(session, row)

    @off_loop
    def take_back(self, person_id: int) -> None:
        """Keep nothing of who asked: the owner could not be told."""
        with self._database.session() as session, session.begin():
            row = session.get(UserRow, person_id)
            if row is None or row.allowed is not None:
                return
            row.asked = row.name = row.username = row.language = None

    @off_loop
    def get(self, person_id: int) -> Guest:
        with self._database.reading() as session:
            row = session.get(UserRow, person_id)
            return _guest(session, row) if row else Guest(person_id, Standing.STRANGER)

    @off_loop
    def decide(
        self,
        person_id: int,
        decision: Decision,
        *,
        limit: int | None = None,
        undecided: bool = False,
    ) -> Guest | None:
        """Do what the owner decided; give how the person stood before.

        `limit`: albums a day for LIMIT. `undecided`: only if nothing has been decided yet; None:
        something has. Raises NotAPerson.
        """
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            before = _guest(session, row)
            if undecided and row.allowed is not None:
                return None
            match decision:
                case Decision.ALLOW:
                    row.allowed, row.albums_a_day = True, None
                case Decision.LIMIT:
                    row.allowed, row.albums_a_day = True, limit
                case Decision.UNLIMIT:
                    row.albums_a_day = None
                case Decision.BLOCK:
                    row.allowed = False
                case Decision.REMOVE:
                    row.allowed = row.asked = row.albums_a_day = row.group_id = None
                    row.name = row.username = row.language = None
            return before

    @off_loop
    def page(self, first: int, most: int) -> tuple[Sequence[Guest], int]:
        """Give `most` guests from the `first` on, and how many there are in all."""
        with self._database.reading() as session:
            count = session.scalar(select(func.count(UserRow.id)).where(_IS_GUEST)) or 0
            rows = session.scalars(
                select(UserRow)
                .where(_IS_GUEST)
                .order_by(_RANK, UserRow.asked, UserRow.created, UserRow.id)
                .offset(first)
                .limit(most)
            )
            return [_guest(session, row) for row in rows], count


def note_asked(session: Session, row: UserRow | ChatRow) -> Ask:
    """Note that a person or a group asks to be let in; say how the owner hears of it."""
    if row.asked is not None:
        return Ask.AGAIN
    how = _how_told(session)
    row.asked = now()
    return how


def _how_told(session: Session) -> Ask:
    """Say how the owner hears of one who asks now: by a card, as long as few wait."""
    since = now() - CARDS_PERIOD
    waiting = sum(
        session.scalar(
            select(func.count()).select_from(table).where(
                table.asked > since, table.allowed.is_(None)
            )
        ) or 0
        for table in (UserRow, ChatRow)
    )  # fmt: skip
    if waiting < MOST_CARDS:
        return Ask.CARD
    return Ask.MORE if waiting == MOST_CARDS else Ask.UNHEARD


_MET_IN_OPEN_GROUP: ColumnElement[bool] = UserRow.group_id.in_(
    select(ChatRow.id).where(ChatRow.allowed.is_(True), not_(ChatRow.away))
)
_ASKS = and_(UserRow.allowed.is_(None), UserRow.asked.is_not(None))
_IS_GUEST = and_(
    not_(UserRow.owner),
    or_(UserRow.allowed.is_not(None), UserRow.asked.is_not(None), _MET_IN_OPEN_GROUP),
)
_RANK = case((_MET_IN_OPEN_GROUP & UserRow.allowed.is_(None), 2), (_ASKS, 0),
             (UserRow.allowed.is_(True), 1), else_=3)  # fmt: skip


def _guest(session: Session, row: UserRow) -> Guest:
    return Guest(
        row.id,
        _standing(session, row),
        row.name,
        row.username,
        row.language,
        row.albums_a_day,
        row.owner,
    )


def _standing(session: Session, row: UserRow) -> Standing:
    if row.allowed is not None:
        if not row.allowed:
            return Standing.BLOCKED
        return Standing.ALLOWED if row.albums_a_day is None else Standing.LIMITED
    group = session.get(ChatRow, row.group_id) if row.group_id else None
    if group and group.allowed and not group.away:
        return Standing.GUEST
    return Standing.STRANGER if row.asked is None else Standing.ASKS
