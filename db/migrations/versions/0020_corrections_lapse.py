"""A correction knows when it was written: it goes when albums of that time go."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("corrections", sa.Column("written", sa.DateTime(), nullable=True))
    op.execute("UPDATE corrections SET written = CURRENT_TIMESTAMP")


def downgrade() -> None:
    op.drop_column("corrections", "written")
