"""Which model an album was drawn by: another one takes another time."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FINISHED = sa.text("seconds IS NOT NULL")


def upgrade() -> None:
    op.add_column("jobs", sa.Column("drawn_by", sa.String(), nullable=True))
    op.drop_index("jobs_by_mode", "jobs")
    _index("jobs_by_maker", "drawn_by", "id")
    _index("jobs_by_mode", "drawn_by", "mode", "count", "steps", "id")


def downgrade() -> None:
    op.drop_index("jobs_by_mode", "jobs")
    op.drop_index("jobs_by_maker", "jobs")
    op.drop_column("jobs", "drawn_by")
    _index("jobs_by_mode", "mode", "count", "id")


def _index(name: str, *columns: str) -> None:
    op.create_index(name, "jobs", list(columns), sqlite_where=FINISHED, postgresql_where=FINISHED)
