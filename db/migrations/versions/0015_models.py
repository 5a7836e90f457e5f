"""The owner chooses a model, and a job knows which one drew it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choices",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.add_column("jobs", sa.Column("model", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("jobs", "model")
    op.drop_table("choices")
