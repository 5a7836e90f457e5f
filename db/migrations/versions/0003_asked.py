"""What counts against a person's day, apart from the jobs: those can be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_asked")),
    )
    op.create_index(op.f("ix_asked_person_id"), "asked", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("asked")
