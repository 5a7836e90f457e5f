"""What /forget and Delete still have to remove from the disk is written down."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_jobs",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_erased_jobs")),
    )


def downgrade() -> None:
    op.drop_table("erased_jobs")
