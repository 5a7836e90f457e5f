"""Turns, what is needed to foresee waits, variations, and the messages of an album."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NO_ID_TWICE = {"sqlite_autoincrement": True}
"""SQLite can't alter a table: it is made anew, and must be told again."""

LAST_ID = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'")
UNDER_WAY = ("queued", "running", "generated", "delivering")
FINISHED = sa.text("seconds IS NOT NULL")
WAITING = sa.text("state = 'queued' AND claims = 0")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    last_id = op.get_bind().scalar(LAST_ID) if sqlite else None
    with op.batch_alter_table("jobs", table_kwargs=NO_ID_TWICE) as batch_op:
        batch_op.drop_index("one_waiting_job_a_person")
        batch_op.drop_index("jobs_by_state")
        batch_op.drop_index(batch_op.f("ix_jobs_person_id"))
        batch_op.drop_column("claims")
        batch_op.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("told", sa.Boolean(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("update_id", sa.BigInteger(), nullable=True))
        batch_op.create_unique_constraint("uq_jobs_update_id", ["update_id"])
        batch_op.add_column(sa.Column("claimed", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("mode", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("steps", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("near", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("sent", sa.JSON(), nullable=True))
    jobs = sa.table(
        "jobs",
        *(sa.column(name) for name in ("mode", "steps", "told", "state")),
        sa.column("preset", sa.JSON),
    )
    preset = jobs.c.preset
    whole = sa.func.json_valid(preset) if sqlite else sa.true()
    op.execute(
        jobs.update()
        .where(whole, preset["name"].as_string().is_not(None), preset["steps"].as_integer() > 0)
        .values(mode=preset["name"].as_string(), steps=preset["steps"].as_integer())
    )
    op.execute(jobs.update().where(jobs.c.state.in_(UNDER_WAY)).values(told=False))
    with op.batch_alter_table("jobs", table_kwargs=NO_ID_TWICE) as batch_op:
        batch_op.alter_column("turn", server_default=None)
        batch_op.alter_column("mode", server_default=None)
        batch_op.alter_column("told", server_default=None)
        batch_op.alter_column("steps", server_default=None)
        batch_op.alter_column("near", server_default=None)
        batch_op.create_index("jobs_by_turn", ["state", "turn", "id"], unique=False)
        batch_op.create_index("jobs_by_person", ["person_id", "state"], unique=False)
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


def downgrade() -> None:
    with op.batch_alter_table("jobs", table_kwargs=NO_ID_TWICE) as batch_op:
        batch_op.drop_index("jobs_by_mode")
        batch_op.drop_index("jobs_by_person")
        batch_op.drop_index("jobs_by_turn")
        batch_op.drop_constraint("uq_jobs_update_id", type_="unique")
        for column in ("update_id", "told", "sent", "near", "steps", "mode", "claimed", "turn"):
            batch_op.drop_column(column)
        batch_op.add_column(sa.Column("claims", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(batch_op.f("ix_jobs_person_id"), ["person_id"], unique=False)
        batch_op.create_index("jobs_by_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "one_waiting_job_a_person",
            ["person_id"],
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        )
