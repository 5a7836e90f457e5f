"""Another Telegram numbers its updates anew: the same number may be of another command."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NO_ID_TWICE = {"sqlite_autoincrement": True}
"""SQLite can't alter a table: it is made anew, and must be told again."""

LAST_ID = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'")
FINISHED = sa.text("seconds IS NOT NULL")
ONE_OF_EACH = sa.text(
    "UPDATE jobs SET update_id = NULL WHERE id NOT IN (SELECT max(id) FROM jobs GROUP BY update_id)"
)


def upgrade() -> None:
    _let_be_unique("update_id", "chat_id", "message_id")


def downgrade() -> None:
    op.execute(ONE_OF_EACH)
    _let_be_unique("update_id")


def _let_be_unique(*columns: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    last_id = op.get_bind().scalar(LAST_ID) if sqlite else None
    with op.batch_alter_table("jobs", table_kwargs=NO_ID_TWICE) as batch_op:
        batch_op.drop_index("jobs_by_mode")
        batch_op.drop_constraint("uq_jobs_update_id", type_="unique")
        batch_op.create_unique_constraint("uq_jobs_update_id", list(columns))
        batch_op.create_index(
            "jobs_by_mode",
            ["mode", "count", "id"],
            unique=False,
            sqlite_where=FINISHED,
            postgresql_where=FINISHED,
        )
    if last_id:  # the table that was made anew has forgotten which ids were erased
        op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'jobs'"))
        op.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('jobs', :last)").bindparams(
                last=last_id
            )
        )
