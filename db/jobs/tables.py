"""What the queue counts."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from db.tables import Base, now


class DailyQuotaRow(Base):
    """An album that counts towards a person's daily limit.

    It counts for 24 hours, whatever the person erases: so it refers to no other row.
    """

    __tablename__ = "daily_quota"

    job_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    created: Mapped[datetime] = mapped_column(default=now)
