"""Columns and tables get the names that the code uses: mode, timing_key, daily_quota."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FINISHED = sa.text("seconds IS NOT NULL")

COLUMNS = (
    ("users", "preset", "mode_name"),
    ("users", "album", "last_media_group"),
    ("jobs", "mode", "mode_name"),  # before `preset`, which takes the name that this gives up
    ("jobs", "preset", "mode"),
    ("jobs", "drawn_by", "timing_key"),
)


def upgrade() -> None:
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.drop_index("ix_asked_person_id", "asked")
    op.rename_table("asked", "daily_quota")
    op.create_index("ix_daily_quota_person_id", "daily_quota", ["person_id"])
    op.drop_index("jobs_by_maker", "jobs")
    _index("jobs_by_timing_key", "timing_key", "id")


def downgrade() -> None:
    op.drop_index("jobs_by_timing_key", "jobs")
    op.drop_index("ix_daily_quota_person_id", "daily_quota")
    op.rename_table("daily_quota", "asked")
    op.create_index("ix_asked_person_id", "asked", ["person_id"])
    for table, old, new in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    _index("jobs_by_maker", "drawn_by", "id")


def _index(name: str, *columns: str) -> None:
    op.create_index(name, "jobs", list(columns), sqlite_where=FINISHED, postgresql_where=FINISHED)
