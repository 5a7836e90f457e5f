"""Ids that many share, such as that of all anonymous admins, are no people."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NOT_PEOPLE = (777000, 1087968824, 136817688, 1271266957, 489000, 5434988373)


def upgrade() -> None:
    for table, column in (
        ("jobs", "person_id"),
        ("characters", "person_id"),
        ("faces", "person_id"),
        ("daily_quota", "person_id"),
        ("users", "id"),
    ):
        those = sa.column(column, sa.BigInteger).in_(NOT_PEOPLE)
        op.execute(sa.delete(sa.table(table)).where(those))


def downgrade() -> None:
    """What was deleted was nobody's."""
